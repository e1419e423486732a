//! What changed between two documents, and what that means on the wire and to those who compile against us.
//!
//! Edits come first: all that is another between two documents, each once, on JSON values. What they mean comes second:
//! each edit falls into exactly one class of [`RULES`], and what no rule knows is `unclassified`, and breaking.

mod allow;
mod at;
mod bodies;
mod bump;
mod compare;
mod documents;
mod edit;
mod experiments;
mod fingerprint;
mod fresh;
mod keywords;
mod law;
mod operations;
mod overrides;
mod pages;
mod parameters;
mod reach;
mod report;
mod revision;
mod rules;
mod rust;
mod schemas;
mod security;
mod source;
mod unions;
mod walk;

use serde_json::Value;

pub use allow::Allowed;
pub use bump::{Bump, Version};
pub use compare::{Change, Comparison, MOST_CHANGES, Terms, compare, wire_changes};
pub use edit::{Edit, Side};
pub use law::{Direction, Effect, Verdict, Ways, by_law};
pub use overrides::{OVERRIDES, Override, overridden};
pub use pages::documentation;
pub use report::Report;
pub use rules::{RULES, Rule, rule};
pub use rust::{ItemChange, item_changes};
pub use schemas::DEEPEST;
pub use source::Source;

use walk::Walk;

/// All edits between two documents. `today` is the day on which they are compared, as `2026-11-25`.
#[must_use]
pub fn edits(base: &Value, revision: &Value, today: &str) -> Vec<Edit> {
    let mut walk = Walk::new(base, revision, today);
    walk.documents();
    walk.edits
}
