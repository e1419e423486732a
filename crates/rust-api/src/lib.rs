//! The public API of generated Rust code as data: its items, its surface as text, and a program that uses each item.

mod items;
mod surface;
mod witness;

pub use items::{ItemKind, SurfaceItem, items, items_beside};
pub use surface::surface;
pub use witness::{WITNESSED, Witness, witnesses};
