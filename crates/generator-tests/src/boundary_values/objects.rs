//! Boundary values of objects: each property with each of its own, left out, too many and too few of them, unknown
//! ones.

use serde_json::{Map, Value, json};

use super::{
    example,
    schema::{Inner, Place, Schema},
    value::{BoundaryValue, MOST, MOST_ITEMS, spread},
};

/// However many properties there are, each gets so many values.
const LEAST: usize = 8;

/// The name of a property that no document has.
const ANOTHER: &str = "anotherProperty";

pub(super) fn of(schema: &Schema<'_>, depth: usize, inner: Inner<'_>) -> Vec<BoundaryValue> {
    let Value::Object(whole) = example::of_type(schema, "object") else { return Vec::new() };
    let here = schema.trail();
    let with = |name: &str, value: Value| {
        let mut map = whole.clone();
        map.insert(name.to_owned(), value);
        Value::Object(map)
    };
    let extra = with(ANOTHER, json!({"nested": [1]}));
    let mut found = vec![BoundaryValue::new("a property that the document does not name", extra, here)];
    let required = schema.required();
    let mut bare = whole.clone();
    bare.retain(|name, _| required.contains(&name.as_str()));
    found.push(BoundaryValue::new("required properties only", Value::Object(bare.clone()), here));
    for name in whole.keys() {
        let mut without = whole.clone();
        without.remove(name);
        found.push(BoundaryValue::new(format!("without `{name}`"), Value::Object(without), here));
    }
    found.extend(counts(schema, &whole, &bare));
    let of_inner = |places: &[Place<'_>]| {
        let schema = Schema::new(schema.document, places);
        inner(&schema, schema.depth_inside(depth))
    };
    let mut inside = Vec::new();
    let properties = schema.properties();
    let most = (2 * MOST / properties.len().max(1)).max(LEAST);
    for (name, places) in properties {
        let values = spread(of_inner(&places), most);
        inside.extend(values.into_iter().map(|value| (format!("`{name}`"), name, value)));
    }
    let places = schema.inner("additionalProperties");
    if !places.is_empty() {
        let values = of_inner(&places);
        inside.extend(values.into_iter().map(|value| ("a property of another name".to_owned(), ANOTHER, value)));
    }
    for (label, name, one) in spread(inside, MOST) {
        let value = with(name, one.value.clone());
        found.push(one.inside(&label, value, here));
    }
    found
}

/// As many properties as each bound says, one less and one more.
fn counts(schema: &Schema<'_>, whole: &Map<String, Value>, bare: &Map<String, Value>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    for keyword in ["minProperties", "maxProperties"] {
        let most = MOST_ITEMS / example::size(&example::other(schema));
        for (at, bound) in schema.count(keyword).filter(|(_, bound)| *bound < most) {
            for count in [bound.saturating_sub(1), bound, bound + 1] {
                let mut map = bare.clone();
                let more = whole.iter().map(|(name, value)| (name.clone(), value.clone()));
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
