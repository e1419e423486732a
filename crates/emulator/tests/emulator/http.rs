//! Behavior that all paths share.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::ALLOW;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{CREATE, Local, send};

const TOO_LONG: &str = "The request body is larger than 2 MB.";
const LIMIT: usize = 2 * 1024 * 1024;

/// Sends these bytes and returns the response, read until the connection is closed.
async fn send_raw(local: &Local, head: String, body: Vec<u8>) -> String {
    let address = local.emulator.url().replace("http://", "");
    let exchange = async {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.replace("HOST", &address).as_bytes()).await.unwrap();
        // The server may close the connection before it has read the body.
        let _ = stream.write_all(&body).await;
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response).await;
        String::from_utf8(response).unwrap()
    };
    tokio::time::timeout(Duration::from_secs(10), exchange).await.unwrap()
}

#[tokio::test]
async fn an_unknown_path_is_a_404() {
    let local = Local::start().await;
    for path in ["/", "/oauth2", "/oauth2/token/", &format!("{CREATE}/"), "/_emulator", "/_emulator/", "/_emulator/no"]
    {
        for method in [Method::GET, Method::POST] {
            send(local.request(method, path)).await.assert_error(404, "The document has no operation with this path.");
        }
    }
}

#[tokio::test]
async fn an_unsupported_method_is_a_405_with_allow() {
    let local = Local::start().await;
    let message = "This path does not support this method; the header Allow lists the methods that it supports.";
    for (path, allowed, refused) in [
        (CREATE, "POST", vec!["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "PURGE"]),
        ("/oauth2/token?grant_type=client_credentials", "POST", vec!["GET", "OPTIONS"]),
        ("/_emulator/health", "GET,HEAD", vec!["POST", "OPTIONS"]),
        ("/_emulator/clock", "POST", vec!["GET"]),
        ("/_emulator/organizations", "GET,HEAD,POST", vec!["DELETE"]),
    ] {
        for method in refused {
            let response = send(local.request(method.parse().unwrap(), path)).await;
            response.assert_error(405, message);
            assert_eq!(response.header(ALLOW), allowed, "{method} {path}");
        }
    }
    let head = send(local.request(Method::HEAD, CREATE)).await;
    assert_eq!((head.status, head.header(ALLOW)), (405, "POST"));
}

#[tokio::test]
async fn accepts_bodies_up_to_two_megabytes() {
    let local = Local::start().await;
    let mut body = br#"{"name":"a","x":""#.to_vec();
    body.resize(LIMIT - 2, b'x');
    body.extend_from_slice(b"\"}");
    assert_eq!(local.create_raw(body.clone()).await.status, 201);
    body.push(b' ');
    local.create_raw(body.clone()).await.assert_error(413, TOO_LONG);

    for path in ["/oauth2/token?grant_type=client_credentials", "/_emulator/clock", CREATE] {
        // The size is checked before the token and the content type.
        let request = local.request(Method::POST, path).header("content-type", "text/plain").body(body.clone());
        send(request).await.assert_error(413, TOO_LONG);
    }
}

#[tokio::test]
async fn limits_a_chunked_body() {
    let local = Local::start().await;
    let head =
        format!("POST {CREATE} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut body = format!("{:x}\r\n", LIMIT + 1).into_bytes();
    body.resize(body.len() + LIMIT + 1, b' ');
    body.extend_from_slice(b"\r\n0\r\n\r\n");
    let response = send_raw(&local, head, body).await;
    assert!(response.starts_with("HTTP/1.1 413 ") && response.contains(TOO_LONG), "{response}");
}

#[tokio::test]
async fn an_endless_body_is_not_read_to_its_end() {
    let local = Local::start().await;
    let head =
        format!("POST {CREATE} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    // Twenty megabytes without a last chunk: the server stops reading.
    let response = send_raw(&local, head, chunk.repeat(20).into_bytes()).await;
    assert!(response.is_empty() || response.starts_with("HTTP/1.1 413 "), "{response}");
    assert_eq!(local.get("/_emulator/health").await.status, 200);
}

#[tokio::test]
async fn a_body_shorter_than_its_content_length_creates_nothing() {
    let local = Local::start().await;
    let token = local.token().await;
    let address = local.emulator.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "POST {CREATE} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Length: 13\r\n\r\n\
         {{\"name\":\"a\"}}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    assert!(!response.contains(" 201 "), "{response}");
    assert!(local.listed_clients().await.is_empty());
}
