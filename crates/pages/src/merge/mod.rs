//! Puts documents together: those of the pages into one, and the operations transcribed by us beside them.

mod agree;
mod pages;
mod security;
mod transcribed;

pub use pages::{Merged, merge_pages};
pub use security::normalized;
pub(crate) use transcribed::merge;
pub use transcribed::replaced;
