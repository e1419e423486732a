//! Merges documents: those of the pages, and the operations that we transcribed.

mod definitions;
mod pages;
mod security;
mod transcribed;

pub use pages::{Merged, merge_pages};
pub use security::normalized;
pub(crate) use transcribed::merge;
pub use transcribed::replaced;
