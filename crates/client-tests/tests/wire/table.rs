//! The operation table agrees with its document.

use client_tests::table::{Client, OPERATIONS, SECURITY_SCHEMES, SERVERS, types};
use runtime::{Builder, Operation, Scheme, Server};

use super::{last, server};

fn operation(name: &str) -> &'static Operation {
    OPERATIONS.iter().find(|operation| operation.name == name).unwrap()
}

#[test]
fn operations_have_their_documentation_and_security() {
    let list = operation("list_things");
    assert_eq!((list.method, list.path, list.summary, list.tags), ("GET", "/things", "List things", &["Things"][..]));
    assert_eq!((list.deprecated, list.reads_only()), (false, true));
    assert_eq!(list.external_docs, Some("https://docs.example/things"));
    let permissions: Vec<_> = list.permissions.iter().map(|one| (one.name, one.when)).collect();
    assert_eq!(permissions, ["THING_VIEW", "thing:list"].map(|name| (name, Some("if asked by a user"))));
    assert_eq!((list.security[0][0].name, list.security[0][0].scopes), ("login", &["read"][..]));
    let put = operation("put_thing");
    assert_eq!((put.deprecated, put.reads_only(), put.permissions, put.security.len()), (true, false, &[][..], 2));
}

#[test]
fn parameters_have_type_default_and_description() {
    let [size, order, at] = operation("list_things").parameters else { panic!("three parameters") };
    assert_eq!((size.ty, size.default, size.deprecated, size.description), ("i64", Some("10"), true, "how many"));
    assert_eq!((order.ty, order.default, order.deprecated), ("types::Order", Some("\"up\""), false));
    assert_eq!((at.ty, at.default, at.description), ("chrono::DateTime<chrono::offset::Utc>", None, ""));
}

#[test]
fn bodies_have_every_content_type_and_headers_their_schema() {
    let list = operation("list_things");
    let ok = list.responses.iter().find(|response| response.status == "200").unwrap();
    let contents: Vec<_> = ok.contents.iter().map(|one| (one.content_type, one.ty)).collect();
    assert_eq!(contents, [("application/json", Some("types::ListThingsOk")), ("text/csv", None)]);
    let headers: Vec<_> = ok.headers.iter().map(|one| (one.name, one.schema, one.required, one.deprecated)).collect();
    assert_eq!(headers, [("X-Next", "Order", false, true), ("X-Total", "integer int32", true, false)]);
    let refused = list.responses.iter().find(|response| response.status == "default").unwrap();
    assert_eq!(refused.contents[0].ty, Some("String"));
    let body = operation("put_thing").body.unwrap();
    assert_eq!((list.body, body.required, body.description), (None, false, "a thing"));
    let contents: Vec<_> = body.contents.iter().map(|one| (one.content_type, one.ty)).collect();
    assert_eq!(contents, [("application/json", Some("types::Thing")), ("application/xml", Some("Vec<u8>"))]);
}

#[test]
fn servers_are_listed_at_document_path_and_operation() {
    assert_eq!(SERVERS[0].default_url(), "https://north.example/v1");
    assert_eq!(SERVERS[0].variables[0].values, ["north", "south"]);
    let urls = |name: &str| operation(name).servers.iter().map(Server::default_url).collect::<Vec<_>>();
    assert_eq!(urls("list_things"), ["https://things.example"]);
    assert_eq!(urls("put_thing"), ["https://put.example"]);
}

#[test]
fn security_schemes_have_their_flows() {
    let [login, provider] = SECURITY_SCHEMES else { panic!("two schemes") };
    assert_eq!((login.name, login.scheme), ("login", Scheme::Bearer { format: None }));
    let [credentials, implicit] = login.flows else { panic!("two flows") };
    assert_eq!((credentials.kind, implicit.kind), ("clientCredentials", "implicit"));
    assert_eq!(credentials.token_url, Some("https://login.example/token"));
    assert_eq!(credentials.refresh_url, Some("https://login.example/again"));
    assert_eq!((credentials.authorization_url, credentials.scopes), (None, &[("read", "to read")][..]));
    assert_eq!(implicit.authorization_url, Some("https://login.example/ask"));
    assert_eq!(provider.open_id_connect_url, Some("https://login.example/.well-known/openid-configuration"));
}

/// Each `expect` fails the compilation if the item after it is not deprecated.
#[tokio::test]
#[deny(unfulfilled_lint_expectations)]
async fn deprecated_items_work_and_warn() {
    let server = server().await;
    let settings = Builder::new(&*server.url).token("t").ignore_operation_servers();
    let client = Client::from(settings.build().unwrap());
    #[expect(deprecated, reason = "the parameter is")]
    let list = client.list_things().size(5);
    let _ = list.order(types::Order::Up).send().await;
    #[expect(deprecated, reason = "the operation is")]
    let put = client.put_thing().name("n");
    #[expect(deprecated, reason = "the property is")]
    let put = put.alias("a");
    #[expect(deprecated, reason = "the property is")]
    let put = put.alias_null();
    #[expect(deprecated, reason = "the property is")]
    let put = put.key("k");
    #[expect(deprecated, reason = "the type is, and the variant with it")]
    let square = types::ThingShape::Square(types::Square { side: 1.0 });
    put.code("c").shape(square).send().await.unwrap();
    #[expect(deprecated, reason = "the alias is")]
    let _ = types::Code::try_from("abc");
    #[expect(deprecated, reason = "the property of a part is")]
    let label = types::Named { radius: 1.0, label: None }.label;
    assert_eq!(label, None);
    assert_eq!(last(&server).2, r#"{"alias":null,"code":"c","key":"k","name":"n","shape":{"side":1.0}}"#);
    assert_eq!(
        server.requests().first().and_then(|one| one.lines().next()),
        Some("GET /things?size=5&order=up HTTP/1.1")
    );
}
