//! Compares two JSON Schemas by what they allow: annotations, order and names of definitions do not matter.

use std::collections::BTreeSet;

use serde_json::Value;

/// Keywords that allow and forbid nothing.
const ANNOTATIONS: &[&str] =
    &["$schema", "title", "description", "default", "$defs", "definitions", "examples", "deprecated"];
/// Deeper than any type of ours; a cycle ends here.
const DEEPEST: usize = 16;

/// All differences between what the document and what the type allow. In responses an optional property may be null.
pub(crate) fn compare(expected: &Value, actual: &Value, strict: bool) -> Vec<String> {
    let mut comparison = Comparison { roots: (expected, actual), strict, found: Vec::new() };
    comparison.walk(expected, actual, "", 0);
    comparison.found
}

struct Comparison<'a> {
    roots: (&'a Value, &'a Value),
    strict: bool,
    found: Vec<String>,
}

impl<'a> Comparison<'a> {
    fn walk(&mut self, expected: &'a Value, actual: &'a Value, at: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let expected = resolve(expected, self.roots.0);
        let actual = resolve(actual, self.roots.1);
        let (left, right) = (normal(expected), normal(actual));
        let keywords: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        for keyword in keywords {
            let (one, other) = (left.get(keyword), right.get(keyword));
            match (keyword.as_str(), one, other) {
                ("properties", Some(one), Some(other)) => self.properties(expected, one, other, at, depth),
                ("items" | "additionalProperties", Some(one), Some(_)) if one.is_object() => {
                    // the normal form is a copy; the walk goes on in the originals
                    let (one, other) = (&expected[keyword], &actual[keyword]);
                    self.walk(one, other, &format!("{at}/{keyword}"), depth + 1);
                }
                (_, one, other) if one == other => {}
                (_, one, other) => self.differ(&format!("{at}/{keyword}"), one, other),
            }
        }
    }

    fn properties(&mut self, schema: &'a Value, one: &Value, other: &Value, at: &str, depth: usize) {
        let empty = serde_json::Map::new();
        let names = |value: &Value| value.as_object().unwrap_or(&empty).keys().cloned().collect::<BTreeSet<_>>();
        for name in names(one).union(&names(other)) {
            let here = format!("{at}/properties/{name}");
            match (one.get(name), other.get(name)) {
                (Some(one), Some(other)) => {
                    let optional = !list(schema, "required").contains(&Value::from(name.as_str()));
                    let mut other = other.clone();
                    if optional && !self.strict && !allows_null(one) {
                        without_null(&mut other);
                    }
                    let inner = compare(
                        &with_definitions(one, self.roots.0),
                        &with_definitions(&other, self.roots.1),
                        self.strict,
                    );
                    if depth < DEEPEST {
                        self.found.extend(inner.into_iter().map(|difference| format!("{here}{difference}")));
                    }
                }
                (one, other) => self.differ(&here, one, other),
            }
        }
    }

    fn differ(&mut self, at: &str, one: Option<&Value>, other: Option<&Value>) {
        let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        self.found.push(format!("{at}: the document says {}, the type {}", shown(one), shown(other)));
    }
}

fn with_definitions(schema: &Value, root: &Value) -> Value {
    let mut schema = schema.clone();
    if let (Some(schema), Some(definitions)) = (schema.as_object_mut(), root.get("$defs")) {
        schema.insert("$defs".to_owned(), definitions.clone());
    }
    schema
}

fn resolve<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

/// The keywords that matter, in one of the ways in which they can be written.
fn normal(schema: &Value) -> serde_json::Map<String, Value> {
    let mut map = schema.as_object().cloned().unwrap_or_default();
    map.retain(|keyword, _| !ANNOTATIONS.contains(&keyword.as_str()));
    // a number is one, whatever its precision
    if ["int32", "int64", "float", "double"].iter().any(|format| map.get("format") == Some(&Value::from(*format))) {
        map.remove("format");
    }
    if map.get("additionalProperties") == Some(&Value::Bool(true)) {
        map.remove("additionalProperties");
    }
    for keyword in ["required", "enum", "type"] {
        if let Some(Value::Array(items)) = map.get_mut(keyword) {
            items.sort_by_key(Value::to_string);
        }
    }
    if list(schema, "required").is_empty() {
        map.remove("required");
    }
    map
}

/// A schema of a type with the bounds of its integers, which it tells by their formats.
pub(crate) fn bounded(schema: &Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut map: serde_json::Map<_, _> = map.iter().map(|(key, value)| (key.clone(), bounded(value))).collect();
            let bounds: Option<(Value, Value)> = match map.get("format").and_then(Value::as_str) {
                Some("int32") => Some((i32::MIN.into(), i32::MAX.into())),
                Some("int64") => Some((i64::MIN.into(), i64::MAX.into())),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                map.entry("minimum").or_insert(least);
                map.entry("maximum").or_insert(most);
            }
            Value::Object(map)
        }
        Value::Array(items) => items.iter().map(bounded).collect(),
        other => other.clone(),
    }
}

fn list<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn allows_null(schema: &Value) -> bool {
    schema.get("type") == Some(&Value::from("null")) || list(schema, "type").contains(&Value::from("null"))
}

fn without_null(schema: &mut Value) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [single] = types.as_slice() {
            schema["type"] = single.clone();
        }
    }
    let branches = list(schema, "anyOf").iter().filter(|branch| !allows_null(branch)).cloned().collect::<Vec<_>>();
    if let [single] = branches.as_slice() {
        *schema = single.clone();
    }
}

#[test]
fn sees_each_kind_of_difference() {
    use serde_json::json;
    let document = json!({"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"type": "integer"}},
        "$defs": {"A": {"type": "string", "maxLength": 3}}});
    let same = json!({"title": "T", "type": "object", "required": ["a"],
        "properties": {"b": {"type": ["integer", "null"], "description": "x"}, "a": {"type": "string", "maxLength": 3}}});
    assert_eq!(compare(&document, &same, false), [""; 0]);
    assert_eq!(compare(&document, &same, true).len(), 1, "null is refused in requests");
    for (pointer, value) in [
        ("/properties/a/maxLength", json!(4)),
        ("/properties/a/type", json!("integer")),
        ("/required", json!([])),
        ("/required", json!(["a", "b"])),
        ("/properties/b/type", json!("number")),
        ("/properties", json!({"a": {"type": "string", "maxLength": 3}})),
    ] {
        let mut changed = same.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert_eq!(
            compare(&document, &changed, false).len(),
            1,
            "{pointer}: {:?}",
            compare(&document, &changed, false)
        );
    }
}
