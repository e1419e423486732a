//! Vectors of compositions: those of each branch, a value of two branches, and what must not be.

use serde_json::Value;

use super::{Vector, WIDEST, example, of as of_schema, schema::Schema};

pub(super) fn of(schema: &Schema<'_>, depth: usize) -> Vec<Vector> {
    let mut found = Vec::new();
    let here = schema.trail();
    for branches in schema.unions() {
        let mut together = serde_json::Map::new();
        for (index, (at, branch)) in branches.iter().take(WIDEST).enumerate() {
            let with = schema.and(at, branch);
            if with.parts.len() == schema.parts.len() {
                continue;
            }
            if let Value::Object(map) = example::of(&with) {
                together.extend(map);
            }
            // the other branches of this union must not be unfolded again inside of this one
            let narrowed = with.without_unions(&schema.parts);
            for inner in of_schema(&narrowed, depth + 2) {
                let value = inner.value.clone();
                found.push(inner.inside(&format!("branch {index}"), value, here));
            }
        }
        if !together.is_empty() {
            found.push(Vector::new("what all branches have, in one", Value::Object(together), here));
        }
    }
    for (at, value) in schema.inner("not") {
        let not = Schema::new(schema.document, &[(at.clone(), value)]);
        found.push(schema.vector(&at, "what it must not be", example::of(&not)));
        for (_, values) in not.all("enum") {
            for value in values.as_array().into_iter().flatten().take(WIDEST) {
                found.push(schema.vector(&at, format!("the excluded value {value}"), value.clone()));
            }
        }
    }
    found
}
