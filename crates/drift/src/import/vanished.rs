//! Operations of the committed document that are no longer in a page. `import` keeps them unless `--prune` is given.

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

/// Returns the operations of a document that are missing in another.
pub(super) fn vanished(before: &Value, after: &Value) -> Vec<Operation> {
    operations(before).into_iter().filter(|operation| after.pointer(&operation.pointer).is_none()).collect()
}

/// Returns the new document with the vanished operations and the components that they reference.
///
/// # Errors
/// When an operation of a page has the `operationId` of a vanished one: the operation has probably moved.
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
            let what = format!("{then} is no longer in a page, and {now_name} has the same operationId");
            let fix = "if the operation has moved, import with --prune to remove the old one";
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
            // the `security` of the document applies to the other pages only
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

/// Returns the names of the security schemes that operations require.
fn schemes(document: &Value) -> BTreeSet<String> {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let operations = items.filter_map(Value::as_object).flat_map(Map::values);
    let alternatives = operations.filter_map(|operation| operation.get("security")?.as_array()).flatten();
    alternatives.filter_map(Value::as_object).flat_map(Map::keys).cloned().collect()
}
