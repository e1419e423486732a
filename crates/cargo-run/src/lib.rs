//! Runs cargo and returns compiler errors and findings of tests as data, without parsing text for people.

mod compiler;
mod findings;

pub use compiler::{CompilerError, Run, cargo, run, run_within};
pub use findings::{Finding, Findings, Test, VARIABLE};
