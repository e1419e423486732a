//! What changed between two documents, and what that means on the wire and to those who compile against us.
//!
//! Changes are detected first: each difference between two documents, once, on JSON values. Each is of exactly one
//! [`ChangeKind`]; an unknown keyword is [`ChangeKind::Unclassified`], which is breaking. Verdicts come second.

mod allow;
mod at;
mod bump;
mod change;
mod change_kind;
mod compare;
mod date;
mod detect;
mod detected;
mod documentation;
mod git;
mod overrides;
mod reference;
mod report;
mod rust;
mod source;
mod variance;
mod verdict;

pub use allow::Allowed;
pub use bump::{Bump, read_version};
pub use change::Change;
pub use change_kind::{ChangeKind, UnknownChangeKind};
pub use compare::{Comparison, Terms, compare, wire_changes};
pub use detect::{MAX_CHANGES, MAX_DEPTH};
pub use detected::Side;
pub use documentation::documentation;
pub use report::Report;
pub use rust::{ItemChange, item_changes};
pub use source::Source;
pub use variance::{Effect, Verdict};
