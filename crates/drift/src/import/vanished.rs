//! Operations that the document has and no page has any more. They are kept until somebody asks for them to go.

use std::collections::BTreeSet;

use openapi::{Document, Problem, pointer};
use pages::normalized;
use serde_json::{Map, Value};

use super::changes::{is_method, name, pointer_to};
use crate::checks::Published;

/// An operation that vanished.
pub(super) struct Vanished {
    pub(super) name: String,
    path: String,
    method: String,
}

pub(super) fn vanished(before: &Value, after: &Value) -> Vec<Vanished> {
    let mut found = Vec::new();
    for (path, item) in before.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten().filter(|(key, _)| is_method(key)) {
            if after.pointer(&pointer_to(path, method)).is_none() {
                let name = name(path, method, operation);
                found.push(Vanished { name, path: path.clone(), method: method.clone() });
            }
        }
    }
    found
}

/// The new document with the vanished operations and the components that they need.
///
/// # Errors
/// When the operation that a page has instead goes by the same `operationId`: then it has moved, and both cannot be.
pub(super) fn keep(
    before: &Document,
    after: &Value,
    vanished: &[Vanished],
    published: &Published,
) -> Result<Value, Vec<Problem>> {
    let old = normalized(before.value());
    let mut kept = after.clone();
    let is_secured = after.get("security").is_some();
    let mut problems = Vec::new();
    for gone in vanished {
        let Some(operation) = old.pointer(&pointer_to(&gone.path, &gone.method)) else { continue };
        if let Some((path, method)) = same_id(after, operation) {
            let at = pointer_to(&path, &method);
            let now = name(&path, &method, after.pointer(&at).unwrap_or(&Value::Null));
            let what = format!("{} is in no page any more, and {now} has its operationId", gone.name);
            let fix = "if it has moved, import with --prune, which removes the old one";
            problems.push(published.problem_at(&at, what, fix));
            continue;
        }
        let item = section(&mut kept, &["paths", &gone.path]);
        for (key, value) in
            old.pointer(&pointer::join("/paths", &gone.path)).and_then(Value::as_object).into_iter().flatten()
        {
            if !is_method(key) {
                item.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        let mut operation = operation.clone();
        if let (true, Value::Object(operation)) = (is_secured, &mut operation) {
            // the document's security is that of the other pages
            operation.entry("security").or_insert_with(|| Value::Array(Vec::new()));
        }
        item.insert(gone.method.clone(), operation);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut needed = BTreeSet::new();
    references(&kept, &old, &mut needed);
    let schemes = schemes(&kept);
    needed.extend(schemes.into_iter().map(|name| pointer::join("/components/securitySchemes", &name)));
    for at in needed {
        let segments: Vec<String> = pointer::segments(&at).collect();
        if let [components, kind, name] = segments.as_slice()
            && let Some(value) = old.pointer(&at)
        {
            section(&mut kept, &[components, kind]).entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    Ok(kept)
}

fn same_id(document: &Value, operation: &Value) -> Option<(String, String)> {
    let id = operation.get("operationId")?;
    document.get("paths")?.as_object()?.iter().find_map(|(path, item)| {
        let (method, _) = item
            .as_object()?
            .iter()
            .find(|(key, operation)| is_method(key) && operation.get("operationId") == Some(id))?;
        Some((path.clone(), method.clone()))
    })
}

fn section<'v>(value: &'v mut Value, path: &[&str]) -> &'v mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match (value, path) {
        (Value::Object(map), [key, rest @ ..]) => section(map.entry(*key).or_insert(Value::Null), rest),
        (Value::Object(map), []) => map,
        _ => unreachable!("made an object just above"),
    }
}

/// Every component that is referred to, by what refers to it here or in the old document.
fn references(value: &Value, old: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(at) = map.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'))
                && found.insert(at.to_owned())
            {
                old.pointer(at).into_iter().for_each(|inner| references(inner, old, found));
            }
            map.values().for_each(|value| references(value, old, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, old, found)),
        _ => {}
    }
}

/// Names of the security schemes that operations ask for.
fn schemes(document: &Value) -> BTreeSet<String> {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let alternatives = operations.filter_map(|operation| operation.get("security")?.as_array()).flatten();
    alternatives.filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
}
