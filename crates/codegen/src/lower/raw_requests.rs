//! Every request body goes to progenitor as bytes; the face encodes it in the content type that the document asks for.

use openapi::{
    MediaType,
    queries::{is_true, referenced, text},
};
use serde_json::{Value, json};

use super::{Lowering, raw_parameters::styles};
use crate::{
    content::{chosen, encoding},
    coverage::{Fate, Place},
    model::{Body, Encoding, Parameter},
    normalize::told_of,
};

pub(super) fn run(lowering: &mut Lowering) {
    let Lowering { document, model, .. } = lowering;
    for operation in &mut model.operations {
        let Some(value) = document.pointer_mut(&operation.pointer).and_then(Value::as_object_mut) else { continue };
        let Some(body) = value.get("requestBody").cloned() else { continue };
        let content = body.get("content").and_then(Value::as_object).cloned().unwrap_or_default();
        let Some((content_type, media)) = chosen(&content) else {
            // a body of no kind cannot be sent
            value.remove("requestBody");
            continue;
        };
        let type_name = media.get("schema").and_then(|schema| referenced(schema, "schemas")).map(str::to_owned);
        let encoding = match encoding(content_type, media) {
            Encoding::Form if type_name.is_none() => Encoding::Bytes,
            encoding => encoding,
        };
        operation.body = Some(Body {
            content_type: if MediaType::parse(content_type).is_any() { stands_for(encoding) } else { content_type }
                .to_owned(),
            encoding,
            type_name,
            required: is_true(&body, "required"),
            others: content.keys().filter(|other| *other != content_type).cloned().collect(),
            properties: properties(media),
            description: text(&body, "description").trim().to_owned(),
            example: told_of(media, "Request body. "),
        });
        value.insert(
            "requestBody".to_owned(),
            json!({"required": true,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}),
        );
    }
}

/// The forms of properties that `encoding` of a form gives.
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
            // a style, where one is given, is what counts
            content_type: (!has_style).then(|| first_type(text(encoding, "contentType"))).flatten(),
            default: None,
            deprecated: false,
            notes: String::new(),
        }
    };
    given.map(read).collect()
}

/// The first of the content types in a list that is one, and no range of them.
fn first_type(list: &str) -> Option<String> {
    list.split(',').map(str::trim).find(|one| !one.is_empty() && !one.contains('*')).map(str::to_owned)
}

/// What is sent where a document allows any content type.
fn stands_for(encoding: Encoding) -> &'static str {
    if encoding == Encoding::Json { "application/json" } else { "application/octet-stream" }
}

/// Support for the keywords of bodies.
pub(crate) fn fate(place: Place, key: &str) -> Option<Fate> {
    Some(Ok(match (place, key) {
        (Place::Body, "required" | "description") => Place::Whole,
        (Place::Media, "schema") => Place::Schema,
        (Place::Media, "encoding") => Place::Map(&Place::PartEncoding),
        (Place::PartEncoding, "contentType" | "style" | "explode" | "allowReserved") => Place::Whole,
        (Place::UntypedMedia, "schema") => {
            return Some(Err("a body of this content type is text or bytes, not held against its schema"));
        }
        _ => return None,
    }))
}
