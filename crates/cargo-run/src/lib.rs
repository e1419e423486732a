//! Runs cargo: the errors of the compiler and the findings of tests as data, so that nobody reads what is written for
//! people.

mod compiler;
mod findings;

pub use compiler::{CompilerError, Run, cargo, run};
pub use findings::{Finding, Findings, Test, VARIABLE};
