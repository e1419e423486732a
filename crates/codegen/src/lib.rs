//! Generates a Rust client from an OpenAPI document, in phases: normalize → lower → progenitor → polish → emit.
//!
//! [`generate`] returns the code of a client module, [`package`] the files of a standalone crate. [`read`] reads a
//! document from files, and [`passes`] lists the steps between document and code.
//!
//! ```
//! let document = serde_json::json!({
//!     "openapi": "3.0.3",
//!     "info": { "title": "Things", "version": "1.0.0" },
//!     "paths": { "/things": { "get": {
//!         "operationId": "listThings",
//!         "responses": { "204": { "description": "None" } }
//!     } } }
//! });
//! let generated = codegen::generate(&document, &codegen::Settings::default()).expect("a valid document");
//! assert!(generated.code.contains("pub fn list_things(&self)"));
//! ```

mod annotation;
mod backend;
mod carve;
mod carved;
mod client;
mod code;
mod constraints;
mod content;
mod coverage;
mod docs;
mod emit;
mod example;
mod features;
mod generate;
mod generated;
mod limits;
mod lower;
mod merged;
mod model;
mod moved;
mod naming;
mod normalize;
mod package;
mod pass;
mod pattern_table;
mod permissions;
mod pipeline;
mod polish;
mod read;
mod record;
mod reduce;
mod select;
mod settings;
mod surface;
mod syntax;
mod unsupported;
mod value_names;

pub use backend::PROGENITOR_VERSION;
pub use carved::{Carved, Effect};
pub use client::generate;
pub use example::Example;
pub use generated::Generated;
pub use limits::LIMITS;
pub use openapi::Problem;
pub use package::{Options, Package, is_generated_manifest, package, package_with, write_all};
pub use pass::Pass;
pub use read::read;
pub use record::{Lowered, PassRecord, lowered};
pub use select::Selection;
pub use settings::Settings;
pub use surface::SURFACE_HEADING;
pub use unsupported::UnsupportedKeyword;

/// The version of this generator, as in `Cargo.toml`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Returns every pass in the order of execution.
pub fn passes() -> impl Iterator<Item = Pass> {
    let normalize = normalize::PASSES.iter().map(|(pass, _)| *pass);
    let lower = lower::PASSES.iter().map(|(pass, _)| *pass);
    normalize.chain(lower).chain(polish::PASSES.iter().map(|(pass, _)| *pass))
}
