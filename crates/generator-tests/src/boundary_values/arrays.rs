//! Boundary values of arrays: lengths around each bound, duplicate items, and the boundary values of items.

use serde_json::{Value, json};

use super::{
    example,
    schema::{Inner, Schema},
    value::{BoundaryValue, MOST, MOST_ITEMS, spread},
};

/// Returns arrays with the boundary values of each position, and arrays with fewer and more items than positions.
fn positions(schema: &Schema<'_>, depth: usize, inner: Inner<'_>) -> Vec<BoundaryValue> {
    let positions = schema.positions();
    let Value::Array(full) = example::of_type(schema, "array") else { return Vec::new() };
    let here = schema.trail();
    let mut found = Vec::new();
    for length in (0..positions.len().min(full.len())).chain([full.len()]) {
        let some = full.iter().take(length).cloned().collect();
        found.push(BoundaryValue::new(format!("{length} items"), Value::Array(some), here));
    }
    let more = full.iter().cloned().chain([json!("text")]).collect();
    found.push(BoundaryValue::new("one more item", Value::Array(more), here));
    for (index, part) in positions.iter().enumerate().take(full.len()) {
        let position = Schema::new(schema.document, std::slice::from_ref(part));
        for one in spread(inner(&position, position.depth_inside(depth)), (MOST / positions.len()).max(1)) {
            let mut items = full.clone();
            if let Some(item) = items.get_mut(index) {
                *item = one.value.clone();
            }
            found.push(one.inside(&format!("position {index}"), Value::Array(items), here));
        }
    }
    if positions.is_empty() { Vec::new() } else { found }
}

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
    found.extend(positions(schema, depth, inner));
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
