//! Breaks cycles between a base that lists its variants and variants that extend the base: the variants extend a copy
//! of the base without the list.

use openapi::queries::{referenced, schema_reference};
use serde_json::Value;

use super::Lowering;

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let variants = variants_of(lowering.schemas().get(&name));
        let circular: Vec<String> =
            variants.into_iter().filter(|variant| extends(lowering.schemas().get(variant), &name)).collect();
        if circular.is_empty() {
            continue;
        }
        let base = lowering.free_name(&crate::naming::child(&name, "Base"));
        let mut plain = lowering.schemas().get(&name).cloned().unwrap_or_default();
        if let Some(plain) = plain.as_object_mut() {
            for keyword in ["oneOf", "anyOf", "discriminator"] {
                plain.remove(keyword);
            }
        }
        lowering.schemas().insert(base.clone(), plain);
        lowering.moved.copied(&base, &name);
        for variant in circular {
            let parts = lowering
                .schemas()
                .get_mut(&variant)
                .and_then(|variant| variant.get_mut("allOf"))
                .and_then(Value::as_array_mut);
            for part in parts.into_iter().flatten().filter(|part| referenced(part, "schemas") == Some(name.as_str())) {
                *part = schema_reference(&base);
            }
        }
    }
}

fn referenced_in<'a>(schema: Option<&'a Value>, keyword: &str) -> impl Iterator<Item = &'a str> {
    let subschemas = schema.and_then(|schema| schema.get(keyword)).and_then(Value::as_array).into_iter().flatten();
    subschemas.filter_map(|subschema| referenced(subschema, "schemas"))
}

fn variants_of(schema: Option<&Value>) -> Vec<String> {
    referenced_in(schema, "oneOf").chain(referenced_in(schema, "anyOf")).map(str::to_owned).collect()
}

fn extends(schema: Option<&Value>, name: &str) -> bool {
    referenced_in(schema, "allOf").any(|part| part == name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn variants_extend_the_base_without_its_list() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "Key": {"oneOf": [{"$ref": "#/components/schemas/Rsa"}], "properties": {"alg": {"type": "string"}}},
            "Rsa": {"allOf": [{"$ref": "#/components/schemas/Key"}, {"properties": {"n": {"type": "string"}}}]},
        }));
        assert_eq!(schemas["Rsa"]["allOf"][0], json!({"$ref": "#/components/schemas/KeyBase"}));
        assert_eq!(schemas["KeyBase"]["properties"], json!({"alg": {"type": "string"}}));
        assert!(schemas["KeyBase"].get("oneOf").is_none());
    }
}
