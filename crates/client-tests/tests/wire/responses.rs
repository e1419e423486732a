//! Responses of every status.

use client_tests::responses::{
    Client,
    operations::{GetThingError, GetThingSuccess, ReadSharedError},
    types::{NotFoundResponse, OrderParameter, Response401, Response401Reason, SharedRequest},
};

use super::{Response, client, json, last, responding, sent, with_headers};

#[tokio::test]
async fn decodes_every_status_into_its_own_type() {
    let call = async |response: Response| {
        let server = responding(response).await;
        client::<Client>(&server).get_thing().send().await
    };
    let thing = r#"{"id":1,"parts":[{"id":2}]}"#;
    assert!(matches!(call(json("200 OK", thing)).await, Ok(GetThingSuccess::Ok(thing)) if thing.parts[0].id == 2));
    assert!(matches!(call(with_headers("202 Accepted", "", "")).await, Ok(GetThingSuccess::Accepted)));
    assert!(matches!(
        call(with_headers("203 Non-Authoritative Information", "", "plain")).await,
        Ok(GetThingSuccess::NonAuthoritativeInformation(text)) if text == "plain"
    ));
    let many = call(json("207 Multi-Status", &format!("[{thing}]"))).await;
    assert!(matches!(many, Ok(GetThingSuccess::Success(things)) if things.len() == 1));
    let error = async |response: Response| call(response).await.unwrap_err();
    assert!(matches!(error(with_headers("404 Not Found", "", "")).await.documented(), Some(GetThingError::NotFound)));
    let refused = error(json("409 Conflict", r#"{"title":"taken"}"#)).await;
    let Some(GetThingError::ClientError(problem)) = refused.documented() else { panic!("{refused:?}") };
    assert_eq!(problem.title.as_deref(), Some("taken"));
    assert_eq!(refused.to_string(), "the server responded with 409 Conflict: taken");
    let broken = error(with_headers("502 Bad Gateway", "", "<html>")).await;
    assert!(matches!(broken.documented(), Some(GetThingError::Default(html)) if html == "<html>"));
}

#[tokio::test]
async fn sends_methods_without_a_function_in_reqwest() {
    let server = responding(with_headers("200 OK", "", "")).await;
    let client = client::<Client>(&server);
    client.ask_thing().send().await.unwrap();
    assert_eq!(last(&server), sent("OPTIONS /thing", None, ""));
    client.trace_thing().send().await.unwrap();
    assert_eq!(last(&server), sent("TRACE /thing", None, ""));
}

#[tokio::test]
async fn a_shared_response_body_or_parameter_is_one_type() {
    fn reason(body: &Response401) -> Option<&Response401Reason> {
        body.reason.as_ref()
    }
    let server = responding(json("401 Unauthorized", r#"{"reason":"expired"}"#)).await;
    let client = client::<Client>(&server);
    let read = client.read_shared().order(OrderParameter::Up).send().await.unwrap_err();
    let Some(ReadSharedError::Unauthorized(body)) = read.documented() else { panic!("{read:?}") };
    assert_eq!(reason(body), Some(&Response401Reason::Expired));
    let write = client.write_shared().order(OrderParameter::Down).name("a").send().await.unwrap_err();
    assert_eq!(write.documented().and_then(reason), Some(&Response401Reason::Expired));
    let _: fn(SharedRequest) -> String = |body| body.name;
    let server = responding(json("404 Not Found", r#"{"message":"gone"}"#)).await;
    let add = super::client::<Client>(&server).add_shared().name("a").send().await.unwrap_err();
    let message = |body: &NotFoundResponse| body.message.clone();
    assert_eq!(add.documented().and_then(message).as_deref(), Some("gone"));
}
