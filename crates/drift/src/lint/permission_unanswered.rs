//! An operation that asks for a permission, and lists no answer to who lacks it.

use openapi::operations;
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        let description = operation
            .value(subject.document)
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_lowercase();
        let asks = description.lines().any(|line| {
            let heading = line.split(':').next().unwrap_or_default();
            line.contains(':') && heading.contains("permission") && line.contains('`')
        });
        let answers = operation.value(subject.document).get("responses").and_then(Value::as_object);
        let answered =
            answers.is_some_and(|all| ["403", "4XX", "default"].iter().any(|status| all.contains_key(*status)));
        if asks && !answered {
            found.push(Lint::new(
                format!("{}/responses", operation.pointer),
                "a permission is asked for, and no 403 is listed",
            ));
        }
    }
    found
}
