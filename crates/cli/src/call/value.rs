//! From the words of the command line to the values that a schema asks for.

use serde_json::Value;

/// One value of a schema. A list takes a word for each item, or one word with all of them as JSON.
pub(super) fn of(texts: &[String], schema: &Value) -> Value {
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

/// A text stays one where the schema says so; else it is JSON, if it can be. What it must not be is checked by the
/// schema.
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
    fn words_become_what_the_schema_asks_for() {
        let of = |texts: &[&str], schema: Value| {
            super::of(&texts.iter().map(ToString::to_string).collect::<Vec<_>>(), &schema)
        };
        assert_eq!(of(&["1"], json!({"type": "string"})), json!("1"));
        assert_eq!(of(&["1"], json!({"type": "integer"})), json!(1));
        assert_eq!(of(&["one"], json!({"type": "integer"})), json!("one"), "for the schema to refuse");
        assert_eq!(of(&["true"], json!({"type": "boolean"})), json!(true));
        assert_eq!(of(&["1", "2"], json!({"type": "array", "items": {"type": "integer"}})), json!([1, 2]));
        assert_eq!(of(&["[1,2]"], json!({"type": "array", "items": {"type": "integer"}})), json!([1, 2]));
        assert_eq!(of(&["1"], json!({"type": "array", "items": {"type": "string"}})), json!(["1"]));
        assert_eq!(of(&["{\"a\":1}"], json!({"type": "object"})), json!({"a": 1}));
        assert_eq!(of(&["x"], json!({"oneOf": []})), json!("x"));
    }
}
