//! Removes `Serialize` from types that hold a secret and do not occur in requests.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Problem, queries::schema_names};
use serde_json::Value;
use syn::Item;

use super::Polished;
use crate::{lower::Lowered, model::Checked, settings::Settings, syntax::without_derive};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let holders = holders(lowered);
    for item in &mut polished.types {
        let (name, attributes) = match item {
            Item::Struct(item) => (item.ident.to_string(), &mut item.attrs),
            Item::Enum(item) => (item.ident.to_string(), &mut item.attrs),
            _ => continue,
        };
        if !lowered.model.in_requests.contains(&name) && holders.contains(name.as_str()) {
            attributes.iter_mut().for_each(|attribute| without_derive(attribute, "Serialize"));
        }
    }
    Ok(())
}

/// Returns the component schemas that hold a secret, directly or through others.
fn holders(lowered: &Lowered) -> BTreeSet<&str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        schema_names(schema).into_iter().for_each(|used| users.entry(used).or_default().push(name));
    }
    let secrets = lowered.model.checked.iter().filter(|(_, checked)| matches!(checked, Checked::Secret));
    let mut next: Vec<&str> = secrets.map(|(name, _)| name.as_str()).collect();
    let mut found = BTreeSet::new();
    while let Some(used) = next.pop() {
        let new = users.get(used).into_iter().flatten().copied().filter(|name| found.insert(*name));
        next.extend(new);
    }
    found
}
