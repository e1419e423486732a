//! Reading: JSON and YAML as values with the place of each.

mod budget;
mod json;
mod located;
mod names;
mod place;
mod reindent;
mod yaml;

pub use located::{Document, size};
pub use reindent::reindent;
