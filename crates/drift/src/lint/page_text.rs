//! Finds text above a document, a copy of its `summary` and `description`, that differs from it.

use openapi::operations;
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for embedded in &subject.published.documents {
        let operations = operations(embedded.document.value());
        let [operation] = operations.as_slice() else { continue };
        for (what, shown, key) in [("heading", &embedded.heading, "summary"), ("quote", &embedded.quote, "description")]
        {
            let written =
                operation.value(embedded.document.value()).get(key).and_then(Value::as_str).unwrap_or_default();
            if !shown.is_empty() && !written.is_empty() && letters(shown) != letters(&without_tags(written)) {
                let what = format!("the {what} above the document differs from its `{key}`, which is used");
                found.push(Lint::new(format!("{}/{key}", operation.pointer), what));
            }
        }
    }
    found
}

/// Returns the letters and digits, so that markup and white space are not compared.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Removes HTML tags, which the page does not show.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let is_tag = after[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.find('>').filter(|_| is_tag) {
            Some(end) => rest = &after[end + 1..],
            None => {
                plain.push('<');
                rest = &after[1..];
            }
        }
    }
    plain + rest
}
