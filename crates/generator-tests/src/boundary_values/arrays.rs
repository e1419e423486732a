//! Boundary values of arrays: lengths around each bound, duplicate items, and the boundary values of items.

use serde_json::{Value, json};

use super::{
    example,
    schema::{Inner, Schema},
    value::{BoundaryValue, MOST_ITEMS},
};

pub(super) fn of(schema: &Schema<'_>, depth: usize, inner: Inner<'_>) -> Vec<BoundaryValue> {
    let example = example::item(schema);
    let unique = schema.all("uniqueItems").any(|(_, value)| *value == true);
    let here = schema.trail();
    let mut found = Vec::new();
    let mut lengths = vec![(here.last().map_or("", String::as_str), 0), (here.last().map_or("", String::as_str), 3)];
    for keyword in ["minItems", "maxItems"] {
        for (at, bound) in schema.count(keyword).filter(|(_, bound)| *bound < MOST_ITEMS) {
            lengths.extend([bound.saturating_sub(1), bound, bound + 1].map(|length| (at, length)));
        }
    }
    lengths.dedup();
    for (at, length) in lengths {
        let items = example::items(&example, length, unique);
        found.push(schema.value_at(at, format!("{length} items"), Value::Array(items)));
    }
    for (at, _) in schema.all("uniqueItems") {
        found.push(schema.value_at(at, "duplicate items", json!([example, example])));
    }
    let parts = schema.inner("items");
    if parts.is_empty() {
        found.push(BoundaryValue::new("items of several types", json!([1, "text", null, {}]), here));
        return found;
    }
    let item = Schema::new(schema.document, &parts);
    let least = schema.count("minItems").map(|(_, count)| count).max().unwrap_or(1).clamp(1, MOST_ITEMS);
    for one in inner(&item, item.depth_inside(depth)) {
        let mut items = example::items(&example, least, unique);
        if let Some(last) = items.last_mut() {
            *last = one.value.clone();
        }
        found.push(one.inside("item", Value::Array(items), here));
    }
    found
}
