//! Validates the document: errors are reported at their locations, before a later pass fails on them.

use openapi::validate::validate;

use super::Normalizing;

pub(super) fn run(normalizing: &mut Normalizing) {
    normalizing.problems = validate(&normalizing.document);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use openapi::pointer;
    use serde_json::{Value, json};

    #[test]
    fn reports_the_location_of_every_value_that_the_parser_rejects() {
        let good: Value = serde_json::from_str(include_str!("../../tests/every_keyword.json")).unwrap();
        let mut found = Vec::new();
        pointers(&good, String::new(), &mut found);
        let mut unreported = Vec::new();
        for at in found {
            for wrong in [
                None,
                Some(json!(null)),
                Some(json!("word")),
                Some(json!(-1.5)),
                Some(json!(true)),
                Some(json!([1])),
                Some(json!({"a": 1})),
            ] {
                let mut document = good.clone();
                match &wrong {
                    Some(wrong) => *document.pointer_mut(&at).unwrap() = wrong.clone(),
                    None => {
                        let key = pointer::segments(&at).last().unwrap();
                        match document.pointer_mut(pointer::parent(&at).unwrap()).unwrap() {
                            Value::Object(map) => drop(map.remove(&key)),
                            Value::Array(items) => drop(items.remove(key.parse().unwrap())),
                            _ => {}
                        }
                    }
                }
                let lowered = crate::pipeline::lowered(&document, &BTreeSet::new(), None);
                let what = match lowered {
                    Ok(lowered) => serde_json::from_value::<openapiv3::OpenAPI>(lowered.document)
                        .err()
                        .map(|error| error.to_string()),
                    Err(problems) => {
                        problems.iter().find(|problem| problem.pointer.is_none()).map(|problem| problem.what.clone())
                    }
                };
                unreported.extend(what.map(|what| format!("{at} = {wrong:?}: {what}")));
            }
        }
        assert!(unreported.is_empty(), "{}", unreported.join("\n"));
    }

    fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, child)| pointers(child, pointer::join(&at, key), found)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, child)| pointers(child, format!("{at}/{index}"), found));
            }
            _ => {}
        }
        if !at.is_empty() {
            found.push(at);
        }
    }
}
