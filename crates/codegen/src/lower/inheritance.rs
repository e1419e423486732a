//! Replaces a base with a discriminator by a union of its subtypes: a reference to the base accepts any of them. So
//! does a reference to a subtype that others extend.

use std::collections::{BTreeMap, BTreeSet};

use openapi::queries::{referenced, schema_reference};
use serde_json::{Map, Value, json};

use super::Lowering;
use crate::naming;

pub(super) fn run(lowering: &mut Lowering) {
    let has_discriminator = |schema: &Value| schema.get("discriminator").is_some();
    if !lowering.schemas().values().any(has_discriminator) {
        return;
    }
    let schemas = lowering.schemas().clone();
    let extending = extending(&schemas);
    let bases = bases(&schemas, &extending);
    let mut renamed = BTreeMap::new();
    for name in bases.keys() {
        let base = lowering.free_name(&naming::child(name, "Base"));
        let mut plain = schemas[*name].clone();
        if let Some(plain) = plain.as_object_mut() {
            plain.remove("discriminator");
        }
        lowering.schemas().insert(base.clone(), plain);
        lowering.moved.copied(&base, name);
        renamed.insert((*name).to_owned(), base);
    }
    for (name, discriminator) in &bases {
        // the base itself accepts values whose discriminator names no subtype
        let mut members: Vec<&str> = subtypes(&extending, name).into_iter().collect();
        members.push(name);
        let own_name = |member: &str| renamed.get(member).map_or_else(|| member.to_owned(), Clone::clone);
        let variants: Vec<Value> = members.iter().map(|member| schema_reference(&own_name(member))).collect();
        let is_own = schemas[*name].get("discriminator") == Some(*discriminator);
        let mapping = mapping(discriminator, &members, &renamed, is_own);
        let mut discriminator = (*discriminator).clone();
        discriminator["mapping"] = mapping.into();
        let union = json!({"oneOf": variants, "discriminator": discriminator});
        lowering.schemas().insert((*name).to_owned(), union);
        lowering.model.fallbacks.insert((*name).to_owned());
    }
    if !renamed.is_empty() {
        for schema in lowering.schemas().values_mut() {
            extend_base(schema, &renamed, true);
        }
        if let Some(paths) = lowering.document.get_mut("paths") {
            extend_base(paths, &renamed, false);
        }
    }
}

/// The schemas that extend each schema by `allOf`.
type Extending<'s> = BTreeMap<&'s str, BTreeSet<&'s str>>;

fn extending(schemas: &Map<String, Value>) -> Extending<'_> {
    let mut found = Extending::new();
    for (subtype, schema) in schemas {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        for base in parts.filter_map(|part| referenced(part, "schemas")) {
            found.entry(base).or_default().insert(subtype);
        }
    }
    found
}

/// Returns the schemas that become unions, each with its discriminator: the bases that have one, and the subtypes that
/// others extend, which have that of their base.
fn bases<'s>(schemas: &'s Map<String, Value>, extending: &Extending<'s>) -> BTreeMap<&'s str, &'s Value> {
    let is_union = |schema: &Value| schema.get("oneOf").is_some() || schema.get("anyOf").is_some();
    let is_extended = |name: &str| subtypes(extending, name).iter().any(|subtype| *subtype != name);
    let has_tag = |schema: &Value| schema.pointer("/discriminator/propertyName").is_some_and(Value::is_string);
    let roots: BTreeMap<_, _> = schemas
        .iter()
        .filter(|(name, schema)| has_tag(schema) && !is_union(schema) && is_extended(name))
        .filter_map(|(name, schema)| Some((name.as_str(), schema.get("discriminator")?)))
        .collect();
    let mut bases = roots.clone();
    for (root, discriminator) in roots {
        for layer in subtypes(extending, root).into_iter().filter(|layer| is_extended(layer)) {
            if schemas.get(layer).is_some_and(|schema| !is_union(schema)) {
                bases.entry(layer).or_insert(discriminator);
            }
        }
    }
    bases
}

/// Returns the discriminator values of the members of a union. A base is mapped by its name, unless the document maps
/// another value to it, or its name to another schema.
fn mapping(
    discriminator: &Value,
    members: &[&str],
    renamed: &BTreeMap<String, String>,
    is_own: bool,
) -> Map<String, Value> {
    let given = discriminator.get("mapping").and_then(Value::as_object);
    let mut mapping = Map::new();
    let mut mapped = BTreeSet::new();
    for (tag, target) in given.into_iter().flatten() {
        let name = target.as_str().and_then(|target| target.rsplit('/').next()).unwrap_or_default();
        let target = match renamed.get(name) {
            Some(base) => format!("#/components/schemas/{base}").into(),
            None => target.clone(),
        };
        // a layer has the values of its own subtypes only
        if is_own || members.contains(&name) {
            mapped.insert(name);
            mapping.insert(tag.clone(), target);
        }
    }
    for (name, base) in members.iter().filter_map(|name| Some((*name, renamed.get(*name)?))) {
        if !mapped.contains(name) {
            mapping.entry(name).or_insert_with(|| format!("#/components/schemas/{base}").into());
        }
    }
    mapping
}

/// Returns the names of all schemas that extend `name` by `allOf`, directly or through others.
fn subtypes<'s>(extending: &Extending<'s>, name: &str) -> BTreeSet<&'s str> {
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        for subtype in extending.get(next).into_iter().flatten() {
            if *subtype != name && found.insert(*subtype) {
                open.push(subtype);
            }
        }
    }
    found
}

/// Makes subtypes extend the plain base instead of the union. An `allOf` of one part is only a reference with a
/// description, unless it is a component.
fn extend_base(value: &mut Value, renamed: &BTreeMap<String, String>, is_component: bool) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(parts)) = map.get_mut("allOf") {
                let several = parts.len() > 1 || is_component;
                for part in parts.iter_mut().filter(|_| several) {
                    if let Some(base) = referenced(part, "schemas").and_then(|name| renamed.get(name)) {
                        *part = schema_reference(base);
                    }
                }
            }
            map.values_mut().for_each(|value| extend_base(value, renamed, false));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| extend_base(value, renamed, false)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_base_becomes_a_union_of_its_subtypes_and_itself() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let document = json!({"components": {"schemas": {
                "Pet": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {"kitty": "Cat"}},
                    "properties": {"kind": {"type": "string"}}},
                "Cat": {"allOf": [reference("Pet"), {"type": "object"}]},
                "Lion": {"allOf": [reference("Cat")]},
                "Owner": {"type": "object", "properties": {"pet": {"allOf": [reference("Pet")], "description": "one"}}},
                "Alone": {"type": "object", "discriminator": {"propertyName": "kind"}}}}});
        let mut lowering = crate::lower::Lowering::of(document);
        super::run(&mut lowering);
        let schemas = lowering.schemas();
        let base = |name: &str| format!("#/components/schemas/{name}Base");
        assert_eq!(
            schemas["Pet"],
            json!({"oneOf": [reference("CatBase"), reference("Lion"), reference("PetBase")],
                "discriminator": {"propertyName": "kind", "mapping": {"kitty": base("Cat"), "Pet": base("Pet")}}})
        );
        // a layer that another schema extends
        assert_eq!(
            schemas["Cat"],
            json!({"oneOf": [reference("Lion"), reference("CatBase")],
                "discriminator": {"propertyName": "kind", "mapping": {"kitty": base("Cat")}}})
        );
        assert_eq!(schemas["CatBase"]["allOf"][0], reference("PetBase"));
        assert_eq!(schemas["Lion"]["allOf"][0], reference("CatBase"));
        assert_eq!(schemas["Owner"]["properties"]["pet"]["allOf"][0], reference("Pet"));
        assert!(schemas["PetBase"].get("discriminator").is_none() && schemas["Alone"].get("oneOf").is_none());
    }

    #[test]
    fn a_layer_has_the_values_of_its_own_subtypes() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let to = |name: &str| format!("#/components/schemas/{name}");
        let document = json!({"components": {"schemas": {
            "Animal": {"type": "object", "discriminator": {"propertyName": "type", "mapping": {"bird": to("Bird"),
                "turtle": to("Turtle"), "tortoise": to("Turtle"), "reptile": to("Reptile")}}},
            "Bird": {"allOf": [reference("Animal")]}, "Reptile": {"allOf": [reference("Animal")]},
            "Turtle": {"allOf": [reference("Reptile")]}, "Gecko": {"allOf": [reference("Lizard")]},
            "Lizard": {"allOf": [reference("Reptile")]}}}});
        let mut lowering = crate::lower::Lowering::of(document);
        super::run(&mut lowering);
        let schemas = lowering.schemas();
        let mapping = |name: &str| schemas[name]["discriminator"]["mapping"].clone();
        assert_eq!(
            mapping("Reptile"),
            json!({"turtle": to("Turtle"), "tortoise": to("Turtle"), "reptile": to("ReptileBase"),
                "Lizard": to("LizardBase")})
        );
        assert_eq!(mapping("Lizard"), json!({"Lizard": to("LizardBase")}));
        assert_eq!(schemas["Lizard"]["oneOf"], json!([reference("Gecko"), reference("LizardBase")]));
        assert_eq!(mapping("Animal")["Animal"], to("AnimalBase"));
        assert_eq!(schemas["Gecko"]["allOf"], json!([reference("LizardBase")]));
    }
}
