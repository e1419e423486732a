//! Mutation operators of paths and operations: parameters, bodies, responses, security, names.

use openapi::pointer::join;
use serde_json::{Value, json};

use super::{
    edit::Edit,
    mutant::{MutantKind, Mutants},
    schemas::schema,
};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) fn mutate(mutants: &mut Mutants<'_>) {
    let paths = mutants.document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = join("/paths", path);
        mutants.rename("path: renamed", &at, &format!("{path}/renamed"));
        mutants.remove("path: removed", &at);
        parameters(mutants, item, &at);
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                mutate_operation(mutants, item, method, operation, &join(&at, method));
            }
        }
    }
}

fn mutate_operation(mutants: &mut Mutants<'_>, item: &Value, method: &str, operation: &Value, at: &str) {
    for other in ["put", "patch", "delete"].iter().filter(|other| item.get(**other).is_none()).take(2) {
        mutants.rename("method: changed", at, other);
    }
    if method == "get" && item.get("head").is_none() {
        mutants.rename("method: changed", at, "head");
    }
    mutants.remove("operation: removed", at);
    mutants.set(
        "deprecated: toggled",
        &format!("{at}/deprecated"),
        operation.get("deprecated") != Some(&Value::Bool(true)),
    );
    mutants.set("operationId: changed", &format!("{at}/operationId"), "anotherOperation");
    mutants.remove("operationId: removed", &format!("{at}/operationId"));
    mutants.set("tags: added", &format!("{at}/tags"), {
        let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten().cloned();
        tags.chain([json!("Added")]).collect::<Vec<_>>()
    });
    mutants.remove("tags: removed", &format!("{at}/tags"));
    mutants.set(
        "callbacks: added",
        &format!("{at}/callbacks"),
        json!({"done": {"{$request.query.url}": {"post": {"responses": {"200": {"description": "ok"}}}}}}),
    );
    mutants.set("servers: of an operation", &format!("{at}/servers"), json!([{"url": "https://other.example"}]));
    security(mutants, operation.get("security"), &format!("{at}/security"));
    parameters(mutants, operation, at);
    body(mutants, operation.get("requestBody"), &format!("{at}/requestBody"));
    responses(mutants, operation, at);
}

/// Mutates `security` of the document or of an operation: absent, empty and each alternative differ.
pub(super) fn security(mutants: &mut Mutants<'_>, value: Option<&Value>, at: &str) {
    let schemes = mutants.document.pointer("/components/securitySchemes").and_then(Value::as_object);
    let first = schemes.and_then(|schemes| schemes.keys().next()).cloned();
    // without security of the document, absent and empty are equivalent
    let above = mutants.document.get("security");
    if value.or(above).and_then(Value::as_array).is_some_and(|alternatives| !alternatives.is_empty()) {
        mutants.set("security: empty", at, json!([]));
    }
    let is_empty = |security: Option<&Value>| security.and_then(Value::as_array).is_none_or(Vec::is_empty);
    if value.is_some() {
        if !(is_empty(value) && is_empty(above)) {
            mutants.remove("security: absent", at);
        }
        mutants.set("security: optional", &format!("{at}/-"), json!({}));
    }
    if let Some(name) = first {
        mutants.set("security: scope added", at, json!([{name.clone(): ["a.scope"]}]));
        mutants.set("security: both needed", at, json!([{name.clone(): [], "noSuchScheme": []}]));
        if value.is_none() {
            mutants.set("security: optional", at, json!([{name: []}, {}]));
        }
    }
}

fn parameters(mutants: &mut Mutants<'_>, owner: &Value, at: &str) {
    let place = format!("{at}/parameters");
    let present = owner.get("parameters").and_then(Value::as_array);
    for (location, required) in [("query", false), ("query", true), ("header", false), ("cookie", false)] {
        let added = json!({"name": "added", "in": location, "required": required, "schema": {"type": "string"}});
        match present {
            Some(_) => mutants.set("parameter: added", &format!("{place}/-"), added),
            None => mutants.set("parameter: added", &place, json!([added])),
        }
    }
    for (index, parameter) in present.into_iter().flatten().enumerate() {
        let at = format!("{place}/{index}");
        if parameter.get("$ref").is_none() {
            mutate_parameter(mutants, parameter, &at);
        }
        mutants.remove("parameter: removed", &at);
    }
}

/// Mutates a parameter of an operation, path or component.
pub(super) fn mutate_parameter(mutants: &mut Mutants<'_>, parameter: &Value, at: &str) {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
    let location = text("in");
    if location != "path" {
        mutants.set("parameter: renamed", &format!("{at}/name"), format!("{}_renamed", text("name")));
        let other = if location == "query" { "header" } else { "query" };
        mutants.set("parameter: moved", &format!("{at}/in"), other);
        mutants.set(
            "parameter: required toggled",
            &format!("{at}/required"),
            parameter.get("required") != Some(&Value::Bool(true)),
        );
    }
    mutants.set(
        "parameter: deprecated toggled",
        &format!("{at}/deprecated"),
        parameter.get("deprecated") != Some(&Value::Bool(true)),
    );
    // `explode` has no effect on a scalar
    let is_composite = parameter.pointer("/schema/type").is_some_and(|ty| ty == "array" || ty == "object");
    let usual = matches!(parameter.get("style").and_then(Value::as_str), None | Some("form"))
        && matches!(location, "query" | "cookie");
    let explodes = parameter.get("explode").and_then(Value::as_bool).unwrap_or(usual);
    if is_composite {
        mutants.set("parameter: explode toggled", &format!("{at}/explode"), !explodes);
    }
    let styles: &[&str] = match location {
        "query" => &["spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["label", "matrix"],
        _ => &[],
    };
    for style in styles {
        mutants.set("parameter: style", &format!("{at}/style"), *style);
    }
    if location == "query" {
        mutants.set(
            "parameter: allowReserved",
            &format!("{at}/allowReserved"),
            parameter.get("allowReserved") != Some(&Value::Bool(true)),
        );
    }
    if let Some(inner) = parameter.get("schema") {
        schema(mutants, inner, &format!("{at}/schema"));
    }
}

fn body(mutants: &mut Mutants<'_>, body: Option<&Value>, at: &str) {
    let Some(body) = body else {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        let added = json!({"content": {"application/json": {"schema": schema}}});
        return mutants.set("body: added", at, added);
    };
    mutants.remove("body: removed", at);
    if body.get("$ref").is_none() {
        mutants.set(
            "body: required toggled",
            &format!("{at}/required"),
            body.get("required") != Some(&Value::Bool(true)),
        );
        content(mutants, body, at);
    }
}

fn content(mutants: &mut Mutants<'_>, owner: &Value, at: &str) {
    let at = format!("{at}/content");
    for (content_type, media) in owner.get("content").and_then(Value::as_object).into_iter().flatten() {
        let place = join(&at, content_type);
        for other in ["application/xml", "application/vnd.example+json", "text/plain"] {
            mutants.rename("content type: changed", &place, other);
        }
        mutants.remove("content type: removed", &place);
        if let Some(inner) = media.get("schema") {
            schema(mutants, inner, &format!("{place}/schema"));
            mutants.remove("media: schema removed", &format!("{place}/schema"));
        }
    }
    if owner.get("content").is_some() {
        mutants.set("content type: added", &join(&at, "application/x-added"), json!({"schema": {"type": "string"}}));
    }
}

fn responses(mutants: &mut Mutants<'_>, operation: &Value, at: &str) {
    let at = format!("{at}/responses");
    let present = operation.get("responses").and_then(Value::as_object);
    for status in ["202", "302", "401", "418", "5XX", "default"] {
        if present.is_none_or(|present| !present.contains_key(status)) {
            mutants.set("status: added", &join(&at, status), json!({"description": "added"}));
        }
    }
    for (status, response) in present.into_iter().flatten() {
        let place = join(&at, status);
        mutants.remove("status: removed", &place);
        let free = ["207", "451"].iter().find(|free| present.is_none_or(|present| !present.contains_key(**free)));
        if let Some(free) = free {
            mutants.rename("status: changed", &place, free);
        }
        if response.get("$ref").is_none() {
            mutate_response(mutants, response, &place);
        }
    }
}

/// Mutates a response of an operation or component.
pub(super) fn mutate_response(mutants: &mut Mutants<'_>, response: &Value, place: &str) {
    content(mutants, response, place);
    if response.get("content").is_some() {
        mutants.remove("response: body removed", &format!("{place}/content"));
    } else {
        let added =
            json!({"application/json": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}});
        mutants.set("response: body added", &format!("{place}/content"), added);
    }
    let headers = response.get("headers").and_then(Value::as_object);
    let added = json!({"schema": {"type": "integer"}});
    match headers {
        Some(_) => mutants.set("header: added", &format!("{place}/headers/X-Added"), added),
        None => mutants.set("header: added", &format!("{place}/headers"), json!({"X-Added": added})),
    }
    for (name, header) in headers.into_iter().flatten() {
        let at = join(&format!("{place}/headers"), name);
        mutants.remove("header: removed", &at);
        mutants.rename("header: renamed", &at, &format!("{name}-Renamed"));
        if header.get("$ref").is_none() {
            mutants.set(
                "header: required toggled",
                &format!("{at}/required"),
                header.get("required") != Some(&Value::Bool(true)),
            );
            mutants.set(
                "deprecated: toggled",
                &format!("{at}/deprecated"),
                header.get("deprecated") != Some(&Value::Bool(true)),
            );
            if let Some(ty) = header.pointer("/schema/type").and_then(Value::as_str) {
                let other = if ty == "string" { "integer" } else { "string" };
                mutants.set("header: type changed", &format!("{at}/schema"), json!({"type": other}));
            }
        }
    }
    mutants.add(
        "links: added",
        place,
        MutantKind::Semantic,
        Edit::set(&format!("{place}/links"), json!({"next": {"operationId": "anotherOperation"}})),
    );
}
