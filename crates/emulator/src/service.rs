//! The state shared by all handlers, and what they have in common: bounded bodies, JSON only, and JSON errors for
//! unknown paths and methods.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use openapi::MediaType;
use serde_json::Value;

use crate::{document::Document, failure::Failure, generated::Routes, json, store::Store};

/// Maximum size of a request body: 2 MB [D], taken as mebibytes [A].
const MAX_BODY: usize = 2 * 1024 * 1024;

/// Number of bytes beyond the maximum that are read and discarded, so that a client that is still sending receives the
/// response.
const MAX_DISCARDED: usize = 16 * 1024 * 1024;

/// The state shared by all handlers.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) document: Arc<Document>,
    pub(crate) routes: Arc<Routes>,
}

pub(crate) async fn not_found() -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "The document has no operation with this path.")
}

/// The router adds the header `Allow`.
pub(crate) async fn method_not_allowed() -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path does not support this method; the header Allow lists the methods that it supports.",
    )
}

/// Reads the body up to the maximum size, whatever `Content-Length` says.
pub(crate) async fn read_body(mut body: Body) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Failure::bad_request("The request body is incomplete."))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= MAX_BODY {
            text.extend_from_slice(&data);
        } else if length > MAX_BODY + MAX_DISCARDED {
            break;
        }
    }
    if length > MAX_BODY {
        return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "The request body is larger than 2 MB."));
    }
    Ok(text)
}

/// Returns a 415 for a content type other than JSON. A missing one counts as JSON [D]; parameters are ignored [A].
pub(crate) fn require_json(headers: &HeaderMap) -> Result<(), Failure> {
    let mut content_types = headers.get_all(header::CONTENT_TYPE).iter();
    match (content_types.next(), content_types.next()) {
        (None, _) => Ok(()),
        (Some(content_type), None) if is_json(content_type) => Ok(()),
        _ => Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Type: must be application/json")),
    }
}

fn is_json(content_type: &HeaderValue) -> bool {
    content_type.to_str().is_ok_and(|text| MediaType::parse(text).essence() == "application/json")
}

/// Parses the body of a request.
pub(crate) fn parse_json(body: &[u8]) -> Result<Value, Failure> {
    json::from_slice(body).map_err(|error| Failure::bad_request(format!("invalid JSON: {error}")))
}
