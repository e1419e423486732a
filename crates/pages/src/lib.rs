//! Extracts the OpenAPI documents of Blynk's documentation pages, merges them, and loads the inputs of the SDK's
//! generation.

mod block;
mod embedded;
mod fence;
mod merge;
mod page;
mod sources;

pub use embedded::Embedded;
pub use merge::{Merged, merge_pages, normalized, replaced};
pub use page::{Extracted, LIMITS, MOST_DOCUMENTS, extract};
pub use sources::{DOCUMENT, INPUTS, OVERLAY, PAGES, Sources, TRANSCRIBED, settings};
