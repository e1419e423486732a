//! A GET or HEAD with a body: HTTP gives it no meaning, and many servers drop it.

use super::{Lint, Subject, walk::operations};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let operations = operations(subject.document).into_iter();
    let with_body =
        operations.filter(|one| matches!(one.method, "get" | "head") && one.value.get("requestBody").is_some());
    let lint = |method: &str| format!("{} has no body in HTTP, and the document gives it one", method.to_uppercase());
    with_body.map(|one| Lint::new(format!("{}/requestBody", one.at), lint(one.method))).collect()
}
