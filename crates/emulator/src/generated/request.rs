//! Validates requests against the document: path and query parameters, and JSON bodies.

use axum::extract::Query;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde_json::Value;

use openapi::{
    MediaType,
    pointer::join,
    references::{dereferenced, dereferenced_pointer},
};

use super::routes::Route;
use crate::{document::validate, failure::Failure, service::parse_json};

pub(super) fn check(route: &Route, path: &[(String, String)], parts: &Parts, body: &[u8]) -> Result<(), Failure> {
    let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
        .map_err(|_| Failure::bad_request("The query string is malformed."))?;
    for holder in [&route.pointer, &route.item] {
        let count =
            route.document.pointer(holder).and_then(|one| one.get("parameters")?.as_array()).map_or(0, Vec::len);
        for index in 0..count {
            parameter(route, &format!("{holder}/parameters/{index}"), path, &query)?;
        }
    }
    check_body(route, parts, body)
}

fn parameter(route: &Route, at: &str, path: &[(String, String)], query: &[(String, String)]) -> Result<(), Failure> {
    let at = dereferenced_pointer(&route.document, at);
    let Some(parameter) = route.document.pointer(&at) else { return Ok(()) };
    let name = parameter["name"].as_str().unwrap_or_default();
    let given = match parameter["in"].as_str() {
        Some("path") => path,
        Some("query") => query,
        _ => return Ok(()),
    };
    let texts: Vec<&str> = given.iter().filter(|(one, _)| one == name).map(|(_, text)| text.as_str()).collect();
    let schema = dereferenced(&route.document, &parameter["schema"]);
    let kind = schema["type"].as_str();
    // only the common serializations of parameters are validated
    let is_plain = !matches!(kind, Some("object") | None)
        && parameter.get("style").is_none_or(|style| style == "form" || style == "simple");
    if texts.is_empty() {
        let required = parameter["required"] == true && is_plain;
        return if required { Err(Failure::bad_request(format!("{name}: is required"))) } else { Ok(()) };
    }
    let value = match kind {
        Some("array") if parameter["explode"] != false => {
            let items = dereferenced(&route.document, &schema["items"])["type"].as_str();
            texts.iter().map(|text| value(text, items)).collect()
        }
        Some("array") => return Ok(()),
        kind => value(texts.last().copied().unwrap_or_default(), kind),
    };
    match validate(&route.document, &format!("{at}/schema"), &value) {
        Err(violations) if is_plain => Err(Failure::bad_request(violations.in_field(name))),
        _ => Ok(()),
    }
}

fn value(text: &str, kind: Option<&str>) -> Value {
    match kind {
        Some("string") => Value::from(text),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    }
}

fn check_body(route: &Route, parts: &Parts, body: &[u8]) -> Result<(), Failure> {
    let at = dereferenced_pointer(&route.document, &format!("{}/requestBody", route.pointer));
    let Some(holder) = route.document.pointer(&at) else { return Ok(()) };
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if body.is_empty() && content_type.is_none_or(|content_type| MediaType::parse(content_type).is_json()) {
        let required = holder["required"] == true;
        return if required { Err(Failure::bad_request("body: is required")) } else { Ok(()) };
    }
    // a missing content type counts as JSON [D]
    let sent = MediaType::parse(content_type.unwrap_or("application/json"));
    let contents = holder.get("content").and_then(Value::as_object);
    let known = contents.into_iter().flatten().find(|(key, _)| {
        let known = MediaType::parse(key);
        known == sent || known.is_range()
    });
    let Some((key, _)) = known else {
        return Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Type: is not documented for this operation",
        ));
    };
    if !sent.is_json() {
        return Ok(());
    }
    let value = parse_json(body)?;
    let schema = format!("{}/schema", join(&format!("{at}/content"), key));
    validate(&route.document, &schema, &value).map_err(|violations| Failure::bad_request(violations.in_body()))
}
