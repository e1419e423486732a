//! Mutation operators of schemas: types, formats, bounds, properties, enums, compositions.

use openapi::pointer::{self, join};
use serde_json::{Map, Value, json};

use super::{
    edit::Edit,
    json_schema,
    mutant::{MutantKind, Mutants},
};

/// Constraints by type, each with the value to add to schemas without it.
const CONSTRAINTS: &[(&str, &str, &str, u64)] = &[
    ("string", "minLength", "minLength: added", 2),
    ("string", "maxLength", "maxLength: added", 40),
    ("array", "minItems", "minItems: added", 1),
    ("array", "maxItems", "maxItems: added", 7),
    ("object", "minProperties", "minProperties: added", 1),
    ("object", "maxProperties", "maxProperties: added", 9),
    ("integer", "minimum", "minimum: added", 2),
    ("integer", "maximum", "maximum: added", 99),
    ("integer", "multipleOf", "multipleOf: added", 5),
    ("number", "minimum", "minimum: added", 2),
    ("number", "maximum", "maximum: added", 99),
    ("number", "multipleOf", "multipleOf: added", 5),
];

pub(super) fn mutate_components(mutants: &mut Mutants<'_>) {
    let schemas = mutants.document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, value) in schemas.into_iter().flatten() {
        let at = join("/components/schemas", name);
        schema(mutants, value, &at);
        let renamed = Edit::RenameSchema(name.clone(), format!("{name}Renamed"));
        mutants.add("schema: renamed", &at, MutantKind::Semantic, renamed);
    }
}

/// Mutates a schema and the schemas in it.
pub(super) fn schema(mutants: &mut Mutants<'_>, value: &Value, at: &str) {
    let Some(map) = value.as_object() else { return };
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        inline(mutants, reference, at);
        mutants.set("$ref: dangling", &format!("{at}/$ref"), "#/components/schemas/NoSuchSchema");
        mutants.set("$ref: another type", at, json!({"type": "boolean"}));
        return;
    }
    let ty = single_type(map);
    types(mutants, map, ty, at);
    if mutants.has_json_schemas() {
        json_schema::mutate(mutants, map, ty, at);
    }
    constraints(mutants, map, ty, at);
    flags(mutants, map, ty, at);
    enums(mutants, map, ty, at);
    if ty == "object" || map.contains_key("properties") {
        properties(mutants, map, at);
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(inner) = map.get(keyword) {
            schema(mutants, inner, &join(at, keyword));
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        for (index, variant) in map.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let at = format!("{at}/{keyword}/{index}");
            schema(mutants, variant, &at);
            mutants.remove("composition: variant removed", &at);
        }
    }
    for keyword in ["patternProperties", "dependentSchemas"] {
        for (name, value) in map.get(keyword).and_then(Value::as_object).into_iter().flatten() {
            schema(mutants, value, &join(&join(at, keyword), name));
        }
    }
    if map.contains_key("discriminator") {
        mutants.set("discriminator: another property", &format!("{at}/discriminator/propertyName"), "otherKind");
        mutants.remove("discriminator: removed", &format!("{at}/discriminator"));
    }
}

/// Returns the only type of a schema, or the only one beside `null`.
fn single_type(map: &Map<String, Value>) -> &str {
    match map.get("type") {
        Some(Value::String(ty)) => ty,
        Some(Value::Array(types)) => {
            let mut types = types.iter().filter_map(Value::as_str).filter(|ty| *ty != "null");
            types.next().filter(|_| types.next().is_none()).unwrap_or_default()
        }
        _ => "",
    }
}

fn inline(mutants: &mut Mutants<'_>, reference: &str, at: &str) {
    // in `allOf`, a reference and its target are equivalent
    if pointer::parent(at).is_some_and(|list| list.ends_with("/allOf")) {
        return;
    }
    let target = reference.strip_prefix('#').and_then(|target| mutants.document.pointer(target)).cloned();
    if let Some(target) = target {
        mutants.set("$ref: inlined", at, target);
    }
}

fn types(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    let other = match ty {
        "string" => "integer",
        "" => return,
        _ => "string",
    };
    let mut changed = Map::from_iter([("type".to_owned(), Value::from(other))]);
    changed.extend(map.get("description").map(|text| ("description".to_owned(), text.clone())));
    mutants.set("type: changed", at, changed);
    mutants.remove("type: removed", &format!("{at}/type"));
    if ty == "integer" {
        mutants.set("type: widened", &format!("{at}/type"), "number");
    }
    let array = json!({"type": "array", "items": map});
    mutants.set("type: made an array", at, array);
    let format_at = format!("{at}/format");
    if map.contains_key("format") {
        mutants.remove("format: removed", &format_at);
    }
    let formats: &[&str] = match ty {
        "string" => &[
            "uri",
            "email",
            "uuid",
            "date",
            "date-time",
            "time",
            "duration",
            "byte",
            "binary",
            "password",
            "ipv4",
            "ipv6",
            "hostname",
            "decimal",
            "custom-format",
        ],
        "integer" => &["int8", "uint8", "int16", "int32", "int64", "uint32", "uint64", "custom-format"],
        "number" => &["float", "double", "custom-format"],
        _ => &[],
    };
    for format in formats {
        mutants.set("format: changed", &format_at, *format);
    }
    if ty == "string" {
        let pattern_at = format!("{at}/pattern");
        mutants.set("pattern: changed", &pattern_at, "^[a-z]+\\d{3}$");
        if map.contains_key("pattern") {
            mutants.remove("pattern: removed", &pattern_at);
        }
    }
}

fn constraints(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    for (of, keyword, added, value) in CONSTRAINTS {
        if *of != ty {
            continue;
        }
        let place = join(at, keyword);
        match map.get(*keyword) {
            None => mutants.set(added, &place, *value),
            Some(present) => {
                mutants.remove("bound: removed", &place);
                let is_count = !matches!(ty, "integer" | "number");
                if let Some(raised) = moved(present, 1) {
                    mutants.set("bound: raised", &place, raised);
                }
                if let Some(lowered) = moved(present, -1).filter(|number| !is_count || number.is_u64()) {
                    mutants.set("bound: lowered", &place, lowered);
                }
            }
        }
    }
    if matches!(ty, "integer" | "number") && !mutants.has_json_schemas() {
        for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            if map.contains_key(bound) {
                toggle(mutants, map, exclusive, "exclusive bound: toggled", at);
            }
        }
    }
    if ty == "array" {
        toggle(mutants, map, "uniqueItems", "uniqueItems: toggled", at);
    }
}

/// Returns a number plus another; `None` if the sum is the same number or out of range.
fn moved(number: &Value, by: i32) -> Option<Value> {
    let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    if let Some(sum) = integer.and_then(|integer| integer.checked_add(i128::from(by))) {
        return i64::try_from(sum).map(Value::from).or_else(|_| u64::try_from(sum).map(Value::from)).ok();
    }
    let float = number.as_f64()?;
    Some(float + f64::from(by)).filter(|moved| *moved != float).map(Value::from)
}

fn flags(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    // a variant that accepts null only becomes no type
    if ty == "null" {
        return;
    }
    if !mutants.has_json_schemas() {
        toggle(mutants, map, "nullable", "nullable: toggled", at);
    }
    toggle(mutants, map, "deprecated", "deprecated: toggled", at);
    if at.contains("/properties/") {
        for (keyword, operator) in [("readOnly", "readOnly: toggled"), ("writeOnly", "writeOnly: toggled")] {
            // beside a part that has the keyword, it is redundant
            let mut parts = map.get("allOf").and_then(Value::as_array).into_iter().flatten();
            if !parts.any(|part| part.get(keyword) == Some(&Value::Bool(true))) {
                toggle(mutants, map, keyword, operator, at);
            }
        }
    }
    let place = format!("{at}/default");
    let default = match ty {
        "string" => json!("a default"),
        "integer" | "number" => json!(11),
        "boolean" => json!(true),
        "array" => json!([]),
        _ => return,
    };
    mutants.set("default: changed", &place, default);
    if map.contains_key("default") {
        mutants.remove("default: removed", &place);
    }
}

fn toggle(mutants: &mut Mutants<'_>, map: &Map<String, Value>, keyword: &str, operator: &'static str, at: &str) {
    let is_set = map.get(keyword) == Some(&Value::Bool(true));
    mutants.set(operator, &join(at, keyword), !is_set);
}

fn enums(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    let place = format!("{at}/enum");
    let Some(values) = map.get("enum").and_then(Value::as_array) else {
        match ty {
            "string" => mutants.set("enum: added", &place, json!(["one", "two"])),
            "integer" => mutants.set("enum: added", &place, json!([1, 2])),
            _ => {}
        }
        return;
    };
    mutants.remove("enum: removed", &place);
    mutants.set(
        "enum: value added",
        &format!("{place}/-"),
        if ty == "integer" { json!(4711) } else { json!("brandNew") },
    );
    for index in 0..values.len() {
        mutants.remove("enum: value removed", &format!("{place}/{index}"));
    }
}

fn properties(mutants: &mut Mutants<'_>, map: &Map<String, Value>, at: &str) {
    let place = format!("{at}/properties");
    let required: Vec<&str> =
        map.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let require = |names: Vec<&str>| {
        if names.is_empty() {
            Edit::Remove(format!("{at}/required"))
        } else {
            Edit::set(&format!("{at}/required"), names)
        }
    };
    // another part of the composition may already require a property
    let parts = pointer::parent(at).filter(|list| list.ends_with("/allOf"));
    let parts = parts.and_then(|list| mutants.document.pointer(list)?.as_array()).into_iter().flatten();
    let elsewhere: Vec<&str> =
        parts.filter_map(|part| part.get("required")?.as_array()).flatten().filter_map(Value::as_str).collect();
    let properties = map.get("properties").and_then(Value::as_object);
    for (name, value) in properties.into_iter().flatten() {
        let property = join(&place, name);
        schema(mutants, value, &property);
        mutants.remove("property: removed", &property);
        mutants.rename("property: renamed", &property, &format!("{name}Renamed"));
        let without: Vec<_> = required.iter().copied().filter(|other| other != name).collect();
        if without.len() < required.len() {
            mutants.add("required: removed", &property, MutantKind::Semantic, require(without));
        } else if !elsewhere.contains(&name.as_str()) {
            let with: Vec<_> = required.iter().copied().chain([name.as_str()]).collect();
            mutants.add("required: added", &property, MutantKind::Semantic, require(with));
        }
    }
    if properties.is_some() {
        mutants.set("property: added", &join(&place, "addedProperty"), json!({"type": "string"}));
        mutants.set("required: undeclared", &format!("{at}/required"), {
            required.iter().copied().chain(["undeclared"]).collect::<Vec<_>>()
        });
    }
    mutants.set("additionalProperties: closed", &format!("{at}/additionalProperties"), false);
    mutants.set("additionalProperties: typed", &format!("{at}/additionalProperties"), json!({"type": "integer"}));
}
