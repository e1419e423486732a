//! Mutation operators of documentation: descriptions, summaries, titles, examples, external documentation.

use openapi::pointer::join;
use serde_json::{Value, json};

use super::mutant::Mutants;

pub(super) fn mutate(mutants: &mut Mutants<'_>) {
    let document = mutants.document;
    walk(mutants, document, "");
    mutants.set_documentation("description: changed", "/info/description", "Another description.");
    mutants.set_documentation("externalDocs: changed", "/externalDocs", json!({"url": "https://docs.example"}));
    mutants.set_documentation("contact: changed", "/info/contact", json!({"email": "a@b.example"}));
}

fn walk(mutants: &mut Mutants<'_>, value: &Value, at: &str) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let place = join(at, key);
                // a property with such a name has a schema, which is no string
                match (key.as_str(), inner) {
                    ("description", Value::String(text)) => {
                        mutants.set_documentation(
                            "description: changed",
                            &place,
                            format!("{text} Another description."),
                        );
                        mutants.set_documentation(
                            "description: changed",
                            &place,
                            "Hostile {braces} [link] <b>&amp; `code */ \"\\",
                        );
                    }
                    ("summary" | "title", Value::String(text)) => {
                        mutants.set_documentation("title or summary: changed", &place, format!("{text}, changed"));
                    }
                    ("example" | "examples" | "x-examples", _) => {}
                    _ => walk(mutants, inner, &place),
                }
            }
            if map.get("type").is_some_and(Value::is_string)
                && !map.contains_key("scheme")
                && !map.contains_key("flows")
            {
                mutants.set_documentation("example: changed", &join(at, "example"), "an example");
                mutants.set_documentation(
                    "externalDocs: changed",
                    &join(at, "externalDocs"),
                    json!({"url": "https://docs.example"}),
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(mutants, item, &format!("{at}/{index}"));
            }
        }
        _ => {}
    }
}
