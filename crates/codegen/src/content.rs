//! Selects the content type of a body, and the encoding that it implies.

use openapi::{MediaType, queries::text};
use serde_json::Value;

use crate::model::Encoding;

/// Returns the content type that the client uses: JSON, then forms, then text, then bytes.
pub(crate) fn chosen(content: &serde_json::Map<String, Value>) -> Option<(&str, &Value)> {
    let rank = |content_type: &str, media: &Value| match encoding(content_type, media) {
        Encoding::Json if content_type.starts_with("application/json") => 0,
        Encoding::Json => 1,
        Encoding::Form => 2,
        Encoding::Multipart => 3,
        Encoding::Text => 4,
        Encoding::Bytes => 5,
    };
    content
        .iter()
        .min_by_key(|(content_type, media)| rank(content_type, media))
        .map(|(content_type, media)| (content_type.as_str(), media))
}

/// Returns the encoding of a body of this content type.
pub(crate) fn encoding(content_type: &str, media: &Value) -> Encoding {
    let media_type = MediaType::parse(content_type);
    let may_be_json = || media.get("schema").is_some_and(|schema| text(schema, "type") != "string");
    match media_type {
        _ if media_type.is_json() || media_type.is_any() && may_be_json() => Encoding::Json,
        _ if media_type.is_form() => Encoding::Form,
        _ if media_type.is_multipart() => Encoding::Multipart,
        _ if media_type.is_text() => Encoding::Text,
        _ => Encoding::Bytes,
    }
}
