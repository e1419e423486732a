//! What every path has in common.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::ALLOW;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{CREATE, Local, send};

const TOO_LONG: &str = "The body is longer than 2 MB.";
const LIMIT: usize = 2 * 1024 * 1024;

/// Sends these bytes and returns what comes back until the connection is closed.
async fn send_raw(local: &Local, head: String, body: Vec<u8>) -> String {
    let address = local.emulator.url().replace("http://", "");
    let exchange = async {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(head.replace("HOST", &address).as_bytes()).await.unwrap();
        // The server may hang up on a body that it does not want to the end.
        let _ = stream.write_all(&body).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8(answer).unwrap()
    };
    tokio::time::timeout(Duration::from_secs(10), exchange).await.unwrap()
}

#[tokio::test]
async fn an_unknown_path_is_a_404() {
    let local = Local::start().await;
    for path in ["/", "/oauth2", "/oauth2/token/", &format!("{CREATE}/"), "/_emulator", "/_emulator/", "/_emulator/no"]
    {
        for method in [Method::GET, Method::POST] {
            send(local.request(method, path)).await.is_error(404, "There is nothing at this path.");
        }
    }
}

#[tokio::test]
async fn another_method_is_a_405_that_names_the_right_one() {
    let local = Local::start().await;
    let message = "This path does not take this method; the header Allow names those it takes.";
    for (path, allowed, refused) in [
        (CREATE, "POST", vec!["GET", "PUT", "DELETE", "OPTIONS", "PATCH", "PURGE"]),
        ("/oauth2/token?grant_type=client_credentials", "POST", vec!["GET", "OPTIONS"]),
        ("/_emulator/health", "GET,HEAD", vec!["POST", "OPTIONS"]),
        ("/_emulator/clock", "POST", vec!["GET"]),
        ("/_emulator/organizations", "GET,HEAD,POST", vec!["DELETE"]),
    ] {
        for method in refused {
            let answer = send(local.request(method.parse().unwrap(), path)).await;
            answer.is_error(405, message);
            assert_eq!(answer.header(ALLOW), allowed, "{method} {path}");
        }
    }
    let head = send(local.request(Method::HEAD, CREATE)).await;
    assert_eq!((head.status, head.header(ALLOW)), (405, "POST"));
}

#[tokio::test]
async fn a_body_of_two_megabytes_is_read_and_one_byte_more_is_not() {
    let local = Local::start().await;
    let mut body = br#"{"name":"a","x":""#.to_vec();
    body.resize(LIMIT - 2, b'x');
    body.extend_from_slice(b"\"}");
    assert_eq!(local.create_raw(body.clone()).await.status, 201);
    body.push(b' ');
    local.create_raw(body.clone()).await.is_error(413, TOO_LONG);

    for path in ["/oauth2/token?grant_type=client_credentials", "/_emulator/clock", CREATE] {
        // Length comes before everything else: the token, the content type.
        let request = local.request(Method::POST, path).header("content-type", "text/plain").body(body.clone());
        send(request).await.is_error(413, TOO_LONG);
    }
}

#[tokio::test]
async fn a_chunked_body_is_measured_as_it_comes() {
    let local = Local::start().await;
    let head =
        format!("POST {CREATE} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    let mut body = format!("{:x}\r\n", LIMIT + 1).into_bytes();
    body.resize(body.len() + LIMIT + 1, b' ');
    body.extend_from_slice(b"\r\n0\r\n\r\n");
    let answer = send_raw(&local, head, body).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains(TOO_LONG), "{answer}");
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_the_end() {
    let local = Local::start().await;
    let head =
        format!("POST {CREATE} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("100000\r\n{}\r\n", " ".repeat(0x10_0000));
    // Twenty megabytes and no last chunk: the server gives up by itself.
    let answer = send_raw(&local, head, chunk.repeat(20).into_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(local.get("/_emulator/health").await.status, 200);
}

#[tokio::test]
async fn a_body_shorter_than_announced_creates_nothing() {
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
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(!answer.contains(" 201 "), "{answer}");
    assert!(local.listed_clients().await.is_empty());
}
