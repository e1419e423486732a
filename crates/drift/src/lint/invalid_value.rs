//! Finds examples and defaults that are invalid for their schema.

use jsonschema::PatternOptions;
use openapi::{json_schema::json_schema, kind::Kind};
use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::objects,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    // pointer of the value, its keyword, the value, pointer of its schema
    let mut values: Vec<(String, &str, &Value, String)> = Vec::new();
    objects(subject.document, &mut |at, kind, map| {
        let schema = match kind {
            kind if kind.is_schema() => at.to_owned(),
            Kind::Parameter | Kind::Header | Kind::Media if map.contains_key("schema") => format!("{at}/schema"),
            _ => return,
        };
        for key in ["default", "example"] {
            if let Some(value) = map.get(key) {
                values.push((format!("{at}/{key}"), key, value, schema.clone()));
            }
        }
    });
    let mut found = Vec::new();
    for (at, key, value, schema) in values {
        let options = jsonschema::options().with_pattern_options(PatternOptions::regex()).should_validate_formats(true);
        let validator = json_schema(subject.document, &schema).ok().and_then(|schema| options.build(&schema).ok());
        if let Some(error) = validator.as_ref().and_then(|validator| validator.iter_errors(value).next()) {
            let what = format!("`{key}` violates `{}` of its schema", error.kind().keyword());
            found.push(Lint::new(at, what));
        }
    }
    found
}
