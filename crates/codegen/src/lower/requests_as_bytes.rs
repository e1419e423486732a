//! Replaces every request body by bytes. The client encodes it in the content type of the document.

use openapi::{
    MediaType,
    queries::{is_true, referenced, text},
};
use serde_json::{Value, json};

use super::{Lowering, parameter_table::styles};
use crate::{
    content::{chosen, encoding},
    coverage::{Context, Coverage},
    model::{Body, Encoding, Parameter},
    normalize::examples_text,
};

pub(super) fn run(lowering: &mut Lowering) {
    let Lowering { document, model, .. } = lowering;
    for operation in &mut model.operations {
        let Some(value) = document.pointer_mut(&operation.pointer).and_then(Value::as_object_mut) else { continue };
        let Some(body) = value.get("requestBody").cloned() else { continue };
        let content = body.get("content").and_then(Value::as_object).cloned().unwrap_or_default();
        let Some((content_type, media)) = chosen(&content) else {
            // a body without a content type cannot be sent
            value.remove("requestBody");
            continue;
        };
        let type_name = media.get("schema").and_then(|schema| referenced(schema, "schemas")).map(str::to_owned);
        let encoding = match encoding(content_type, media) {
            Encoding::Form if type_name.is_none() => Encoding::Bytes,
            encoding => encoding,
        };
        operation.body = Some(Body {
            content_type: if MediaType::parse(content_type).is_any() { sent_for_any(encoding) } else { content_type }
                .to_owned(),
            encoding,
            type_name,
            required: is_true(&body, "required"),
            others: content.keys().filter(|other| *other != content_type).cloned().collect(),
            properties: properties(media),
            description: text(&body, "description").trim().to_owned(),
            example: examples_text(media, "Request body. "),
        });
        value.insert(
            "requestBody".to_owned(),
            json!({"required": true,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}),
        );
    }
}

/// Returns the serialization of properties that `encoding` of a form defines.
fn properties(media: &Value) -> Vec<Parameter> {
    let given = media.get("encoding").and_then(Value::as_object).into_iter().flatten();
    let read = |(name, encoding): (&String, &Value)| {
        let has_style = ["style", "explode", "allowReserved"].iter().any(|keyword| encoding.get(keyword).is_some());
        let style = styles("query").iter().find(|style| **style == text(encoding, "style")).unwrap_or(&"form");
        Parameter {
            name: name.clone(),
            description: String::new(),
            location: "query".to_owned(),
            style: (*style).to_owned(),
            explode: encoding.get("explode").and_then(Value::as_bool).unwrap_or(*style == "form"),
            required: false,
            allow_reserved: is_true(encoding, "allowReserved"),
            // a style takes precedence over a content type
            content_type: (!has_style).then(|| first_type(text(encoding, "contentType"))).flatten(),
            default: None,
            deprecated: false,
            notes: String::new(),
        }
    };
    given.map(read).collect()
}

/// Returns the first content type of a list that has no wildcard.
fn first_type(list: &str) -> Option<String> {
    list.split(',').map(str::trim).find(|one| !one.is_empty() && !one.contains('*')).map(str::to_owned)
}

/// Returns the content type to send where the document allows any.
fn sent_for_any(encoding: Encoding) -> &'static str {
    if encoding == Encoding::Json { "application/json" } else { "application/octet-stream" }
}

/// Returns the coverage of the keywords of bodies.
pub(crate) fn coverage(context: Context, key: &str) -> Option<Coverage> {
    Some(Ok(match (context, key) {
        (Context::Body, "required" | "description") => Context::Supported,
        (Context::Media, "schema") => Context::Schema,
        (Context::Media, "encoding") => Context::Map(&Context::PartEncoding),
        (Context::PartEncoding, "contentType" | "style" | "explode" | "allowReserved") => Context::Supported,
        (Context::UntypedMedia, "schema") => {
            return Some(Err("not enforced: a body of this content type is plain text or bytes"));
        }
        _ => return None,
    }))
}
