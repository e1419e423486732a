//! Runs cargo and returns compiler errors and findings of tests as data, without parsing text for people.

mod compiler;
mod findings;

pub use compiler::{CompilerError, Run, cargo, run};
pub use findings::{Finding, Findings, Test, VARIABLE};
