//! The JSON Schema view of a Schema Object, for general JSON Schema validators.
//!
//! An unknown keyword, or one with a value of the wrong type, constrains nothing and is omitted: an invalid document
//! gives a lenient schema, and never a failure of the validator.

mod bounds;

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};

use self::bounds::insert_bounds;
use crate::{pointer, queries::has_json_schemas, references};

/// All but the unreserved characters of RFC 3986.
const TO_ESCAPE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The dialect of the schemas that [`json_schema`] returns.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The prefix of a reference to a component schema.
const COMPONENTS: &str = "#/components/schemas/";

/// Keywords whose value is one schema.
const ONE_SCHEMA: [&str; 3] = ["additionalProperties", "items", "not"];

/// Keywords whose value is an array of schemas that apply to the same value.
const SCHEMA_LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// Keywords of JSON Schema that OpenAPI 3.1 has and 3.0 has not, whose value is one schema.
const ONE_SCHEMA_3_1: [&str; 7] =
    ["contains", "else", "if", "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"];

/// Keywords whose value is a count of characters, items or properties.
const COUNTS: [&str; 6] = ["maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties"];

/// Why a Schema Object has no JSON Schema view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The document has no value at the pointer.
    #[error("the document has no value at {pointer:?}")]
    NotFound {
        /// The pointer.
        pointer: String,
    },
    /// The value at the pointer is no schema.
    #[error("the value at {pointer:?} is not a schema: expected an object or a boolean")]
    NotASchema {
        /// The pointer.
        pointer: String,
    },
    /// A `$ref` has no target in the document.
    #[error("reference {reference:?} has no target in this document")]
    Unresolved {
        /// The reference.
        reference: String,
    },
    /// A schema references itself without a property or an item in between, so that validation would not end.
    #[error("reference {reference:?} forms a cycle")]
    Cycle {
        /// The reference.
        reference: String,
    },
}

/// Returns a JSON Schema (draft 2020-12) that accepts the values the Schema Object at `pointer` accepts.
///
/// The result is self-contained: its `$defs` has every schema that it references. Validate with format assertions;
/// integer formats such as `int32` become bounds. In a document of OpenAPI 3.1 or 3.2, the keywords of JSON Schema and
/// the siblings of a `$ref` count, and `contentEncoding: base64` becomes `format: byte`. OpenAPI 3.0 differs from JSON
/// Schema in these points:
///
/// - `nullable` adds `null` to `type` and to `enum`. Without either it has no effect (OpenAPI 3.0.3).
/// - Boolean `exclusiveMinimum` and `exclusiveMaximum` become numbers.
/// - The siblings of a `$ref` are ignored.
/// - `readOnly` and `writeOnly` are ignored: the direction of a value is not known.
/// - `pattern` is translated for the `regex` crate, so validate with that engine: see [`Pattern`](crate::Pattern).
///   Patterns that cannot be matched in linear time are omitted, also in `patternProperties`.
/// - `discriminator`, `xml`, `example`, `externalDocs`, `deprecated` and extensions are omitted.
///
/// # Errors
///
/// If the document has no schema at `pointer`, and if a reference that it needs has no target in the document or forms
/// a cycle.
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

    let mut translator = Translator { is_3_1: has_json_schemas(document), references: BTreeSet::new() };
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
            reject_cycle(document, target, &mut vec![reference], &mut BTreeSet::new())?;
            definition.insert(translator.translate(target));
        }
    }
    if !definitions.is_empty() {
        view.insert("$defs".into(), Value::Object(definitions.into_iter().collect()));
    }
    Ok(Value::Object(view))
}

/// Returns the pointer in the document of the value at `location` in the view of the schema at `pointer`, as
/// [`json_schema`] returns it.
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
    let unescaped = name.replace("~1", "/").replace("~0", "~");
    match unescaped.strip_prefix('#') {
        // the definition is named after the entire reference
        Some(reference) if reference.starts_with('/') => {
            format!("{}{rest}", percent_decode_str(reference).decode_utf8().unwrap_or_default())
        }
        _ => format!("{}{name}{rest}", COMPONENTS.trim_start_matches('#')),
    }
}

/// Translates schemas and collects their references.
struct Translator {
    /// Whether the siblings of a `$ref` and the keywords of JSON Schema count.
    is_3_1: bool,
    references: BTreeSet<String>,
}

impl Translator {
    fn translate(&mut self, schema: &Value) -> Value {
        let Value::Object(schema) = schema else {
            // OpenAPI 3.0 has boolean schemas in `additionalProperties` only; their meaning is the same everywhere
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
        // to validators `contentEncoding` is an annotation
        if self.is_3_1 && schema.get("contentEncoding").is_some_and(|encoding| encoding == "base64") {
            view.entry("format").or_insert_with(|| json!("byte"));
        }
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        insert_types(schema, nullable, &mut view);
        insert_enumeration(schema, nullable, &mut view);
        insert_bounds(schema, &mut view);
        Value::Object(view)
    }

    /// Translates a keyword that does not depend on others; `type`, `enum` and the bounds do.
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
                let supported =
                    schemas.filter_map(|(pattern, schema)| Some((crate::Pattern::new(pattern).ok()?, schema)));
                let translated =
                    supported.map(|(pattern, schema)| (pattern.as_str().to_owned(), self.translate(schema)));
                Some(Value::Object(translated.collect()))
            }
            "dependentSchemas" => self.schemas_by_name(value),
            _ => None,
        }
    }

    fn one_schema(&mut self, value: &Value) -> Option<Value> {
        (value.is_object() || value.is_boolean()).then(|| self.translate(value))
    }

    /// Translates schemas by property name. Properties may be named like keywords.
    fn schemas_by_name(&mut self, value: &Value) -> Option<Value> {
        let translated = value.as_object()?.iter().map(|(name, schema)| (name.clone(), self.translate(schema)));
        Some(Value::Object(translated.collect()))
    }

    /// Translates an array of schemas. JSON Schema rejects an empty array, which constrains nothing.
    fn schema_list(&mut self, value: &Value) -> Option<Value> {
        let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
        Some(schemas.iter().map(|schema| self.translate(schema)).collect())
    }
}

/// Returns the names of required properties without duplicates.
fn required(value: &Value) -> Option<Value> {
    let names: BTreeSet<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    Some(json!(names))
}

/// Whether the value is a non-negative integer.
fn is_count(value: &Value) -> bool {
    value.is_u64() || value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

/// Inserts `type`. Names that JSON Schema does not have constrain nothing.
fn insert_types(schema: &Map<String, Value>, nullable: bool, view: &mut Map<String, Value>) {
    let known = ["array", "boolean", "integer", "null", "number", "object", "string"];
    let mut types: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        // an array is OpenAPI 3.1, and accepted in 3.0
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

/// Inserts `enum`, with `null` if the value is nullable.
fn insert_enumeration(schema: &Map<String, Value>, nullable: bool, view: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    let mut values = values.clone();
    if nullable && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    view.insert("enum".into(), Value::Array(values));
}

/// Returns the target of a reference within the document.
fn resolve<'d>(document: &'d Value, reference: &str) -> Result<&'d Value, Error> {
    references::resolve(document, reference)
        .map(|target| target.value)
        .filter(|target| target.is_object() || target.is_boolean())
        .ok_or_else(|| Error::Unresolved { reference: reference.to_owned() })
}

/// Rejects a cycle of references between schemas that apply to the same value. `path` has the references on the way
/// here, `done` those that are known to be free of cycles.
fn reject_cycle(
    document: &Value,
    schema: &Value,
    path: &mut Vec<String>,
    done: &mut BTreeSet<String>,
) -> Result<(), Error> {
    if let Some(Value::String(reference)) = schema.get("$ref") {
        if path.contains(reference) {
            return Err(Error::Cycle { reference: reference.clone() });
        }
        if !done.contains(reference) {
            let target = resolve(document, reference)?;
            path.push(reference.clone());
            reject_cycle(document, target, path, done)?;
            path.pop();
            done.insert(reference.clone());
        }
        if !has_json_schemas(document) {
            return Ok(());
        }
    }
    let lists = SCHEMA_LISTS.iter().filter_map(|keyword| schema.get(keyword)?.as_array()).flatten();
    for part in lists.chain(schema.get("not")) {
        reject_cycle(document, part, path, done)?;
    }
    Ok(())
}

/// Returns the name under `$defs` of a reference's target: the component's name, or else the entire reference.
fn definition_name(reference: &str) -> String {
    let component = reference.strip_prefix(COMPONENTS).filter(|name| !name.contains('/'));
    let decoded = component.and_then(|name| percent_decode_str(name).decode_utf8().ok());
    decoded.map_or_else(|| reference.to_owned(), |name| name.replace("~1", "/").replace("~0", "~"))
}

/// Returns a name as one token of a JSON Pointer in a URI fragment.
fn fragment_token(name: &str) -> String {
    let pointer = pointer::join("", name);
    utf8_percent_encode(pointer.strip_prefix('/').unwrap_or_default(), TO_ESCAPE).to_string()
}

#[cfg(test)]
mod tests;
