//! An example or default that its own schema refuses.

use jsonschema::PatternOptions;
use openapi::json_schema::json_schema;
use serde_json::Value;

use super::{Lint, Subject, walk::objects};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    // (the value's pointer, the value, the pointer of its schema)
    let mut values: Vec<(String, &Value, String)> = Vec::new();
    objects(subject.document, &mut |at, map| {
        // beside `schema` stand examples of parameters and contents, in the schema its own
        let schema = if map.contains_key("schema") { format!("{at}/schema") } else { at.to_owned() };
        for key in ["default", "example"] {
            // a response called `default` is no value
            if let Some(value) =
                map.get(key).filter(|_| !at.ends_with("/responses") && is_schema(subject.document, &schema))
            {
                values.push((format!("{at}/{key}"), value, schema.clone()));
            }
        }
    });
    let mut found = Vec::new();
    for (at, value, schema) in values {
        let options = jsonschema::options().with_pattern_options(PatternOptions::regex()).should_validate_formats(true);
        let validator = json_schema(subject.document, &schema).ok().and_then(|schema| options.build(&schema).ok());
        if let Some(error) = validator.as_ref().and_then(|validator| validator.iter_errors(value).next()) {
            let what = format!("this value breaks its own schema: {}", error.kind().keyword());
            found.push(Lint::new(at, what));
        }
    }
    found
}

fn is_schema(document: &Value, at: &str) -> bool {
    let keys = ["type", "properties", "items", "enum", "oneOf", "anyOf", "allOf", "$ref"];
    document.pointer(at).and_then(Value::as_object).is_some_and(|map| keys.iter().any(|key| map.contains_key(*key)))
}
