//! What generated clients put on the wire, and what they make of answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../../../tests/support/mod.rs"]
mod support;

use blynk_behaviour::{answers, bodies};
use blynk_runtime::{Builder, File, Outcome};
use support::{Answer, Scripted, json, with_headers};

async fn server() -> Scripted {
    Scripted::start(|_, _| with_headers("204 No Content", "", "")).await
}

fn bodies(server: &Scripted) -> bodies::Client {
    bodies::Client::from(Builder::new(&*server.url).build().unwrap())
}

/// Request line, content type and body of the last request.
fn last(server: &Scripted) -> (String, Option<String>, String) {
    let request = server.requests().pop().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let content_type = head.lines().find_map(|line| line.strip_prefix("content-type: ")).map(str::to_owned);
    (head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned(), content_type, body.to_owned())
}

fn sent(line: &str, content_type: Option<&str>, body: &str) -> (String, Option<String>, String) {
    (line.to_owned(), content_type.map(str::to_owned), body.to_owned())
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_left_out_or_sent_whole() {
    let server = server().await;
    let client = bodies(&server);
    client.optional().send().await.unwrap();
    assert_eq!(last(&server), sent("POST /optional", None, ""));
    client.optional().name("a").send().await.unwrap();
    assert_eq!(last(&server), sent("POST /optional", Some("application/json"), r#"{"name":"a"}"#));
    let error = client.optional().tags(["x"]).send().await.unwrap_err();
    assert_eq!((error.to_string().as_str(), error.outcome()), ("name: is required", Outcome::NotSent));
    client.bytes().send().await.unwrap();
    assert_eq!(last(&server), sent("PUT /bytes", None, ""));
    client.bytes().body(*b"\x89PNG").send().await.unwrap();
    assert_eq!(last(&server).1.as_deref(), Some("image/png"));
}

#[tokio::test]
async fn each_content_type_has_its_form() {
    let server = server().await;
    let client = bodies(&server);
    client.vendor().a(7).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /vendor", Some("application/vnd.own+json"), r#"{"a":7}"#));
    client.vendor().send().await.unwrap();
    assert_eq!(last(&server).2, "{}", "a default is the server's to fill in");
    client.list().body([1, 2]).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /list", Some("application/json"), "[1,2]"));
    assert_eq!(client.list().body([1, 2, 3]).send().await.unwrap_err().to_string(), "body: has more than 2 items (3)");
    client.form().title("a b&c").pages([1, 2]).send().await.unwrap();
    assert_eq!(
        last(&server),
        sent("POST /form", Some("application/x-www-form-urlencoded"), "pages=1&pages=2&title=a+b%26c")
    );
    client.text().body("# é").send().await.unwrap();
    assert_eq!(last(&server), sent("POST /text", Some("text/markdown"), "# é"));
}

#[tokio::test]
async fn a_form_of_parts_carries_files_and_values() {
    let server = server().await;
    let meta = bodies::types::UploadRequestMeta { year: Some(2026) };
    bodies(&server)
        .upload()
        .folder("a/b c")
        .overwrite(true)
        .cover(File::new("c.png", *b"PNG").with_content_type("image/png"))
        .pages([File::new("1.txt", "one"), File::new("2.txt", "two")])
        .meta(meta)
        .send()
        .await
        .unwrap();
    let (line, content_type, body) = last(&server);
    assert_eq!(line, "POST /upload/a%2Fb%20c?overwrite=true");
    let content_type = content_type.unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut parts: Vec<_> = body.split(&format!("--{boundary}")).map(|part| part.trim().replace("\r\n", "|")).collect();
    parts.sort();
    assert_eq!(
        parts,
        [
            "",
            "--",
            "Content-Disposition: form-data; name=\"cover\"; filename=\"c.png\"|Content-Type: image/png||PNG",
            "Content-Disposition: form-data; name=\"meta\"|Content-Type: application/json||{\"year\":2026}",
            "Content-Disposition: form-data; name=\"pages\"; filename=\"1.txt\"|Content-Type: application/octet-stream||one",
            "Content-Disposition: form-data; name=\"pages\"; filename=\"2.txt\"|Content-Type: application/octet-stream||two",
        ]
    );
    let error = bodies(&server).upload().folder("f").send().await.unwrap_err();
    assert_eq!(error.to_string(), "cover: is required");
}

#[tokio::test]
async fn every_status_is_decoded_into_its_own_type() {
    use answers::operations::{GetThingError, GetThingSuccess};
    let ask = async |answer: Answer| {
        let server = Scripted::start(move |_, _| answer.clone()).await;
        answers::Client::from(Builder::new(&*server.url).build().unwrap()).get_thing().send().await
    };
    let thing = r#"{"id":1,"parts":[{"id":2}]}"#;
    assert!(matches!(ask(json("200 OK", thing)).await, Ok(GetThingSuccess::Ok(thing)) if thing.parts[0].id == 2));
    assert!(matches!(ask(with_headers("202 Accepted", "", "")).await, Ok(GetThingSuccess::Accepted)));
    assert!(matches!(
        ask(with_headers("203 Non-Authoritative Information", "", "plain")).await,
        Ok(GetThingSuccess::NonAuthoritativeInformation(text)) if text == "plain"
    ));
    assert!(
        matches!(ask(json("207 Multi-Status", &format!("[{thing}]"))).await, Ok(GetThingSuccess::Success(things)) if things.len() == 1)
    );
    let error = async |answer: Answer| ask(answer).await.unwrap_err();
    assert!(matches!(error(with_headers("404 Not Found", "", "")).await.documented(), Some(GetThingError::NotFound)));
    let refused = error(json("409 Conflict", r#"{"title":"taken"}"#)).await;
    assert!(
        matches!(refused.documented(), Some(GetThingError::ClientError(problem)) if problem.title.as_deref() == Some("taken"))
    );
    assert_eq!(refused.to_string(), "the server answered 409 Conflict: taken");
    let broken = error(with_headers("502 Bad Gateway", "", "<html>")).await;
    assert!(matches!(broken.documented(), Some(GetThingError::Default(html)) if html == "<html>"));
}

#[tokio::test]
async fn methods_without_a_function_in_reqwest_are_sent_all_the_same() {
    let server = Scripted::start(|_, _| with_headers("200 OK", "", "")).await;
    let client = answers::Client::from(Builder::new(&*server.url).build().unwrap());
    client.ask_thing().send().await.unwrap();
    assert_eq!(last(&server), sent("OPTIONS /thing", None, ""));
    client.trace_thing().send().await.unwrap();
    assert_eq!(last(&server), sent("TRACE /thing", None, ""));
}
