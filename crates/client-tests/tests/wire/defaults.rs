//! Defaults are applied by the server: the client sends only what was set, and reads only what was sent.

use client_tests::defaults::Client;

use super::{client, json, last, responding};

#[tokio::test]
async fn unset_properties_are_not_sent() {
    let server = responding(json("200 OK", "{}")).await;
    let client = client::<Client>(&server);
    let found = client.search().send().await.unwrap();
    assert_eq!((last(&server).0.as_str(), last(&server).2.as_str()), ("POST /search", "{}"));
    assert_eq!((found.total, found.kind, found.next), (None, None, None));
    client.search().page(2).order("desc").limit(5).tags(["x"]).mode("exact").level(2).sign("<=").send().await.unwrap();
    assert_eq!(last(&server).0, "POST /search?page=2&order=desc");
    assert_eq!(last(&server).2, r#"{"level":2,"limit":5,"mode":"exact","sign":"<=","tags":["x"]}"#);
    assert!(client.search().mode("slow").send().await.is_err());
}
