//! Values at and around every boundary that a schema of a document draws, made from the document alone.
//!
//! Which of them the schema allows is for a judge to say, so nothing here needs to know. They are the same in every run.

mod compositions;
mod example;
mod lists;
mod numbers;
mod objects;
mod pattern;
mod schema;
mod texts;

use schema::Schema;
use serde_json::{Value, json};

/// No type gets more vectors; of more, these many are taken, spread over all.
pub const MOST: usize = 1_200;

/// Schemas below this many others get a few values only: the types that they are have vectors of their own.
pub const DEEPEST: usize = 3;

/// Of the branches of one union, and of the values of one enum, these many get vectors.
pub const WIDEST: usize = 24;

/// No text is made longer than this to reach a bound, and no list or map longer than [`MOST_ITEMS`].
pub const LONGEST: usize = 5_000;

/// The most items of a list, and properties of a map, that are made to reach a bound.
pub const MOST_ITEMS: usize = 1_000;

/// The most values that one vector is put together of.
pub const LARGEST: usize = 1_500;

/// A value, and what is special about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// What is special about it.
    pub label: String,
    /// The value.
    pub value: Value,
    /// JSON Pointers of the schemas from the type's down to the one that is probed, references followed.
    pub trail: Vec<String>,
}

impl Vector {
    fn new(label: impl Into<String>, value: Value, trail: &[String]) -> Self {
        Self { label: label.into(), value, trail: trail.to_vec() }
    }

    /// JSON Pointer of the schema that the vector probes.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.trail.last().map_or("", String::as_str)
    }

    /// The same inside of another value, with the schemas above it.
    fn inside(self, label: &str, value: Value, above: &[String]) -> Self {
        let trail = above.iter().cloned().chain(self.trail).collect();
        Self { label: format!("{label}: {}", self.label), value, trail }
    }
}

/// The vectors of the schema at a pointer of a document.
#[must_use]
pub fn vectors(document: &Value, pointer: &str) -> Vec<Vector> {
    let Some((pointer, value)) = schema::at(document, pointer) else { return Vec::new() };
    of(&Schema::new(document, &[(pointer, value)]), 0)
}

/// The first, and of the others so many that there are no more than `most`, spread over all.
fn spread<T>(found: Vec<T>, most: usize) -> Vec<T> {
    let all = found.len();
    let is_taken = |index: usize| index == 0 || index * most / all != (index - 1) * most / all;
    let indexed = found.into_iter().enumerate();
    indexed.filter(|(index, _)| all <= most || is_taken(*index)).map(|(_, one)| one).take(most).collect()
}

/// Where what a pointer names really stands, when the way there leads through references.
#[must_use]
pub fn place(document: &Value, pointer: &str) -> Option<String> {
    schema::at(document, pointer).map(|(pointer, _)| pointer)
}

/// The pointers of all schemas that speak of the same value as the one at a pointer: what it refers to and is composed of,
/// and the branches of its unions.
pub(crate) fn same_value(document: &Value, pointer: &str) -> Vec<String> {
    let Some((pointer, value)) = schema::at(document, pointer) else { return Vec::new() };
    let mut schema = Schema::new(document, &[(pointer, value)]);
    loop {
        let before = schema.parts.len();
        for (at, branch) in schema.unions().into_iter().flatten() {
            schema = schema.and(&at, branch);
        }
        if schema.parts.len() == before {
            return schema.parts.into_iter().map(|(at, _)| at).collect();
        }
    }
}

/// All vectors of a schema at a depth.
fn of(schema: &Schema<'_>, depth: usize) -> Vec<Vector> {
    let here = schema.trail();
    let valid = example::of(schema);
    let mut found = vec![Vector::new("a valid value", valid, here), Vector::new("null", Value::Null, here)];
    let mut foreign = |value: Value| found.push(Vector::new(format!("foreign value {value}"), value, here));
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
            "object" => found.extend(objects::of(schema, depth)),
            "array" => found.extend(lists::of(schema, depth)),
            "string" => found.extend(texts::of(schema)),
            "integer" | "number" => found.extend(numbers::of(schema)),
            _ => {}
        }
    }
    found.extend(compositions::of(schema, depth));
    spread(found, MOST)
}

/// The depth of a schema inside of one at a depth. What is referred to has a type of its own, and with it vectors.
fn below(inner: &Schema<'_>, depth: usize) -> usize {
    depth + if inner.trail().len() > 1 { DEEPEST + 1 } else { 1 }
}

/// The listed values, and others that are near to them.
fn enums(schema: &Schema<'_>) -> Vec<Vector> {
    let mut found = Vec::new();
    for (at, value) in schema.all("const") {
        found.push(schema.vector(at, format!("the constant {value}"), value.clone()));
    }
    for (at, values) in schema.all("enum") {
        for value in values.as_array().into_iter().flatten().take(WIDEST) {
            found.push(schema.vector(at, format!("the listed value {value}"), value.clone()));
            if let Some(text) = value.as_str() {
                let label = format!("the listed value {value}, in other letters");
                let swapped = if text.to_uppercase() == text { text.to_lowercase() } else { text.to_uppercase() };
                found.push(schema.vector(at, label, json!(swapped)));
            }
        }
        found.push(schema.vector(at, "a text that is not listed", json!("notListedAnywhere")));
        found.push(schema.vector(at, "a number that is not listed", json!(987_654)));
    }
    found
}
