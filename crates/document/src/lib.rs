//! Reads OpenAPI documents: where each value stands, what is wrong and how to mend it, and the JSON Schema view of a schema.
//!
//! Everything that speaks about a document to a person goes through here, so that a position or a message reads the
//! same in a build, in a check and in the emulator.

mod budget;
mod difference;
mod json;
pub mod json_schema;
mod limits;
mod located;
mod names;
mod pattern;
mod place;
pub mod plain;
pub mod pointer;
mod problem;
mod reindent;
mod yaml;

pub use budget::MOST_BYTES;
pub use difference::{Difference, differences};
pub use limits::{LIMITS, Limit};
pub use located::{Document, Location, size};
pub use names::{LONGEST_KEY, LONGEST_POINTER};
pub use pattern::{Pattern, Unsupported};
pub use problem::Problem;
pub use reindent::reindent;
