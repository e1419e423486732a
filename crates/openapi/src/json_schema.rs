//! The JSON Schema view of a Schema Object: what a general JSON Schema validator can judge in place of OpenAPI.
//!
//! A keyword this view does not know, or whose value has the wrong type, judges nothing and is left out: a loose document
//! gives a lenient schema, never a failure of the validator.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// The dialect of the schemas that [`json_schema`] returns.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What a Reference Object to a component starts with.
const COMPONENTS: &str = "#/components/schemas/";

/// Keywords whose value is one schema.
const ONE_SCHEMA: [&str; 3] = ["additionalProperties", "items", "not"];

/// Keywords whose value is a list of schemas, all of which look at the same value.
const SCHEMA_LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Keywords that OpenAPI 3.1 has from JSON Schema and 3.0 does not know, whose value is one schema.
const ONE_SCHEMA_3_1: [&str; 7] =
    ["contains", "else", "if", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"];

/// Keywords whose value is a count of characters, items or properties.
const COUNTS: [&str; 6] = ["maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"];

/// Why a Schema Object has no JSON Schema view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The pointer names nothing in the document.
    #[error("the document has nothing at {pointer:?}")]
    NotFound {
        /// The pointer as it was given.
        pointer: String,
    },
    /// The pointer names a value that is no schema.
    #[error("the value at {pointer:?} is not a schema: it is neither an object nor a boolean")]
    NotASchema {
        /// The pointer as it was given.
        pointer: String,
    },
    /// A `$ref` names nothing in the document, or points outside of it.
    #[error("cannot resolve the reference {reference:?}: only references within the document are followed")]
    Unresolved {
        /// The reference as the document has it.
        reference: String,
    },
    /// A schema refers to itself without a property or an item in between, so that no value can ever be judged.
    #[error("the reference {reference:?} leads back to itself")]
    Circular {
        /// The reference as the document has it.
        reference: String,
    },
}

/// Returns a JSON Schema (draft 2020-12) that accepts the values the Schema Object at `pointer` accepts.
///
/// The result stands alone: every schema it refers to is found under its `$defs`. Judge with formats asserted, and `uri`
/// means something; `int32` and `int64` have become bounds. These are the places where OpenAPI 3.0 reads differently from
/// JSON Schema, and what becomes of each. A document whose `openapi` begins with `3.1` may say what JSON Schema says, and
/// what stands beside a `$ref` counts; `contentEncoding: base64` becomes `format: byte`.
///
/// - `nullable` adds `null` to `type`, and to `enum`. Without either it has no effect, as OpenAPI 3.0.3 says.
/// - boolean `exclusiveMinimum` and `exclusiveMaximum` become numbers.
/// - whatever stands beside a `$ref` is ignored.
/// - `readOnly` and `writeOnly` are ignored: a value is judged without knowing which way it travels.
/// - `pattern` is written for the `regex` crate, so judge with that engine: see [`Pattern`](crate::Pattern). What it does
///   not match in linear time is dropped, and so is a pattern in `patternProperties`.
/// - `discriminator`, `xml`, `example`, `externalDocs`, `deprecated` and extensions are dropped.
///
/// # Errors
///
/// When `pointer` names no schema, and when a reference that it needs leads nowhere, out of the document, or only back to
/// itself.
///
/// # Examples
///
/// ```
/// let document = serde_json::json!({
///     "components": { "schemas": { "Name": { "type": "string", "nullable": true, "maxLength": 64 } } }
/// });
/// let schema = openapi::json_schema::json_schema(&document, "/components/schemas/Name")?;
/// assert_eq!(schema["type"], serde_json::json!(["string", "null"]));
/// # Ok::<(), openapi::json_schema::Error>(())
/// ```
pub fn json_schema(document: &Value, pointer: &str) -> Result<Value, Error> {
    let root = document.pointer(pointer).ok_or_else(|| Error::NotFound { pointer: pointer.to_owned() })?;
    if !(root.is_object() || root.is_boolean()) {
        return Err(Error::NotASchema { pointer: pointer.to_owned() });
    }

    let mut translator = Translator { is_3_1: is_3_1(document), references: BTreeSet::new() };
    let mut view = Map::new();
    view.insert("$schema".into(), json!(DIALECT));
    match translator.translate(root) {
        Value::Object(keywords) => view.extend(keywords),
        // `false` accepts nothing; `true` accepts everything, which needs no keyword.
        Value::Bool(false) => drop(view.insert("not".into(), json!({}))),
        _ => {}
    }

    let mut definitions = BTreeMap::new();
    while let Some(reference) = translator.references.pop_first() {
        if let Entry::Vacant(definition) = definitions.entry(definition_name(&reference)) {
            let target = resolve(document, &reference)?;
            refuse_circle(document, target, &mut vec![reference], &mut BTreeSet::new())?;
            definition.insert(translator.translate(target));
        }
    }
    if !definitions.is_empty() {
        view.insert("$defs".into(), Value::Object(definitions.into_iter().collect()));
    }
    Ok(Value::Object(view))
}

/// The place in the document of what `location` names in the view that [`json_schema`] makes of the schema at `pointer`.
///
/// ```
/// use openapi::json_schema::origin;
/// assert_eq!(origin("/paths/x/schema", "/items"), "/paths/x/schema/items");
/// assert_eq!(origin("/paths/x/schema", "/$defs/Name/maxLength"), "/components/schemas/Name/maxLength");
/// ```
#[must_use]
pub fn origin(pointer: &str, location: &str) -> String {
    let Some(definition) = location.strip_prefix("/$defs/") else { return format!("{pointer}{location}") };
    let (name, rest) = definition.split_at(definition.find('/').unwrap_or(definition.len()));
    let whole = name.replace("~1", "/").replace("~0", "~");
    match whole.strip_prefix('#') {
        // a reference as a whole is the definition's name
        Some(reference) if reference.starts_with('/') => {
            format!("{}{rest}", percent_decoded(reference).unwrap_or_default())
        }
        _ => format!("{}{name}{rest}", COMPONENTS.trim_start_matches('#')),
    }
}

/// Whether what stands beside a `$ref` counts, and JSON Schema's own keywords.
fn is_3_1(document: &Value) -> bool {
    document.get("openapi").and_then(Value::as_str).is_some_and(|version| version.trim().starts_with("3.1"))
}

/// Translates schemas, and collects the references that they make.
struct Translator {
    is_3_1: bool,
    references: BTreeSet<String>,
}

impl Translator {
    fn translate(&mut self, schema: &Value) -> Value {
        let Value::Object(schema) = schema else {
            // OpenAPI 3.0 knows booleans only for `additionalProperties`; elsewhere their meaning is as plain.
            return Value::Bool(schema.as_bool().unwrap_or(true));
        };
        let mut view = Map::new();
        if let Some(Value::String(reference)) = schema.get("$ref") {
            self.references.insert(reference.clone());
            view.insert("$ref".into(), json!(format!("#/$defs/{}", fragment_token(&definition_name(reference)))));
            if !self.is_3_1 {
                return Value::Object(view);
            }
        }
        for (keyword, value) in schema {
            if let Some(translated) = self.keyword(keyword, value) {
                view.insert(keyword.clone(), translated);
            }
        }
        // a validator takes 3.1's word for base64 as a mere note
        if self.is_3_1 && schema.get("contentEncoding").is_some_and(|said| said == "base64") {
            view.entry("format").or_insert_with(|| json!("byte"));
        }
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        insert_types(schema, nullable, &mut view);
        insert_enumeration(schema, nullable, &mut view);
        insert_bounds(schema, &mut view);
        Value::Object(view)
    }

    /// What a keyword becomes that does not depend on others: `type`, `enum` and the bounds do.
    fn keyword(&mut self, keyword: &str, value: &Value) -> Option<Value> {
        match keyword {
            "pattern" => Some(json!(crate::Pattern::new(value.as_str()?).ok()?.as_str())),
            "title" | "description" | "format" => value.is_string().then(|| value.clone()),
            "default" => Some(value.clone()),
            "uniqueItems" => value.is_boolean().then(|| value.clone()),
            "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0).then(|| value.clone()),
            "required" => required(value),
            "properties" => self.schemas_by_name(value),
            name if COUNTS.contains(&name) => is_count(value).then(|| value.clone()),
            name if ONE_SCHEMA.contains(&name) => self.one_schema(value),
            name if SCHEMA_LISTS.contains(&name) => self.schema_list(value),
            _ if !self.is_3_1 => None,
            "const" => Some(value.clone()),
            "minContains" | "maxContains" => is_count(value).then(|| value.clone()),
            "prefixItems" => self.schema_list(value),
            "dependentRequired" => {
                let names =
                    value.as_object()?.iter().filter_map(|(name, value)| Some((name.clone(), required(value)?)));
                Some(Value::Object(names.collect()))
            }
            name if ONE_SCHEMA_3_1.contains(&name) => self.one_schema(value),
            "patternProperties" => {
                let schemas = value.as_object()?.iter();
                let judged = schemas.filter_map(|(pattern, schema)| Some((crate::Pattern::new(pattern).ok()?, schema)));
                let translated = judged.map(|(pattern, schema)| (pattern.as_str().to_owned(), self.translate(schema)));
                Some(Value::Object(translated.collect()))
            }
            "dependentSchemas" => self.schemas_by_name(value),
            _ => None,
        }
    }

    fn one_schema(&mut self, value: &Value) -> Option<Value> {
        (value.is_object() || value.is_boolean()).then(|| self.translate(value))
    }

    /// Schemas by property name. A property may have any name, even one that is a keyword.
    fn schemas_by_name(&mut self, value: &Value) -> Option<Value> {
        let translated = value.as_object()?.iter().map(|(name, schema)| (name.clone(), self.translate(schema)));
        Some(Value::Object(translated.collect()))
    }

    /// A list of schemas. JSON Schema refuses an empty one, which judges nothing.
    fn schema_list(&mut self, value: &Value) -> Option<Value> {
        let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
        Some(schemas.iter().map(|schema| self.translate(schema)).collect())
    }
}

/// The names of required properties, each once.
fn required(value: &Value) -> Option<Value> {
    let names: BTreeSet<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    Some(json!(names))
}

/// Whether the value is a whole number from zero up.
fn is_count(value: &Value) -> bool {
    value.is_u64() || value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

/// Inserts `type`: one name, or several where `null` is among them. Names JSON Schema does not know judge nothing.
fn insert_types(schema: &Map<String, Value>, nullable: bool, view: &mut Map<String, Value>) {
    let known = ["array", "boolean", "integer", "null", "number", "object", "string"];
    let mut types: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        // OpenAPI 3.1 writes a list here; a loose document may as well.
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    if types.is_empty() || types.iter().any(|name| !known.contains(name)) {
        return;
    }
    if nullable {
        types.push("null");
    }
    let mut seen = BTreeSet::new();
    types.retain(|name| seen.insert(*name));
    view.insert("type".into(), if let [name] = types[..] { json!(name) } else { json!(types) });
}

/// Inserts `enum`, which holds `null` when the value may be null.
fn insert_enumeration(schema: &Map<String, Value>, nullable: bool, view: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    let mut values = values.clone();
    if nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    view.insert("enum".into(), Value::Array(values));
}

/// Inserts the bounds of numbers: those the schema names, and those its integer format implies.
fn insert_bounds(schema: &Map<String, Value>, view: &mut Map<String, Value>) {
    let (lowest, highest) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (Some(i64::from(i32::MIN)), Some(i64::from(i32::MAX))),
        Some("int64") => (Some(i64::MIN), Some(i64::MAX)),
        _ => (None, None),
    };
    if lowest.is_some() {
        // The bounds say it now; to JSON Schema these formats are unknown.
        view.remove("format");
    }
    insert_bound(schema, ("minimum", "exclusiveMinimum"), lowest, Ordering::Greater, view);
    insert_bound(schema, ("maximum", "exclusiveMaximum"), highest, Ordering::Less, view);
}

/// Inserts one bound. Of the one the schema names and the one its format implies, the `tighter` wins.
fn insert_bound(
    schema: &Map<String, Value>,
    (inclusive, exclusive): (&str, &str),
    implied: Option<i64>,
    tighter: Ordering,
    view: &mut Map<String, Value>,
) {
    let mut named = schema.get(inclusive).filter(|value| value.is_number());
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => {
            if let Some(bound) = named.take() {
                view.insert(exclusive.into(), bound.clone());
            }
        }
        // OpenAPI 3.1 writes the number itself; a loose document may as well.
        Some(bound @ Value::Number(_)) => {
            view.insert(exclusive.into(), bound.clone());
        }
        _ => {}
    }
    let bound = match (named, implied) {
        (Some(named), Some(implied)) if compare(named, implied) == Some(tighter) => named.clone(),
        (_, Some(implied)) => json!(implied),
        (Some(named), None) => named.clone(),
        (None, None) => return,
    };
    view.insert(inclusive.into(), bound);
}

/// Compares as integers where both are: near the limits of `int64` neighbours are one and the same float.
fn compare(number: &Value, limit: i64) -> Option<Ordering> {
    match number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)) {
        Some(integer) => Some(integer.cmp(&i128::from(limit))),
        None => number.as_f64()?.partial_cmp(&(limit as f64)),
    }
}

/// The value a reference within the document names.
fn resolve<'d>(document: &'d Value, reference: &str) -> Result<&'d Value, Error> {
    reference
        .strip_prefix('#')
        .and_then(percent_decoded)
        .and_then(|pointer| document.pointer(&pointer))
        .filter(|target| target.is_object() || target.is_boolean())
        .ok_or_else(|| Error::Unresolved { reference: reference.to_owned() })
}

/// Refuses a reference that leads back to itself through schemas that all look at the same value: `path` holds the references
/// on the way, `done` those known to be free of circles.
fn refuse_circle(
    document: &Value,
    schema: &Value,
    path: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Result<(), Error> {
    if let Some(Value::String(reference)) = schema.get("$ref") {
        if path.contains(reference) {
            return Err(Error::Circular { reference: reference.clone() });
        }
        if !done.contains(reference) {
            let target = resolve(document, reference)?;
            path.push(reference.clone());
            refuse_circle(document, target, path, done)?;
            path.pop();
            done.insert(reference.clone());
        }
        if !is_3_1(document) {
            return Ok(());
        }
    }
    let lists = SCHEMA_LISTS.iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten();
    for part in lists.chain(schema.get("not")) {
        refuse_circle(document, part, path, done)?;
    }
    Ok(())
}

/// The name under `$defs` of what a reference names: the component's own, or else the reference as a whole.
fn definition_name(reference: &str) -> String {
    let component = reference.strip_prefix(COMPONENTS).filter(|name| !name.contains('/'));
    let decoded = component.and_then(percent_decoded).map(|name| name.replace("~1", "/").replace("~0", "~"));
    decoded.unwrap_or_else(|| reference.to_owned())
}

/// A name as one token of a JSON Pointer in a URI fragment.
fn fragment_token(name: &str) -> String {
    let mut token = String::with_capacity(name.len());
    for byte in name.replace('~', "~0").replace('/', "~1").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            token.push(char::from(byte));
        } else {
            token.push_str(&format!("%{byte:02X}"));
        }
    }
    token
}

/// The text with its percent escapes decoded; `None` when that is not UTF-8. A `%` that escapes nothing stays as it is.
fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |offset: usize| bytes.get(at + offset).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges `value` by `schema`, a Schema Object in a document with these `components`.
    fn accepts_with(components: Value, schema: Value, value: Value) -> bool {
        let document = json!({ "schema": schema, "components": { "schemas": components } });
        let view = json_schema(&document, "/schema").unwrap();
        let options = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
        let judge = options.should_validate_formats(true).build(&view).unwrap();
        judge.is_valid(&value)
    }

    fn accepts(schema: Value, value: Value) -> bool {
        accepts_with(json!({}), schema, value)
    }

    fn view(schema: Value) -> Value {
        let mut view = json_schema(&schema, "").unwrap();
        view.as_object_mut().unwrap().remove("$schema");
        view
    }

    fn error(document: Value, pointer: &str) -> String {
        json_schema(&document, pointer).unwrap_err().to_string()
    }

    #[test]
    fn a_length_counts_characters_not_bytes() {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 64 });
        for character in ["a", "é", "🌱"] {
            assert!(accepts(schema.clone(), json!(character.repeat(64))), "64 {character}");
            assert!(!accepts(schema.clone(), json!(character.repeat(65))), "65 {character}");
        }
        assert!(!accepts(schema, json!("")));
    }

    #[test]
    fn ten_items_pass_and_eleven_do_not() {
        let schema = json!({ "type": "array", "items": { "type": "string", "format": "uri" }, "maxItems": 10 });
        assert!(accepts(schema.clone(), json!(vec!["https://a.example"; 10])));
        assert!(!accepts(schema.clone(), json!(vec!["https://a.example"; 11])));
        assert!(!accepts(schema, json!(["not a uri"])));
    }

    #[test]
    fn int32_and_int64_end_at_their_limits() {
        let int32 = json!({ "type": "integer", "format": "int32" });
        for (value, good) in [
            (json!(i32::MAX), true),
            (json!(i32::MIN), true),
            (json!(i64::from(i32::MAX) + 1), false),
            (json!(i64::from(i32::MIN) - 1), false),
            (json!(1.0), true),
            (json!(1.5), false),
        ] {
            assert_eq!(accepts(int32.clone(), value.clone()), good, "{value}");
        }
        let int64 = json!({ "type": "integer", "format": "int64" });
        assert!(accepts(int64.clone(), json!(i64::MAX)));
        assert!(accepts(int64.clone(), json!(i64::MIN)));
        assert!(!accepts(int64.clone(), json!(i64::MAX as u64 + 1)));
        assert!(!accepts(int64, json!(-1e19)));
    }

    #[test]
    fn the_tighter_bound_wins() {
        let bounds = |schema| {
            let view = view(schema);
            (view["minimum"].clone(), view["maximum"].clone())
        };
        let limits = (json!(i32::MIN), json!(i32::MAX));
        assert_eq!(bounds(json!({ "format": "int32", "minimum": 1, "maximum": 9.5 })), (json!(1), json!(9.5)));
        assert_eq!(bounds(json!({ "format": "int32", "minimum": -1e10, "maximum": 10_000_000_000_u64 })), limits);
        assert_eq!(
            bounds(json!({ "format": "int64", "maximum": i64::MAX as u64 + 1 })),
            (json!(i64::MIN), json!(i64::MAX))
        );
        assert_eq!(
            view(json!({ "format": "int32", "minimum": 5, "exclusiveMinimum": true })),
            json!({ "exclusiveMinimum": 5, "minimum": i32::MIN, "maximum": i32::MAX })
        );
    }

    #[test]
    fn a_boolean_exclusive_bound_becomes_a_number() {
        let schema = json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": false });
        assert!(!accepts(schema.clone(), json!(1)));
        assert!(accepts(schema.clone(), json!(1.1)));
        assert!(accepts(schema.clone(), json!(3)));
        assert!(!accepts(schema, json!(3.1)));
        assert_eq!(view(json!({ "exclusiveMinimum": true })), json!({}), "there is nothing to exclude");
        assert_eq!(view(json!({ "exclusiveMaximum": 7 })), json!({ "exclusiveMaximum": 7 }));
    }

    #[test]
    fn nullable_lets_null_in_and_nothing_else() {
        let schema = json!({ "type": "string", "nullable": true, "enum": ["a", "b"] });
        assert!(accepts(schema.clone(), json!(null)));
        assert!(accepts(schema.clone(), json!("a")));
        assert!(!accepts(schema.clone(), json!("c")));
        assert!(!accepts(schema, json!(1)));
        assert!(!accepts(json!({ "type": "string", "nullable": false }), json!(null)));
        assert!(!accepts(json!({ "type": "string" }), json!(null)));
        assert_eq!(view(json!({ "enum": [null], "nullable": true })), json!({ "enum": [null] }));
    }

    #[test]
    fn references_are_collected_however_deep_and_may_go_round() {
        let components = json!({
            "Tree": { "type": "object", "properties": {
                "name": { "$ref": "#/components/schemas/Name" },
                "children": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } }
            } },
            "Name": { "type": "string", "maxLength": 3 },
            "Unused": { "$ref": "#/components/schemas/Missing" }
        });
        let tree = json!({ "$ref": "#/components/schemas/Tree" });
        assert!(accepts_with(components.clone(), tree.clone(), json!({ "children": [{ "name": "abc" }] })));
        assert!(!accepts_with(components, tree, json!({ "children": [{ "children": [{ "name": "abcd" }] }] })));
    }

    #[test]
    fn a_reference_may_name_any_schema_of_the_document_and_any_component_name() {
        let components =
            json!({ "a/b ~%é": { "type": "integer" }, "Pair": { "properties": { "left": { "type": "null" } } } });
        let odd = json!({ "$ref": "#/components/schemas/a~1b%20~0%25%C3%A9" });
        assert!(accepts_with(components.clone(), odd.clone(), json!(1)));
        assert!(!accepts_with(components.clone(), odd, json!("1")));
        let inner = json!({ "$ref": "#/components/schemas/Pair/properties/left" });
        assert!(accepts_with(components.clone(), inner.clone(), json!(null)));
        assert!(!accepts_with(components, inner, json!(0)));
    }

    #[test]
    fn siblings_of_a_reference_are_ignored() {
        let components = json!({ "Name": { "type": "string" } });
        let schema = json!({ "$ref": "#/components/schemas/Name", "maxLength": 1, "nullable": true });
        assert!(accepts_with(components.clone(), schema.clone(), json!("long")));
        assert!(!accepts_with(components, schema, json!(null)));
    }

    #[test]
    fn openapi_3_1_says_what_json_schema_says() {
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "Name": { "type": "string" } } }, "schema": {
            "properties": {
                "name": { "$ref": "#/components/schemas/Name", "maxLength": 1 },
                "kind": { "const": "a" }, "data": { "type": "string", "contentEncoding": "base64" },
                "count": { "type": ["integer", "null"], "exclusiveMinimum": 3 },
                "pair": { "prefixItems": [{ "type": "string" }], "contains": { "type": "integer" }, "minContains": 2 }
            },
            "dependentRequired": { "kind": ["name"] }, "patternProperties": { "^x": false }
        } });
        let view = json_schema(&document, "/schema").unwrap();
        assert_eq!(view["properties"]["data"], json!({ "type": "string", "format": "byte" }));
        let judge = jsonschema::options().should_validate_formats(true).build(&view).unwrap();
        for (value, good) in [
            (json!({ "name": "n", "kind": "a", "count": null, "pair": ["a", 1, 2] }), true),
            (json!({ "name": "nn" }), false),
            (json!({ "name": 1 }), false),
            (json!({ "name": "n", "kind": "b" }), false),
            (json!({ "kind": "a" }), false),
            (json!({ "count": 3 }), false),
            (json!({ "pair": ["a", 1] }), false),
            (json!({ "pair": [1, 1] }), false),
            (json!({ "x": 1 }), false),
        ] {
            assert_eq!(judge.is_valid(&value), good, "{value}");
        }
    }

    #[test]
    fn what_a_judge_names_is_found_in_the_document() {
        let inner = "#/components/schemas/a~1b%20c/properties/left";
        let document = json!({
            "components": { "schemas": { "a/b c": { "properties": { "left": { "type": "null" } } } } },
            "schema": { "items": [], "properties": { "x": { "$ref": inner }, "y": { "$ref": "#/components/schemas/a~1b%20c" } } }
        });
        let view = json_schema(&document, "/schema").unwrap();
        let judge = jsonschema::options().build(&view).unwrap();
        for value in [json!({ "x": 1 }), json!({ "y": { "left": 1 } })] {
            let error = judge.validate(&value).unwrap_err();
            let at = origin("/schema", error.schema_path().as_str());
            assert_eq!(at, "/components/schemas/a~1b c/properties/left/type");
            assert_eq!(document.pointer(&at), Some(&json!("null")));
        }
    }

    #[test]
    fn patterns_are_matched_as_ecma_262_says_and_in_linear_time() {
        for (pattern, good, bad) in [
            (r"^\bcat\b.$", json!("cat\u{85}"), json!("cat\n")),
            (r"^[a&&b\W]+$", json!("a&é"), json!("_")),
            (r"^\p{L}[^\s\d]$", json!("éa"), json!("é1")),
            (r"^(a+)+$", json!("aa"), json!("a".repeat(10_000) + "!")),
        ] {
            assert!(accepts(json!({ "pattern": pattern }), good.clone()), "{pattern} {good}");
            assert!(!accepts(json!({ "pattern": pattern }), bad.clone()), "{pattern} {bad}");
            let names = json!({ "openapi": "3.1.0", "schema": { "patternProperties": { pattern: false } } });
            let view = json_schema(&names, "/schema").unwrap();
            let options = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
            let judge = options.build(&view).unwrap();
            let with = |name: &Value| json!({ name.as_str().unwrap(): 1 });
            assert!(!judge.is_valid(&with(&good)) && judge.is_valid(&with(&bad)), "{pattern}");
        }
        for pattern in [r"(a)\1", "(?!a)", "(", "(a{1000}){1000}"] {
            assert!(accepts(json!({ "pattern": pattern }), json!("aaaa")), "{pattern} judges nothing");
        }
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_named() {
        for reference in ["#/components/schemas/Missing", "other.json#/Name", "#/components", "#/a%FF", ""] {
            let document = json!({ "components": [], "schema": { "items": { "$ref": reference } } });
            assert_eq!(
                error(document, "/schema"),
                format!("cannot resolve the reference {reference:?}: only references within the document are followed")
            );
        }
    }

    #[test]
    fn a_reference_that_only_leads_back_is_refused() {
        let document = json!({ "components": { "schemas": {
            "A": { "allOf": [{ "$ref": "#/components/schemas/B" }] },
            "B": { "anyOf": [{ "type": "string" }, { "not": { "$ref": "#/components/schemas/A" } }] }
        } }, "schema": { "properties": { "a": { "$ref": "#/components/schemas/A" } } } });
        let circular = "the reference \"#/components/schemas/A\" leads back to itself";
        assert_eq!(error(document.clone(), "/schema"), circular);
        assert!(error(document, "/components/schemas/A").ends_with("leads back to itself"));
        assert!(error(json!({ "$ref": "#" }), "").ends_with("leads back to itself"));
    }

    #[test]
    fn a_pointer_must_name_a_schema() {
        assert_eq!(error(json!({}), "/schema"), "the document has nothing at \"/schema\"");
        assert_eq!(
            error(json!({ "schema": 1 }), "/schema"),
            "the value at \"/schema\" is not a schema: it is neither an object nor a boolean"
        );
    }

    #[test]
    fn keywords_only_openapi_knows_are_dropped() {
        let schema = json!({
            "type": "object", "discriminator": { "propertyName": "x" }, "xml": {}, "example": 1, "externalDocs": {},
            "deprecated": true, "readOnly": true, "x-anything": 1, "$id": "https://a.example", "title": "kept",
            "properties": { "xml": { "type": "string", "example": "x" }, "$ref": { "type": "integer" } }
        });
        assert_eq!(
            view(schema),
            json!({ "type": "object", "title": "kept",
                "properties": { "xml": { "type": "string" }, "$ref": { "type": "integer" } } })
        );
    }

    #[test]
    fn what_is_malformed_judges_nothing_and_never_fails() {
        for schema in [
            json!({ "type": "any" }),
            json!({ "type": 5, "enum": "a", "required": true, "properties": [], "items": [], "allOf": [], "oneOf": {} }),
            json!({ "minLength": "5", "maxLength": -1, "minItems": 1.5, "multipleOf": 0, "minimum": "1", "pattern": 1 }),
            json!({ "$ref": 5, "format": null, "nullable": "true", "uniqueItems": 1, "exclusiveMinimum": {} }),
            json!({ "properties": { "a": null }, "allOf": [null, 1] }),
            json!(true),
        ] {
            assert!(accepts(schema.clone(), json!({ "a": [1] })), "{schema}");
        }
        assert!(!accepts(json!({ "required": ["a", "a", 1] }), json!({})));
        assert!(!accepts(json!(false), json!(null)));
    }
}
