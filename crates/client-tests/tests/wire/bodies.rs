//! Request bodies of every kind.

use client_tests::bodies::{Client, types};
use runtime::{File, Outcome, Parts};

use super::{client, last, sent, server};

#[tokio::test]
async fn an_optional_body_is_absent_or_complete() {
    let server = server().await;
    let client = client::<Client>(&server);
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
async fn encodes_each_content_type() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.vendor().a(7).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /vendor", Some("application/vnd.own+json"), r#"{"a":7}"#));
    client.vendor().send().await.unwrap();
    assert_eq!(last(&server).2, "{}", "the server applies defaults");
    client.list().body([1, 2]).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /list", Some("application/json"), "[1,2]"));
    assert_eq!(
        client.list().body([1, 2, 3]).send().await.unwrap_err().to_string(),
        "body: violates maxItems 2 (3 items)"
    );
    client.form().title("a b&c").pages([1, 2]).send().await.unwrap();
    assert_eq!(
        last(&server),
        sent("POST /form", Some("application/x-www-form-urlencoded"), "pages=1&pages=2&title=a+b%26c")
    );
    client.text().body("# é").send().await.unwrap();
    assert_eq!(last(&server), sent("POST /text", Some("text/markdown"), "# é"));
}

#[tokio::test]
async fn a_multipart_form_contains_files_and_values() {
    let server = server().await;
    let meta = types::UploadRequestMeta { year: Some(2026) };
    client::<Client>(&server)
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
    let part = |name: &str, content_type: &str, body: &str| {
        format!("Content-Disposition: form-data; name={name}|Content-Type: {content_type}||{body}")
    };
    let octets = "application/octet-stream";
    parts.sort();
    assert_eq!(
        parts,
        [
            String::new(),
            "--".to_owned(),
            part(r#""cover"; filename="c.png""#, "image/png", "PNG"),
            part(r#""meta""#, "application/json", r#"{"year":2026}"#),
            part(r#""pages"; filename="1.txt""#, octets, "one"),
            part(r#""pages"; filename="2.txt""#, octets, "two"),
        ]
    );
    let error = client::<Client>(&server).upload().folder("f").send().await.unwrap_err();
    assert_eq!(error.to_string(), "cover: is required");
}

#[tokio::test]
async fn sends_every_documented_content_type() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.several().raw_body("text/csv; charset=utf-8", "a\n1").send().await.unwrap();
    assert_eq!(last(&server), sent("POST /several", Some("text/csv; charset=utf-8"), "a\n1"));
    client.several().a(1).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /several", Some("application/json"), r#"{"a":1}"#));
    let error = client.several().raw_body("text/html", "").send().await.unwrap_err();
    assert_eq!(error.to_string(), "raw_body: has an undocumented content type (documented: text/csv)");
    client.free_form().body(serde_json::json!({"any": [1]})).send().await.unwrap();
    assert_eq!(last(&server), sent("POST /free-form", Some("application/json"), r#"{"any":[1]}"#));
    let parts = Parts::default().with_file("x", &File::new("x.bin", *b"1")).unwrap().with_value("n", &2).unwrap();
    client.pieces().body(parts).send().await.unwrap();
    let (_, content_type, body) = last(&server);
    assert!(content_type.unwrap().starts_with("multipart/form-data; boundary="));
    assert!(body.contains("name=\"x\"; filename=\"x.bin\"") && body.contains("name=\"n\"\r\n\r\n2"), "{body}");
}
