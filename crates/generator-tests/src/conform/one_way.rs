//! The document as one way sees it: requests have no read-only properties, responses no write-only ones, and what does
//! not travel is not required.

use std::collections::{BTreeMap, BTreeSet};

use openapi::pointer::join;
use serde_json::Value;

use crate::boundary_values::{place, same_value};

/// Which way a value travels.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Request,
    Response,
}

/// The document without what does not travel this way.
pub(super) fn seen(document: &Value, way: Way) -> Value {
    let mut hidden: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    each_composed(document, String::new(), &mut |at| {
        let parts = same_value(document, at);
        let names: BTreeSet<String> = parts.iter().flat_map(|part| hidden_by(document, part, way)).collect();
        if !names.is_empty() {
            parts.into_iter().for_each(|part| hidden.entry(part).or_default().extend(names.iter().cloned()));
        }
    });
    let mut seen = document.clone();
    for (at, names) in hidden {
        let schema = seen.pointer_mut(&at).and_then(Value::as_object_mut);
        let Some(schema) = schema else { continue };
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.retain(|name, _| !names.contains(name));
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name.as_str().is_none_or(|name| !names.contains(name)));
        }
    }
    seen
}

/// Calls `visit` with the pointer of everything that has properties or is composed.
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

/// Names of a schema's own properties that do not travel this way. What is both read-only and write-only travels.
fn hidden_by(document: &Value, at: &str, way: Way) -> Vec<String> {
    let at = format!("{at}/properties");
    let names = document.pointer(&at).and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
    let hides = |name: &&String| {
        let parts: Vec<String> =
            place(document, &join(&at, name)).iter().flat_map(|at| same_value(document, at)).collect();
        let says = |keyword: &str| {
            let schemas = parts.iter().filter_map(|part| document.pointer(part));
            schemas.into_iter().any(|schema| schema[keyword] == true)
        };
        match (says("readOnly"), says("writeOnly")) {
            (true, false) => matches!(way, Way::Request),
            (false, true) => matches!(way, Way::Response),
            _ => false,
        }
    };
    names.filter(hides).cloned().collect()
}
