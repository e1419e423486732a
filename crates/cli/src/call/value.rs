//! Converts arguments to JSON values of a schema.

use serde_json::Value;

/// Converts the arguments of a flag to a value of the schema. An array is one argument for each item, or one JSON
/// array.
pub(super) fn parse(texts: &[String], schema: &Value) -> Value {
    let kind = schema.get("type").and_then(Value::as_str);
    match (kind, texts) {
        (Some("array"), [text]) if text.trim_start().starts_with('[') => single(text, None),
        (Some("array"), texts) => {
            let items = schema.get("items").and_then(|items| items.get("type")).and_then(Value::as_str);
            texts.iter().map(|text| single(text, items)).collect()
        }
        (kind, texts) => single(texts.last().map_or("", String::as_str), kind),
    }
}

/// Returns a string if the schema has this type; otherwise parses the argument as JSON, with a string as fallback. The
/// result is validated against the schema later.
fn single(text: &str, kind: Option<&str>) -> Value {
    match kind {
        Some("string") => Value::from(text),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn converts_arguments_to_the_type_of_the_schema() {
        let parse = |texts: &[&str], schema: Value| {
            super::parse(&texts.iter().map(ToString::to_string).collect::<Vec<_>>(), &schema)
        };
        assert_eq!(parse(&["1"], json!({"type": "string"})), json!("1"));
        assert_eq!(parse(&["1"], json!({"type": "integer"})), json!(1));
        assert_eq!(parse(&["one"], json!({"type": "integer"})), json!("one"), "the schema refuses it later");
        assert_eq!(parse(&["true"], json!({"type": "boolean"})), json!(true));
        assert_eq!(parse(&["1", "2"], json!({"type": "array", "items": {"type": "integer"}})), json!([1, 2]));
        assert_eq!(parse(&["[1,2]"], json!({"type": "array", "items": {"type": "integer"}})), json!([1, 2]));
        assert_eq!(parse(&["1"], json!({"type": "array", "items": {"type": "string"}})), json!(["1"]));
        assert_eq!(parse(&["{\"a\":1}"], json!({"type": "object"})), json!({"a": 1}));
        assert_eq!(parse(&["x"], json!({"oneOf": []})), json!("x"));
    }
}
