//! Turns an OpenAPI document into Rust client code: page → document → overlay → lower → progenitor → polish → Rust.
//!
//! [`generate`] is the one generator: the build script, the maintenance commands and the tests all call it.

mod blame;
mod docs;
mod document;
mod emit;
mod generate;
mod lower;
mod merge;
mod model;
mod naming;
mod overlay;
mod package;
mod page;
mod polish;
mod progenitor;
mod sources;
mod surface;
mod syntax;
mod unrepresented;
mod validate;

pub use blynk_document::Problem;
pub use generate::{Generated, PROGENITOR_VERSION, Settings, generate};
pub use package::{Package, package};
pub use page::{Extracted, extract};
pub use sources::{DOCUMENT, INPUTS, OVERLAY, PAGES, Sources, TRANSCRIBED};
pub use surface::SURFACE_HEADING;
pub use unrepresented::Unrepresented;

/// The version of this generator.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Name and reason of every lowering and polish pass, in the order in which they run.
pub fn passes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lowering = lower::PASSES.iter().map(|pass| (pass.name, pass.reason));
    lowering.chain(polish::PASSES.iter().map(|pass| (pass.name, pass.reason)))
}
