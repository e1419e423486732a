//! A compiled type beside the place of its schema, for tests that hold the two against each other.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

/// A row of the generated type table.
#[derive(Clone, Copy, Debug)]
pub struct TypeEntry {
    /// Name of the type.
    pub name: &'static str,
    /// JSON Pointer of its schema in the document.
    pub pointer: &'static str,
    /// Whether requests carry it.
    pub in_requests: bool,
    /// Whether responses carry it.
    pub in_responses: bool,
    /// What schemars makes of it.
    pub schema: fn() -> Schema,
    /// Whether serde reads a value into it; else why not.
    pub read: fn(serde_json::Value) -> Result<(), String>,
}

impl TypeEntry {
    /// The row of a type. Made for generated code.
    #[must_use]
    pub const fn of<T: JsonSchema + DeserializeOwned>(
        name: &'static str,
        pointer: &'static str,
        in_requests: bool,
        in_responses: bool,
    ) -> Self {
        Self {
            name,
            pointer,
            in_requests,
            in_responses,
            schema: || SchemaGenerator::default().into_root_schema_for::<T>(),
            read: |value| serde_json::from_value::<T>(value).map(drop).map_err(|error| error.to_string()),
        }
    }
}
