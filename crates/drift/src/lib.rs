//! Checks that pages, document, overlay, lock, generated code and compiled types agree. A difference is called drift.
//!
//! [`check()`] only reads. [`import()`] and [`regen()`] write, one run at a time.

mod check;
mod checks;
mod commands;
mod display;
mod excerpt;
mod finding;
mod import;
mod lint;
mod load;
mod lock;
mod locked_workspace;
mod page_difference;
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
pub use finding::{Finding, Status};
pub use import::{Changes, Import, Names, Page, import};
pub use lint::{RULES, Rule};
pub use load::Workspace;
pub use lock::{KnownDifference, Lock, sha256};
pub use locked_workspace::{LockedWorkspace, WORKSPACE_LOCK};
pub use paths::{CHECKS_DOC, CLIENT, DOCS, LOCK, MANIFEST, PASSES_DOC, RELEASED, SURFACE, UNREPRESENTED};
pub use published::Published;
pub use regen::{Regenerated, regen, regen_released};
pub use released::Released;
