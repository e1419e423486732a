//! The requests that generated clients send, and the responses that they decode: one module for each document.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod bodies;
mod compositions;
mod contents;
mod defaults;
mod directions;
mod enums;
mod hostile;
mod keywords;
mod keywords_3_1;
mod merged;
mod multipart;
mod names;
mod nulls;
mod responses;
mod security;
mod servers;
mod statuses;
mod styles;
#[path = "../../../../tests/support/mod.rs"]
mod support;
mod table;
mod unions;
mod webhooks;
mod wide;

use runtime::{Builder, Transport};
use support::{Response, Scripted, json, with_headers};

/// Starts a server that responds to every request with 204.
async fn server() -> Scripted {
    Scripted::start(|_, _| with_headers("204 No Content", "", "")).await
}

/// Starts a server that responds to every request with this.
async fn responding(response: Response) -> Scripted {
    Scripted::start(move |_, _| response.clone()).await
}

/// Starts a server that responds to every request with its body.
async fn echo_server() -> Scripted {
    Scripted::start(|request, _| json("200 OK", request.split_once("\r\n\r\n").unwrap().1)).await
}

fn client<T: From<Transport>>(server: &Scripted) -> T {
    T::from(Builder::new(&*server.url).build().unwrap())
}

/// Returns request line, content type and body of the last request.
fn last(server: &Scripted) -> (String, Option<String>, String) {
    let request = server.requests().pop().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (
        head.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned(),
        header(server, "content-type"),
        body.to_owned(),
    )
}

/// Returns a header of the last request.
fn header(server: &Scripted, name: &str) -> Option<String> {
    let request = server.requests().pop().unwrap();
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.to_owned())
}

fn sent(line: &str, content_type: Option<&str>, body: &str) -> (String, Option<String>, String) {
    (line.to_owned(), content_type.map(str::to_owned), body.to_owned())
}
