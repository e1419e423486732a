//! Finds operations whose description requires a permission and that document no 403 response.

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
        let requires_permission = description.lines().any(|line| {
            let heading = line.split(':').next().unwrap_or_default();
            line.contains(':') && heading.contains("permission") && line.contains('`')
        });
        let responses = operation.value(subject.document).get("responses").and_then(Value::as_object);
        let is_documented =
            responses.is_some_and(|all| ["403", "4XX", "default"].iter().any(|status| all.contains_key(*status)));
        if requires_permission && !is_documented {
            found.push(Lint::new(
                format!("{}/responses", operation.pointer),
                "the description requires a permission, but no 403 response is documented",
            ));
        }
    }
    found
}
