//! Finds GET and HEAD operations with a `requestBody`: HTTP does not define its meaning, and many servers ignore it.

use openapi::{Method, operations};

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let operations = operations(subject.document).into_iter();
    let with_body = operations.filter(|one| {
        matches!(one.method, Method::Get | Method::Head) && one.value(subject.document).get("requestBody").is_some()
    });
    let lint = |method: Method| format!("`requestBody` has no defined meaning for {method} in HTTP");
    with_body.map(|one| Lint::new(format!("{}/requestBody", one.pointer), lint(one.method))).collect()
}
