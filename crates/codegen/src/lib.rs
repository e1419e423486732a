//! Turns an OpenAPI document into Rust client code: page → document → overlay → lower → progenitor → polish → Rust.
//!
//! [`generate`] is the one generator: the build script, the maintenance commands and the tests all call it.

mod blame;
mod bundle;
mod code;
mod composition;
mod docs;
mod document;
mod emit;
mod example;
mod generate;
mod items;
mod limits;
mod lower;
mod merge;
mod model;
mod naming;
mod output;
mod overlay;
mod package;
mod page;
mod permissions;
mod polish;
mod positions;
mod progenitor;
mod readme;
mod record;
mod references;
mod sources;
mod status;
mod surface;
mod syntax;
mod unrepresented;
mod validate;
mod witness;

pub use blynk_document::Problem;
pub use bundle::Bundle;
pub use example::Example;
pub use generate::{Generated, PROGENITOR_VERSION, Settings, generate};
pub use items::{ItemKind, SurfaceItem};
pub use limits::LIMITS;
pub use merge::{Merged, merge_pages, normalized, replaced};
pub use package::{Package, package};
pub use page::{Embedded, Extracted, MOST_DOCUMENTS, extract};
pub use record::{Lowered, Pass, Passed, lowered};
pub use sources::{DOCUMENT, INPUTS, OVERLAY, PAGES, Sources, TRANSCRIBED};
pub use surface::SURFACE_HEADING;
pub use unrepresented::Unrepresented;
pub use witness::{WITNESSED, Witness};

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
