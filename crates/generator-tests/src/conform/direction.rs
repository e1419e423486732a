//! The document of one direction: requests have no read-only properties, responses no write-only ones, and neither
//! requires these.

use std::collections::{BTreeMap, BTreeSet};

use openapi::pointer::join;
use serde_json::Value;

use crate::boundary_values::{resolved_pointer, same_value};

/// The direction of a value.
#[derive(Clone, Copy)]
pub(super) enum Direction {
    Request,
    Response,
}

/// Returns the document without the properties that values of a direction do not have.
pub(super) fn project(document: &Value, direction: Direction) -> Value {
    let mut hidden: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each_composed(document, String::new(), &mut |at| {
        let parts = same_value(document, at);
        let names: BTreeSet<String> =
            parts.iter().flat_map(|part| hidden_properties(document, part, direction)).collect();
        if !names.is_empty() {
            parts.into_iter().for_each(|part| hidden.entry(part).or_default().extend(names.iter().cloned()));
        }
    });
    let mut projected = document.clone();
    for (at, names) in hidden {
        let schema = projected.pointer_mut(&at).and_then(Value::as_object_mut);
        let Some(schema) = schema else { continue };
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.retain(|name, _| !names.contains(name));
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name.as_str().is_none_or(|name| !names.contains(name)));
        }
    }
    projected
}

/// Calls `visit` with the pointer of every schema with properties or a composition.
fn each_composed(value: &Value, at: String, visit: &mut impl FnMut(&str)) {
    match value {
        Value::Object(map) => {
            if ["properties", "allOf", "oneOf", "anyOf"].iter().any(|keyword| map.contains_key(*keyword)) {
                visit(&at);
            }
            map.iter().for_each(|(key, child)| each_composed(child, join(&at, key), visit));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, child)| each_composed(child, format!("{at}/{index}"), visit));
        }
        _ => {}
    }
}

/// Returns the names of a schema's own properties that values of a direction do not have. A property that is both
/// read-only and write-only is in both directions.
fn hidden_properties(document: &Value, at: &str, direction: Direction) -> Vec<String> {
    let at = format!("{at}/properties");
    let names = document.pointer(&at).and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
    let hides = |name: &&String| {
        let parts: Vec<String> =
            resolved_pointer(document, &join(&at, name)).iter().flat_map(|at| same_value(document, at)).collect();
        let is_set = |keyword: &str| {
            let schemas = parts.iter().filter_map(|part| document.pointer(part));
            schemas.into_iter().any(|schema| schema[keyword] == true)
        };
        match (is_set("readOnly"), is_set("writeOnly")) {
            (true, false) => matches!(direction, Direction::Request),
            (false, true) => matches!(direction, Direction::Response),
            _ => false,
        }
    };
    names.filter(hides).cloned().collect()
}
