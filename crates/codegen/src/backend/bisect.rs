//! Finds the part of a document on which progenitor fails: its errors have no location.

use std::collections::BTreeSet;

use openapi::{Method, Problem, queries::schema_reference};
use serde_json::{Map, Value, json};

use super::progenitor;
use crate::{
    lower::{Lowered, reachable},
    settings::Settings,
};

/// The limit of schemas to try for a better message.
const MOST_WORK: usize = 50_000;

/// Returns a problem for each schema or operation that fails alone; `original` if none does.
pub(super) fn bisect(original: Problem, lowered: &Lowered, settings: &Settings) -> Vec<Problem> {
    let attempt = |document: &Value| progenitor::generate(document, &lowered.model, settings).err();
    let mut problems = Vec::new();
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut found_in = BTreeSet::new();
    let mut work = 0;
    for (name, schema) in schemas.into_iter().flatten() {
        let mut names = BTreeSet::from([name.clone()]);
        reachable(&lowered.document, schema, &mut names);
        // an attempt takes time for every schema that is reachable
        work += names.len();
        if work > MOST_WORK {
            break;
        }
        // a schema that references a failing one fails because of it
        if names.iter().any(|name| found_in.contains(name)) {
            continue;
        }
        if let Some(problem) = attempt(&only(&lowered.document, &names, None)) {
            found_in.insert(name.clone());
            let origin = lowered.model.origins.get(name).cloned().unwrap_or_default();
            problems.push(problem.pointing_to(origin));
        }
    }
    if problems.is_empty() {
        for operation in &lowered.model.operations {
            let mut names = BTreeSet::new();
            let types = operation.parameter_types.as_ref().map(|name| schema_reference(name));
            reachable(&lowered.document, &types.unwrap_or_default(), &mut names);
            let one = Some((operation.lowered_path.as_str(), operation.method));
            if let Some(problem) = attempt(&only(&lowered.document, &names, one)) {
                problems.push(problem.pointing_to(&operation.pointer));
            }
        }
    }
    if problems.is_empty() { vec![original] } else { problems }
}

/// Returns the document with some of its schemas and at most one operation.
fn only(document: &Value, names: &BTreeSet<String>, operation: Option<(&str, Method)>) -> Value {
    let schemas: Map<String, Value> = names
        .iter()
        .filter_map(|name| Some((name.clone(), document.pointer("/components/schemas")?.get(name)?.clone())))
        .collect();
    let mut paths = json!({});
    if let Some((path, method)) = operation {
        let value = document.get("paths").and_then(|paths| paths.get(path)?.get(method.key())).cloned();
        paths[path] = json!({method.key(): value});
    }
    json!({"openapi": "3.0.3", "info": {"title": "", "version": "0"}, "paths": paths,
        "components": {"schemas": schemas}})
}
