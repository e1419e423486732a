//! Forms with an `encoding` for single properties.

use client_tests::multipart::{Client, types};
use runtime::File;

use super::{client, last, sent, server};

#[tokio::test]
async fn parts_have_the_documented_content_types() {
    let server = server().await;
    let meta = types::PartsRequestMeta { year: Some(2026) };
    let client = client::<Client>(&server);
    let call = client.parts().cover(File::new("c", *b"x")).tags(["a", "b"]).note("# hi").meta(meta);
    call.send().await.unwrap();
    let (_, content_type, body) = last(&server);
    let boundary = content_type.unwrap().split_once("boundary=").unwrap().1.to_owned();
    let mut parts: Vec<_> = body.split(&format!("--{boundary}")).map(|part| part.trim().replace("\r\n", "|")).collect();
    parts.sort();
    assert_eq!(
        parts[2..],
        [
            "Content-Disposition: form-data; name=\"cover\"; filename=\"c\"|Content-Type: image/png||x",
            "Content-Disposition: form-data; name=\"meta\"|Content-Type: application/json||{\"year\":2026}",
            "Content-Disposition: form-data; name=\"note\"|Content-Type: text/markdown||# hi",
            "Content-Disposition: form-data; name=\"tags\"|Content-Type: application/json||[\"a\",\"b\"]",
        ]
    );
}

#[tokio::test]
async fn nullable_files_and_a_component_named_file_are_parts() {
    let server = server().await;
    let client = client::<Client>(&server);
    let file = |name: &str| File::new(name.to_owned(), *b"x");
    let call = client.files().main(file("m")).more(vec![file("a"), file("b")]).cover(file("c")).listed_null();
    call.send().await.unwrap();
    let body = last(&server).2;
    let mut names: Vec<_> = body.lines().filter(|line| line.starts_with("Content-Disposition")).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [("cover", "c"), ("main", "m"), ("more", "a"), ("more", "b")]
            .map(|(name, file)| format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\""))
    );
}

#[tokio::test]
async fn a_file_with_an_invalid_content_type_is_not_sent() {
    let server = server().await;
    let cover = File::new("c", *b"x").with_content_type("image/png\r\nX-Forged: y");
    let error = client::<Client>(&server).parts().cover(cover).send().await.unwrap_err();
    assert_eq!(error.violation().unwrap().field(), "cover");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn form_properties_have_the_documented_styles() {
    let server = server().await;
    let address = types::FormRequestAddress { city: Some("Kyiv".to_owned()), zip: Some("0 1".to_owned()) };
    let data = types::FormRequestData { a: Some(1) };
    client::<Client>(&server).form().address(address).ids([1, 2]).data(data).send().await.unwrap();
    let body = "data=%7B%22a%22%3A1%7D&address%5Bcity%5D=Kyiv&address%5Bzip%5D=0%201&ids=1,2";
    assert_eq!(last(&server), sent("POST /form", Some("application/x-www-form-urlencoded"), body));
}
