//! Servers of operations: which address a call goes to, and where credentials are sent.

use client_tests::servers::{Client, OPERATIONS};
use runtime::{Builder, DynamicCall, Outcome};

use super::{header, last, responding, server, support::Scripted, support::with_headers};

/// Returns the settings of a client whose server is a path on this server.
fn builder(server: &Scripted, path: &str) -> Builder {
    Builder::new(format!("{}{path}", server.url)).token("t")
}

fn client(builder: Builder) -> Client {
    Client::from(builder.build().unwrap())
}

fn port(server: &Scripted) -> String {
    server.url.rsplit(':').next().unwrap().to_owned()
}

/// Calls the operations whose server has the document's origin, and returns the paths of their requests.
async fn paths(server: &Scripted, path: &str) -> Vec<String> {
    let client = client(builder(server, path));
    client.plain().send().await.unwrap();
    client.equal().send().await.unwrap();
    client.beta().send().await.unwrap();
    client.gamma().send().await.unwrap();
    client.root().send().await.unwrap();
    client.relative().send().await.unwrap();
    client.sibling().send().await.unwrap();
    client.several().send().await.unwrap();
    let requests = server.requests().into_iter().rev().take(8).rev().collect::<Vec<_>>();
    requests.iter().map(|request| request.split(' ').nth(1).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn servers_of_the_documents_origin_are_paths_of_the_clients_server() {
    let server = server().await;
    let at_root =
        ["/plain", "/equal", "/v1beta/beta", "/v1/gamma/beta", "/root", "/v2/relative", "/v3/sibling", "/v4/several"];
    assert_eq!(paths(&server, "").await, at_root);
    let mut at_version = at_root;
    (at_version[0], at_version[1]) = ("/v1/plain", "/v1/equal");
    assert_eq!(paths(&server, "/v1/").await, at_version);
    let mounted = at_version.map(|path| format!("/mount{path}"));
    assert_eq!(paths(&server, "/mount/v1").await, mounted);
    assert_eq!(header(&server, "authorization").as_deref(), Some("Bearer t"));
}

#[tokio::test]
async fn equal_servers_are_not_in_the_table() {
    let own: Vec<_> = OPERATIONS.iter().filter(|operation| operation.servers.is_empty()).map(|one| one.id).collect();
    assert_eq!(own, ["equal", "plain"]);
}

#[tokio::test]
async fn credentials_are_sent_to_another_server_only_if_the_caller_names_it() {
    let (own, other) = (server().await, server().await);
    let port = port(&other);
    let settings = || builder(&own, "").server_variable("port", &*port);
    let refused = client(settings()).upload().name("a").body("x").send().await.unwrap_err();
    assert_eq!(refused.outcome(), Outcome::NotSent);
    let message = refused.to_string();
    assert!(message.contains(&format!("`Builder::allow_host(\"{}\")`", other.url)), "{message}");
    let dynamic = OPERATIONS.iter().find(|operation| operation.id == "upload").unwrap();
    let transport = settings().build().unwrap();
    let call = DynamicCall::new(&transport, dynamic).parameter("name", "a").send_for_bytes();
    assert_eq!(call.await.unwrap_err().to_string(), message);
    let with_header = Builder::new(&*own.url).server_variable("port", &*port).header("X-Tenant", "7");
    assert!(client(with_header).download().name("a").send().await.is_err());
    assert!(own.requests().is_empty() && other.requests().is_empty());

    client(settings()).download().name("a").send().await.unwrap();
    assert_eq!((last(&other).0.as_str(), header(&other, "authorization")), ("GET /up/files/a", None));
    client(settings().allow_host(&*other.url)).upload().name("a").body("x").send().await.unwrap();
    assert_eq!((last(&other).0.as_str(), last(&other).2.as_str()), ("PUT /up/files/a", "x"));
    assert_eq!(header(&other, "authorization").as_deref(), Some("Bearer t"));
    let elsewhere = settings().allow_host("other.example").allow_host(&*own.url);
    assert!(client(elsewhere).upload().name("a").send().await.is_err());
    assert_eq!((own.requests().len(), other.requests().len()), (0, 2));
}

#[tokio::test]
async fn a_caller_can_replace_the_servers_of_operations() {
    let (own, other) = (server().await, server().await);
    let documented = "http://127.0.0.1:{port}/{stage}";
    let replaced = builder(&own, "/v1").replace_server(documented, format!("{}/here/", other.url));
    client(replaced).upload().name("a").send().await.unwrap();
    assert_eq!(last(&other).0, "PUT /here/files/a");
    assert_eq!(header(&other, "authorization").as_deref(), Some("Bearer t"));
    let ignoring = client(builder(&own, "/v1").ignore_operation_servers());
    ignoring.upload().name("a").send().await.unwrap();
    assert_eq!(last(&own).0, "PUT /v1/files/a");
    ignoring.beta().send().await.unwrap();
    assert_eq!(last(&own).0, "GET /v1/beta");
    let invalid = Builder::new("a.example").replace_server(documented, "http://b.example").build().unwrap_err();
    assert!(invalid.to_string().contains("uses http"), "{invalid}");
}

#[tokio::test]
async fn variables_of_servers_have_documented_values() {
    let (own, other) = (server().await, server().await);
    let settings = || Builder::new(&*own.url).server_variable("port", port(&other));
    client(settings().server_variable("stage", "trial")).download().name("a").send().await.unwrap();
    assert_eq!(last(&other).0, "GET /trial/files/a");
    let refused = client(settings().server_variable("stage", "live")).download().name("a").send().await.unwrap_err();
    assert_eq!(refused.to_string(), "stage: violates enum (allowed: up, trial)");
    for value in ["1/x", "1@x", "1?", "1#", "1\\", ".."] {
        let invalid = client(settings().server_variable("port", value));
        let refused = invalid.download().name("a").send().await.unwrap_err();
        assert_eq!(refused.to_string(), "port: would change other parts of the server's URL", "{value}");
        assert_eq!(refused.outcome(), Outcome::NotSent);
    }
    assert_eq!(other.requests().len(), 1);
}

#[tokio::test]
async fn unusable_servers_are_errors_that_name_the_fix() {
    let server = server().await;
    let client = client(builder(&server, ""));
    for (error, reason) in [
        (client.unencrypted().send().await.unwrap_err(), "http://other.example of the document, which uses http"),
        (client.unusable().send().await.unwrap_err(), "https://{host} of the document, which contains a placeholder"),
    ] {
        let message = error.to_string();
        assert!(message.contains(reason) && message.contains("`Builder::replace_server`"), "{message}");
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn redirects_of_another_server_are_not_followed() {
    let own = server().await;
    let other = responding(with_headers("307 Temporary Redirect", "Location: /elsewhere?secret=x\r\n", "")).await;
    let client = client(Builder::new(&*own.url).server_variable("port", port(&other)));
    let error = client.download().name("a").send().await.unwrap_err();
    assert!(error.to_string().contains(&format!("a redirect to {}; redirects", other.url)), "{error}");
    assert_eq!((own.requests().len(), other.requests().len()), (0, 1));
}
