//! Credentials of each operation by its security requirements.

use client_tests::security::Client;
use runtime::{Builder, Outcome};

use super::{header, last, server};

#[tokio::test]
async fn api_keys_are_sent_in_their_documented_location() {
    let server = server().await;
    let builder =
        Builder::new(&*server.url).api_key("header", "k 1").api_key("query", "k&2").api_key("cookie", "k;3").token("t");
    let client = Client::from(builder.build().unwrap());
    client.by_header().send().await.unwrap();
    assert_eq!((last(&server).0.as_str(), header(&server, "x-key").as_deref()), ("GET /header", Some("k 1")));
    client.by_query().q("x").send().await.unwrap();
    assert_eq!((last(&server).0.as_str(), header(&server, "x-key")), ("GET /query?q=x&key=k%262", None));
    client.by_both().c("y").send().await.unwrap();
    assert_eq!(header(&server, "cookie").as_deref(), Some("c=y; sid=k%3B3"));
    assert_eq!(header(&server, "authorization").as_deref(), Some("Bearer t"));
    client.open().send().await.unwrap();
    assert_eq!(header(&server, "authorization"), None);
    client.perhaps().send().await.unwrap();
    assert_eq!(header(&server, "authorization").as_deref(), Some("Bearer t"));
}

#[tokio::test]
async fn a_call_without_the_required_credentials_is_not_sent() {
    let server = server().await;
    let client = Client::from(Builder::new(&*server.url).token("t").build().unwrap());
    for (error, needs) in [
        (client.by_header().send().await.unwrap_err(), "`header`"),
        (client.by_both().send().await.unwrap_err(), "`cookie`"),
    ] {
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(error.to_string().contains(needs), "{error}");
    }
    client.by_either().send().await.unwrap();
    assert_eq!(header(&server, "authorization").as_deref(), Some("Bearer t"));
    let nobody = Client::from(Builder::new(&*server.url).build().unwrap());
    nobody.perhaps().send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn documented_credentials_override_default_headers() {
    let server = server().await;
    let builder = Builder::new(&*server.url).header("Authorization", "Own x").header("X-Tenant", "7").token("t");
    let client = Client::from(builder.build().unwrap());
    client.open().send().await.unwrap();
    assert_eq!(header(&server, "authorization").as_deref(), Some("Own x"));
    client.perhaps().send().await.unwrap();
    assert_eq!(header(&server, "authorization").as_deref(), Some("Bearer t"));
    assert_eq!(header(&server, "x-tenant").as_deref(), Some("7"));
}
