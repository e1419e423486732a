//! The public API of generated Rust code as data: its items, its surface as text, and programs that use each item.

mod items;
mod surface;
mod usage_program;

pub use items::{ItemKind, SurfaceItem, items, items_beside};
pub use surface::surface;
pub use usage_program::{GENERATED, UsageProgram, usage_programs};
