//! Requests as they are sent, requests that are refused before, and the outcome of failed calls.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod support;

use std::time::Duration;

use blynk_platform::{Blynk, Error, Outcome, operations::CreateOAuthClientError};
use support::{Response, Scripted, json, with_headers};

const CREATED: &str = r#"{"orgId":1,"name":"a","clientId":"c","secret":"TOPSECRET","redirectUrls":null}"#;

fn blynk(server: &Scripted) -> Blynk {
    Blynk::builder().server(&*server.url).token("TOKEN").attempt_timeout(Duration::from_secs(5)).build().unwrap()
}

async fn call_with(response: Response) -> Result<blynk_platform::types::OAuthClient, Error<CreateOAuthClientError>> {
    let server = Scripted::start(move |_, _| response.clone()).await;
    let result = blynk(&server).create_oauth_client().name("a").send().await;
    assert_eq!(server.requests().len(), 1, "a call that may create a client is never repeated");
    result
}

#[tokio::test]
async fn sends_exactly_the_documented_request() {
    let server = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    let created =
        blynk(&server).create_oauth_client().name("Ä \"x\"").org_id(7).redirect_urls(["a:b"]).send().await.unwrap();
    assert!(created.redirect_urls.is_empty(), "null in the response is not an error");
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /api/v1/organization/oauth/clients/create HTTP/1.1\r\n"), "{head}");
    let mut names: Vec<_> =
        head.lines().skip(1).filter_map(|line| line.split(':').next()).map(str::to_ascii_lowercase).collect();
    names.sort();
    assert_eq!(
        names,
        ["accept", "authorization", "content-length", "content-type", "host", "user-agent"],
        "no api-version among them"
    );
    for line in ["authorization: Bearer TOKEN", "accept: application/json", "content-type: application/json"] {
        assert!(head.lines().any(|sent| sent == line), "{line} is not in {head}");
    }
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body, serde_json::json!({"name": "Ä \"x\"", "orgId": 7, "redirectUrls": ["a:b"]}));
}

#[tokio::test]
async fn omits_unset_fields_and_sends_an_empty_array() {
    let server = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    blynk(&server).create_oauth_client().name("a").send().await.unwrap();
    blynk(&server).create_oauth_client().name("a").redirect_urls([""; 0]).send().await.unwrap();
    let bodies: Vec<_> =
        server.requests().iter().map(|request| request.split_once("\r\n\r\n").unwrap().1.to_owned()).collect();
    assert_eq!(bodies, [r#"{"name":"a"}"#, r#"{"name":"a","redirectUrls":[]}"#]);
}

#[tokio::test]
async fn an_invalid_request_is_not_sent() {
    let server = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    let blynk = blynk(&server);
    let create = || blynk.create_oauth_client();
    let long_url = |length: usize| format!("https://x.example/{}", "a".repeat(length - 18));
    let many = |count: usize| vec!["https://x.example"; count];
    let refused = [
        (create(), "name: is required"),
        (create().name(""), "name: violates minLength 1 (0 characters)"),
        (create().name("a".repeat(65)), "name: violates maxLength 64 (65 characters)"),
        (create().name("🌱".repeat(65)), "name: violates maxLength 64 (65 characters)"),
        (create().name("a").redirect_urls(many(11)), "redirectUrls: violates maxItems 10 (11 items)"),
        (
            create().name("a").redirect_urls([long_url(1025)]),
            "redirectUrls[0]: violates maxLength 1024 (1025 characters)",
        ),
        (
            create().name("a").redirect_urls(["https://x.example", "not a uri"]),
            "redirectUrls[1]: violates format uri: not a URI",
        ),
        (create().name("").redirect_urls(many(11)), "name: violates minLength 1 (0 characters)"),
    ];
    for (request, expected) in refused {
        let error = request.send().await.unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(error.violation().map(ToString::to_string), Some(error.to_string()));
    }
    assert_eq!(server.requests().len(), 0);
    create().name("a".repeat(64)).redirect_urls(many(10)).send().await.unwrap();
    create().name("a").redirect_urls([long_url(1024)]).send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn documented_errors_are_typed_with_or_without_a_body() {
    let body = r#"{"error":{"message":"because"}}"#;
    for (status, outcome) in [
        ("400 Bad Request", Outcome::Rejected),
        ("403 Forbidden", Outcome::Rejected),
        ("404 Not Found", Outcome::Rejected),
        ("500 Internal Server Error", Outcome::Unknown),
    ] {
        let error = call_with(json(status, body)).await.unwrap_err();
        let message = match error.documented() {
            Some(
                CreateOAuthClientError::BadRequest(body)
                | CreateOAuthClientError::Forbidden(body)
                | CreateOAuthClientError::NotFound(body)
                | CreateOAuthClientError::InternalServerError(body),
            ) => body.error.message.as_str(),
            other => panic!("{status}: {other:?}"),
        };
        assert_eq!((message, error.outcome()), ("because", outcome));
        assert_eq!(error.to_string(), format!("the server responded with {status}: because"));
    }
    let error = call_with(with_headers("429 Too Many Requests", "retry-after: 7\r\n", "")).await.unwrap_err();
    assert!(matches!(error.documented(), Some(CreateOAuthClientError::TooManyRequests)));
    assert_eq!((error.outcome(), error.retry_after()), (Outcome::Rejected, Some(Duration::from_secs(7))));
}

#[tokio::test]
async fn undocumented_responses_keep_status_headers_and_body_hidden_in_messages() {
    for (response, status, outcome, message) in [
        (
            with_headers("500 Internal Server Error", "x-id: 9\r\n", "<html>TOPSECRET</html>"),
            500,
            Outcome::Unknown,
            "the server responded with 500 Internal Server Error and a body that does not match the document",
        ),
        (
            with_headers("418 I'm a teapot", "x-id: 9\r\n", "TOPSECRET"),
            418,
            Outcome::Rejected,
            "the server responded with 418 I'm a teapot, which the document does not list for createOAuthClient",
        ),
        (
            with_headers("503 Service Unavailable", "x-id: 9\r\n", "TOPSECRET"),
            503,
            Outcome::Unknown,
            "the server responded with 503 Service Unavailable, which the document does not list for createOAuthClient",
        ),
        (
            with_headers("200 OK", "x-id: 9\r\n", "TOPSECRET"),
            200,
            Outcome::Applied,
            "the server responded with 200 OK, which the document does not list for createOAuthClient",
        ),
    ] {
        let error = call_with(response).await.unwrap_err();
        assert_eq!((error.status().map(|status| status.as_u16()), error.outcome()), (Some(status), outcome));
        assert_eq!(error.is_safe_to_retry(), outcome == Outcome::Rejected, "an operation that creates");
        assert_eq!(error.to_string(), message);
        assert!(String::from_utf8_lossy(error.body().unwrap()).contains("TOPSECRET"));
        assert_eq!(error.headers().unwrap()["x-id"], "9");
        assert!(!format!("{error:?}").contains("TOPSECRET"), "{error:?}");
    }
}

#[tokio::test]
async fn a_created_client_whose_response_is_unreadable_is_reported_as_applied() {
    for body in
        [r#"{"secret":"TOPSECRET","orgId":"TOPSECRET"}"#, "TOPSECRET", "", r#"{"orgId":1,"name":"a","clientId":"c"}"#]
    {
        let error = call_with(json("201 Created", body)).await.unwrap_err();
        assert_eq!((error.outcome(), error.status().map(|status| status.as_u16())), (Outcome::Applied, Some(201)));
        assert!(!format!("{error:?} {error}").contains("TOPSECRET"), "{error:?}");
    }
    // the body ends before its announced length
    let short = b"HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{\"secret\":\"TOPSECRET\"".to_vec();
    let error = call_with(Response::Raw(short)).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Applied);
    assert!(!format!("{error:?} {error}").contains("TOPSECRET"), "{error:?}");
}

#[tokio::test]
async fn an_oversized_response_is_read_up_to_the_limit() {
    let long = "x".repeat(17 * 1024 * 1024);
    let error = call_with(json("201 Created", &long)).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Applied);
    assert!(
        error.to_string().ends_with("it is longer than 16777216 bytes; Builder::max_response_bytes sets the limit"),
        "{error}"
    );
    let error = call_with(json("500 Internal Server Error", &long)).await.unwrap_err();
    assert_eq!((error.outcome(), error.body().map(<[u8]>::len)), (Outcome::Unknown, Some(16 * 1024 * 1024)));
}

#[tokio::test]
async fn without_a_response_the_outcome_is_unknown() {
    let error = call_with(Response::Hangup).await.unwrap_err();
    assert_eq!((error.outcome(), error.is_timeout(), error.status()), (Outcome::Unknown, false, None));

    let server = Scripted::start(|_, _| Response::Silence).await;
    let impatient = |builder: blynk_platform::BlynkBuilder| builder.server(&*server.url).token("T").build().unwrap();
    for client in [
        impatient(Blynk::builder().attempt_timeout(Duration::from_millis(200))),
        impatient(Blynk::builder().total_timeout(Duration::from_millis(200))),
    ] {
        let error = client.create_oauth_client().name("a").send().await.unwrap_err();
        assert_eq!((error.outcome(), error.is_timeout()), (Outcome::Unknown, true), "{error}");
    }
}

#[tokio::test]
async fn the_status_of_a_stalled_response_determines_the_outcome() {
    for (status, outcome) in [
        ("201 Created", Outcome::Applied),
        ("400 Bad Request", Outcome::Rejected),
        ("500 Internal Server Error", Outcome::Unknown),
    ] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 500\r\n\r\n{{\"secret\":\"TOPSECRET\"");
        let server = Scripted::start(move |_, _| Response::Stall(head.clone().into_bytes())).await;
        let short = Duration::from_millis(200);
        for builder in [Blynk::builder().attempt_timeout(short), Blynk::builder().total_timeout(short)] {
            let client = builder.server(&*server.url).token("T").build().unwrap();
            let error = client.create_oauth_client().name("a").send().await.unwrap_err();
            assert_eq!(error.outcome(), outcome, "{error}");
            assert!(!format!("{error:?} {error}").contains("TOPSECRET"), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_failed_connection_is_not_sent() {
    // a port that was just free, on which nothing listens
    let url = Scripted::start(|_, _| Response::Hangup).await.url.clone();
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    assert_ne!(url, closed);
    let client = Blynk::builder().server(&*closed).token("T").build().unwrap();
    let error = client.create_oauth_client().name("a").send().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent, "{error}");

    let server = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    let without = Blynk::builder().server(&*server.url).build().unwrap();
    let error = without.create_oauth_client().name("a").send().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.to_string(), "createOAuthClient requires a bearer token, which the client does not have");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn redirects_are_not_followed_and_name_the_server() {
    let target = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    let location = format!("location: {}/elsewhere?secret=TOPSECRET\r\n", target.url);
    let error = call_with(with_headers("308 Permanent Redirect", &location, "")).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert!(error.to_string().contains(&format!("a redirect to {};", target.url)), "{error}");
    assert!(!format!("{error:?} {error}").contains("TOPSECRET"));
    assert_eq!(target.requests().len(), 0);
}

#[tokio::test]
async fn concurrent_calls_share_one_token() {
    let server = Scripted::start(|request, _| {
        if request.starts_with("POST /oauth2/token?grant_type=client_credentials ") {
            json("200 OK", r#"{"access_token":"A","token_type":"Bearer","expires_in":86400,"refresh_token":null}"#)
        } else {
            json("201 Created", CREATED)
        }
    })
    .await;
    let blynk = Blynk::builder().server(&*server.url).client_credentials("id", "pw").build().unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let blynk = blynk.clone();
            tokio::spawn(async move { blynk.create_oauth_client().name("a").send().await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let requests = server.requests();
    let (tokens, creates): (Vec<_>, Vec<_>) = requests.iter().partition(|request| request.contains("/oauth2/token"));
    assert_eq!((tokens.len(), creates.len()), (1, 20));
    assert!(tokens[0].contains("Basic aWQ6cHc="), "id:pw in HTTP Basic: {}", tokens[0]);
    assert!(creates.iter().all(|request| request.contains("Bearer A")));
}

#[tokio::test]
async fn a_rejected_token_is_renewed_once() {
    let server = Scripted::start(|request, number| {
        if request.contains("/oauth2/token") {
            json("200 OK", &format!(r#"{{"access_token":"A{number}","token_type":"Bearer","expires_in":86400}}"#))
        } else {
            json("401 Unauthorized", r#"{"error":{"message":"expired"}}"#)
        }
    })
    .await;
    let blynk = Blynk::builder().server(&*server.url).client_credentials("id", "pw").build().unwrap();
    let error = blynk.create_oauth_client().name("a").send().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.outcome()), (Some(401), Outcome::Rejected));
    let kinds: Vec<_> = server.requests().iter().map(|request| request.contains("/oauth2/token")).collect();
    assert_eq!(kinds, [true, false, true, false], "token, call, token, call");
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    for response in
        [Response::Hangup, json("503 Service Unavailable", "{}"), json("200 OK", r#"{"access_token":"TOPSECRET"}"#)]
    {
        let server = Scripted::start(move |_, _| response.clone()).await;
        let blynk = Blynk::builder().server(&*server.url).client_credentials("id", "pw").build().unwrap();
        let error = blynk.create_oauth_client().name("a").send().await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
        assert!(error.to_string().starts_with("fetching an access token failed: "), "{error}");
        assert!(!format!("{error:?} {error}").contains("TOPSECRET"), "{error:?}");
        assert!(server.requests().iter().all(|request| request.contains("/oauth2/token")));
    }
}

#[tokio::test]
async fn a_secret_in_a_url_is_not_in_errors() {
    let server = Scripted::start(|_, _| Response::Hangup).await;
    let silent = Scripted::start(|_, _| Response::Silence).await;
    let has_secret = |operation: &&blynk_platform::Operation| {
        operation.parameters.iter().any(|parameter| parameter.name == "refresh_token")
    };
    let Some(exchange) = blynk_platform::OPERATIONS.iter().find(has_secret) else { return };
    for url in [&server.url, &silent.url, "http://127.0.0.1:1"] {
        let blynk = Blynk::builder()
            .server(url)
            .client_credentials("id", "pw")
            .attempt_timeout(Duration::from_millis(300))
            .build()
            .unwrap();
        let call = blynk.call_operation(exchange).parameter("refresh_token", "TOPSECRET");
        let call = if exchange.path.contains('?') { call } else { call.parameter("grant_type", "refresh_token") };
        let error = call.send_for_bytes().await.unwrap_err();
        let mut shown = format!("{error:?} {error}");
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            shown += &format!(" {inner:?} {inner}");
            source = inner.source();
        }
        assert!(!shown.contains("TOPSECRET"), "{shown}");
    }
    assert!(server.requests()[0].contains("refresh_token=TOPSECRET"), "the request was sent");
}

#[tokio::test]
async fn a_failed_tls_handshake_is_not_sent() {
    // a server without TLS responds to the handshake with HTTP
    let server = Scripted::start(|_, _| json("201 Created", CREATED)).await;
    let blynk = Blynk::builder().server(server.url.replace("http://", "https://")).token("TOPSECRET").build().unwrap();
    let error = blynk.create_oauth_client().name("a").send().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
    assert!(error.to_string().starts_with("the request could not be sent: "), "{error}");
    assert!(server.requests().iter().all(|request| !request.contains("TOPSECRET")));
}

#[test]
fn plain_http_requires_an_explicit_option() {
    let build =
        |server: &str| Blynk::builder().server(server).token("t").build().map(|blynk| blynk.server().to_owned());
    assert_eq!(Blynk::builder().build().unwrap().server(), "https://blynk.cloud", "the document's default");
    assert_eq!(build("fra1.blynk.cloud").unwrap(), "https://fra1.blynk.cloud");
    assert_eq!(build("http://127.0.0.1:8080/stem/").unwrap(), "http://127.0.0.1:8080/stem");
    let refused = build("http://fra1.blynk.cloud").unwrap_err().to_string();
    assert!(refused.starts_with("the server address uses http, which sends credentials unencrypted"), "{refused}");
    assert!(Blynk::builder().server("http://fra1.blynk.cloud").allow_plain_http().build().is_ok());
    let user = Blynk::builder().client_credentials("a:b", "pw").build().unwrap_err().to_string();
    assert_eq!(user, "the client id or user name is empty or contains a colon");
}
