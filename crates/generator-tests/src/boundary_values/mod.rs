//! Boundary values of schemas: values at and around every boundary, generated from the document alone.
//!
//! This module does not decide which of them are valid: a validator does. The values are deterministic.

mod arrays;
mod compositions;
mod example;
mod numbers;
mod objects;
mod pattern;
mod schema;
mod strings;
mod value;

use serde_json::{Value, json};

use schema::Schema;
use value::spread;
pub use value::{BoundaryValue, DEEPEST, LARGEST, LONGEST, MOST, MOST_ITEMS, WIDEST};

/// Returns the boundary values of the schema at a pointer of a document.
#[must_use]
pub fn boundary_values(document: &Value, pointer: &str) -> Vec<BoundaryValue> {
    let Some((pointer, value)) = schema::at(document, pointer) else { return Vec::new() };
    of(&Schema::new(document, &[(pointer, value)]), 0)
}

/// Returns the pointer of the value that a pointer through references has as its target.
#[must_use]
pub fn resolved_pointer(document: &Value, pointer: &str) -> Option<String> {
    schema::at(document, pointer).map(|(pointer, _)| pointer)
}

/// Returns the pointers of all schemas that apply to the same value as the one at a pointer: the targets of its
/// references, the parts of its compositions, and the variants of its unions.
pub(crate) fn same_value(document: &Value, pointer: &str) -> Vec<String> {
    let Some((pointer, value)) = schema::at(document, pointer) else { return Vec::new() };
    let mut schema = Schema::new(document, &[(pointer, value)]);
    loop {
        let before = schema.parts.len();
        for (at, variant) in schema.unions().into_iter().flatten() {
            schema = schema.and(&at, variant);
        }
        if schema.parts.len() == before {
            return schema.parts.into_iter().map(|(at, _)| at).collect();
        }
    }
}

/// Returns all values of a schema at a depth.
fn of(schema: &Schema<'_>, depth: usize) -> Vec<BoundaryValue> {
    let here = schema.trail();
    let valid = example::of(schema);
    let mut found = vec![BoundaryValue::new("valid value", valid, here), BoundaryValue::new("null", Value::Null, here)];
    let mut add_typed = |value: Value| found.push(BoundaryValue::new(format!("type probe {value}"), value, here));
    if depth > DEEPEST {
        add_typed(if schema.types().contains(&"string") { json!(0) } else { json!("text") });
        return found;
    }
    for value in [json!(true), json!(0), json!(1.5), json!("text"), json!([]), json!({}), json!([{}])] {
        add_typed(value);
    }
    found.extend(enums(schema));
    for ty in schema.types() {
        match ty {
            "object" => found.extend(objects::of(schema, depth, &of)),
            "array" => found.extend(arrays::of(schema, depth, &of)),
            "string" => found.extend(strings::of(schema)),
            "integer" | "number" => found.extend(numbers::of(schema)),
            _ => {}
        }
    }
    found.extend(compositions::of(schema, depth, &of));
    spread(found, MOST)
}

/// Returns the values of `const` and `enum`, and similar ones.
fn enums(schema: &Schema<'_>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    for (at, value) in schema.all("const") {
        found.push(schema.value_at(at, format!("const value {value}"), value.clone()));
    }
    for (at, values) in schema.all("enum") {
        for value in values.as_array().into_iter().flatten().take(WIDEST) {
            found.push(schema.value_at(at, format!("enum value {value}"), value.clone()));
            if let Some(text) = value.as_str() {
                let label = format!("enum value {value} in another case");
                let swapped = if text.to_uppercase() == text { text.to_lowercase() } else { text.to_uppercase() };
                found.push(schema.value_at(at, label, json!(swapped)));
            }
        }
        found.push(schema.value_at(at, "string that is no enum value", json!("notListedAnywhere")));
        found.push(schema.value_at(at, "number that is no enum value", json!(987_654)));
    }
    found
}
