//! Decides whether objects stay a composition, which typify merges.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    parts::Part,
    types::{combined_type, common},
};
use crate::annotation::is_annotation;

/// Whether the parts are an object with properties.
pub(super) fn is_object(parts: &[Part]) -> bool {
    let (ty, _) = combined_type(parts);
    let is_compatible = |part: &Part| part.ty().is_none_or(|one| common(one, "object").is_some());
    ty.as_deref() == Some("object")
        && parts.iter().any(|part| part.properties().next().is_some() || part.required().next().is_some())
        && parts.iter().all(is_compatible)
}

/// Whether typify would lose something of a property: several parts define it, or one part constrains the properties of
/// another.
pub(super) fn collide(parts: &[Part]) -> bool {
    let mut known = Map::new();
    for part in parts {
        for (name, property) in part.properties() {
            match known.get(name) {
                Some(other) if other != property || !is_simple(property) => return true,
                _ => drop(known.insert(name.clone(), property.clone())),
            }
        }
    }
    parts.iter().any(|part| {
        let values = part.schema.get("additionalProperties").filter(|values| **values != Value::Bool(true));
        values.is_some() && known.keys().any(|name| !part.properties().any(|(own, _)| own == name))
    })
}

/// Whether equal definitions of a property have one Rust type: a reference, or a type without constraints.
fn is_simple(property: &Value) -> bool {
    let is_scalar = || !matches!(property.get("type").and_then(Value::as_str), Some("array" | "object"));
    let is_plain = |map: &Map<String, Value>| map.keys().all(|keyword| keyword == "type" || is_annotation(keyword));
    property.get("$ref").is_some() || is_scalar() && property.as_object().is_some_and(is_plain)
}

/// Returns the component that the parts reference, if the parts beside it add nothing.
pub(super) fn only_base(parts: &[Part]) -> Option<String> {
    let names: BTreeSet<&String> = parts.iter().filter_map(|part| part.source.reference.as_ref()).collect();
    let mut names = names.into_iter();
    let (Some(name), None) = (names.next(), names.next()) else { return None };
    let (base, beside): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.source.reference.is_some());
    let is_required = |name: &str| base.iter().any(|part| part.required().any(|one| one == name));
    let adds_nothing = |part: &&Part| {
        part.constraints().all(|(keyword, value)| match keyword.as_str() {
            "type" => true,
            "required" => part.required().all(is_required),
            "properties" => value.as_object().is_some_and(Map::is_empty),
            "additionalProperties" => *value == true,
            _ => false,
        })
    };
    beside.iter().all(adds_nothing).then(|| name.clone())
}
