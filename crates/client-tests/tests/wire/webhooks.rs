//! Webhooks and callbacks: their table, and payloads as a server sends them.

use client_tests::webhooks::{
    Client, OPERATIONS, WEBHOOKS,
    types::{Payment, PaymentSource, Reason, Status, Subscription},
    webhooks,
};
use runtime::Webhook;

use super::{client, last, sent, server};

fn webhook(name: &str) -> &'static Webhook {
    WEBHOOKS.iter().find(|webhook| webhook.name == name).unwrap()
}

#[test]
fn the_table_lists_webhooks_and_then_callbacks() {
    let rows: Vec<_> = WEBHOOKS.iter().map(|one| (one.name, one.method, one.expression, one.operations)).collect();
    let none: &[&str] = &[];
    assert_eq!(
        rows,
        [
            ("payment.created", "POST", None, none),
            ("payment.failed", "POST", None, none),
            ("ping", "GET", None, none),
            ("text", "POST", None, none),
            ("onEvent", "POST", Some("{$request.body#/url}"), &["subscribe", "renew"]),
            ("nested", "POST", Some("{$request.body#/next}"), none),
            ("onEnd", "PUT", Some("{$request.body#/url}/end"), &["subscribe"]),
        ]
    );
    assert_eq!(OPERATIONS.len(), 2, "webhooks are not called");
}

#[test]
fn a_row_has_headers_payload_and_responses() {
    let created = webhook("payment.created");
    assert_eq!((created.id, created.summary), (Some("paymentCreated"), "A payment was created"));
    assert_eq!((created.description, created.tags, created.deprecated), ("Sent once.", &["Payments"][..], true));
    let headers: Vec<_> = created.headers.iter().map(|one| (one.name, one.schema, one.required)).collect();
    assert_eq!(headers, [("X-Signature", "string", true)]);
    let body = created.body.unwrap();
    assert_eq!((body.required, body.description), (true, "the payment"));
    let contents: Vec<_> = body.contents.iter().map(|one| (one.content_type, one.ty)).collect();
    assert_eq!(contents, [("application/json", Some("types::Payment")), ("application/xml", None)]);
    let responses: Vec<_> = created.responses.iter().map(|one| (one.status, one.description)).collect();
    assert_eq!(responses, [("200", "received"), ("4XX", "refused")]);
    assert!(webhook("ping").body.is_none() && webhook("onEnd").body.is_none());
    assert_eq!(webhook("text").body.unwrap().contents[0].ty, Some("String"));
    assert_eq!(webhook("onEvent").body.unwrap().contents[0].ty, Some("types::OnEventPayload"));
}

/// Payloads have read-only properties and no write-only ones, unknown enum values and properties, and nulls.
#[test]
fn payloads_are_decoded_as_leniently_as_responses() {
    #[expect(deprecated, reason = "the webhook is")]
    let payment = webhooks::payment_created(br#"{"id":"p","note":null,"more":1,"source":{"number":"4"}}"#).unwrap();
    assert_eq!((payment.id.as_str(), payment.note), ("p", None));
    assert!(matches!(payment.source, Some(PaymentSource::Card(_))));
    let failed = webhooks::payment_failed(br#"{"reason":"fraud","payment":{"id":"p"}}"#).unwrap();
    assert!(matches!(failed.reason, Reason::Unknown(_)) && failed.payment.is_some());
    let event = webhooks::on_event(br#"{"kind":"k","code":"abc"}"#).unwrap();
    assert_eq!((event.kind.as_str(), event.code.unwrap().as_str()), ("k", "abc"));
    assert!(matches!(webhooks::nested(br#""paused""#).unwrap(), Status::Unknown(_)));
    let decoded: Payment = webhooks::decode(br#"{"id":"p"}"#).unwrap();
    assert_eq!(decoded.id, "p");
}

#[test]
fn errors_have_the_location_in_the_payload() {
    let error = webhooks::payment_failed(br#"{"reason":"limit","payment":{"id":7}}"#).unwrap_err();
    assert!(error.to_string().contains("at payment.id, line 1, column"), "{error}");
    assert!(webhooks::on_event(b"kind=k").is_err());
}

#[tokio::test]
async fn types_of_requests_stay_strict() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.subscribe().url("https://me.example").status(Status::Active).send().await.unwrap();
    assert_eq!(
        last(&server),
        sent("POST /subscriptions", Some("application/json"), r#"{"status":"active","url":"https://me.example"}"#)
    );
    assert!(serde_json::to_string(&Subscription { url: String::new(), status: "x".parse().ok() }).is_ok());
}
