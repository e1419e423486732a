//! Reduces enums to values that one Rust enum can have, and merges unions of enums into one enum.

mod listed;
mod unions;

use openapi::queries::is_true;
use serde_json::{Map, Value, json};

use super::{Lowering, each_schema::each_schema};
use crate::coverage::{Context, Coverage};

pub(super) use listed::{Listed, NAMES};
use listed::{is_enforced, is_given};
use unions::{Enums, Merged};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        // a key of this name in the document has no meaning
        schema.remove(NAMES);
    });
    let enums = Enums::of(lowering.schemas());
    each_schema(&mut lowering.document, &mut |schema| {
        merge(schema, &enums);
        reduce(schema);
    });
}

/// Replaces a union of enums by one enum.
fn merge(schema: &mut Map<String, Value>, enums: &Enums) {
    let Some((keyword, merged)) = enums.of_union(schema) else { return };
    schema.remove(keyword);
    match merged {
        Merged::Single(variant, is_nullable) => {
            schema.insert("allOf".to_owned(), json!([variant]));
            if is_nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
        }
        Merged::Enum(listed) => {
            if listed.nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
            write(schema, listed);
        }
    }
}

/// Reduces the enum of a schema to its values, and removes an enum that no Rust type can have.
fn reduce(schema: &mut Map<String, Value>) {
    if !schema.contains_key("enum") {
        return;
    }
    match Listed::of(schema) {
        Ok(listed) => {
            if listed.nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
            write(schema, listed);
        }
        Err(_) => drop(schema.remove("enum")),
    }
}

/// Writes an enum into its schema.
fn write(schema: &mut Map<String, Value>, listed: Listed) {
    if listed.is_null() {
        // the type accepts null by itself
        schema.remove("nullable");
        schema.remove("type");
    } else if let (None, Some(ty)) = (schema.get("type"), listed.kind.json_type()) {
        schema.insert("type".to_owned(), ty.into());
    }
    if listed.is_complete() {
        schema.remove("enum");
        return;
    }
    let names: Map<String, Value> = listed
        .names
        .into_iter()
        .map(|(value, (name, description))| (value, json!({"name": name, "description": description})))
        .collect();
    if !names.is_empty() {
        schema.insert(NAMES.to_owned(), Value::Object(names));
    }
    schema.insert("enum".to_owned(), Value::Array(listed.values));
}

/// Returns the coverage of `enum`, and of keywords beside it.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    let values = schema.get("enum").and_then(Value::as_array).filter(|_| context.is_schema())?;
    let map = schema.as_object()?;
    match key {
        "nullable" if is_true(schema, "nullable") && !values.contains(&Value::Null) => {
            Some(Err("null is accepted, although `enum` does not list it"))
        }
        "enum" => Some(match Listed::of(map) {
            Ok(Listed { left_out: Some(reason), .. }) | Err(reason) => Err(reason),
            Ok(_) => Ok(Context::Supported),
        }),
        // the values are of the type
        "type" if context == Context::PartSchema && Listed::of(map).is_ok() => Some(Ok(Context::Supported)),
        _ if is_given(map, key) => Some(Ok(Context::Supported)),
        _ => Some(match is_enforced(map, key)? {
            true => Ok(Context::Supported),
            false => Err("not enforced beside `enum`: no value satisfies it"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{
        model::{Checked, Enum, EnumKind},
        pipeline::tests::lower,
        unsupported::UnsupportedKeyword,
    };

    fn document(schemas: Value) -> Value {
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "components": {"schemas": schemas}})
    }

    /// Returns the enum of a schema: its kind, its values, and their names.
    fn found(schema: Value) -> Option<(EnumKind, Value, Vec<String>)> {
        let lowered = lower(&document(json!({
            "E": schema, "Mode": {"type": "string", "enum": ["heat", "cool"]}, "Blank": {"enum": [""]},
            "Null": {"enum": [null]}, "Warm": {"oneOf": [{"$ref": "#/components/schemas/Mode"},
                {"type": "string", "enum": ["warm"]}]},
            "Cycle": {"oneOf": [{"$ref": "#/components/schemas/Cycle"}]}})));
        let Some(Checked::Enum(Enum { kind, values, .. })) = lowered.model.checked.get("E") else { return None };
        let names = values.iter().map(|one| one.name.clone()).collect();
        Some((*kind, values.iter().map(|one| one.value.clone()).collect(), names))
    }

    #[test]
    fn enums_of_every_type_have_their_values_once() {
        for (schema, kind, values) in [
            (json!({"type": "string", "enum": ["a", "b", "a"]}), EnumKind::Text, json!(["a", "b"])),
            (json!({"enum": ["a", null], "nullable": true}), EnumKind::Text, json!(["a"])),
            (json!({"type": "integer", "enum": [1, 2, 2.0, -3]}), EnumKind::Integer, json!([1, 2, -3])),
            (json!({"enum": [7, u64::MAX]}), EnumKind::Unsigned, json!([7, u64::MAX])),
            (json!({"type": "number", "enum": [1, 1.0, 0.5]}), EnumKind::Number, json!([1, 0.5])),
            (json!({"enum": [1, 0.5]}), EnumKind::Number, json!([1, 0.5])),
            (json!({"type": "boolean", "enum": [true]}), EnumKind::Boolean, json!([true])),
            (json!({"enum": ["a", 1, true, 0.5]}), EnumKind::Mixed, json!(["a", 1, true, 0.5])),
            (json!({"enum": [null]}), EnumKind::Mixed, json!([null])),
            (json!({"type": "string", "nullable": true, "enum": [null]}), EnumKind::Mixed, json!([null])),
            (json!({"type": "string", "enum": ["a", 1]}), EnumKind::Text, json!(["a"])),
            (json!({"type": "integer", "enum": [1, 5, 9], "minimum": 2, "maximum": 8}), EnumKind::Integer, json!([5])),
            (json!({"type": "string", "enum": ["a", "ab"], "minLength": 2}), EnumKind::Text, json!(["ab"])),
            (json!({"type": "string", "enum": ["a"], "minLength": 2}), EnumKind::Text, json!(["a"])),
        ] {
            let (found_kind, found_values, _) = found(schema.clone()).unwrap_or_else(|| panic!("{schema}"));
            assert_eq!((found_kind, found_values), (kind, values), "{schema}");
        }
        for schema in [
            json!({"type": "integer", "enum": ["1 = left"]}),
            json!({"enum": [[1], {}]}),
            json!({"type": "string", "enum": [null]}),
            json!({"type": "boolean", "enum": [true, false]}),
            json!({"type": "integer", "enum": [1e30]}),
            json!({"enum": []}),
            json!({"$ref": "#/components/schemas/Cycle"}),
        ] {
            assert_eq!(found(schema.clone()), None, "{schema}");
        }
    }

    #[test]
    fn a_union_of_one_enum_accepts_null_only_beside_null() {
        let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let nullable = |variants: Value| {
            let lowered = lower(&document(json!({
                "Mode": {"type": "string", "enum": ["heat", "cool"]}, "Null": {"enum": [null]},
                "Holder": {"type": "object", "properties": {"mode": {"oneOf": variants}}}})));
            lowered.document["components"]["schemas"]["Holder"]["properties"]["mode"]["nullable"] == true
        };
        assert!(nullable(json!([of("Mode"), of("Null")])));
        assert!(!nullable(json!([of("Mode")])));
    }

    #[test]
    fn unions_of_enums_are_one_enum() {
        let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let union = |variants: Value| json!({"oneOf": variants});
        let constants = json!([{"type": "integer", "enum": [0], "title": "Text channel", "description": "d"},
            {"type": "integer", "enum": [1], "title": "VOICE"}]);
        for (schema, values, names) in [
            (
                union(json!([of("Mode"), of("Blank"), of("Null")])),
                json!(["heat", "cool", ""]),
                vec!["Heat", "Cool", "Empty"],
            ),
            (
                union(json!([of("Warm"), of("Blank")])),
                json!(["heat", "cool", "warm", ""]),
                vec!["Heat", "Cool", "Warm", "Empty"],
            ),
            (union(constants), json!([0, 1]), vec!["TextChannel", "Voice"]),
            (
                json!({"anyOf": [of("Mode"), {"type": "string", "enum": ["heat"]}]}),
                json!(["heat", "cool"]),
                vec!["Heat", "Cool"],
            ),
            (
                union(json!([of("Mode"), {"type": "integer", "enum": [1]}])),
                json!(["heat", "cool", 1]),
                vec!["Heat", "Cool", "X1"],
            ),
            (union(json!([of("Null")])), json!([null]), vec!["Null"]),
        ] {
            let (_, found_values, found_names) = found(schema.clone()).unwrap_or_else(|| panic!("{schema}"));
            assert_eq!(
                (found_values, found_names),
                (values, names.into_iter().map(str::to_owned).collect()),
                "{schema}"
            );
        }
        // a value of two variants is no value of `oneOf`, and a string is no enum
        for variants in [json!([of("Mode"), {"enum": ["heat"]}]), json!([of("Mode"), {"type": "string"}])] {
            assert_eq!(found(union(variants.clone())), None, "{variants}");
        }
        let lowered = lower(&document(
            json!({"A": {"type": "object", "properties": {"p": union(json!([of("Mode"), of("Null")]))}},
            "Mode": {"type": "string", "enum": ["heat"]}, "Null": {"enum": [null]}}),
        ));
        let property = &lowered.document["components"]["schemas"]["A"]["properties"]["p"];
        assert_eq!((&property["allOf"], &property["nullable"]), (&json!([of("Mode")]), &json!(true)));
    }

    #[test]
    fn names_of_the_document_come_first() {
        let names = |schema: Value| found(schema).map(|(_, _, names)| names.join(" "));
        let with = |keyword: &str, names: Value| json!({"type": "integer", "enum": [1, 2, 2], keyword: names});
        assert_eq!(names(with("x-enum-varnames", json!(["LOW", "high", "high"]))).as_deref(), Some("Low High"));
        assert_eq!(names(with("x-enumNames", json!(["Low", "High", "High"]))).as_deref(), Some("Low High"));
        for invalid in [json!(["LOW"]), json!(["a", "A", "A"]), json!(["-", "b", "b"]), json!([1, 2, 2]), json!("a")] {
            assert_eq!(names(with("x-enum-varnames", invalid.clone())).as_deref(), Some("X1 X2"), "{invalid}");
        }
    }

    #[test]
    fn lists_values_that_are_not_enforced() {
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {
            "operationId": "a", "responses": {"200": {"description": "", "content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/A"}}}}}}}},
            "components": {"schemas": {"A": {"type": "object", "properties": {
            "good": {"type": "integer", "enum": [1, 2], "x-enum-varnames": ["A", "B"], "minimum": 2},
            "some": {"type": "string", "enum": ["a", 1]}, "none": {"type": "integer", "enum": ["a"]},
            "list": {"enum": [[1]]}, "names": {"type": "integer", "enum": [1], "x-enum-varnames": []},
            "short": {"type": "string", "enum": ["a"], "minLength": 2}}}}}});
        let generated = crate::generate(&document, &crate::Settings::package()).unwrap();
        let mut listed: Vec<_> = generated
            .unrepresented
            .iter()
            .map(|UnsupportedKeyword { pointer, keyword, .. }| {
                format!("{} {keyword}", pointer.rsplit('/').next().unwrap_or_default())
            })
            .collect();
        listed.sort();
        assert_eq!(listed, ["list enum", "names x-enum-varnames", "none enum", "short minLength", "some enum"]);
    }
}
