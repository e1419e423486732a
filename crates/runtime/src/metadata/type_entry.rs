//! Generated types and the locations of their schemas, for tests that compare the two.

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
    /// Whether it occurs in requests.
    pub in_requests: bool,
    /// Whether it occurs in responses.
    pub in_responses: bool,
    /// Returns its schema by schemars.
    pub schema: fn() -> Schema,
    /// Deserializes a value as the type.
    pub read: fn(serde_json::Value) -> Result<(), Refusal>,
}

/// Returns the rows of types in a module `types`: `Name "/pointer" in_requests in_responses`. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __type_entries {
    ($($(#[$attribute:meta])* $name:ident $pointer:literal $requests:literal $responses:literal,)*) => {
        [$(
            $(#[$attribute])*
            runtime::TypeEntry::of::<types::$name>(stringify!($name), $pointer, $requests, $responses)
        ),*]
    };
}

impl TypeEntry {
    /// Returns the row of a type. Used by generated code.
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
