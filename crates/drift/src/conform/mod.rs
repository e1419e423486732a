//! Compiled types against the untouched document: the same vectors to both, and every difference explained or a problem.

mod allowed;
mod compare;
mod deviations;
mod judge;

pub use allowed::Cause;
pub use compare::{Conformance, Difference, Subject, conformance};
pub use deviations::{DEVIATIONS, Deviation};
pub use judge::{Broken, Judge};
