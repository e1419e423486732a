//! One operation of the embedded documents: the schemas of its parameters and body fields.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use blynk_platform::{Location, OPENAPI, Operation, TRANSCRIBED};
use openapi::{MediaType, pointer::join, references::dereferenced_pointer};
use serde_json::Value;

/// Names of our own flags, which no field can use.
const TAKEN: [&str; 7] = ["json", "data", "local", "server", "output", "help", "version"];

/// An operation of an embedded document.
#[derive(Debug)]
pub(super) struct OperationSchemas {
    pub(super) document: &'static Value,
    /// In the order of the operation table.
    pub(super) parameters: Vec<Field>,
    pub(super) body: Option<Content>,
}

/// A parameter, or a field of a body.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// The flag without its dashes.
    pub(super) flag: String,
    /// The schema, dereferenced.
    pub(super) schema: Value,
    /// JSON pointer to the schema.
    pub(super) pointer: String,
    pub(super) required: bool,
    pub(super) is_list: bool,
    pub(super) is_file: bool,
}

/// The body of an operation.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) content_type: &'static str,
    pub(super) encoding: Encoding,
    pub(super) required: bool,
    pub(super) pointer: String,
    pub(super) fields: Vec<Field>,
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Json,
    Form,
    Multipart,
    Other,
}

impl OperationSchemas {
    /// Finds the operation in the published document, or else in the transcribed one.
    pub(super) fn find(operation: &'static Operation) -> Result<Self, String> {
        static DOCUMENTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
            [OPENAPI, TRANSCRIBED].into_iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
        });
        let method = operation.method.to_ascii_lowercase();
        let path = join("/paths", operation.path);
        let at = format!("{path}/{method}");
        let document = DOCUMENTS.iter().find(|document| document.pointer(&at).is_some());
        let document = document.ok_or_else(|| format!("{}: is not in the embedded documents", operation.id))?;

        let mut taken: BTreeSet<String> = TAKEN.iter().map(ToString::to_string).collect();
        let listed: Vec<(String, &Value)> = [&at, &path].into_iter().flat_map(|at| parameters(document, at)).collect();
        let parameters = operation.parameters.iter().map(|parameter| {
            let found = listed
                .iter()
                .find(|(_, value)| value["name"] == parameter.name && value["in"] == location(parameter.location));
            let pointer = found.map(|(at, _)| format!("{at}/schema")).unwrap_or_default();
            field(document, parameter.name, &pointer, parameter.required, "parameter", &mut taken)
        });
        let parameters = parameters.collect();
        let body = operation.body.and_then(|body| {
            let content = body.contents.iter().find(|content| content.ty.is_some()).or(body.contents.first())?;
            let holder = dereferenced_pointer(document, &format!("{at}/requestBody"));
            let pointer = format!("{}/schema", join(&format!("{holder}/content"), content.content_type));
            let encoding = match MediaType::parse(content.content_type) {
                form if form.is_form() => Encoding::Form,
                form if form.is_multipart() => Encoding::Multipart,
                json if json.is_json() => Encoding::Json,
                _ => Encoding::Other,
            };
            let mut fields = Vec::new();
            if encoding != Encoding::Other {
                for (name, pointer, required) in properties(document, &pointer, 0) {
                    fields.push(field(document, &name, &pointer, required, "body", &mut taken));
                }
            }
            Some(Content { content_type: content.content_type, encoding, required: body.required, pointer, fields })
        });
        Ok(Self { parameters, body, document })
    }
}

/// Returns the value of `in` for a location.
fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// Returns whether a shell reads the character literally in every context.
pub(super) fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "._-".contains(c)
}

/// Returns the parameters of a path item or operation, each with its pointer.
fn parameters<'d>(document: &'d Value, at: &str) -> Vec<(String, &'d Value)> {
    let count = document.pointer(at).and_then(|holder| holder.get("parameters")?.as_array()).map_or(0, Vec::len);
    let pointers = (0..count).map(|index| dereferenced_pointer(document, &format!("{at}/parameters/{index}")));
    pointers.filter_map(|at| Some((at.clone(), document.pointer(&at)?))).collect()
}

/// Returns the properties of an object schema and its `allOf` parts: name, pointer, and whether it is required.
fn properties(document: &Value, at: &str, depth: usize) -> Vec<(String, String, bool)> {
    let at = dereferenced_pointer(document, at);
    let Some(schema) = document.pointer(&at).filter(|_| depth < 16) else { return Vec::new() };
    let required = schema.get("required").and_then(Value::as_array);
    let mut found = Vec::new();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if property.get("readOnly") != Some(&Value::Bool(true)) {
            let required = required.is_some_and(|names| names.iter().any(|one| one == name));
            found.push((name.clone(), join(&format!("{at}/properties"), name), required));
        }
    }
    let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    for part in 0..parts {
        for one in properties(document, &format!("{at}/allOf/{part}"), depth + 1) {
            if !found.iter().any(|(name, ..)| *name == one.0) {
                found.push(one);
            }
        }
    }
    found
}

fn field(document: &Value, name: &str, at: &str, required: bool, kind: &str, taken: &mut BTreeSet<String>) -> Field {
    let pointer = dereferenced_pointer(document, at);
    let schema = document.pointer(&pointer).cloned().unwrap_or_default();
    let is_list = schema.get("type").and_then(Value::as_str) == Some("array");
    let is_file = schema.get("format").and_then(Value::as_str) == Some("binary");
    // characters that a flag cannot contain become dashes
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    let plain = plain.trim_matches('-').to_owned();
    let candidates = [plain.clone(), format!("{kind}-{plain}")];
    let free = candidates.into_iter().find(|flag| !flag.is_empty() && !taken.contains(flag));
    let flag = free.unwrap_or_else(|| format!("{kind}-{}", taken.len()));
    taken.insert(flag.clone());
    Field { name: name.to_owned(), flag, schema, pointer, required, is_list, is_file }
}
