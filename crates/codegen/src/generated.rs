//! What generation makes of a document.

use std::collections::BTreeMap;

use rust_api::{SurfaceItem, UsageProgram};

use crate::{example::Example, unsupported::UnsupportedKeyword};

/// What [`generate`](crate::generate()) makes of a document.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Rust source of the client module.
    pub code: String,
    /// The first lines of its surface.
    pub(crate) head: String,
    /// A call of the operation that is simplest to call, if there is one whose values can be written down.
    pub example: Option<Example>,
    /// Number of operations.
    pub operations: usize,
    /// Number of types.
    pub types: usize,
    /// What neither code nor documentation carries.
    pub unrepresented: Vec<UnsupportedKeyword>,
    /// Where in the document each type and operation comes from, by its name in Rust.
    pub origins: BTreeMap<String, String>,
}

impl Generated {
    /// What callers see of the code, item by item.
    #[must_use]
    pub fn items(&self) -> BTreeMap<String, SurfaceItem> {
        rust_api::items(&self.code)
    }

    /// The items of this code and of another, without those that are the same, byte for byte.
    #[must_use]
    pub fn items_beside(&self, other: &Self) -> [BTreeMap<String, SurfaceItem>; 2] {
        rust_api::items_beside(&self.code, &other.code)
    }

    /// A piece of a program for each item, which uses that item.
    #[must_use]
    pub fn usage_programs(&self) -> Vec<UsageProgram> {
        rust_api::usage_programs(&self.code)
    }

    /// What callers see of the code, one item a line.
    #[must_use]
    pub fn surface(&self) -> String {
        self.head.clone() + &rust_api::surface(&self.code)
    }
}
