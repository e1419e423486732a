//! Operations that the document has and no page has any more. They are kept until somebody asks for them to go.

use std::collections::BTreeSet;

use openapi::{
    Document, Method, Operation, Problem, operations, pointer,
    queries::object_at,
    references::{Resolver, collect_targets},
};
use pages::normalized;
use serde_json::{Map, Value};

use super::changes::name;
use crate::published::Published;

/// The operations of a document that another does not have.
pub(super) fn vanished(before: &Value, after: &Value) -> Vec<Operation> {
    operations(before).into_iter().filter(|operation| after.pointer(&operation.pointer).is_none()).collect()
}

/// The new document with the vanished operations and the components that they need.
///
/// # Errors
/// When the operation that a page has instead goes by the same `operationId`: then it has moved, and both cannot be.
pub(super) fn keep(
    before: &Document,
    after: &Value,
    vanished: &[Operation],
    published: &Published,
) -> Result<Value, Vec<Problem>> {
    let old = normalized(before.value());
    let mut kept = after.clone();
    let is_secured = after.get("security").is_some();
    let mut problems = Vec::new();
    for gone in vanished {
        let Some(operation) = old.pointer(&gone.pointer) else { continue };
        if let Some(now) = same_id(after, operation) {
            let (then, now_name) = (name(&old, gone), name(after, &now));
            let what = format!("{then} is in no page any more, and {now_name} has its operationId");
            let fix = "if it has moved, import with --prune, which removes the old one";
            problems.push(published.problem_at(&now.pointer, what, fix));
            continue;
        }
        let item = object_at(&mut kept, &["paths", &gone.path]);
        for (key, value) in old.pointer(&gone.item).and_then(Value::as_object).into_iter().flatten() {
            if Method::of_key(key).is_none() {
                item.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        let mut operation = operation.clone();
        if let (true, Value::Object(operation)) = (is_secured, &mut operation) {
            // the document's security is that of the other pages
            operation.entry("security").or_insert_with(|| Value::Array(Vec::new()));
        }
        item.insert(gone.method.key().to_owned(), operation);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut needed = BTreeSet::new();
    collect_targets(&kept, &Resolver::new(&old), &mut needed);
    let schemes = schemes(&kept);
    needed.extend(schemes.into_iter().map(|name| pointer::join("/components/securitySchemes", &name)));
    for at in needed {
        let segments: Vec<String> = pointer::segments(&at).collect();
        if let [components, kind, name] = segments.as_slice()
            && let Some(value) = old.pointer(&at)
        {
            object_at(&mut kept, &[components, kind]).entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    Ok(kept)
}

fn same_id(document: &Value, operation: &Value) -> Option<Operation> {
    let id = operation.get("operationId")?;
    operations(document).into_iter().find(|one| one.value(document).get("operationId") == Some(id))
}

/// Names of the security schemes that operations ask for.
fn schemes(document: &Value) -> BTreeSet<String> {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let alternatives = operations.filter_map(|operation| operation.get("security")?.as_array()).flatten();
    alternatives.filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
}
