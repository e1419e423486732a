//! Boundary values of compositions: those of each variant, a value of two variants, and what must not be.

use serde_json::Value;

use super::{
    example,
    schema::{Inner, Schema},
    value::{BoundaryValue, WIDEST},
};

pub(super) fn of(schema: &Schema<'_>, depth: usize, inner: Inner<'_>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    let here = schema.trail();
    for variants in schema.unions() {
        let mut together = serde_json::Map::new();
        for (index, (at, variant)) in variants.iter().take(WIDEST).enumerate() {
            let with = schema.and(at, variant);
            if with.parts.len() == schema.parts.len() {
                continue;
            }
            if let Value::Object(map) = example::of(&with) {
                together.extend(map);
            }
            // the other variants of this union must not be unfolded again inside of this one
            let narrowed = with.without_unions(&schema.parts);
            for one in inner(&narrowed, depth + 2) {
                let value = one.value.clone();
                found.push(one.inside(&format!("branch {index}"), value, here));
            }
        }
        if !together.is_empty() {
            found.push(BoundaryValue::new("what all branches have, in one", Value::Object(together), here));
        }
    }
    for (at, value) in schema.inner("not") {
        let not = Schema::new(schema.document, &[(at.clone(), value)]);
        found.push(schema.value_at(&at, "what it must not be", example::of(&not)));
        for (_, values) in not.all("enum") {
            for value in values.as_array().into_iter().flatten().take(WIDEST) {
                found.push(schema.value_at(&at, format!("the excluded value {value}"), value.clone()));
            }
        }
    }
    found
}
