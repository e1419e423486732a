//! Reads OpenAPI documents: JSON and YAML with the location of every value, references, the kinds of objects and their
//! keywords, validation, bundling of several files, overlays, the JSON Schema view of schemas, patterns, limits.

mod bundle;
mod canonical;
mod cause;
mod difference;
pub mod json_schema;
pub mod kind;
pub mod lenient;
pub mod limits;
mod location;
mod media_type;
mod method;
mod operations;
pub mod overlay;
mod pattern;
pub mod plain;
pub mod pointer;
mod problem;
pub mod queries;
mod read;
pub mod references;
mod stack;
mod status;
mod subject;
pub mod validate;

pub use bundle::{Bundle, Incomplete};
pub use canonical::canonical;
pub use cause::Cause;
pub use difference::{Difference, differences};
pub use limits::{LIMITS, Limit};
pub use location::Location;
pub use media_type::MediaType;
pub use method::{Method, QUERY, is_method};
pub use operations::{Operation, operations};
pub use pattern::{Pattern, Unsupported};
pub use problem::{Code, Problem};
pub use read::{Document, reindent, size};
pub use references::free_name;
pub use stack::{STACK, with_stack};
pub use status::Status;
pub use subject::{Located, Owner, Subject, keyword};
