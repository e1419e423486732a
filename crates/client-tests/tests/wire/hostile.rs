//! Hostile servers: endless, oversized and slow responses, and control characters.

use std::time::{Duration, Instant};

use client_tests::wide::Client;
use runtime::{Builder, Outcome};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use super::{Scripted, client, json, responding, with_headers};

fn limited(url: &str, bytes: usize) -> Client {
    Client::from(Builder::new(url).max_response_bytes(bytes).build().unwrap())
}

/// Starts a server that sends a head, and then repeats the same bytes until the client disconnects.
async fn endless(head: &'static str, again: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(head.as_bytes()).await;
            while stream.write_all(again).await.is_ok() {
                tokio::task::yield_now().await;
            }
        }
    });
    url
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_no_further() {
    for (limit, is_read) in [(4, false), (5, true), (6, true)] {
        let server = responding(json("200 OK", "[1,2]")).await;
        let response = limited(&server.url, limit).numbers().send().await;
        match response {
            Ok(numbers) => assert!(is_read && numbers.0 == [1, 2]),
            Err(error) => {
                assert!(!is_read, "{error}");
                let message = "it is longer than 4 bytes; Builder::max_response_bytes sets the limit";
                assert!(error.to_string().ends_with(message), "{error}");
            }
        }
    }
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn an_endless_body_without_a_length_is_not_read_to_its_end() {
    let unframed = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    let compressed = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n";
    for (head, again) in
        [(CHUNKED, &b"5\r\n[1,2]\r\n"[..]), (unframed, b"[1,2]"), (compressed, &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])]
    {
        let url = endless(head, again).await;
        let error = limited(&url, 100_000).numbers().send().await.unwrap_err();
        assert!(error.to_string().contains("it is longer than 100000 bytes"), "{error}");
        assert_eq!(error.status().unwrap(), 200);
    }
}

#[tokio::test]
async fn error_bodies_have_the_same_limit() {
    for status in ["400 Bad", "500 Oops"] {
        let server = responding(with_headers(status, "content-type: text/plain\r\n", "0123456789")).await;
        assert!(limited(&server.url, 10).numbers().send().await.unwrap_err().documented().is_some());
        let error = limited(&server.url, 9).numbers().send().await.unwrap_err();
        assert!(error.to_string().ends_with("it is longer than 9 bytes; Builder::max_response_bytes sets the limit"));
        assert_eq!((error.documented().is_none(), error.body()), (true, Some(&b"012345678"[..])));
    }
    let server = responding(json("500 Oops", r#"{"message":"why"}"#)).await;
    let error = limited(&server.url, 16).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("Builder::max_response_bytes"), "{error}");
    let error = limited(&server.url, 17).unique().send().await.unwrap_err();
    assert_eq!(error.to_string(), "the server responded with 500 Internal Server Error: why");
}

#[tokio::test]
async fn the_time_limit_of_a_call_ends_endless_responses() {
    let headers = endless("HTTP/1.1 200 OK\r\n", b"a: b\r\n").await;
    let one_header = endless("HTTP/1.1 200 OK\r\na: ", b"bbbbbbbbbbbbbbbb").await;
    let interim = endless("", b"HTTP/1.1 103 Early Hints\r\n\r\n").await;
    let chunks = endless(CHUNKED, b"1\r\n \r\n").await;
    let trailers = endless("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1]\r\n0\r\n", b"a: b\r\n").await;
    for url in [headers, one_header, interim, chunks, trailers] {
        let client = Client::from(Builder::new(&*url).total_timeout(Duration::from_millis(500)).build().unwrap());
        let start = Instant::now();
        client.numbers().send().await.unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(5), "{url}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn decoding_a_large_response_does_not_block_other_tasks() {
    const ITEMS: usize = 7_000_000;
    let body = format!("[10{}]", ",10".repeat(ITEMS - 1));
    assert!(body.len() > 20_000_000);
    let server = responding(json("200 OK", &body)).await;
    let client = limited(&server.url, 32 * 1024 * 1024);
    let ticking = tokio::spawn(async {
        let (mut longest, mut last) = (Duration::ZERO, Instant::now());
        loop {
            tokio::time::sleep(Duration::from_millis(1)).await;
            longest = longest.max(last.elapsed());
            last = Instant::now();
            LONGEST.set(longest);
        }
    });
    thread_local!(static LONGEST: std::cell::Cell<Duration> = const { std::cell::Cell::new(Duration::ZERO) });
    let numbers = client.numbers().send().await.unwrap();
    // one more tick, which blocking decoding would have delayed
    tokio::time::sleep(Duration::from_millis(20)).await;
    ticking.abort();
    assert_eq!((numbers.0.len(), numbers.0.iter().sum::<i64>()), (ITEMS, 70_000_000));
    assert!(LONGEST.get() < Duration::from_millis(400), "{:?}", LONGEST.get());
}

#[tokio::test]
async fn server_texts_cannot_control_a_terminal_or_forge_log_lines() {
    let text = r"\u001b[2J\u0007oops\r\n2026-01-01 ERROR forged\u202e\u0000";
    let server = responding(json("500 Oops", &format!(r#"{{"message":"{text}"}}"#))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    let is_clean = |text: &str| !text.chars().any(|c| c.is_control() || c == '\u{202e}');
    assert_eq!((error.outcome(), error.is_safe_to_retry()), (Outcome::Unknown, true));
    assert!(is_clean(&error.to_string()) && is_clean(&format!("{error:?}")), "{error:?}");
    assert!(error.to_string().contains("oops  2026-01-01 ERROR forged"), "{error}");
    let long = json("500 Oops", &format!(r#"{{"message":"{}"}}"#, "x".repeat(1_000_000)));
    let error = client::<Client>(&responding(long).await).unique().send().await.unwrap_err();
    assert!(error.to_string().len() < 1_000 && format!("{error:?}").len() < 2_000);
    // the path of an error consists of keys of the response
    let key = r#"{"lists":[{"lists":[{"\u001b[2J":1}]}]}"#;
    let error = client::<Client>(&responding(json("200 OK", key)).await).unique().send().await.unwrap_err();
    assert!(is_clean(&error.to_string()) && is_clean(&format!("{error:?}")), "{error}");
}

#[tokio::test]
async fn retry_after_is_bounded() {
    for (value, seconds) in
        [("7", Some(7)), ("18446744073709551615", Some(365 * 86_400)), ("-1", None), ("18446744073709551616", None)]
    {
        let server: Scripted = responding(with_headers("503 Busy", &format!("retry-after: {value}\r\n"), "")).await;
        let error = client::<Client>(&server).unique().send().await.unwrap_err();
        assert_eq!(error.retry_after(), seconds.map(Duration::from_secs), "{value}");
    }
}
