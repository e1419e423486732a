//! A response whose status means that nothing follows, with content.

use serde_json::Value;

use super::{Lint, Subject, walk::operations};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        for (status, response) in operation.value.get("responses").and_then(Value::as_object).into_iter().flatten() {
            let has_content =
                response.get("content").and_then(Value::as_object).is_some_and(|content| !content.is_empty());
            if has_content && matches!(status.as_str(), "204" | "205" | "304") {
                let at = format!("{}/responses/{status}/content", operation.at);
                found.push(Lint::new(at, format!("a {status} has no content in HTTP, and the document gives it some")));
            }
        }
    }
    found
}
