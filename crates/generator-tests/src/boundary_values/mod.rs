//! Values at and around every boundary that a schema of a document draws, made from the document alone.
//!
//! Which of them the schema allows is for a validator to say, so nothing here needs to know. They are the same in every
//! run.

mod compositions;
mod example;
mod lists;
mod numbers;
mod objects;
mod pattern;
mod schema;
mod texts;
mod value;

use serde_json::{Value, json};

use schema::Schema;
use value::spread;
pub use value::{BoundaryValue, DEEPEST, LARGEST, LONGEST, MOST, MOST_ITEMS, WIDEST};

/// The values of the schema at a pointer of a document.
#[must_use]
pub fn boundary_values(document: &Value, pointer: &str) -> Vec<BoundaryValue> {
    let Some((pointer, value)) = schema::at(document, pointer) else { return Vec::new() };
    of(&Schema::new(document, &[(pointer, value)]), 0)
}

/// Where what a pointer names really stands, when the way there leads through references.
#[must_use]
pub fn place(document: &Value, pointer: &str) -> Option<String> {
    schema::at(document, pointer).map(|(pointer, _)| pointer)
}

/// The pointers of all schemas that speak of the same value as the one at a pointer: what it refers to and is composed
/// of, and the variants of its unions.
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

/// All values of a schema at a depth.
fn of(schema: &Schema<'_>, depth: usize) -> Vec<BoundaryValue> {
    let here = schema.trail();
    let valid = example::of(schema);
    let mut found =
        vec![BoundaryValue::new("a valid value", valid, here), BoundaryValue::new("null", Value::Null, here)];
    let mut foreign = |value: Value| found.push(BoundaryValue::new(format!("foreign value {value}"), value, here));
    if depth > DEEPEST {
        foreign(if schema.types().contains(&"string") { json!(0) } else { json!("text") });
        return found;
    }
    for value in [json!(true), json!(0), json!(1.5), json!("text"), json!([]), json!({}), json!([{}])] {
        foreign(value);
    }
    found.extend(enums(schema));
    for ty in schema.types() {
        match ty {
            "object" => found.extend(objects::of(schema, depth, &of)),
            "array" => found.extend(lists::of(schema, depth, &of)),
            "string" => found.extend(texts::of(schema)),
            "integer" | "number" => found.extend(numbers::of(schema)),
            _ => {}
        }
    }
    found.extend(compositions::of(schema, depth, &of));
    spread(found, MOST)
}

/// The listed values, and others that are near to them.
fn enums(schema: &Schema<'_>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    for (at, value) in schema.all("const") {
        found.push(schema.value_at(at, format!("the constant {value}"), value.clone()));
    }
    for (at, values) in schema.all("enum") {
        for value in values.as_array().into_iter().flatten().take(WIDEST) {
            found.push(schema.value_at(at, format!("the listed value {value}"), value.clone()));
            if let Some(text) = value.as_str() {
                let label = format!("the listed value {value}, in other letters");
                let swapped = if text.to_uppercase() == text { text.to_lowercase() } else { text.to_uppercase() };
                found.push(schema.value_at(at, label, json!(swapped)));
            }
        }
        found.push(schema.value_at(at, "a text that is not listed", json!("notListedAnywhere")));
        found.push(schema.value_at(at, "a number that is not listed", json!(987_654)));
    }
    found
}
