//! Turns an OpenAPI document into Rust client code: page → document → overlay → lower → progenitor → polish → Rust.
//!
//! [`generate`] is the one generator: the build script, the maintenance commands and the tests all call it.

mod blame;
mod code;
mod composition;
mod docs;
mod emit;
mod example;
mod generate;
mod limits;
mod lower;
mod model;
mod naming;
mod output;
mod package;
mod permissions;
mod polish;
mod progenitor;
mod read;
mod readme;
mod record;
mod surface;
mod syntax;
mod unrepresented;
mod write;

pub use example::Example;
pub use generate::{Generated, PROGENITOR_VERSION, Settings, generate};
pub use limits::LIMITS;
pub use openapi::Problem;
pub use package::{Package, package};
pub use read::read;
pub use record::{Lowered, Pass, Passed, lowered};
pub use surface::SURFACE_HEADING;
pub use unrepresented::Unrepresented;
pub use write::write_all;

/// The version of this generator.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Every lowering and polish pass, in the order in which they run.
pub fn passes() -> impl Iterator<Item = Pass> {
    let lowering =
        lower::PASSES.iter().map(|pass| Pass { name: pass.name, reason: pass.reason, upstream: pass.upstream });
    let polish =
        polish::PASSES.iter().map(|pass| Pass { name: pass.name, reason: pass.reason, upstream: pass.upstream });
    lowering.chain(polish)
}
