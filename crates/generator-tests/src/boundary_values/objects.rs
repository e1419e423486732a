//! Boundary values of objects: those of each property, absent properties, too many and too few, unknown ones.

use openapi::pointer::join;
use serde_json::{Map, Value, json};

use super::{
    example, pattern,
    schema::{Inner, Part, Schema},
    value::{BoundaryValue, MOST, MOST_ITEMS, WIDEST, spread},
};

/// The smallest number of values for each property, regardless of the number of properties.
const LEAST: usize = 8;

/// The name of a property that no document defines.
const ANOTHER: &str = "anotherProperty";

pub(super) fn of(schema: &Schema<'_>, depth: usize, inner: Inner<'_>) -> Vec<BoundaryValue> {
    let Value::Object(full) = example::of_type(schema, "object") else { return Vec::new() };
    let here = schema.trail();
    let with = |name: &str, value: Value| {
        let mut map = full.clone();
        map.insert(name.to_owned(), value);
        Value::Object(map)
    };
    let extra = with(ANOTHER, json!({"nested": [1]}));
    let mut found = vec![BoundaryValue::new("unknown property", extra, here)];
    let required = schema.required();
    let mut bare = full.clone();
    bare.retain(|name, _| required.contains(&name.as_str()));
    found.push(BoundaryValue::new("required properties only", Value::Object(bare.clone()), here));
    for name in full.keys() {
        let mut without = full.clone();
        without.remove(name);
        found.push(BoundaryValue::new(format!("without `{name}`"), Value::Object(without), here));
    }
    found.extend(counts(schema, &full, &bare));
    let of_inner = |parts: &[Part<'_>]| {
        let schema = Schema::new(schema.document, parts);
        inner(&schema, schema.depth_inside(depth))
    };
    let mut inside = Vec::new();
    let properties = schema.properties();
    let most = (2 * MOST / properties.len().max(1)).max(LEAST);
    for (name, parts) in properties {
        let values = spread(of_inner(&parts), most);
        inside.extend(values.into_iter().map(|value| (format!("`{name}`"), name, value)));
    }
    let parts = schema.inner("additionalProperties");
    if !parts.is_empty() {
        let values = of_inner(&parts);
        inside.extend(values.into_iter().map(|value| ("additional property".to_owned(), ANOTHER, value)));
    }
    let named = patterns(schema);
    for (name, part) in &named {
        let values = spread(of_inner(std::slice::from_ref(part)), most);
        inside.extend(values.into_iter().map(|value| (format!("pattern `{name}`"), name.as_str(), value)));
    }
    for (label, name, one) in spread(inside, MOST) {
        let value = with(name, one.value.clone());
        found.push(one.inside(&label, value, here));
    }
    found
}

/// Returns a property name for each pattern of property names, with the schema of such properties.
fn patterns<'d>(schema: &Schema<'d>) -> Vec<(String, Part<'d>)> {
    let mut found = Vec::new();
    for (at, patterns) in schema.all("patternProperties") {
        for (pattern, value) in patterns.as_object().into_iter().flatten().take(WIDEST) {
            let place = join(&format!("{at}/patternProperties"), pattern);
            found.extend(pattern::examples(pattern, 1).into_iter().take(1).map(|name| (name, (place.clone(), value))));
        }
    }
    found
}

/// Returns objects with the number of properties of each bound, one less and one more.
fn counts(schema: &Schema<'_>, full: &Map<String, Value>, bare: &Map<String, Value>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    for keyword in ["minProperties", "maxProperties"] {
        let most = MOST_ITEMS / example::size(&example::other(schema));
        for (at, bound) in schema.count(keyword).filter(|(_, bound)| *bound < most) {
            for count in [bound.saturating_sub(1), bound, bound + 1] {
                let mut map = bare.clone();
                let more = full.iter().map(|(name, value)| (name.clone(), value.clone()));
                let made = (0..count).map(|number| (format!("{ANOTHER}{number}"), example::other(schema)));
                for (name, value) in more.chain(made) {
                    if map.len() < count {
                        map.entry(name).or_insert(value);
                    }
                }
                found.push(schema.value_at(at, format!("{count} properties"), Value::Object(map)));
            }
        }
    }
    found
}
