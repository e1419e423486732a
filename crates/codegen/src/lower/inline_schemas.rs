//! Moves inline schemas into components that are named after their position.

use std::collections::BTreeMap;

use openapi::{
    Status,
    pointer::{self, join},
    queries::{is_true, referenced, schema_reference},
};
use serde_json::{Map, Value};

use super::Lowering;
use crate::{
    annotation::wrapped_reference,
    constraints::{is_a_type, may_hold_a_type},
    content::encoding,
    model::{Decoding, Encoding, Operation, Response},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let mut schema = lowering.schemas().get_mut(&name).map(Value::take).unwrap_or_default();
        let at = lowering.model.origins.get(&name).cloned().unwrap_or_default();
        children(lowering, &mut schema, &name, &at);
        lowering.schemas().insert(name, schema);
    }
    for at in 0..lowering.model.operations.len() {
        let operation = lowering.model.operations[at].clone();
        let Some(mut value) = lowering.document.pointer_mut(&operation.pointer).map(Value::take) else { continue };
        let item = pointer::parent(&operation.pointer).unwrap_or_default();
        let shared = lowering.document.pointer(item).and_then(|item| item.get("parameters")).cloned();
        let shared =
            with_pointers(shared.as_ref(), item).filter(|(one, _)| !contains_parameter(value.get("parameters"), one));
        let own = with_pointers(value.get("parameters"), &operation.pointer);
        let (mut parameters, pointers): (Vec<_>, Vec<_>) = shared.chain(own).unzip();
        for (parameter, at) in parameters.iter_mut().zip(pointers) {
            let name = naming::child(&operation.type_name, parameter["name"].as_str().unwrap_or_default());
            if let Some(schema) = parameter.get_mut("schema") {
                name_if_a_type(lowering, schema, &name, &join(&at, "schema"));
            }
            for (content_type, media) in content(parameter.get_mut("content")) {
                if let Some(schema) = media.get_mut("schema") {
                    let at = join(&join(&at, "content"), content_type);
                    name_if_a_type(lowering, schema, &name, &join(&at, "schema"));
                }
            }
        }
        if !parameters.is_empty() {
            value["parameters"] = Value::Array(parameters);
        }
        for (content_type, media) in content(value.pointer_mut("/requestBody/content")) {
            if let Some(schema) =
                Some(media).filter(|media| is_typed(content_type, media)).and_then(|media| media.get_mut("schema"))
            {
                let at = join(&format!("{}/requestBody/content", operation.pointer), content_type);
                give_name(lowering, schema, &naming::child(&operation.type_name, "Request"), &join(&at, "schema"));
            }
        }
        let several = operation.responses.len();
        let mut responses = operation.responses.clone();
        for response in &mut responses {
            name_response(lowering, &mut value, response, &operation, several);
        }
        lowering.model.operations[at].responses = responses;
        if let Some(lowered) = lowering.document.pointer_mut(&operation.pointer) {
            *lowered = value;
        }
    }
    for item in lowering
        .document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(|paths| paths.values_mut())
    {
        if let Some(item) = item.as_object_mut() {
            // they are on the operations now
            item.remove("parameters");
        }
    }
}

/// Returns the parameters of an array, each with its pointer.
fn with_pointers<'a>(list: Option<&'a Value>, at: &str) -> impl Iterator<Item = (Value, String)> + use<'a> {
    let at = format!("{at}/parameters");
    let list = list.and_then(Value::as_array).into_iter().flatten().enumerate();
    list.map(move |(index, parameter)| (parameter.clone(), format!("{at}/{index}")))
}

fn contains_parameter(list: Option<&Value>, one: &Value) -> bool {
    let list = list.and_then(Value::as_array);
    list.into_iter().flatten().any(|other| other.get("name") == one.get("name") && other.get("in") == one.get("in"))
}

/// Whether a body of this content type is decoded to a type, and not bytes or text.
fn is_typed(content_type: &str, media: &Value) -> bool {
    matches!(encoding(content_type, media), Encoding::Json | Encoding::Form | Encoding::Multipart)
}

fn content(content: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    content.and_then(Value::as_object_mut).into_iter().flatten()
}

fn name_response(
    lowering: &mut Lowering,
    value: &mut Value,
    response: &mut Response,
    operation: &Operation,
    several: usize,
) {
    let type_name = &operation.type_name;
    let of_status = value.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten();
    let mut found = of_status.filter(|(status, _)| Status::parse(status) == Some(response.status));
    let Some((status, value)) = found.next() else { return };
    if response.decoding != Decoding::Json {
        return;
    }
    let mut json = content(value.get_mut("content"))
        .filter(|(content_type, _)| response.content_type.as_ref() == Some(content_type));
    let Some((content_type, media)) = json.next() else { return };
    let at = join(&format!("{}/content", join(&format!("{}/responses", operation.pointer), status)), content_type);
    let Some(schema) = media.get_mut("schema") else { return };
    let name = match several {
        _ if operation.webhook.is_some() => naming::child(type_name, "Payload"),
        0 | 1 => naming::child(type_name, "Response"),
        _ => naming::child(type_name, &naming::status_variant(response.status)),
    };
    give_name(lowering, schema, &name, &join(&at, "schema"));
    response.body = referenced(schema, "schemas").map(str::to_owned);
}

/// Replaces a schema by a reference to a new component, unless it is a reference already.
fn give_name(lowering: &mut Lowering, schema: &mut Value, name: &str, at: &str) {
    if schema.get("$ref").is_some() {
        return;
    }
    let name = lowering.free_name(name);
    lowering.schemas().insert(name.clone(), Value::Null);
    lowering.model.origins.insert(name.clone(), at.to_owned());
    if is_true(schema, "nullable") && is_a_type(schema) && wrapped_reference(schema).is_none() {
        // typify gives a nullable type and its inner type the same name
        let description = schema.get("description").cloned();
        name_if_a_type(lowering, schema, &naming::child(&name, "Inner"), at);
        if let Some(description) = description {
            schema["description"] = description;
        }
    } else {
        children(lowering, schema, &name, at);
    }
    let inner = std::mem::replace(schema, schema_reference(&name));
    lowering.schemas().insert(name, inner);
}

/// Makes a component of a schema that becomes a Rust type: objects with properties, enums, compositions, and schemas
/// with constraints.
fn name_if_a_type(lowering: &mut Lowering, schema: &mut Value, name: &str, at: &str) {
    if !is_a_type(schema) || wrapped_reference(schema).is_some() {
        children(lowering, schema, name, at);
        return;
    }
    let nullable = schema.as_object_mut().and_then(|schema| schema.remove("nullable")) == Some(Value::Bool(true));
    give_name(lowering, schema, name, at);
    if nullable {
        // the only form in which progenitor honors `nullable` beside a reference
        *schema = serde_json::json!({"allOf": [schema.take()], "nullable": true});
    }
}

/// Gives names to the types in a component.
pub(super) fn name_types_in(lowering: &mut Lowering, name: &str) {
    let mut schema = lowering.schemas().get_mut(name).map(Value::take).unwrap_or_default();
    children(lowering, &mut schema, name, &join("/components/schemas", name));
    lowering.schemas().insert(name.to_owned(), schema);
}

fn children(lowering: &mut Lowering, schema: &mut Value, name: &str, at: &str) {
    let Some(schema) = schema.as_object_mut() else { return };
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (property, child) in properties {
            let description = openapi::queries::text(child, "description").trim();
            if !description.is_empty() {
                lowering.model.property_docs.insert((name.to_owned(), property.clone()), description.to_owned());
            }
            // names and pointers are only computed for schemas that may need them
            if may_hold_a_type(child) {
                let at = join(&format!("{at}/properties"), property);
                name_if_a_type(lowering, child, &naming::child(name, property), &at);
            }
        }
    }
    if let Some(items) = schema.get_mut("items") {
        name_if_a_type(lowering, items, &naming::singular(name), &join(at, "items"));
    }
    if let Some(values) = schema.get_mut("additionalProperties").filter(|values| values.is_object()) {
        name_if_a_type(lowering, values, &naming::child(name, "Value"), &join(at, "additionalProperties"));
    }
    // beside other keywords a variant only extends them, and is no type of its own
    let several_objects = !["properties", "allOf"].iter().any(|keyword| schema.contains_key(*keyword));
    for keyword in ["oneOf", "anyOf"] {
        for (index, variant) in schema.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten().enumerate()
        {
            let at = format!("{at}/{keyword}/{index}");
            // typify numbers the variants without a name too, and in another way
            let is_composed = ["allOf", "oneOf", "anyOf"].iter().any(|keyword| variant.get(*keyword).is_some());
            if several_objects && is_a_type(variant) && !is_composed {
                name_if_a_type(lowering, variant, &naming::child(name, &format!("Variant{}", index + 1)), &at);
            } else {
                children(lowering, variant, name, &at);
            }
        }
    }
    let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) else { return };
    let mut counts = BTreeMap::new();
    for part in parts.iter() {
        property_names(lowering, part).for_each(|property| *counts.entry(property).or_insert(0) += 1);
    }
    for (index, part) in parts.iter_mut().enumerate() {
        // typify merges a property of several parts, and names its type as this pass would name one of the parts
        let mut shared = Map::new();
        if let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) {
            let names: Vec<String> =
                properties.keys().filter(|property| counts.get(*property) > Some(&1)).cloned().collect();
            shared.extend(names.into_iter().filter_map(|property| properties.remove_entry(&property)));
        }
        children(lowering, part, name, &format!("{at}/allOf/{index}"));
        if let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) {
            properties.extend(shared);
        }
    }
}

/// Returns the property names of a schema, or of the component that it references.
fn property_names(lowering: &mut Lowering, schema: &Value) -> impl Iterator<Item = String> + use<> {
    let target = referenced(schema, "schemas").and_then(|name| lowering.schemas().get(name)).unwrap_or(schema);
    let properties = target.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(Map::keys).cloned().collect::<Vec<_>>().into_iter()
}
