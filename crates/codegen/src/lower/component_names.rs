//! Renames component schemas to the names of their Rust types.

use std::collections::BTreeMap;

use openapi::{
    free_name, pointer,
    queries::{referenced, schema_reference},
};
use serde_json::{Map, Value};

use super::Lowering;
use crate::naming;

pub(super) fn run(lowering: &mut Lowering) {
    let mut taken = lowering.taken.clone();
    let mut renamed = BTreeMap::new();
    for name in lowering.schemas().keys() {
        let plain = naming::pascal(name);
        let free = free_name(&plain, |name| taken.contains(name));
        taken.insert(free.clone());
        renamed.insert(name.clone(), free);
    }
    for (name, free) in &renamed {
        lowering.model.origins.insert(free.clone(), pointer::join("/components/schemas", name));
    }
    let schemas: Map<String, Value> =
        std::mem::take(lowering.schemas()).into_iter().map(|(name, schema)| (renamed[&name].clone(), schema)).collect();
    *lowering.schemas() = schemas;
    lowering.model.fallbacks =
        std::mem::take(&mut lowering.model.fallbacks).iter().filter_map(|name| renamed.get(name).cloned()).collect();
    follow(&mut lowering.document, &renamed);
}

/// Rewrites references to renamed components.
pub(super) fn follow(value: &mut Value, renamed: &BTreeMap<String, String>) {
    if let Some(new) = referenced(value, "schemas").and_then(|name| renamed.get(name)) {
        *value = schema_reference(new);
    }
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| follow(value, renamed)),
        Value::Array(items) => items.iter_mut().for_each(|value| follow(value, renamed)),
        _ => {}
    }
}
