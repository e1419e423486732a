//! Moves parameters from operations to the operation table. The runtime serializes their values by location and style.
//! A component for each operation keeps their schemas, so that they get types.

use std::collections::BTreeSet;

use openapi::queries::{is_true, text};
use serde_json::{Map, Value, json};

use super::{
    Lowering,
    annotations::{ITEMS_NOTE, MAY_BE_NULL, NULLABLE_NOTE, SCHEMA_DEFAULT, default_note},
};
use crate::{
    coverage::{Context, Coverage},
    docs::deprecation,
    model::Parameter,
    naming,
    normalize::examples_text,
};

pub(super) fn run(lowering: &mut Lowering) {
    let mut paths = Map::new();
    let mut taken = BTreeSet::new();
    for at in 0..lowering.model.operations.len() {
        let operation = &lowering.model.operations[at];
        let (path, method) = (plain(&operation.path, &mut taken), operation.method.key());
        let type_name = operation.type_name.clone();
        let Some(mut value) = lowering.document.pointer_mut(&operation.pointer).map(Value::take) else { continue };
        let list = value.as_object_mut().and_then(|value| value.remove("parameters"));
        paths.insert(path.clone(), json!({method: value}));
        let mut parameters = Vec::new();
        let mut properties = Map::new();
        for parameter in list.as_ref().and_then(Value::as_array).into_iter().flatten() {
            if let Some((read, schema)) = read(parameter, &lowering.model.operations[at].path) {
                properties.insert(format!("p{}", parameters.len()), schema);
                parameters.push(read);
            }
        }
        if !parameters.is_empty() {
            let name = lowering.free_name(&naming::child(&type_name, "Parameters"));
            let required: Vec<_> = properties.keys().cloned().collect();
            let schema = json!({"type": "object", "properties": properties, "required": required});
            lowering.schemas().insert(name.clone(), schema);
            lowering.model.operations[at].parameter_types = Some(name);
        }
        lowering.model.operations[at].parameters = parameters;
        lowering.model.operations[at].lowered_path = path;
    }
    lowering.document["paths"] = Value::Object(paths);
}

/// Returns a path without template names that is unique to the operation: progenitor rejects a query in a path, and two
/// paths that differ only in the names of their parameters.
fn plain(path: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        path.split(['?', '#']).next().unwrap_or_default().chars().filter(|c| !"{}".contains(*c)).collect();
    let free = (1_u32..)
        .map(|number| if number == 1 { plain.clone() } else { format!("{plain}-{number}") })
        .find(|path| !taken.contains(path))
        .unwrap_or_default();
    taken.insert(free.clone());
    free
}

/// Reads a parameter and the schema of its values; `None` if it is not sent.
fn read(parameter: &Value, path: &str) -> Option<(Parameter, Value)> {
    let (name, location) = (text(parameter, "name"), text(parameter, "in"));
    if is_ignored(name, location) || is_constant(name, location, path) {
        return None;
    }
    let content = parameter.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
    let schema = content.map_or_else(|| parameter.get("schema"), |(_, media)| media.get("schema"));
    let (notes, has_deprecated_schema) = deprecation(&notes(parameter, schema.unwrap_or(&Value::Null)));
    let known = styles(location);
    let style = known.iter().find(|style| **style == text(parameter, "style")).or(known.first())?;
    let read = Parameter {
        name: name.to_owned(),
        description: text(parameter, "description").trim().to_owned(),
        location: location.to_owned(),
        style: (*style).to_owned(),
        explode: parameter.get("explode").and_then(Value::as_bool).unwrap_or(*style == "form"),
        required: location == "path" || is_true(parameter, "required"),
        allow_reserved: is_true(parameter, "allowReserved"),
        content_type: content.map(|(content_type, _)| content_type.clone()),
        default: parameter.get(SCHEMA_DEFAULT).map(Value::to_string),
        deprecated: is_true(parameter, "deprecated") || has_deprecated_schema,
        notes,
    };
    Some((read, not_null(schema.cloned().unwrap_or_else(|| json!({"type": "string"})))))
}

/// Returns description, default, items and examples of a parameter's schema.
fn notes(parameter: &Value, schema: &Value) -> String {
    let mut description = text(schema, "description").to_owned();
    // a parameter cannot be null; only the note that a pass added is removed
    if let Some(at) = description.rfind(MAY_BE_NULL).filter(|_| is_true(parameter, NULLABLE_NOTE)) {
        description.replace_range(at..at + MAY_BE_NULL.len(), "");
    }
    let description = description.trim();
    let default = parameter.get(SCHEMA_DEFAULT).map(default_note).filter(|note| !description.contains(note));
    let media = parameter.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
    let examples = [Some(parameter), media].into_iter().flatten().filter_map(|one| examples_text(one, ""));
    let items = parameter.get(ITEMS_NOTE).and_then(Value::as_str).map(str::to_owned);
    let texts = [Some(description.to_owned()), default, items].into_iter().flatten().chain(examples);
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Returns the styles of a location, the default one first.
pub(crate) fn styles(location: &str) -> &'static [&'static str] {
    match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &[],
    }
}

/// Whether OpenAPI ignores a header parameter of this name.
pub(crate) fn is_ignored(name: &str, location: &str) -> bool {
    location == "header" && ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

/// Whether the query in the path already defines the value.
pub(crate) fn is_constant(name: &str, location: &str, path: &str) -> bool {
    let query = path.split('#').next().and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
    location == "query"
        && query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .any(|(key, value)| key == name && !value.contains('{'))
}

/// Removes `nullable` from the schema of a parameter: a parameter is sent or omitted, and cannot be null.
fn not_null(mut schema: Value) -> Value {
    let nullable = schema.as_object_mut().and_then(|map| map.remove("nullable")) == Some(Value::Bool(true));
    let is_nullable_reference = nullable
        && schema.as_object().is_some_and(|map| map.len() == 1)
        && schema.get("allOf").and_then(Value::as_array).is_some_and(|parts| parts.len() == 1);
    if is_nullable_reference { schema["allOf"][0].take() } else { schema }
}

/// Returns the coverage of the keywords of parameters.
pub(crate) fn coverage(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    use Context::{Map, Parameter, ParameterItems, ParameterMedia, ParameterSchema, Supported};
    Some(Ok(match (context, key) {
        // every string may be empty
        (Parameter, "name" | "in" | "required" | "description" | "explode" | "allowReserved" | "allowEmptyValue") => {
            Supported
        }
        (Parameter, "deprecated") => Supported,
        (Parameter, "style") if styles(text(value, "in")).contains(&text(value, "style")) => Supported,
        (Parameter, "style") => return Some(Err("not valid for this location; the default style is used")),
        (Parameter | ParameterMedia, "schema") => ParameterSchema,
        (Parameter, "content") => Map(&ParameterMedia),
        (ParameterSchema, "items") if matches!(text(value, "type"), "" | "array") => ParameterItems,
        (ParameterSchema, "nullable") => {
            return Some(Err("ignored: a parameter is sent or omitted, and cannot be null"));
        }
        _ => return None,
    }))
}

/// Returns why a parameter is not sent, if it is not.
pub(crate) fn not_sent(parameter: &Value, path: &str) -> Option<&'static str> {
    let (name, location) = (text(parameter, "name"), text(parameter, "in"));
    if is_ignored(name, location) {
        Some("not sent: OpenAPI ignores header parameters of this name")
    } else if is_constant(name, location, path) {
        Some("not sent: the query in the path defines its value")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn moves_parameters_and_makes_paths_unique() {
        let list = json!({"type": "array", "items": {"type": "string"}});
        let document = json!({"openapi": "3.0.3", "paths": {
            "/a/{b}": {"parameters": [{"name": "b", "in": "path", "required": true, "schema": {"type": "integer",
                "nullable": true}}],
                "get": {"operationId": "x", "parameters": [
                    {"name": "b", "in": "query", "style": "pipeDelimited", "schema": list},
                    {"name": "Accept", "in": "header", "schema": {"type": "string"}},
                    {"name": "c", "in": "cookie", "required": true,
                        "content": {"application/json": {"schema": {"type": "object"}}}}]}},
            "/a/b?do=x": {"get": {"operationId": "y", "parameters": [{"name": "do", "in": "query",
                "schema": {"type": "string"}}]}},
            "/a/b?do=z": {"get": {"operationId": "z"}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        let paths: Vec<_> = lowered.document["paths"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(paths, ["/a/b", "/a/b-2", "/a/b-3"]);
        let shown = |at: usize| -> Vec<String> {
            let parameters = lowered.model.operations[at].parameters.iter();
            parameters
                .map(|one| {
                    format!(
                        "{} {} {} {} {} {:?}",
                        one.name, one.location, one.style, one.explode, one.required, one.content_type
                    )
                })
                .collect()
        };
        assert_eq!(
            shown(2),
            [
                "b path simple false true None",
                "b query pipeDelimited false false None",
                "c cookie form true true Some(\"application/json\")"
            ]
        );
        assert!(shown(0).is_empty() && shown(1).is_empty());
        assert_eq!(
            lowered.document["components"]["schemas"]["XParameters"],
            json!({"type": "object", "required": ["p0", "p1", "p2"],
                "properties": {"p0": {"type": "integer", "description": "May be null."}, "p1": list,
                    "p2": {"type": "object"}}})
        );
    }
}
