//! Hoists the inline schemas of shared responses, request bodies and parameters into components, named after them.

use openapi::{
    free_name,
    pointer::join,
    queries::{object_at, schema_reference, text},
};
use serde_json::{Map, Value};

use super::Normalizing;
use crate::{
    constraints::is_a_type,
    content::{chosen, encoding},
    model::Encoding,
    naming,
};

/// The sections of shared objects, and the suffix of the names of their types.
const SECTIONS: [(&str, &str); 3] =
    [("parameters", "Parameter"), ("requestBodies", "Request"), ("responses", "Response")];

pub(super) fn run(normalizing: &mut Normalizing) {
    for (section, suffix) in SECTIONS {
        let objects = normalizing.document.get("components").and_then(|components| components.get(section));
        let names: Vec<String> = objects.and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect();
        for name in names {
            let owner = join(&format!("/components/{section}"), &name);
            let Some(at) = normalizing.document.pointer(&owner).and_then(|object| schema_of(object, &owner, section))
            else {
                continue;
            };
            hoist(normalizing, &at, &type_name(&name, suffix));
        }
    }
}

/// Returns the pointer of the inline schema that becomes the type of an object.
fn schema_of(object: &Value, owner: &str, section: &str) -> Option<String> {
    let is_inline = |schema: &Value| schema.is_object() && schema.get("$ref").is_none();
    let content = object.get("content").and_then(Value::as_object).and_then(chosen);
    if section != "parameters" {
        let (content_type, media) = content?;
        let is_typed = matches!(encoding(content_type, media), Encoding::Json | Encoding::Form | Encoding::Multipart);
        let is_type = media.get("schema").is_some_and(|schema| is_inline(schema) && holds_a_type(schema));
        return (is_typed && is_type).then(|| join(&join(&join(owner, "content"), content_type), "schema"));
    }
    let (media, owner) = match content {
        Some((content_type, media)) => (media, join(&join(owner, "content"), content_type)),
        None => (object, owner.to_owned()),
    };
    let schema = media.get("schema").filter(|schema| is_inline(schema))?;
    let at = join(&owner, "schema");
    match schema.get("items") {
        // the items have a type, and the setter accepts a list of them
        Some(items) if text(schema, "type") == "array" && !is_a_type(schema) => {
            (is_inline(items) && is_a_type(items)).then(|| join(&at, "items"))
        }
        _ => is_a_type(schema).then_some(at),
    }
}

/// Whether a body of this schema has a type of its own.
fn holds_a_type(schema: &Value) -> bool {
    is_a_type(schema) || matches!(text(schema, "type"), "array" | "object")
}

/// Returns the name of a component for the schema of a shared object: `NotFound` → `NotFoundResponse`.
fn type_name(name: &str, suffix: &str) -> String {
    let plain = naming::pascal(name);
    if !name.starts_with(char::is_alphabetic) {
        return format!("{suffix}{}", plain.trim_start_matches('N'));
    }
    if plain.ends_with(suffix) { plain } else { format!("{plain}{suffix}") }
}

/// Moves a schema into a component.
fn hoist(normalizing: &mut Normalizing, at: &str, name: &str) {
    let schemas = object_at(&mut normalizing.document, &["components", "schemas"]);
    let name = free_name(name, |name| schemas.contains_key(name));
    let Some(inline) = normalizing.document.pointer_mut(at) else { return };
    let schema = std::mem::replace(inline, schema_reference(&name));
    normalizing.moved.insert(join("/components/schemas", &name), at.to_owned());
    object_at(&mut normalizing.document, &["components", "schemas"]).insert(name, schema);
}
