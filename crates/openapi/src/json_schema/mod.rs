//! The JSON Schema view of a Schema Object: what a general JSON Schema validator can judge in place of OpenAPI.
//!
//! A keyword this view does not know, or whose value has the wrong type, judges nothing and is left out: a loose
//! document gives a lenient schema, never a failure of the validator.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::{pointer, references};

/// All but the unreserved characters of RFC 3986.
const TO_ESCAPE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

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
/// The result stands alone: every schema it refers to is found under its `$defs`. Judge with formats asserted, and
/// `uri` means something; `int32` and `int64` have become bounds. These are the places where OpenAPI 3.0 reads
/// differently from JSON Schema, and what becomes of each. A document whose `openapi` begins with `3.1` may say what
/// JSON Schema says, and what stands beside a `$ref` counts; `contentEncoding: base64` becomes `format: byte`.
///
/// - `nullable` adds `null` to `type`, and to `enum`. Without either it has no effect, as OpenAPI 3.0.3 says.
/// - boolean `exclusiveMinimum` and `exclusiveMaximum` become numbers.
/// - whatever stands beside a `$ref` is ignored.
/// - `readOnly` and `writeOnly` are ignored: a value is judged without knowing which way it travels.
/// - `pattern` is written for the `regex` crate, so judge with that engine: see [`Pattern`](crate::Pattern). What it
///   does not match in linear time is dropped, and so is a pattern in `patternProperties`.
/// - `discriminator`, `xml`, `example`, `externalDocs`, `deprecated` and extensions are dropped.
///
/// # Errors
///
/// When `pointer` names no schema, and when a reference that it needs leads nowhere, out of the document, or only back
/// to itself.
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

/// The place in the document of what `location` names in the view that [`json_schema`] makes of the schema at
/// `pointer`.
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
            format!("{}{rest}", percent_decode_str(reference).decode_utf8().unwrap_or_default())
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
    references::resolve(document, reference)
        .map(|target| target.value)
        .filter(|target| target.is_object() || target.is_boolean())
        .ok_or_else(|| Error::Unresolved { reference: reference.to_owned() })
}

/// Refuses a reference that leads back to itself through schemas that all look at the same value: `path` holds the
/// references on the way, `done` those known to be free of circles.
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
    let decoded = component.and_then(|name| percent_decode_str(name).decode_utf8().ok());
    decoded.map_or_else(|| reference.to_owned(), |name| name.replace("~1", "/").replace("~0", "~"))
}

/// A name as one token of a JSON Pointer in a URI fragment.
fn fragment_token(name: &str) -> String {
    let pointer = pointer::join("", name);
    utf8_percent_encode(pointer.strip_prefix('/').unwrap_or_default(), TO_ESCAPE).to_string()
}

#[cfg(test)]
mod tests;
