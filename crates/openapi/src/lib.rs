//! Everything that knows OpenAPI and JSON Schema: documents as JSON with the place of every value, references, the kinds of
//! objects and what may stand in them, validation, files of a document as one, overlays, the JSON Schema view, limits.

mod budget;
mod bundle;
mod canonical;
mod difference;
mod json;
pub mod json_schema;
pub mod kind;
pub mod lenient;
mod limits;
mod located;
mod names;
pub mod overlay;
mod pattern;
mod place;
pub mod plain;
pub mod pointer;
mod problem;
pub mod queries;
pub mod references;
mod reindent;
mod stack;
mod status;
pub mod validate;
mod yaml;

pub use budget::MOST_BYTES;
pub use bundle::{Bundle, Incomplete};
pub use canonical::canonical;
pub use difference::{Difference, differences};
pub use limits::{LIMITS, Limit};
pub use located::{Document, Location, size};
pub use names::{LONGEST_KEY, LONGEST_POINTER, free_name};
pub use pattern::{Pattern, Unsupported};
pub use problem::Problem;
pub use reindent::reindent;
pub use stack::{STACK, with_stack};
pub use status::Status;
