//! Finds responses with `content` whose status has no body in HTTP.

use openapi::{Status, operations};
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        for (status, response) in
            operation.value(subject.document).get("responses").and_then(Value::as_object).into_iter().flatten()
        {
            let has_content =
                response.get("content").and_then(Value::as_object).is_some_and(|content| !content.is_empty());
            if has_content && Status::parse(status).is_some_and(Status::is_bodyless) {
                let at = format!("{}/responses/{status}/content", operation.pointer);
                found.push(Lint::new(
                    at,
                    format!("`content` is not empty, but a {status} response has no body in HTTP"),
                ));
            }
        }
    }
    found
}
