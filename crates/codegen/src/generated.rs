//! The output of the generator.

use std::collections::BTreeMap;

use rust_api::{SurfaceItem, UsageProgram};

use crate::{carved::Carved, example::Example, unsupported::UnsupportedKeyword};

/// The output of [`generate`](crate::generate()).
#[derive(Clone, Debug)]
pub struct Generated {
    /// Rust source of the client module.
    pub code: String,
    /// The operations at the top of the surface.
    pub(crate) head: String,
    /// A call of the simplest operation, if one exists whose required values have examples.
    pub example: Option<Example>,
    /// Number of operations.
    pub operations: usize,
    /// Number of webhooks and callbacks.
    pub webhooks: usize,
    /// Number of types.
    pub types: usize,
    /// The Cargo features of tags, by tag. Empty if operations are always compiled.
    pub tag_features: BTreeMap<String, String>,
    /// Whether an operation has a server of its own.
    pub(crate) has_operation_servers: bool,
    /// The keywords that neither code nor documentation reflects.
    pub unrepresented: Vec<UnsupportedKeyword>,
    /// The parts of the document that the code lacks, if [`Settings::carve`](crate::Settings::carve) is set. Their
    /// keywords are in `unrepresented`, too.
    pub carved: Vec<Carved>,
    /// The JSON Pointer of each type and operation in the document, by Rust name.
    pub origins: BTreeMap<String, String>,
}

impl Generated {
    /// Returns the public items of the code.
    #[must_use]
    pub fn items(&self) -> BTreeMap<String, SurfaceItem> {
        rust_api::items(&self.code)
    }

    /// Returns the public items of this code and of another, without those that are identical.
    #[must_use]
    pub fn items_beside(&self, other: &Self) -> [BTreeMap<String, SurfaceItem>; 2] {
        rust_api::items_beside(&self.code, &other.code)
    }

    /// Returns a usage program for each public item.
    #[must_use]
    pub fn usage_programs(&self) -> Vec<UsageProgram> {
        rust_api::usage_programs(&self.code)
    }

    /// Returns the surface: the public items of the code, one a line.
    #[must_use]
    pub fn surface(&self) -> String {
        self.head.clone() + &rust_api::surface(&self.code)
    }
}
