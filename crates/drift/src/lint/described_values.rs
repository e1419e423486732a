//! Finds descriptions that list other values than `enum`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::fields,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        let Some(values) = field.schema.get("enum").and_then(Value::as_array) else { continue };
        let values: BTreeSet<&str> = values.iter().filter_map(Value::as_str).collect();
        let described = described(field.description);
        let others: Vec<_> = described.symmetric_difference(&values).map(|value| format!("`{value}`")).collect();
        if !described.is_empty() && !others.is_empty() {
            let what = format!("the values in the description and in `enum` differ: {}", others.join(", "));
            found.push(Lint::new(format!("{}/enum", field.at), what));
        }
    }
    found
}

/// Returns the code spans after a phrase like "one of".
fn described(description: &str) -> BTreeSet<&str> {
    let lower = description.to_ascii_lowercase();
    let Some(list) = ["one of", "possible values", "allowed values"].iter().find_map(|form| lower.find(form)) else {
        return BTreeSet::new();
    };
    let list = description.get(list..).unwrap_or_default().split("\n\n").next().unwrap_or_default();
    list.split('`').skip(1).step_by(2).collect()
}
