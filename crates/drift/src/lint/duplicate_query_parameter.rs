//! Finds query parameters whose name is also in the query of the path: it is ambiguous which one is sent.

use openapi::operations;
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        let query = operation.path.split_once('?').map_or("", |(_, query)| query);
        let names: Vec<&str> =
            query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| !name.is_empty()).collect();
        for (index, parameter) in operation
            .value(subject.document)
            .get("parameters")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            if parameter.get("in").and_then(Value::as_str) == Some("query") && names.contains(&name) {
                let what = "the parameter is also in the query of the path";
                found.push(Lint::new(format!("{}/parameters/{index}", operation.pointer), what));
            }
        }
    }
    found
}
