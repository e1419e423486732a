//! What requests are served with, and what all operations share: bodies of bounded size, JSON only, and JSON answers to
//! unknown requests.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use openapi::MediaType;
use serde_json::Value;

use crate::{document::Document, generated::Routes, json, reply::Failure, store::Store};

/// The longest body that is accepted: 2 MB [D], read as mebibytes [A].
const MAX_BODY: usize = 2 * 1024 * 1024;

/// How much of a body that is too long is read and thrown away, so that a client that is still sending gets to see the
/// answer.
const MAX_DISCARDED: usize = 16 * 1024 * 1024;

/// What requests are served with.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) document: Arc<Document>,
    pub(crate) routes: Arc<Routes>,
}

pub(crate) async fn unknown_path() -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "There is nothing at this path.")
}

/// The router adds the header `Allow`.
pub(crate) async fn wrong_method() -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This path does not take this method; the header Allow names those it takes.",
    )
}

/// Reads the body, whose length counts and not what `Content-Length` says.
pub(crate) async fn read_body(mut body: Body) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Failure::bad_request("The body ended early."))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= MAX_BODY {
            text.extend_from_slice(&data);
        } else if length > MAX_BODY + MAX_DISCARDED {
            break;
        }
    }
    if length > MAX_BODY {
        return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "The body is longer than 2 MB."));
    }
    Ok(text)
}

/// Refuses any content type but JSON. A missing one is taken as JSON [D], parameters are allowed [A].
pub(crate) fn require_json(headers: &HeaderMap) -> Result<(), Failure> {
    let mut content_types = headers.get_all(header::CONTENT_TYPE).iter();
    match (content_types.next(), content_types.next()) {
        (None, _) => Ok(()),
        (Some(content_type), None) if is_json(content_type) => Ok(()),
        _ => Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json.")),
    }
}

fn is_json(content_type: &HeaderValue) -> bool {
    content_type.to_str().is_ok_and(|text| MediaType::parse(text).essence() == "application/json")
}

/// Parses the body of a request.
pub(crate) fn parse_json(body: &[u8]) -> Result<Value, Failure> {
    json::from_slice(body).map_err(|error| Failure::bad_request(format!("invalid JSON: {error}")))
}
