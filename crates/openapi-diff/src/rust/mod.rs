//! The verdict for Rust: the items of generated code that change, and the changes that cause it.

mod causes;
mod experiments;
mod items;
mod nearest;
mod surfaces;

pub(crate) use causes::causes;
pub use items::{ItemChange, item_changes};
pub(crate) use surfaces::Surfaces;
