//! The compositions that lowering merged.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The compositions that were merged, for the list of unsupported keywords. Pointers are of the original document.
#[derive(Clone, Debug, Default)]
pub(crate) struct MergedSchemas {
    /// What a schema was merged to, by the pointers of the composition and of the subschemas that it contains.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// Keywords that are not in the merged schema, by schema. The list has them already.
    pub(crate) listed: BTreeSet<(String, String)>,
    /// Pointers of variants whose `nullable` became that of their union.
    pub(crate) nullable: BTreeSet<String>,
    /// Pointers of merged schemas that no single schema of the document describes.
    pub(crate) composed: BTreeSet<String>,
}
