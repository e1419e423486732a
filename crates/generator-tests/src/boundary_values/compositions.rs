//! Boundary values of compositions: those of each variant, a value with the properties of all variants, and values of
//! `not`.

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
        let mut merged = serde_json::Map::new();
        for (index, (at, variant)) in variants.iter().take(WIDEST).enumerate() {
            let with = schema.and(at, variant);
            if with.parts.len() == schema.parts.len() {
                continue;
            }
            if let Value::Object(map) = example::of(&with) {
                merged.extend(map);
            }
            // the other variants of this union must not be expanded again in this one
            let narrowed = with.without_unions(&schema.parts);
            for one in inner(&narrowed, depth + 2) {
                let value = one.value.clone();
                found.push(one.inside(&format!("variant {index}"), value, here));
            }
        }
        if !merged.is_empty() {
            found.push(BoundaryValue::new("properties of all variants", Value::Object(merged), here));
        }
    }
    for (at, value) in schema.inner("not") {
        let not = Schema::new(schema.document, &[(at.clone(), value)]);
        found.push(schema.value_at(&at, "value of the `not` schema", example::of(&not)));
        for (_, values) in not.all("enum") {
            for value in values.as_array().into_iter().flatten().take(WIDEST) {
                found.push(schema.value_at(&at, format!("enum value {value} of the `not` schema"), value.clone()));
            }
        }
    }
    found
}
