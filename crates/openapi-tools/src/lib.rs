//! The commands for any OpenAPI document: `generate`, `diff`, `mutate`, `conform` and `reach`. A library, so that other
//! programs can have the same commands.

mod carved;
mod conform;
mod diff;
mod environment;
mod generate;
mod mutate;
pub mod output;
mod reach;
mod verb;
mod write;

pub use environment::Environment;
pub use output::Format;
pub use verb::{Verb, parse};
