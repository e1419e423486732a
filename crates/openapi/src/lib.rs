//! Reads and validates OpenAPI documents, with the location of every problem.
//!
//! - [`Document`] parses JSON or YAML and knows line and column of every value; [`Bundle`] merges a document with the
//!   files that it references.
//! - [`validate`](validate::validate) returns the [`Problem`]s of a document; [`limits`] lists what is too large.
//! - [`operations`], [`references`] and [`kind`] walk through a document, which is a [`serde_json::Value`].
//! - [`overlay`] applies corrections; [`json_schema`] returns the JSON Schema view of a Schema Object; [`Pattern`]
//!   matches ECMA-262 patterns in linear time; [`differences`] compares two values.
//!
//! ```
//! use openapi::{Document, validate::validate};
//!
//! let text = r##"{
//!   "openapi": "3.0.3",
//!   "info": { "title": "Things", "version": "1" },
//!   "paths": {},
//!   "components": { "schemas": { "Thing": { "$ref": "#/components/schemas/Thin" } } }
//! }"##;
//! let document = Document::parse("things.json", text)?;
//! let problems = validate(document.value());
//! assert_eq!(problems.len(), 1);
//! let location = document.location("/components/schemas/Thing").expect("the document has this value");
//! assert_eq!(location.line, 5);
//! # Ok::<(), openapi::Problem>(())
//! ```

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
pub mod schema_resources;
mod stack;
mod status;
mod subject;
pub mod validate;

pub use bundle::{Bundle, Incomplete, Root};
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
