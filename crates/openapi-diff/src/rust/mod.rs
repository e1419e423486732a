//! What changes mean to those who compile against generated code.

mod causes;
mod experiments;
mod items;
mod nearest;
mod surfaces;

pub(crate) use causes::causes;
pub use items::{ItemChange, item_changes};
pub(crate) use surfaces::Surfaces;
