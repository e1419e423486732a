//! The model of a document beyond its schemas: operations, their names, security and responses.

mod operation;
mod operation_names;
mod read;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use openapi::Problem;

pub(crate) use operation::{
    Body, Decoding, Encoding, Flow, Header, Operation, Parameter, Requirement, Response, Scheme, Server, Webhook,
};
pub(crate) use read::{coverage, read};
pub(crate) use types::{Checked, Constraints, Enum, EnumKind, EnumValue, NumberConstraints, Union, Variant};

/// The operations of a document, and the types that this crate generates without typify.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) operations: Vec<Operation>,
    /// Webhooks and callbacks. Empty until the pass `webhooks` of lowering; before, they are among the operations.
    pub(crate) webhooks: Vec<Operation>,
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) tags: Vec<(String, String)>,
    /// Types of the runtime that replace schemas, by type name.
    pub(crate) checked: BTreeMap<String, Checked>,
    /// Unions that this crate generates as enums, by type name.
    pub(crate) unions: BTreeMap<String, Union>,
    /// Unions whose last variant accepts values whose discriminator names no other variant.
    pub(crate) fallbacks: BTreeSet<String>,
    /// The pointer of each type's schema in the document, by type name.
    pub(crate) origins: BTreeMap<String, String>,
    /// Types of properties that several subschemas of a composition define: no single schema describes them.
    pub(crate) composed: BTreeSet<String>,
    /// Descriptions of properties, by component schema and property.
    pub(crate) property_docs: BTreeMap<(String, String), String>,
    /// Names of components that have a separate type for requests, by the name of that type.
    pub(crate) request_views: BTreeMap<String, String>,
    /// Names of component schemas that are reachable from requests and from responses.
    pub(crate) in_requests: BTreeSet<String>,
    pub(crate) in_responses: BTreeSet<String>,
    /// Names of component schemas by what uses them.
    pub(crate) users: BTreeMap<User, BTreeSet<String>>,
}

/// What uses a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum User {
    /// Operations without a tag, or nothing.
    Always,
    /// Operations with this tag.
    Tag(String),
    /// Webhooks and callbacks.
    Webhooks,
}

impl Model {
    /// Returns the problem with the pointer of a type's schema, if the type has one.
    pub(crate) fn at_type(&self, name: &str, problem: Problem) -> Problem {
        match self.origins.get(name) {
            Some(origin) => problem.pointing_to(origin),
            None => problem,
        }
    }

    /// Returns the names of types that this crate writes without typify: enums, and aliases of constrained types.
    pub(crate) fn written_types(&self) -> impl Iterator<Item = &String> {
        let is_written = |checked: &Checked| matches!(checked, Checked::Constrained { .. } | Checked::Enum(_));
        self.checked.iter().filter(move |(_, checked)| is_written(checked)).map(|(name, _)| name)
    }
}
