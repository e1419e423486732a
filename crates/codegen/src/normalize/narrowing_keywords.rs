//! Removes keywords of JSON Schema that only narrow the values of a schema and that generated types do not enforce.
//!
//! Later passes would make types of their subschemas. The list of unsupported keywords has each of them.

use openapi::kind::{Kind, change_each};
use serde_json::{Map, Value, json};

use super::Normalizing;
use crate::coverage::{Context, Coverage};

/// The keywords with the reason why each is unsupported.
pub(super) const NARROWING: &[(&str, &str)] = &[
    ("if", CONDITIONAL),
    ("then", CONDITIONAL),
    ("else", CONDITIONAL),
    ("dependentRequired", DEPENDENT),
    ("dependentSchemas", DEPENDENT),
    ("dependencies", DEPENDENT),
    ("contains", CONTAINS),
    ("minContains", CONTAINS),
    ("maxContains", CONTAINS),
    ("prefixItems", "not enforced: all items of an array have one type, which accepts the items of every position"),
    ("additionalItems", "not enforced: all items of an array have one type"),
    ("patternProperties", "not enforced: all further properties have one type, whatever their names"),
    ("propertyNames", "not enforced: property names are not checked"),
    ("unevaluatedProperties", "not enforced: further properties are not checked beside other subschemas"),
    ("unevaluatedItems", "not enforced: further items are not checked beside other subschemas"),
    ("contentSchema", "not enforced: the content of a string is not decoded"),
];
const CONDITIONAL: &str = "not enforced: the type accepts the values of both cases of a condition";
const DEPENDENT: &str = "not enforced: the type accepts every combination of properties";
const CONTAINS: &str = "not enforced: the items of an array are not searched";

/// Removes the keywords, and keeps a copy of the document with them: later passes change it beyond what its author
/// would recognize.
pub(super) fn run(normalizing: &mut Normalizing) {
    normalizing.plain = normalizing.document.clone();
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        let Some(schema) = value.as_object_mut().filter(|_| kind.is_schema()) else { return };
        if NARROWING.iter().any(|(keyword, _)| schema.contains_key(*keyword)) {
            add_conditional_properties(schema);
            schema.retain(|key, _| !NARROWING.iter().any(|(keyword, _)| key == keyword));
        }
    });
}

/// Adds the properties that only a condition declares, as optional properties of any type: without them a caller could
/// neither send nor read such a property.
fn add_conditional_properties(schema: &mut Map<String, Value>) {
    // with `additionalProperties` further properties are values of a map, or not allowed
    if !schema.contains_key("properties") || schema.contains_key("additionalProperties") {
        return;
    }
    let mut declared = Map::new();
    for keyword in ["then", "else"] {
        declare(schema.get(keyword), &mut declared);
    }
    for dependent in schema.get("dependentSchemas").and_then(Value::as_object).into_iter().flat_map(Map::values) {
        declare(Some(dependent), &mut declared);
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for (name, property) in declared {
            properties.entry(name).or_insert(property);
        }
    }
}

/// Collects the properties that a schema, its conditions and its parts declare.
fn declare(schema: Option<&Value>, declared: &mut Map<String, Value>) {
    let Some(schema) = schema else { return };
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let description = property.get("description").filter(|text| text.is_string());
        let property = description.map_or_else(|| json!({}), |text| json!({"description": text}));
        declared.entry(name.clone()).or_insert(property);
    }
    for keyword in ["then", "else"] {
        declare(schema.get(keyword), declared);
    }
    for part in ["allOf", "oneOf", "anyOf"].iter().filter_map(|keyword| schema.get(*keyword)?.as_array()).flatten() {
        declare(Some(part), declared);
    }
}

/// Returns the coverage of the keywords.
pub(super) fn coverage(context: Context, key: &str) -> Option<Coverage> {
    let (_, reason) = NARROWING.iter().find(|(keyword, _)| context.is_schema() && key == *keyword)?;
    Some(Err(reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, generate, pipeline};

    const AT: &str = "/components/schemas/A";

    fn document(version: &str, schema: &Value) -> Value {
        json!({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {},
            "components": {"schemas": {"A": schema}}})
    }

    /// Every keyword with a value that narrows, and with values of other types.
    #[test]
    fn every_keyword_is_removed_and_listed() {
        let narrow = json!({"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"]});
        for (keyword, _) in NARROWING {
            let named = json!({"a": narrow, "b": ["c"]});
            for value in [narrow.clone(), named, json!(["a"]), json!([narrow]), json!("text"), json!(1), json!(false)] {
                for version in ["3.0.3", "3.1.0", "3.2.0"] {
                    let schema = json!({"type": "object", "properties": {"x": {"type": "string"}}, "allOf": [{}],
                        "if": {"minProperties": 1}, "then": {}, "contains": {"type": "string"}, *keyword: value});
                    let generated = generate(&document(version, &schema), &Settings::package());
                    let generated = generated.unwrap_or_else(|problems| panic!("{version} {schema}: {problems:?}"));
                    let is_listed = |one: &crate::UnsupportedKeyword| one.pointer == AT && one.keyword == *keyword;
                    assert!(generated.unrepresented.iter().any(is_listed), "{version} {schema}");
                    assert!(generated.code.contains("pub x: "), "{version} {schema}");
                }
            }
        }
    }

    #[test]
    fn conditional_properties_are_optional_and_of_any_type() {
        let lower = |schema: &Value| pipeline::tests::lower(&document("3.1.0", schema)).document.pointer(AT).cloned();
        let part = |name: &str| json!({"properties": {name: {"type": "string", "description": name}}});
        let schema = json!({"type": "object", "properties": {"a": {"type": "integer"}},
            "if": part("no"), "then": {"required": ["t"], "allOf": [part("t"), part("a")]},
            "else": {"if": {}, "then": part("u"), "else": part("v")}, "dependentSchemas": {"a": part("d")}});
        let lowered = lower(&schema).unwrap();
        let mut names: Vec<_> = lowered["properties"].as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, ["a", "d", "t", "u", "v"]);
        assert_eq!(lowered["properties"]["a"]["type"], "integer");
        assert_eq!(lowered["properties"]["t"], json!({"description": "t"}));
        assert_eq!(lowered.get("required"), None);
        for closed in [json!(false), json!({"type": "string"})] {
            let mut schema = schema.clone();
            schema["additionalProperties"] = closed;
            assert_eq!(lower(&schema).unwrap()["properties"].as_object().unwrap().len(), 1);
        }
    }
}
