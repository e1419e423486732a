//! Changes of words for people: descriptions, summaries, titles, examples, links to documentation.

use openapi::pointer::join;
use serde_json::{Value, json};

use super::mutant::Mutants;

pub(super) fn mutate(mutants: &mut Mutants<'_>) {
    let document = mutants.document;
    walk(mutants, document, "");
    mutants.words("description: changed", "/info/description", "Other words.");
    mutants.words("externalDocs: changed", "/externalDocs", json!({"url": "https://docs.example"}));
    mutants.words("contact: changed", "/info/contact", json!({"email": "a@b.example"}));
}

fn walk(mutants: &mut Mutants<'_>, value: &Value, at: &str) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let place = join(at, key);
                // a property of such a name holds a schema
                match (key.as_str(), inner) {
                    ("description", Value::String(text)) => {
                        mutants.words("description: changed", &place, format!("{text} Other words."));
                        mutants.words("description: changed", &place, "Hostile {braces} [link] <b>&amp; `code */ \"\\");
                    }
                    ("summary" | "title", Value::String(text)) => {
                        mutants.words("title or summary: changed", &place, format!("{text}, otherwise"));
                    }
                    ("example" | "examples" | "x-examples", _) => {}
                    _ => walk(mutants, inner, &place),
                }
            }
            if map.get("type").is_some_and(Value::is_string)
                && !map.contains_key("scheme")
                && !map.contains_key("flows")
            {
                mutants.words("example: changed", &join(at, "example"), "an example");
                mutants.words(
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
