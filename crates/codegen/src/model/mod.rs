//! What the generator knows of a document beyond its types: operations, their names, security and responses.

mod operation;
mod read;
mod types;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use operation::{
    Body, Decoding, Encoding, Flow, Header, Operation, Parameter, Requirement, Response, Scheme, Server,
};
pub(crate) use read::{fate, read};
pub(crate) use types::{Checked, NumberRules, Rules, Union, Variant};

/// The operations of a document, and the types that our own passes write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) tags: Vec<(String, String)>,
    /// Types that check a rule of the document, by their name.
    pub(crate) checked: BTreeMap<String, Checked>,
    /// Unions that are enums of ours, by their name.
    pub(crate) unions: BTreeMap<String, Union>,
    /// Unions whose last branch stands for values that no other is named by.
    pub(crate) fallbacks: BTreeSet<String>,
    /// Where in the document each type's schema stands, by the type's name.
    pub(crate) origins: BTreeMap<String, String>,
    /// Descriptions of properties, by component schema and property.
    pub(crate) property_docs: BTreeMap<(String, String), String>,
    /// Components that are another for requests, by the name that requests know them by.
    pub(crate) request_views: BTreeMap<String, String>,
    /// Names of component schemas that requests and responses reach.
    pub(crate) in_requests: BTreeSet<String>,
    pub(crate) in_responses: BTreeSet<String>,
}

impl Model {
    /// Names of the types that are aliases of the runtime's.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = &String> {
        let is_alias = |checked: &Checked| matches!(checked, Checked::Ruled { .. });
        self.checked.iter().filter(move |(_, checked)| is_alias(checked)).map(|(name, _)| name)
    }
}
