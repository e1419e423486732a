//! Compiled types and the places of their schemas, for tests that compare the two.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;

use super::super::values::constraint::Refusal;

/// A row of the generated type table.
#[derive(Clone, Copy, Debug)]
pub struct TypeEntry {
    /// Name of the type.
    pub name: &'static str,
    /// JSON Pointer of its schema in the document.
    pub pointer: &'static str,
    /// Whether requests contain it.
    pub in_requests: bool,
    /// Whether responses contain it.
    pub in_responses: bool,
    /// Its schema by schemars.
    pub schema: fn() -> Schema,
    /// Reads a value into it by serde.
    pub read: fn(serde_json::Value) -> Result<(), Refusal>,
}

impl TypeEntry {
    /// Returns the row of a type. Made for generated code.
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
            read: |value| serde_json::from_value::<T>(value).map(drop).map_err(|error| Refusal::of(&error)),
        }
    }
}
