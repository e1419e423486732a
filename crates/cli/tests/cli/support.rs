//! A home folder to run `blynk` in, emulators that serve it, and a server that answers what a test tells it to.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Nothing that a test waits for takes longer.
const LIMIT: Duration = Duration::from_secs(20);

/// What a run of the program has left.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Standard output of a run that must have gone well, without a word on standard error.
    pub(crate) fn quiet(&self) -> &str {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{self:?}");
        &self.stdout
    }

    /// The one JSON object that standard output must hold, on one line.
    pub(crate) fn json(&self) -> Value {
        let text = self.quiet();
        assert_eq!(text.matches('\n').count(), 1, "{text:?}");
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The one line that standard error must hold after a failure, and the exit code.
    pub(crate) fn error(&self) -> (i32, &str) {
        assert_eq!(self.stdout, "");
        let line = self.stderr.strip_suffix('\n').unwrap_or_else(|| panic!("no line: {self:?}"));
        assert!(line.starts_with("error: ") && !line.chars().any(char::is_control), "{self:?}");
        (self.code.unwrap(), line)
    }
}

/// A home folder with nothing in it.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Where `--local` keeps its data.
    pub(crate) fn database(&self) -> PathBuf {
        self.path().join(".local/share/blynk/emulator.db")
    }

    /// The program with this home and no other set-up in its environment.
    pub(crate) fn blynk(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blynk"));
        command.args(arguments).env_clear().env("HOME", self.path()).stdin(Stdio::null());
        // Whatever goes wrong, nothing is to reach the real service.
        command.env("HTTPS_PROXY", "http://127.0.0.1:9");
        command
    }

    pub(crate) fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        run(self.blynk(arguments))
    }

    /// `blynk emulator` on a free port, once it is ready.
    pub(crate) fn serve(&self) -> Served {
        Served::start(self.blynk(["emulator", "--port", "0", "--output", "json"]))
    }
}

pub(crate) fn run(mut command: Command) -> Run {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    finish(child)
}

/// Waits for the end of a child and reads what it has written; a child that does not end is killed.
pub(crate) fn finish(mut child: Child) -> Run {
    let (stdout, stderr) = (child.stdout.take().map(read_all), child.stderr.take().map(read_all));
    let status = wait(&mut child);
    let text = |reader: Option<JoinHandle<String>>| reader.map(|reader| reader.join().unwrap()).unwrap_or_default();
    Run { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

fn read_all(mut from: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    })
}

fn wait(child: &mut Child) -> ExitStatus {
    let started = Instant::now();
    while started.elapsed() < LIMIT {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    panic!("the program did not end within {LIMIT:?}");
}

/// A `blynk emulator` that serves; it is killed when the test ends without having stopped it.
pub(crate) struct Served {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    /// The line it printed when it was ready.
    pub(crate) ready: Value,
}

impl Served {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let (line, stdout) = first_line(&mut child, stdout);
        let ready = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { child, stdout, ready }
    }

    pub(crate) fn url(&self) -> &str {
        self.ready["url"].as_str().unwrap()
    }

    /// What the control interface lists, as text.
    pub(crate) fn clients_text(&self) -> String {
        let url = format!("{}/clients", self.ready["control"].as_str().unwrap());
        reqwest::blocking::get(url).unwrap().error_for_status().unwrap().text().unwrap()
    }

    pub(crate) fn client_ids(&self) -> Vec<String> {
        let clients: Vec<Value> = serde_json::from_str(&self.clients_text()).unwrap();
        clients.iter().map(|client| client["clientId"].as_str().unwrap().to_owned()).collect()
    }

    /// A command that calls this emulator with its credentials.
    pub(crate) fn called_by(&self, home: &Home, arguments: &[&str]) -> Command {
        let mut command = home.blynk(arguments);
        command.env("BLYNK_SERVER", self.url());
        command.env("BLYNK_CLIENT_ID", self.ready["client_id"].as_str().unwrap());
        command.env("BLYNK_CLIENT_SECRET", self.ready["client_secret"].as_str().unwrap());
        command
    }

    /// Sends a signal, such as `TERM`, and waits for the end.
    pub(crate) fn stop(mut self, signal: &str) -> Run {
        let pid = self.child.id().to_string();
        assert!(Command::new("sh").args(["-c", "kill -s $0 $1", signal, &pid]).status().unwrap().success());
        let code = wait(&mut self.child).code();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        Run { code, stdout, stderr }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already when the test has stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first line of a child that goes on running.
pub(crate) fn first_line(
    child: &mut Child,
    stdout: std::process::ChildStdout,
) -> (String, BufReader<std::process::ChildStdout>) {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let (mut line, mut stdout) = (String::new(), BufReader::new(stdout));
        stdout.read_line(&mut line).unwrap();
        sender.send((line, stdout)).unwrap();
    });
    receiver.recv_timeout(LIMIT).unwrap_or_else(|error| {
        child.kill().unwrap();
        panic!("no line came: {error}");
    })
}

/// A server that answers one request with these bytes and hangs up. With no bytes it just hangs up.
pub(crate) struct Scripted {
    pub(crate) address: String,
    server: JoinHandle<String>,
}

impl Scripted {
    pub(crate) fn start(answer: impl Into<String>) -> Self {
        let answer = answer.into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(LIMIT)).unwrap();
            let request = read_request(&mut stream);
            stream.write_all(answer.as_bytes()).unwrap();
            request
        });
        Self { address, server }
    }

    pub(crate) fn answering(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::start(format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
        ))
    }

    /// The request that came. Call it only when one must have come.
    pub(crate) fn request(self) -> String {
        self.server.join().unwrap()
    }
}

/// Head and body of a request with `Content-Length`.
fn read_request(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let start = request.len();
        assert_ne!(reader.read_line(&mut request).unwrap(), 0, "the request ended early: {request}");
        let line = request[start..].trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + std::str::from_utf8(&body).unwrap()
}
