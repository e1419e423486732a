//! Gives names to inline types of components before their schemas are copied, so that the types are not copied too.

use std::collections::BTreeMap;

use openapi::{
    pointer::{self, join},
    queries::{is_true, schema_reference},
};
use serde_json::{Value, json};

use super::{
    merging::Merging,
    parts::{Part, Source},
};
use crate::{
    annotation::{is_annotation, wrapped_reference},
    constraints::is_a_type,
    naming,
};

impl Merging<'_> {
    /// Gives names to the types of properties that one part defines alone.
    pub(super) fn name_types(&mut self, parts: &mut [Part]) {
        let mut counts = BTreeMap::new();
        for (name, _) in parts.iter().flat_map(Part::properties) {
            *counts.entry(name.clone()).or_insert(0) += 1;
        }
        for part in parts {
            let mut properties = part.schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
            for (name, property) in properties.iter_mut().filter(|(name, _)| counts.get(*name) == Some(&1)) {
                let source = part.source.below(join(&format!("{}/properties", part.source.at), name));
                *property = self.named(property.take(), &source, true);
            }
            if !properties.is_empty() {
                part.schema.insert("properties".to_owned(), properties.into());
            }
        }
    }

    /// Returns a schema of a component in which types are references to components, as `inline_schemas` makes them. The
    /// component is changed too. Scalars and lists with constraints have types of their own only `with_scalars`.
    pub(super) fn named(&mut self, mut schema: Value, source: &Source, with_scalars: bool) -> Value {
        let Some(component) = source.component.as_ref().filter(|_| !self.is_trial) else { return schema };
        // a component is replaced when its own compositions are merged
        if self.open.contains(component) {
            return schema;
        }
        let before = schema.clone();
        self.name_type(&mut schema, &name_at(component, &source.at), &source.at, with_scalars);
        if schema != before
            && let Some(original) = self.lowering.document.pointer_mut(&source.at)
        {
            *original = schema.clone();
        }
        schema
    }

    fn name_type(&mut self, schema: &mut Value, name: &str, at: &str, with_scalars: bool) {
        if wrapped_reference(schema).is_some() {
            return;
        }
        if !is_a_type(schema) {
            let keyword = if schema.get("items").is_some() { "items" } else { "additionalProperties" };
            if let Some(inner) = schema.get_mut(keyword).filter(|inner| inner.is_object()) {
                self.name_type(inner, &inner_name(name, keyword), &join(at, keyword), with_scalars);
            }
            return;
        }
        let structural = ["properties", "allOf", "oneOf", "anyOf", "enum"];
        if !with_scalars && !structural.iter().any(|keyword| schema.get(keyword).is_some()) {
            return;
        }
        let name = self.lowering.free_name(name);
        let mut annotations = schema.as_object().cloned().unwrap_or_default();
        annotations.retain(|keyword, _| is_annotation(keyword) && keyword != "discriminator" && keyword != "title");
        let is_nullable = is_true(schema, "nullable");
        if let Some(map) = schema.as_object_mut() {
            map.retain(|keyword, _| !matches!(keyword.as_str(), "nullable" | "readOnly" | "writeOnly"));
        }
        let original = self.lowering.moved.original(at);
        self.lowering.moved.insert(join("/components/schemas", &name), original);
        let reference = schema_reference(&name);
        self.lowering.schemas().insert(name, schema.take());
        *schema = if annotations.is_empty() && !is_nullable {
            reference
        } else {
            annotations.insert("allOf".to_owned(), json!([reference]));
            Value::Object(annotations)
        };
    }
}

/// Returns the name that the type of a schema in a component has.
fn name_at(component: &str, at: &str) -> String {
    let mut name = naming::pascal(component);
    let mut segments = pointer::segments(at).skip(3);
    while let Some(keyword) = segments.next() {
        name = match keyword.as_str() {
            "properties" => naming::child(&name, &segments.next().unwrap_or_default()),
            "allOf" => {
                segments.next();
                name
            }
            "oneOf" | "anyOf" => {
                let index: usize = segments.next().and_then(|index| index.parse().ok()).unwrap_or_default();
                naming::child(&name, &format!("Variant{}", index + 1))
            }
            keyword => inner_name(&name, keyword),
        };
    }
    name
}

fn inner_name(owner: &str, keyword: &str) -> String {
    if keyword == "items" { naming::singular(owner) } else { naming::child(owner, "Value") }
}

#[cfg(test)]
mod tests {
    use super::name_at;

    #[test]
    fn types_in_components_have_the_names_that_inline_schemas_gives() {
        for (at, name) in [
            ("properties/details/items", "PetDetail"),
            ("allOf/1/properties/at", "PetAt"),
            ("properties/map/additionalProperties/anyOf/0", "PetMapValueVariant1"),
        ] {
            assert_eq!(name_at("pet", &format!("/components/schemas/pet/{at}")), name);
        }
    }
}
