//! Merges compositions: the schemas of an `allOf`, and the keywords beside it, become one schema. An object that
//! extends others stays a composition, unless several of its parts define a property.

mod collisions;
mod keywords;
mod merging;
mod names;
mod objects;
mod parts;
mod types;
mod unions;

use openapi::{pointer::join, queries::referenced};
use serde_json::{Map, Value};

use super::Lowering;
use crate::unsupported::UnsupportedKeyword;
use keywords::Loss;
use merging::Merging;
use parts::Source;

pub(crate) use merging::MOST_DEFINITIONS;

pub(super) fn run(lowering: &mut Lowering) {
    if !mentions(&lowering.document) {
        return;
    }
    let mut merging = Merging::new(lowering);
    loop {
        // merging creates components
        let names: Vec<_> = merging.lowering.schemas().keys().cloned().collect();
        let open: Vec<_> = names.into_iter().filter(|name| !merging.done.contains(name)).collect();
        if open.is_empty() {
            break;
        }
        open.iter().for_each(|name| component(&mut merging, name));
    }
    if let Some(mut paths) = merging.lowering.document.get_mut("paths").map(Value::take) {
        find(&mut merging, &mut paths, "/paths");
        merging.lowering.document["paths"] = paths;
    }
}

/// Whether a schema may have to be merged. False positives only cost time.
fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            ["allOf", "oneOf", "anyOf"].iter().any(|keyword| map.contains_key(*keyword)) || map.values().any(mentions)
        }
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
}

/// Merges the compositions in a component, after those that it extends.
fn component(merging: &mut Merging<'_>, name: &str) {
    if !merging.done.insert(name.to_owned()) {
        return;
    }
    let Some(mut schema) = merging.lowering.schemas().get(name).cloned() else { return };
    let mut bases = Vec::new();
    extended(&schema, &mut bases);
    bases.iter().for_each(|base| component(merging, base));
    // a base may have given names to types in this component
    if let Some(current) = merging.lowering.schemas().get(name) {
        schema = current.clone();
    }
    merging.open.insert(name.to_owned());
    visit(merging, &mut schema, &join("/components/schemas", name));
    merging.open.remove(name);
    merging.lowering.schemas().insert(name.to_owned(), schema);
}

fn extended(schema: &Value, found: &mut Vec<String>) {
    found.extend(referenced(schema, "schemas").map(str::to_owned));
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        extended(part, found);
    }
}

/// Finds the schemas of parameters and media type objects, which are under the key `schema`.
fn find(merging: &mut Merging<'_>, value: &mut Value, at: &str) {
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                match key.as_str() {
                    "schema" => visit(merging, child, &join(at, key)),
                    // examples are data
                    "example" | "examples" => {}
                    _ => find(merging, child, &join(at, key)),
                }
            }
        }
        Value::Array(items) => {
            items.iter_mut().enumerate().for_each(|(index, child)| find(merging, child, &format!("{at}/{index}")));
        }
        _ => {}
    }
}

/// Merges a schema, then the schemas in it.
fn visit(merging: &mut Merging<'_>, schema: &mut Value, at: &str) {
    let Some(map) = schema.as_object_mut().filter(|map| !map.contains_key("$ref")) else { return };
    unions::keep_one(merging, map, at);
    if map.get("allOf").and_then(Value::as_array).is_some_and(|parts| !parts.is_empty())
        && let Some(merged) = merging.merge_all(schema, at)
    {
        *schema = merged;
    }
    let Some(map) = schema.as_object_mut() else { return };
    unions::accept_null(merging, map, at);
    for (name, property) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        visit(merging, property, &join(&format!("{at}/properties"), name));
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(child) = map.get_mut(keyword) {
            visit(merging, child, &join(at, keyword));
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
        for (index, part) in parts.enumerate() {
            visit(merging, part, &format!("{at}/{keyword}/{index}"));
        }
    }
}

/// Merges a composition that a later pass made of the schema at `origin`. Returns whether it did.
pub(super) fn merge_component(lowering: &mut Lowering, name: &str, origin: &str) -> bool {
    let Some(schema) = lowering.schemas().get(name).cloned() else { return false };
    let at = join("/components/schemas", name);
    let original = lowering.moved.original(origin);
    lowering.moved.insert(at.clone(), original);
    let Some(merged) = Merging::new(lowering).merge_all(&schema, &at) else { return false };
    lowering.schemas().insert(name.to_owned(), merged);
    true
}

impl Merging<'_> {
    /// Lists a keyword that the merged schema does not have.
    fn list(&mut self, source: &Source, keyword: &str, value: &Value, loss: Loss) {
        let reason = loss.reason();
        let (at, keyword, reason, value) = match source.component {
            None => (&source.at, keyword, reason.to_owned(), value.clone()),
            // the component itself enforces it
            Some(_) => (
                &source.through,
                "$ref",
                format!("`{keyword}` of the referenced schema: {reason}"),
                source.reference.clone().map_or(Value::Null, Value::from),
            ),
        };
        let original = self.lowering.moved.original(at);
        if self.is_trial || !self.losses.insert((original.clone(), keyword.to_owned(), reason.clone())) {
            return;
        }
        self.lowering.merged.listed.insert((original, keyword.to_owned()));
        self.lowering.unrepresented.push(UnsupportedKeyword::new(at, keyword, reason, &value));
    }

    /// Records what the schema at a pointer was merged to.
    fn record(&mut self, at: &str, schema: &Map<String, Value>) {
        if !self.is_trial {
            let at = self.lowering.moved.original(at);
            self.lowering.merged.schemas.insert(at, Value::Object(schema.clone()));
        }
    }
}

#[cfg(test)]
mod tests;
