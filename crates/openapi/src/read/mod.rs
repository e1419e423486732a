//! Reads JSON and YAML as values with the location of each.

mod budget;
mod continuations;
mod json;
mod key_length;
mod located;
mod locations;
mod reindent;
mod yaml;

pub use located::{Document, size};
pub use reindent::reindent;
