//! The verbs for any OpenAPI document, as the command `openapi-tools` and as a library for other commands that offer
//! them.

mod conform;
mod diff;
mod generate;
mod mutate;
pub mod output;
mod place;
mod reach;
mod verb;

pub use output::Format;
pub use place::Place;
pub use verb::{Verb, parse};
