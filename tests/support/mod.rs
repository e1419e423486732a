//! A server that answers as a test tells it, for answers that the emulator never gives.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};

/// What the server does with one request.
#[allow(dead_code, reason = "not every test needs every answer")]
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// Nothing: the connection is closed after the request was read.
    Hangup,
    /// Nothing: the connection is kept open.
    Silence,
    /// These bytes, and then nothing more.
    Stall(Vec<u8>),
}

/// An answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> Answer {
    with_headers(status, "content-type: application/json\r\n", body)
}

/// An answer with headers of choice.
pub(crate) fn with_headers(status: &str, headers: &str, body: &str) -> Answer {
    let text =
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    Answer::Raw(text.into_bytes())
}

/// A server on a free loopback port. It stops when it is dropped.
pub(crate) struct Scripted {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// `answer` sees the whole request, head and body, and the number of requests before it.
    pub(crate) async fn start(answer: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, log) = (Arc::new(answer), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                tokio::spawn(async move {
                    let request = read_request(&mut stream).await;
                    let before = {
                        let mut log = log.lock().unwrap();
                        log.push(request.clone());
                        log.len() - 1
                    };
                    match answer(&request, before) {
                        Answer::Raw(bytes) => drop(stream.write_all(&bytes).await),
                        Answer::Stall(bytes) => {
                            let _ = stream.write_all(&bytes).await;
                            tokio::time::sleep(std::time::Duration::from_secs(30)).await;
                        }
                        Answer::Hangup => {}
                        Answer::Silence => tokio::time::sleep(std::time::Duration::from_secs(30)).await,
                    }
                });
            }
        });
        Self { url, requests, task }
    }

    /// The requests so far.
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
            // a TLS handshake, which will never have a head
            return text;
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
            _ => return text,
        }
    }
}
