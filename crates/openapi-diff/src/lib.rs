//! The changes between two documents, and whether they break callers on the wire or code that uses a generated client.
//!
//! Changes are detected first: each difference between two documents, once, on JSON values. Each has exactly one
//! [`ChangeKind`]; a change of an unknown keyword is [`ChangeKind::Unclassified`], which is breaking. Verdicts come
//! second.

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
mod message;
mod methods;
mod overrides;
mod phrase;
mod reference;
mod report;
mod rust;
mod source;
mod usage;
mod variance;
mod verdict;

pub use allow::Allowed;
pub use bump::{Bump, read_version};
pub use change::Change;
pub use change_kind::{ChangeKind, UnknownChangeKind};
pub use compare::{Comparison, Options, compare, wire_changes};
pub use detect::{MAX_CHANGES, MAX_DEPTH};
pub use detected::Side;
pub use documentation::documentation;
pub use report::Report;
pub use rust::{ItemChange, item_changes};
pub use source::{Source, openapi_document};
pub use variance::{Effect, Verdict};
