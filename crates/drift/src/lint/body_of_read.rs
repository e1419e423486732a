//! A GET or HEAD with a body: HTTP gives it no meaning, and many servers drop it.

use openapi::{Method, operations};

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let operations = operations(subject.document).into_iter();
    let with_body = operations.filter(|one| {
        matches!(one.method, Method::Get | Method::Head) && one.value(subject.document).get("requestBody").is_some()
    });
    let lint = |method: Method| format!("{method} has no body in HTTP, and the document gives it one");
    with_body.map(|one| Lint::new(format!("{}/requestBody", one.pointer), lint(one.method))).collect()
}
