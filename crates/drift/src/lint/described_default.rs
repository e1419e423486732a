//! Finds descriptions with another default than `default`.

use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::fields,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        let Some(default) = field.schema.get("default") else { continue };
        let Some(described) = described(field.description) else { continue };
        let written = match default {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if described != written {
            let what = format!("the description names the default `{described}`, but `default` is `{written}`");
            found.push(Lint::new(field.at, what));
        }
    }
    found
}

/// Returns the default in `default is 10`, `default: 10`, `defaults to 10`, `by default 10`, with or without a code
/// span.
fn described(description: &str) -> Option<String> {
    let lower = description.to_lowercase();
    let (at, form) = ["default value is ", "default is ", "default: ", "defaults to ", "by default "]
        .iter()
        .find_map(|form| Some((lower.find(form)?, form)))?;
    let rest = lower.get(at + form.len()..)?.trim_start_matches(['`', '"']);
    let end = rest.find(|c: char| c.is_whitespace() || "`\",;)".contains(c)).unwrap_or(rest.len());
    let word = rest.get(..end)?.trim_end_matches('.');
    // other words may belong to the sentence
    let is_value = word.parse::<f64>().is_ok() || matches!(word, "true" | "false");
    is_value.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_booleans_as_defaults() {
        assert_eq!(described("Size. Default is 10.").as_deref(), Some("10"));
        assert_eq!(described("Defaults to `true`").as_deref(), Some("true"));
        assert_eq!(described("by default all devices"), None);
        assert_eq!(described("x"), None);
    }
}
