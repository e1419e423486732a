//! Conformance of compiled types: compares them with a JSON Schema validator of the document on boundary values. Every
//! difference is explained, or a problem.

mod allowed;
mod compare;
mod direction;
mod known_differences;
mod subject;
mod validator;

pub use allowed::Cause;
pub use compare::{Comparison, Conformance, Difference};
pub use known_differences::{KNOWN_DIFFERENCES, KnownDifference};
pub use runtime::Refusal;
pub use subject::Subject;
pub use validator::{Validator, Violation};
