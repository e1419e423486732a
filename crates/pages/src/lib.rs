//! Blynk's documentation pages: the documents in them, put together, and the inputs of the SDK's generation.

mod merge;
mod page;
mod sources;

pub use merge::{Merged, merge_pages, normalized, replaced};
pub use page::{Embedded, Extracted, LIMITS, MOST_DOCUMENTS, extract};
pub use sources::{DOCUMENT, INPUTS, OVERLAY, PAGES, Sources, TRANSCRIBED, settings};
