//! The discriminator values that select each variant of a union.

use std::collections::BTreeSet;

use openapi::{pointer, queries::referenced};
use serde_json::{Map, Value};

use super::Lowering;

/// Returns the discriminator values of the components of a union: those mapped to it, else those that its own property
/// allows and no other component allows, else its name in the document. None for a variant that is no component.
pub(super) fn tags(
    targets: &[Option<String>],
    property: Option<&str>,
    mapping: Option<&Map<String, Value>>,
    schemas: &Map<String, Value>,
    lowering: &Lowering,
) -> Vec<Vec<String>> {
    let allowed: Vec<BTreeSet<&str>> = targets
        .iter()
        .map(|target| {
            let target = target.as_ref().and_then(|target| schemas.get(target));
            target.zip(property).and_then(|(target, name)| values(target, name, schemas, 0)).unwrap_or_default()
        })
        .collect();
    let is_own =
        |index: usize, tag: &str| allowed.iter().enumerate().all(|(other, tags)| other == index || !tags.contains(tag));
    let tags_of = |(index, target): (usize, &Option<String>)| {
        let Some(target) = target else { return Vec::new() };
        let published = published(target, lowering);
        let mapped = mapped(target, &published, mapping);
        if !mapped.is_empty() {
            return mapped;
        }
        let own: Vec<String> =
            allowed[index].iter().filter(|tag| is_own(index, tag)).map(|tag| (*tag).to_owned()).collect();
        if own.is_empty() || own.contains(&published) { vec![published] } else { own }
    };
    targets.iter().enumerate().map(tags_of).collect()
}

/// Returns the name of a component in the document.
fn published(target: &str, lowering: &Lowering) -> String {
    let origin = lowering.model.origins.get(target);
    origin.and_then(|origin| pointer::segments(origin).last()).unwrap_or_else(|| target.to_owned())
}

fn mapped(target: &str, published: &str, mapping: Option<&Map<String, Value>>) -> Vec<String> {
    let is_target = |value: &Value| {
        let value = value.as_str().unwrap_or_default();
        let last = value.rsplit('/').next().unwrap_or_default();
        last == target || last == published || last.split('.').next() == Some(published)
    };
    mapping.into_iter().flatten().filter(|(_, value)| is_target(value)).map(|(tag, _)| tag.clone()).collect()
}

/// Returns the strings that a property of a schema allows, if it lists them.
fn values<'s>(schema: &'s Value, name: &str, schemas: &'s Map<String, Value>, depth: u8) -> Option<BTreeSet<&'s str>> {
    let schema = resolved(schema, schemas, depth)?;
    if let Some(property) = schema.get("properties").and_then(|properties| properties.get(name)) {
        let mut property = resolved(property, schemas, depth)?;
        if let Some([part]) = property.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
            property = resolved(part, schemas, depth)?;
        }
        let values = property.get("enum").and_then(Value::as_array)?;
        return Some(values.iter().filter_map(Value::as_str).collect());
    }
    let parts = schema.get("allOf").and_then(Value::as_array)?;
    parts.iter().rev().find_map(|part| values(part, name, schemas, depth + 1))
}

/// Returns a schema or the target of its reference. Longer chains, and deep nesting, list no values.
fn resolved<'s>(schema: &'s Value, schemas: &'s Map<String, Value>, depth: u8) -> Option<&'s Value> {
    (depth < 16).then(|| referenced(schema, "schemas").map_or(Some(schema), |name| schemas.get(name)))?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn values_of_the_property_select_a_variant_that_nothing_maps() {
        let object = |kinds: serde_json::Value| {
            let kind = json!({"type": "string", "enum": kinds});
            json!({"type": "object", "properties": {"kind": kind}})
        };
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let variants = ["Cat", "Dog", "Cow", "Owl"].map(reference);
        let lowering = crate::pipeline::tests::lower(&json!({"openapi": "3.0.3", "components": {"schemas": {
            "Pet": {"oneOf": variants, "discriminator": {"propertyName": "kind",
                "mapping": {"owl!": "Owl"}}},
            "Base": object(json!(["cat", "dog", "cow"])), "Cat": {"allOf": [reference("Base"), object(json!(["cat"]))]},
            "Dog": object(json!(["dog", "puppy"])), "Cow": object(json!(["cat", "Cow"])), "Owl": object(json!(["owl"]))
        }}}));
        let tags: Vec<_> = lowering.model.unions["Pet"].variants.iter().map(|one| one.tags.join(",")).collect();
        assert_eq!(tags, ["Cat", "dog,puppy", "Cow", "owl!"]);
    }
}
