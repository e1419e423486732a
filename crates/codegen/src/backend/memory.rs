//! Estimates the memory to generate the code of a lowered document. typify and syn may need thousands of times the size
//! of a schema.

use std::collections::HashMap;

use openapi::{Code, Problem, queries::referenced};
use serde_json::{Map, Value};

use crate::{
    lower::Lowered,
    model::{Checked, Operation, Response},
};

/// The limit for any document, in KiB.
pub(crate) const MOST: u64 = 900 * 1024;

/// The limit in bytes for each byte of the document, if that is more; the most of a known document is 130.
pub(crate) const MOST_A_BYTE: u64 = 400;

/// The depth to which composed schemas are counted.
const DEEPEST: usize = 100;

/// Memory for an operation, each of its parameters, and each property of its body, which has a setter, in KiB.
const OPERATION: u64 = 75;
const PARAMETER: u64 = 9;
const SETTER: u64 = 2;

/// Bytes of memory for each byte of the descriptions of an operation. Many operations may reference one long
/// description.
const TEXT: u64 = 10;

/// Returns the bytes of the descriptions of an operation, its parameters and its responses.
fn operation_descriptions(operation: &Operation) -> u64 {
    let parameters = operation.parameters.iter().map(|one| one.description.len() + one.notes.len());
    let headers = |response: &Response| response.headers.iter().map(|one| one.description.len()).sum::<usize>();
    let responses = operation.responses.iter().map(|one| one.description.len() + headers(one));
    let body = operation.body.as_ref().map_or(0, |body| body.description.len());
    let own = operation.summary.len() + operation.description.len() + body;
    (own + parameters.chain(responses).sum::<usize>()) as u64
}

/// Returns a problem at the operation or schema that exceeds the limit.
pub(crate) fn check(lowered: &Lowered) -> Option<Problem> {
    let most = MOST.max(MOST_A_BYTE.saturating_mul(bytes(&lowered.plain)) / 1024);
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut fields = Fields { schemas, known: HashMap::new(), descriptions: HashMap::new() };
    let mut sum = 0_u64;
    for operation in &lowered.model.operations {
        let body = operation.body.as_ref().and_then(|body| body.type_name.as_deref());
        let setters = body.map_or(0, |name| fields.setters(name));
        let texts = TEXT.saturating_mul(operation_descriptions(operation)) / 1024;
        let own = OPERATION + PARAMETER * operation.parameters.len() as u64;
        sum = sum.saturating_add(own).saturating_add(setters).saturating_add(texts);
        if sum > most {
            return Some(too_much(most).pointing_to(&operation.pointer));
        }
    }
    for (name, schema) in schemas.into_iter().flatten() {
        let own = match lowered.model.checked.get(name) {
            Some(Checked::Enum(found)) => 12 + found.values.len() as u64,
            // the code of a checked type is short
            Some(_) => 7,
            None => fields.weight(schema),
        };
        sum = sum.saturating_add(own);
        if sum > most {
            let at = lowered.model.origins.get(name).cloned().unwrap_or_default();
            return Some(too_much(most).pointing_to(at));
        }
    }
    None
}

fn too_much(most: u64) -> Problem {
    let what = format!("generating the code up to this location would exceed the memory limit of {} MiB", most / 1024);
    Problem::new(what, "generate a part of the document with `--tag`, `--path` or `--operation`").of(Code::Limit)
}

/// Returns the bytes of all descriptions in a schema.
fn description_bytes(schema: &Value, depth: usize) -> u64 {
    let own = schema.get("description").and_then(Value::as_str).map_or(0, |text| text.len() as u64);
    if depth > DEEPEST {
        own
    } else {
        own + children(schema).map(|child| description_bytes(child, depth + 1)).sum::<u64>()
    }
}

/// Returns the direct subschemas of a schema.
fn children(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    let single = ["items", "additionalProperties"].into_iter().filter_map(|key| schema.get(key));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::values);
    lists.chain(single).chain(properties)
}

/// Whether an inline schema becomes a type.
fn is_named_by_typify(schema: &Value) -> bool {
    ["oneOf", "anyOf", "enum", "properties"].iter().any(|key| schema.get(key).is_some())
}

/// Returns the approximate length of a value as JSON.
fn bytes(value: &Value) -> u64 {
    match value {
        Value::Object(map) => 2 + map.iter().map(|(key, value)| 4 + key.len() as u64 + bytes(value)).sum::<u64>(),
        Value::Array(items) => 2 + items.iter().map(|item| 1 + bytes(item)).sum::<u64>(),
        Value::String(text) => 2 + text.len() as u64,
        _ => 4,
    }
}

/// Counts of fields and descriptions, which are cached by component.
struct Fields<'d> {
    schemas: Option<&'d Map<String, Value>>,
    known: HashMap<&'d str, u64>,
    /// Bytes of descriptions, by the name of the component.
    descriptions: HashMap<&'d str, u64>,
}

impl<'d> Fields<'d> {
    /// Returns the memory for the code of a schema in KiB, from measurements.
    fn weight(&mut self, schema: &'d Value) -> u64 {
        let length = |key: &str| schema.get(key).and_then(Value::as_array).map_or(0, |list| list.len() as u64);
        let is = |ty: &str| schema.get("type").is_some_and(|given| given == ty);
        let variants = length("oneOf") + length("anyOf");
        let fields = self.of(schema, 0);
        let own = match () {
            () if schema.get("enum").is_some() => 90 + 8 * length("enum"),
            () if variants > 0 => 30 + 20 * variants,
            () if fields > 0 => 24,
            () if schema.get("pattern").is_some() => 140,
            () if is("string") || is("integer") || is("number") || is("boolean") => 110,
            () => 75,
        };
        let inner = children(schema).filter(|child| is_named_by_typify(child)).map(|child| self.weight(child));
        fields.saturating_mul(9).saturating_add(own).saturating_add(inner.sum())
    }

    /// Returns the memory for the setters of a body in one operation in KiB. Each setter has the description of its
    /// property.
    fn setters(&mut self, name: &'d str) -> u64 {
        let fields = self.of_component(name, 0);
        let schema = self.schemas.and_then(|schemas| schemas.get(name));
        let descriptions = schema.map_or(0, |schema| self.description_bytes_of(name, schema));
        fields.saturating_mul(SETTER).saturating_add(3 * descriptions / 1024)
    }

    /// Returns the bytes of all descriptions in a component.
    fn description_bytes_of(&mut self, name: &'d str, schema: &'d Value) -> u64 {
        *self.descriptions.entry(name).or_insert_with(|| description_bytes(schema, 0))
    }

    fn of(&mut self, schema: &'d Value, depth: usize) -> u64 {
        if depth > DEEPEST {
            return 0;
        }
        let mut fields = schema.get("properties").and_then(Value::as_object).map_or(0, |map| map.len() as u64);
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let more = match referenced(part, "schemas") {
                Some(name) => self.of_component(name, depth),
                None => self.of(part, depth + 1),
            };
            fields = fields.saturating_add(more);
        }
        fields
    }

    fn of_component(&mut self, name: &'d str, depth: usize) -> u64 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let fields = self.schemas.and_then(|schemas| schemas.get(name)).map_or(0, |schema| self.of(schema, depth + 1));
        self.known.insert(name, fields);
        fields
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(schemas: Value) -> Option<String> {
        let found = crate::pipeline::tests::problems(&json!({"openapi": "3.0.3", "components": {"schemas": schemas}}));
        found.into_iter().find(|problem| problem.what.contains("exceed the memory limit"))?.pointer
    }

    #[test]
    fn rejects_the_schema_that_exceeds_the_memory_limit() {
        let many = |count: usize, schema: Value| {
            refused(Value::Object((0..count).map(|at| (format!("S{at:05}"), schema.clone())).collect()))
        };
        let values: Vec<_> = (0..400).map(|at| format!("v{at}")).collect();
        assert_eq!(many(400, json!({"type": "string", "enum": values})), None);
        assert_eq!(many(8_000, json!({"type": "string", "enum": ["a", "b"]})), None);
        let pattern = json!({"type": "string", "pattern": "^a"});
        assert_eq!(many(5_000, pattern.clone()), None);
        assert!(many(8_000, pattern).is_some_and(|at| at.starts_with("/components/schemas/S065")));
    }

    #[test]
    fn counts_a_body_in_each_operation() {
        let refused = |operations: usize, body: Value| {
            let operation = json!({"responses": {}, "requestBody": {"content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/Body"}}}}});
            let paths: Map<String, Value> =
                (0..operations).map(|at| (format!("/p{at}"), json!({"post": operation}))).collect();
            let document = json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": {"Body": body}}});
            crate::pipeline::tests::problems(&document)
                .iter()
                .any(|problem| problem.what.contains("exceed the memory limit"))
        };
        let properties: Map<String, Value> = (0..500).map(|at| (format!("p{at}"), json!({"type": "string"}))).collect();
        let wide = json!({"type": "object", "properties": properties});
        assert_eq!((refused(100, wide.clone()), refused(1_000, wide)), (false, true));
        let described = |length: usize| {
            let property = json!({"type": "string", "description": "d".repeat(length)});
            json!({"type": "object", "properties": {"p": property}})
        };
        assert_eq!((refused(1_000, described(1_000)), refused(1_000, described(400_000))), (false, true));
    }

    #[test]
    fn counts_a_description_in_each_operation() {
        let at = |length: usize| {
            let text = "d".repeat(length);
            let operation = json!({"parameters": [{"$ref": "#/components/parameters/P"}],
                "responses": {"200": {"$ref": "#/components/responses/R"}}});
            let paths: Map<String, Value> =
                (0..1_000).map(|at| (format!("/p{at}"), json!({"get": operation}))).collect();
            let document = json!({"openapi": "3.0.3", "paths": paths, "components": {
                "parameters": {"P": {"name": "p", "in": "query", "description": text, "schema": {"type": "string"}}},
                "responses": {"R": {"description": text}}}});
            crate::pipeline::tests::problems(&document).into_iter().find_map(|problem| problem.pointer)
        };
        assert_eq!(at(1_000), None);
        assert!(at(100_000).is_some_and(|at| at.starts_with("/paths/~1p") && at.ends_with("/get")));
    }

    #[test]
    fn counts_fields_of_composed_schemas_where_they_are_merged() {
        let chain = |chains: usize, depth: usize| {
            let name = |chain: usize, level: usize| format!("C{chain:03}L{level}");
            let mut schemas = Map::new();
            for chain in 0..chains {
                for level in 0..depth {
                    let next = json!({"$ref": format!("#/components/schemas/{}", name(chain, level + 1))});
                    let own = json!({"type": "object", "properties": {format!("p{level}"): {"type": "string"}}});
                    schemas.insert(name(chain, level), json!({"allOf": [next, own]}));
                }
                schemas.insert(name(chain, depth), json!({"type": "object"}));
            }
            refused(Value::Object(schemas))
        };
        assert_eq!(chain(5, 80), None);
        assert!(chain(60, 80).is_some());
    }
}
