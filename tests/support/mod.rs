//! A server with scripted responses, for responses that the emulator never sends.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// What the server does after one request.
#[allow(dead_code, reason = "not every test needs every response")]
#[derive(Clone, Debug)]
pub(crate) enum Response {
    /// Sends these bytes and closes the connection.
    Raw(Vec<u8>),
    /// Closes the connection without a response.
    Hangup,
    /// Keeps the connection open without a response.
    Silence,
    /// Sends these bytes and keeps the connection open.
    Stall(Vec<u8>),
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> Response {
    with_headers(status, "content-type: application/json\r\n", body)
}

/// Returns a response with these headers.
pub(crate) fn with_headers(status: &str, headers: &str, body: &str) -> Response {
    let text =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    Response::Raw(text.into_bytes())
}

/// A server on a free loopback port. It stops when it is dropped.
pub(crate) struct Scripted {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// Starts the server. `respond` gets the complete request, head and body, and the number of earlier requests.
    pub(crate) async fn start(respond: impl Fn(&str, usize) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (respond, log) = (Arc::new(respond), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (respond, log) = (Arc::clone(&respond), Arc::clone(&log));
                tokio::spawn(async move {
                    let request = read_request(&mut stream).await;
                    let before = {
                        let mut log = log.lock().unwrap();
                        log.push(request.clone());
                        log.len() - 1
                    };
                    match respond(&request, before) {
                        Response::Raw(bytes) => drop(stream.write_all(&bytes).await),
                        Response::Stall(bytes) => {
                            let _ = stream.write_all(&bytes).await;
                            tokio::time::sleep(std::time::Duration::from_secs(30)).await;
                        }
                        Response::Hangup => {}
                        Response::Silence => tokio::time::sleep(std::time::Duration::from_secs(30)).await,
                    }
                });
            }
        });
        Self { url, requests, task }
    }

    /// Returns the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn read_request(stream: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length:")
                    .map(|length| length.trim().parse().unwrap_or(0))
            });
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        if bytes.first() == Some(&0x16) {
            // a TLS handshake, which has no HTTP head
            return text;
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
            _ => return text,
        }
    }
}
