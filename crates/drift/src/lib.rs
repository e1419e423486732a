//! Finds drift: pages, document, overlay, lock, generated code and compiled types that should agree and do not.
//!
//! [`check()`] only reads. [`import()`] and [`regen()`] are the only verbs that write, one at a time.

mod check;
mod checks;
mod commands;
mod display;
mod exclusive;
mod finding;
mod import;
mod lint;
mod load;
mod lock;
mod paths;
mod published;
mod regen;
mod released;
mod replace;
mod snapshot;
mod staging;

pub use check::{CHECKS, Check, CheckResult, Report, check};
pub use checks::{COMPILED, Compiled};
pub use commands::CommandLine;
pub use display::display;
pub use exclusive::{EXCLUSIVE, Exclusive};
pub use finding::{Finding, Status};
pub use import::{Changes, Import, Names, Page, import};
pub use lint::{RULES, Rule};
pub use load::Workspace;
pub use lock::{Departure, Lock, sha256};
pub use paths::{CHECKS_DOC, CLIENT, DOCS, LOCK, MANIFEST, PASSES_DOC, RELEASED, SURFACE, UNREPRESENTED};
pub use published::Published;
pub use regen::{Regenerated, regen, regen_released};
pub use released::Released;
