//! A home folder to run `blynk` in, running emulators, a server with scripted responses, and transcripts of runs.

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

/// Timeout of every wait.
const LIMIT: Duration = Duration::from_secs(20);

/// The result of a run of the program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Asserts success without standard error, and returns standard output.
    pub(crate) fn quiet(&self) -> &str {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{self:?}");
        &self.stdout
    }

    /// Asserts one JSON value on one line of standard output, and returns it.
    pub(crate) fn json(&self) -> Value {
        let text = self.quiet();
        assert_eq!(text.matches('\n').count(), 1, "{text:?}");
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Asserts one line on standard error and nothing else, and returns it with the exit code.
    pub(crate) fn error(&self) -> (i32, &str) {
        assert_eq!(self.stdout, "");
        let line = self.stderr.strip_suffix('\n').unwrap_or_else(|| panic!("no line: {self:?}"));
        assert!(line.starts_with("error: ") && !line.chars().any(char::is_control), "{self:?}");
        (self.code.unwrap(), line)
    }
}

/// An empty home folder.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Returns the default database, which `--local` uses.
    pub(crate) fn database(&self) -> PathBuf {
        self.path().join(".local/share/blynk/emulator.db")
    }

    /// Returns the command with this home folder and an otherwise empty environment.
    pub(crate) fn blynk(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blynk"));
        command.args(arguments).env_clear().env("HOME", self.path()).stdin(Stdio::null());
        // No test may reach the real service, even by mistake.
        command.env("HTTPS_PROXY", "http://127.0.0.1:9");
        command
    }

    pub(crate) fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        run(self.blynk(arguments))
    }

    /// Starts `blynk emulator` on a free port and waits until it is ready.
    pub(crate) fn serve(&self) -> Served {
        Served::start(self.blynk(["emulator", "--port", "0", "--output", "json"]))
    }
}

pub(crate) fn run(mut command: Command) -> Run {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    finish(child)
}

/// Waits for a child to exit and reads its output; kills it after the timeout.
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
    panic!("the program did not exit within {LIMIT:?}");
}

/// A running `blynk emulator`, killed on drop.
pub(crate) struct Served {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    /// The JSON line that it printed at startup.
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

    /// Returns the clients that the control interface lists, as text.
    pub(crate) fn clients_text(&self) -> String {
        let url = format!("{}/clients", self.ready["control"].as_str().unwrap());
        reqwest::blocking::get(url).unwrap().error_for_status().unwrap().text().unwrap()
    }

    pub(crate) fn client_ids(&self) -> Vec<String> {
        let clients: Vec<Value> = serde_json::from_str(&self.clients_text()).unwrap();
        clients.iter().map(|client| client["clientId"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns a command that calls this emulator with its credentials.
    pub(crate) fn called_by(&self, home: &Home, arguments: &[&str]) -> Command {
        let mut command = home.blynk(arguments);
        command.env("BLYNK_SERVER", self.url());
        command.env("BLYNK_CLIENT_ID", self.ready["client_id"].as_str().unwrap());
        command.env("BLYNK_CLIENT_SECRET", self.ready["client_secret"].as_str().unwrap());
        command
    }

    /// Sends a signal, such as `TERM`, and waits for the exit.
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
        // It has already exited if the test has stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the first line of a child that keeps running.
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
        panic!("no line on standard output: {error}");
    })
}

/// A server that sends these bytes as the response to one request and closes the connection.
pub(crate) struct Scripted {
    pub(crate) address: String,
    server: JoinHandle<String>,
}

impl Scripted {
    pub(crate) fn start(response: impl Into<String>) -> Self {
        let response = response.into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(LIMIT)).unwrap();
            let request = read_request(&mut stream);
            stream.write_all(response.as_bytes()).unwrap();
            request
        });
        Self { address, server }
    }

    pub(crate) fn responding(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::start(format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
        ))
    }

    /// Waits for the request and returns it.
    pub(crate) fn request(self) -> String {
        self.server.join().unwrap()
    }
}

/// Reads head and body of a request with `Content-Length`.
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

/// Runs of the program with the situation of each, for a snapshot.
#[derive(Default)]
pub(crate) struct Transcript(String);

impl Transcript {
    /// Starts the part of a command.
    pub(crate) fn verb(&mut self, name: &str) {
        self.0.push_str(&format!("# {name}\n\n"));
    }

    /// Runs a line without quotes.
    pub(crate) fn line(&mut self, home: &Home, situation: &str, line: &str) {
        self.run(home, situation, &[], &line.split(' ').map(OsStr::new).collect::<Vec<_>>());
    }

    /// Runs the program. A failure must be one line, except where the help is the message.
    pub(crate) fn run(&mut self, home: &Home, situation: &str, environment: &[(&str, &OsStr)], arguments: &[&OsStr]) {
        let mut command = home.blynk(arguments);
        command.envs(environment.iter().copied());
        let run = run(command);
        if run.stderr.starts_with("error: ") {
            assert_ne!(run.error().0, 0, "{run:?}");
        }
        self.entry(situation, environment, arguments, &run);
    }

    /// Adds a run.
    pub(crate) fn entry(&mut self, situation: &str, environment: &[(&str, &OsStr)], arguments: &[&OsStr], run: &Run) {
        let mut typed = String::from("$");
        for (name, value) in environment {
            typed.push_str(&format!(" {name}={}", value.to_string_lossy().escape_default()));
        }
        typed.push_str(" blynk");
        for argument in arguments {
            let text = argument.to_string_lossy();
            let text = match text.chars().count() {
                0 => "''".to_owned(),
                count @ 60.. => format!("<{count} characters>"),
                _ if text.contains(' ') => format!("'{text}'"),
                _ => text.into_owned(),
            };
            typed
                .push_str(&format!(" {}", text.escape_default().to_string().replace("\\'", "'").replace("\\\"", "\"")));
        }
        let code = run.code.map_or_else(|| "keeps running".to_owned(), |code| format!("exit code {code}"));
        // macOS has another number for a refused connection.
        let stderr = run.stderr.replace("os error 61", "os error 111");
        self.0.push_str(&format!("## {situation}\n{typed}\n{}{stderr}({code})\n\n", run.stdout));
    }

    pub(crate) fn text(&self) -> &str {
        self.0.trim_end()
    }
}
