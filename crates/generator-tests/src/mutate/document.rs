//! Mutation operators of the entire document: version, servers, security schemes, components, formatting.

use openapi::pointer::join;
use serde_json::{Value, json};

use super::{
    edit::Edit,
    mutant::{MutantKind, Mutants},
    operations,
};

pub(super) fn mutate(mutants: &mut Mutants<'_>) {
    let document = mutants.document;
    mutants.set("openapi: another version", "/openapi", "2.0");
    mutants.set("info.version: changed", "/info/version", "9.8.7");
    operations::security(mutants, document.get("security"), "/security");
    servers(mutants);
    schemes(mutants);
    components(mutants);
    for edit in [Edit::ReverseKeys, Edit::Compact, Edit::CarriageReturns, Edit::Escapes] {
        let operator = match edit {
            Edit::ReverseKeys => "key order",
            Edit::Compact => "white space",
            Edit::CarriageReturns => "line ends",
            _ => "escapes",
        };
        mutants.add(operator, "", MutantKind::Cosmetic, edit);
    }
}

fn servers(mutants: &mut Mutants<'_>) {
    let servers = mutants.document.get("servers").and_then(Value::as_array);
    let added = json!({"url": "https://added.example"});
    match servers {
        Some(_) => mutants.set("server: added", "/servers/-", added),
        None => mutants.set("server: added", "/servers", json!([added])),
    }
    if let Some(several) = servers.filter(|servers| servers.len() > 1) {
        mutants.set("server: another first", "/servers", several.iter().rev().cloned().collect::<Vec<_>>());
    }
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let at = format!("/servers/{index}");
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        mutants.remove("server: removed", &at);
        mutants.set("server: path added", &format!("{at}/url"), format!("{url}/v2"));
        for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
            let at = join(&format!("{at}/variables"), name);
            let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
            mutants.set("server variable: default", &format!("{at}/default"), "other.example");
            mutants.set("server variable: enum", &format!("{at}/enum"), json!([default, "fra1.example"]));
            mutants.remove("server variable: removed", &at);
        }
    }
}

fn schemes(mutants: &mut Mutants<'_>) {
    let schemes = mutants.document.pointer("/components/securitySchemes").and_then(Value::as_object);
    for (name, scheme) in schemes.into_iter().flatten() {
        let at = join("/components/securitySchemes", name);
        mutants.remove("scheme: removed", &at);
        mutants.rename("scheme: renamed", &at, &format!("{name}Renamed"));
        mutants.set("scheme: API key", &at, json!({"type": "apiKey", "in": "header", "name": "X-Key"}));
        mutants.set("scheme: API key in the query", &at, json!({"type": "apiKey", "in": "query", "name": "key"}));
        mutants.set(
            "scheme: OpenID Connect",
            &at,
            json!({"type": "openIdConnect", "openIdConnectUrl": "https://x.example/.well-known"}),
        );
        let flow = json!({"tokenUrl": "https://x.example/token", "scopes": {}});
        mutants.set("scheme: OAuth2", &at, json!({"type": "oauth2", "flows": {"clientCredentials": flow}}));
        if scheme.get("type").is_some_and(|kind| kind == "http") {
            let other = if scheme.get("scheme").is_some_and(|scheme| scheme == "basic") { "bearer" } else { "basic" };
            mutants.set("scheme: HTTP scheme", &format!("{at}/scheme"), other);
            mutants.set("scheme: HTTP scheme", &format!("{at}/scheme"), "digest");
            mutants.set("scheme: bearer format", &format!("{at}/bearerFormat"), "opaque");
            if scheme.get("bearerFormat").is_some() {
                mutants.remove("scheme: bearer format", &format!("{at}/bearerFormat"));
            }
        }
    }
    mutants.set(
        "scheme: added",
        "/components/securitySchemes/added",
        json!({"type": "apiKey", "in": "cookie", "name": "session"}),
    );
}

fn components(mutants: &mut Mutants<'_>) {
    let section = |name: &str| mutants.document.pointer(&format!("/components/{name}")).and_then(Value::as_object);
    let (parameters, responses) = (section("parameters"), section("responses"));
    for (name, parameter) in parameters.into_iter().flatten() {
        operations::mutate_parameter(mutants, parameter, &join("/components/parameters", name));
    }
    for (name, response) in responses.into_iter().flatten() {
        operations::mutate_response(mutants, response, &join("/components/responses", name));
    }
    let added = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    mutants.set("schema: added", "/components/schemas/AddedSchema", added);
}
