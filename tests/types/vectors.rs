//! Values at and around every boundary that a schema draws, made from the schema alone.

use serde_json::{Value, json};

/// A value, and what is special about it.
pub(crate) struct Vector {
    pub(crate) label: String,
    pub(crate) value: Value,
}

fn vector(label: impl Into<String>, value: Value) -> Vector {
    Vector { label: label.into(), value }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// Values of all kinds for a schema. Which of them it allows is for a judge to say.
pub(crate) fn vectors(document: &Value, schema: &Value) -> Vec<Vector> {
    let schema = resolve(document, schema);
    let mut found = vec![vector("a valid value", valid(document, schema))];
    let foreign = [json!(true), json!(0), json!(1.5), json!("text"), json!([]), json!({}), json!([{}]), Value::Null];
    found.extend(foreign.into_iter().map(|value| vector(format!("foreign value {value}"), value)));
    match schema["type"].as_str() {
        Some("object") => found.extend(objects(document, schema)),
        Some("array") => found.extend(lists(document, schema)),
        Some("string") => found.extend(texts(schema)),
        Some("integer" | "number") => found.extend(numbers()),
        _ => {}
    }
    found
}

fn objects(document: &Value, schema: &Value) -> Vec<Vector> {
    let whole = valid(document, schema);
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    let mut extra = whole.clone();
    extra["anotherProperty"] = json!({"nested": [1]});
    found.push(vector("a property that the document does not name", extra));
    let mut bare = whole.clone();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let optional = !required.contains(&Value::from(name.as_str()));
        let mut without = whole.clone();
        without.as_object_mut().unwrap().remove(name);
        found.push(vector(format!("without `{name}`"), without));
        if optional {
            bare.as_object_mut().unwrap().remove(name);
        }
        for inner in vectors(document, property) {
            let label = match &inner.value {
                Value::Null if optional => format!("`{name}`: null in an optional property"),
                _ => format!("`{name}`: {}", inner.label),
            };
            let mut with = whole.clone();
            with[name] = inner.value;
            found.push(vector(label, with));
        }
    }
    found.push(vector("required properties only", bare));
    found
}

fn lists(document: &Value, schema: &Value) -> Vec<Vector> {
    let item = valid(document, &schema["items"]);
    let mut found = Vec::new();
    for length in around(&[&schema["minItems"], &schema["maxItems"], &json!(0), &json!(3)]) {
        found.push(vector(format!("{length} items"), Value::Array(vec![item.clone(); length])));
    }
    for inner in vectors(document, &schema["items"]) {
        found.push(vector(format!("an item: {}", inner.label), json!([item, inner.value])));
    }
    found
}

fn texts(schema: &Value) -> Vec<Vector> {
    let mut found = Vec::new();
    let is_uri = schema["format"] == "uri";
    for length in around(&[&schema["minLength"], &schema["maxLength"], &json!(0)]) {
        for (kind, letter) in [("ASCII", 'a'), ("emoji", '🌱'), ("accents", 'é')] {
            let text: String = if is_uri {
                "https://x.example/".chars().chain(std::iter::repeat('a')).take(length).collect()
            } else {
                std::iter::repeat_n(letter, length).collect()
            };
            found.push(vector(format!("{length} characters ({kind})"), json!(text)));
        }
    }
    for text in [
        "https://greenhouse.example/callback?a=b&c=%20#d",
        "myapp:/callback",
        "urn:isbn:1",
        "http://[2001:db8::1]:8080/",
        "//x.example/a",
        "/callback",
        "x.example",
        "https://é.example",
        "https://x.example/a b",
        "https://x.example/<>",
        "http://[::1",
        "1a:b",
        ":",
        "a:",
        "https://x.example/%zz",
        "\u{0}",
        "line\nbreak",
        "e\u{301}",
        "null",
        "0",
    ] {
        found.push(vector(format!("the text {text:?}"), json!(text)));
    }
    for value in schema["enum"].as_array().into_iter().flatten() {
        found.push(vector(format!("the listed value {value}"), value.clone()));
        found.push(vector(
            format!("the listed value {value}, in capitals"),
            json!(value.as_str().unwrap_or_default().to_uppercase()),
        ));
    }
    found
}

fn numbers() -> Vec<Vector> {
    let mut found = Vec::new();
    for bound in [i64::from(i32::MIN), i64::from(i32::MAX), 0] {
        for number in [bound - 1, bound, bound + 1] {
            found.push(vector(format!("the number {number}"), json!(number)));
        }
    }
    found.push(vector("the largest 64-bit number", json!(u64::MAX)));
    found.push(vector("the smallest 64-bit number", json!(i64::MIN)));
    found.push(vector("a fraction", json!(0.5)));
    found.push(vector("a huge number", json!(1e300)));
    found.push(vector("a number as text", json!("1")));
    found.push(vector("an integer with a fraction of zero", json!(1.0)));
    found
}

/// Each bound, one less and one more, sorted and once.
fn around(bounds: &[&Value]) -> Vec<usize> {
    let mut found: Vec<usize> = bounds
        .iter()
        .filter_map(|bound| usize::try_from(bound.as_u64()?).ok())
        .flat_map(|bound| [bound.saturating_sub(1), bound, bound + 1])
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// One value that the schema allows.
fn valid(document: &Value, schema: &Value) -> Value {
    let schema = resolve(document, schema);
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            Value::Object(properties.map(|(name, property)| (name.clone(), valid(document, property))).collect())
        }
        Some("array") => Value::Array(vec![valid(document, &schema["items"])]),
        Some("integer" | "number") => json!(7),
        Some("boolean") => json!(true),
        _ if schema["format"] == "uri" => json!("https://x.example/a"),
        _ => json!("text"),
    }
}
