//! Finds drift: pages, document, overlay, lock, generated code and compiled types that should agree and do not.
//!
//! [`check()`] only reads. [`import()`] and [`regen()`] are the only verbs that write, one at a time.

mod check;
mod checks;
pub mod conform;
pub mod diff;
mod display;
mod exclusive;
mod finding;
pub mod formats;
mod import;
mod lint;
mod load;
mod lock;
pub mod mutate;
mod parallel;
pub mod prove;
mod regen;
mod released;
mod replace;
mod revision;
mod snapshot;
pub mod vectors;
mod write;

pub use check::{CHECKS, Check, CheckResult, Report, check};
pub use checks::{COMPILED, Compiled};
pub use display::display;
pub use exclusive::{EXCLUSIVE, Exclusive};
pub use finding::{Finding, Status};
pub use import::{Changes, Import, Names, Page, import};
pub use lint::{RULES, Rule};
pub use load::{CLIENT, COMMANDS, DOCS, LOCK, MANIFEST, RELEASED, SURFACE, UNREPRESENTED, Workspace};
pub use regen::{Regenerated, regen, regen_released};
pub use write::write_all;
