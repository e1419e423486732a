//! Webhooks and callbacks: a table, and a function for each that decodes its payload.

use std::collections::BTreeSet;

use super::{
    operation_table::{NAMES, content, header, short},
    responses::body_type,
};
use crate::{
    code::{Code, array, chain, literal, literals, option},
    docs::{self, DEPRECATED_ATTRIBUTE},
    features::{WEBHOOKS, attribute},
    model::{Decoding, Model, Operation, Webhook},
    naming,
    settings::Settings,
};

/// Writes the module `webhooks`, unless the document has neither webhooks nor callbacks.
pub(super) fn webhooks(model: &Model, settings: &Settings, code: &mut Code) {
    let all: Vec<_> = model.webhooks.iter().filter_map(|one| Some((one, one.webhook.as_ref()?))).collect();
    if all.is_empty() {
        return;
    }
    code.docs(&[
        " Webhooks and callbacks: requests that the API sends, for those who receive them.",
        "",
        " [`WEBHOOKS`] describes them. Payloads are decoded as leniently as responses.",
    ]);
    let feature = attribute(&BTreeSet::from([WEBHOOKS.to_owned()]));
    code.line(&feature);
    code.open_module("pub mod webhooks");
    code.line("use super::types;");
    code.line(&format!("use {} as runtime;", settings.runtime));
    code.line(&format!("use {}::{{{NAMES}}};", settings.runtime));
    code.docs(&[" Decodes a payload whose type is known only to the caller."]);
    code.line("pub use runtime::decode_payload as decode;");
    code.docs(&[" All webhooks of the document, followed by all callbacks."]);
    code.list(
        "pub static WEBHOOKS: &[runtime::Webhook] = &",
        all.iter().map(|(one, webhook)| row(one, webhook, settings)),
        ";",
    );
    all.iter().for_each(|(one, webhook)| function(one, webhook, code));
    code.close_module();
    code.line(&feature);
    code.line("pub use webhooks::WEBHOOKS;");
}

/// Writes the function that decodes a JSON payload.
fn function(operation: &Operation, webhook: &Webhook, code: &mut Code) {
    let Some(payload) = operation.responses.first().filter(|payload| payload.decoding == Decoding::Json) else {
        return;
    };
    let what = match &webhook.expression {
        Some(expression) => format!("callback {} to {}", docs::code(&webhook.name), docs::code(expression)),
        None => format!("webhook {}", docs::code(&webhook.name)),
    };
    code.docs(&[format!(" Decodes the payload of the {} {what}.", webhook.method)]);
    for text in [&operation.summary, &operation.description].into_iter().filter(|text| !text.is_empty()) {
        code.docs(&[String::new(), docs::lines(text)]);
    }
    if let Some(example) = &payload.example {
        code.docs(&[String::new(), docs::lines(example)]);
    }
    code.docs(&["", " # Errors", " When the payload is not JSON, or does not match the document."]);
    if operation.deprecated {
        code.line(DEPRECATED_ATTRIBUTE);
    }
    let (name, ty) = (naming::ident(&operation.name), body_type(payload));
    code.open(&format!("pub fn {name}(payload: &[u8]) -> Result<{ty}, runtime::PayloadError>"));
    code.line("decode(payload)");
    code.close("");
}

fn row(operation: &Operation, webhook: &Webhook, settings: &Settings) -> String {
    let Webhook { name, expression, operations, method, required, responses } = webhook;
    let mut calls = Vec::new();
    if let Some(expression) = expression {
        calls.push(format!(".of_operations({}, &[{}])", literal(expression), literals(operations)));
    }
    if !operation.summary.is_empty() {
        calls.push(format!(".with_summary({})", literal(&operation.summary)));
    }
    if !operation.tags.is_empty() {
        calls.push(format!(".with_tags(&[{}])", literals(&operation.tags)));
    }
    if operation.deprecated {
        calls.push(".deprecated()".to_owned());
    }
    let payload = operation.responses.first();
    // only functions show examples of payloads
    let example =
        payload.filter(|payload| payload.decoding != Decoding::Json).and_then(|payload| payload.example.as_ref());
    let description = [Some(&operation.description), example].into_iter().flatten().filter(|text| !text.is_empty());
    let description = description.cloned().collect::<Vec<_>>().join("\n\n");
    if !description.is_empty() {
        calls.push(format!(".with_description({})", literal(&description)));
    }
    if let Some(payload) = payload {
        if !payload.headers.is_empty() {
            calls.push(format!(".with_headers({})", array(payload.headers.iter().map(header).collect())));
        }
        if let Some(content_type) = &payload.content_type {
            let typed = content(content_type, Some(&short(&body_type(payload), settings)));
            let others = payload.others.iter().map(|other| content(other, None));
            let contents = array(std::iter::once(typed).chain(others).collect());
            let mut body = vec![format!(".with_contents({contents})")];
            if !payload.description.is_empty() {
                body.push(format!(".with_description({})", literal(&payload.description)));
            }
            calls.push(format!(".with_body({})", chain(format!("RequestBody::new({required})"), body)));
        }
    }
    if !responses.is_empty() {
        let response = |(status, description): &(openapi::Status, String)| {
            let [status, description] = [&status.to_string(), description].map(|text| literal(text));
            format!("DocumentedResponse::new({status}, {description})")
        };
        calls.push(format!(".with_responses({})", array(responses.iter().map(response).collect())));
    }
    let id = option((operation.id != *name).then_some(operation.id.as_str()));
    chain(format!("runtime::Webhook::new({}, {id}, {})", literal(name), literal(method.name())), calls)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use crate::{Settings, features::tests::compiled_with, generate};

    #[test]
    fn code_without_the_feature_mentions_no_type_that_only_webhooks_use() {
        let event = json!({"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "maxLength": 3}, "key": {"type": "string", "format": "password"},
            "ids": {"type": "array", "maxItems": 2, "items": {"type": "string", "format": "password"}},
            "kind": {"type": "string", "enum": ["a", "b"]}, "name": {"$ref": "#/components/schemas/Name"},
            "source": {"oneOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Shared"}]},
            "inner": {"allOf": [{"$ref": "#/components/schemas/Shared"}, {"type": "object",
                "properties": {"card": {"$ref": "#/components/schemas/Card"}}}]}}});
        let of = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {"operationId": "a",
                "responses": {"200": {"description": "", "content": of("Shared")}}}}},
            "webhooks": {"Event": {"post": {"requestBody": {"content": of("Event")}, "responses": {}}}},
            "components": {"schemas": {"Event": event, "Name": {"type": ["string", "null"], "pattern": "^a"},
                "Card": {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer",
                    "minimum": 2}}},
                "Shared": {"type": "object", "required": ["x"], "properties": {
                    "x": {"type": "string", "enum": ["Event"]}}}}}});
        let code = generate(&document, &Settings::package()).unwrap().code;
        let (rest, gated) = compiled_with(&code, &[]);
        let expected =
            ["Card", "CardNumber", "Event", "EventId", "EventIds", "EventInner", "EventKind", "EventSource", "Name"];
        assert!(expected.iter().all(|name| gated.contains(*name)), "{gated:?}");
        // an enum that stays has a variant `Event`
        let uses = ["struct Event ", "for Event ", "<Event>", "&Event"];
        assert!(uses.iter().all(|usage| !rest.contains(usage)), "{rest}");
        let words: BTreeSet<&str> = rest.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let left: Vec<_> = gated.iter().filter(|name| *name != "Event" && words.contains(name.as_str())).collect();
        assert!(left.is_empty(), "{left:?} in {rest}");
        assert!(rest.contains("pub struct Shared") && rest.contains("pub enum SharedX"));
    }
}
