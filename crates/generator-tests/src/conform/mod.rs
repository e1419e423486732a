//! Compiled types against the untouched document: the same vectors to both, and every difference explained or a problem.

mod allowed;
mod compare;
mod deviations;
mod judge;
mod one_way;

pub use allowed::Cause;
pub use compare::{Comparison, Conformance, Difference, Subject};
pub use deviations::{DEVIATIONS, Deviation};
pub use judge::{Broken, Judge};
pub use runtime::Refusal;
