//! Compiled types against the untouched document: the same boundary values to both, and every difference explained or a
//! problem.

mod allowed;
mod compare;
mod known_differences;
mod one_way;
mod subject;
mod validator;

pub use allowed::Cause;
pub use compare::{Comparison, Conformance, Difference};
pub use known_differences::{KNOWN_DIFFERENCES, KnownDifference};
pub use runtime::Refusal;
pub use subject::Subject;
pub use validator::{Validator, Violation};
