//! The public API of generated Rust code as data: its items, its surface as text, and programs that use each item.
//!
//! The code is read as text: [`items`] returns every name that callers can use, [`surface`] the same for review, and
//! [`usage_programs`] programs that stop compiling when a change breaks callers.
//!
//! ```
//! let code = "pub mod types { pub struct Device { pub id: i32, secret: String } }";
//! let items = rust_api::items(code);
//! assert_eq!(items["types::Device::id"].signature, "i32");
//! assert!(!items.contains_key("types::Device::secret"));
//! ```

mod expand;
mod implemented;
mod items;
mod items_beside;
mod surface;
mod usage_program;

pub use items::{ItemKind, SurfaceItem, items};
pub use items_beside::items_beside;
pub use surface::surface;
pub use usage_program::{GENERATED, UsageProgram, usage_programs};
