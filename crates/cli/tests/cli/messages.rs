//! All messages of the command, in one snapshot that reads as a transcript.

use std::{ffi::OsStr, fs, io, net::TcpListener, os::unix::ffi::OsStrExt as _, process::Stdio};

use serde_json::json;

use crate::support::{Home, Run, Scripted, Transcript, finish, first_line, run};

#[test]
fn messages() {
    let mut transcript = Transcript::default();
    oauth_create(&mut transcript);
    oauth_create_failures(&mut transcript);
    token(&mut transcript);
    call(&mut transcript);
    emulator(&mut transcript);
    usage(&mut transcript);
    insta::assert_snapshot!(transcript.text());
}

fn oauth_create(transcript: &mut Transcript) {
    transcript.verb("oauth create");
    let home = Home::new();
    transcript.line(&home, "the help", "oauth create --help");
    let words = ["oauth", "create", "--local", "--name", "Greenhouse", "--redirect-url", "https://greenhouse.example/"];
    let words = words.into_iter().chain(["--redirect-url", "app:cb"]).collect::<Vec<_>>();
    let mut created = home.run(&words);
    let value = |label: &str| {
        let line = created.stdout.lines().find_map(|line| line.trim_start().strip_prefix(label)).unwrap();
        line.trim().to_owned()
    };
    let (client_id, secret) = (value("client ID"), value("secret"));
    created.stdout = created.stdout.replace(&client_id, "CLIENT_ID").replace(&secret, "SECRET");
    transcript.entry("a client is created", &[], &words.iter().map(OsStr::new).collect::<Vec<_>>(), &created);

    let words = |line: &'static str| line.split(' ').map(OsStr::new).collect::<Vec<_>>();
    let flags = |line: &'static str| words(line)[..].iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut create = |situation: &str, arguments: &[&str]| {
        let arguments: Vec<_> = ["oauth", "create"].iter().chain(arguments).map(OsStr::new).collect();
        transcript.run(&home, situation, &[], &arguments);
    };
    create("--name is missing", &[]);
    create("--name has no value", &["--name"]);
    create("the name is empty", &["--name", ""]);
    create("the name is too long", &["--name", &"🌱".repeat(65)]);
    create("--name occurs twice", &["--name", "a", "--name", "b"]);
    create("a flag follows instead of the value", &["--name", "--local"]);
    create("a short flag follows instead of the value", &["--name", "-h"]);
    create("a flag with a value follows", &["--redirect-url", "--output=json", "--name", "a"]);
    create("a redirect URL is empty", &["--name", "a", "--redirect-url", ""]);
    create("a redirect URL is not a URI", &["--name", "a", "--redirect-url", "-x"]);
    let third = ["--redirect-url", "x:y", "--redirect-url", "x:z", "--redirect-url", "no uri\u{1b}[31m"];
    create("the third redirect URL is not a URI", &[&["--name", "a"], &third[..]].concat());
    let long_url = format!("https://a.example/{}", "a".repeat(1024));
    create("a redirect URL is too long", &["--name", "a", "--redirect-url", &long_url]);
    create("there are too many redirect URLs", &[&["--name", "a"], &["--redirect-url", "x:y"].repeat(11)[..]].concat());
    create("--org-id is too large", &["--name", "a", "--org-id", "2147483648"]);
    create("--org-id is too small", &["--name", "a", "--org-id", "-2147483649"]);
    create("--org-id is not a number", &["--name", "a", "--org-id", "one"]);
    create("--org-id is empty", &["--name", "a", "--org-id", ""]);
    create("--org-id has too many digits", &["--name", "a", "--org-id", "99999999999999999999999999999999999999999"]);
    create("the output format is unknown", &["--name", "a", "--output", "xml"]);
    create("the output format is empty", &["--name", "a", "--output", ""]);
    create("two servers are named", &["--name", "a", "--local", "--server", "blynk.example"]);
    create("a flag is misspelled", &["--name", "a", "--nmae", "b"]);
    create("there is an extra argument", &["--name", "a", "b\u{1b}[31m"]);
    create("there are no credentials", &["--name", "a"]);

    let bad = OsStr::from_bytes(b"gr\xfcn");
    let not_utf8 = "a value is not UTF-8";
    transcript.run(&home, not_utf8, &[], &[words("oauth create --name"), vec![bad]].concat());
    let inline = vec![OsStr::from_bytes(b"--name=\xfc")];
    transcript.run(&home, not_utf8, &[], &[words("oauth create"), inline].concat());
    transcript.run(&home, not_utf8, &[], &[words("oauth create --name a --redirect-url"), vec![bad]].concat());

    let set = |name: &'static str, value: &'static str| (name, OsStr::new(value));
    let (id, secret, token) = (set("BLYNK_CLIENT_ID", "me"), set("BLYNK_CLIENT_SECRET", "x"), set("BLYNK_TOKEN", "x"));
    let create = flags("oauth create --name a");
    let create: Vec<&OsStr> = create.iter().map(AsRef::as_ref).collect();
    let mut with = |situation: &str, environment: &[(&str, &OsStr)], more: &'static [&'static str]| {
        let arguments = [create.clone(), more.iter().map(OsStr::new).collect()].concat();
        transcript.run(&home, situation, environment, &arguments);
    };
    with("only the client ID is set", &[id], &[]);
    with("only the client secret is set", &[secret], &[]);
    let empty = [set("BLYNK_TOKEN", ""), set("BLYNK_CLIENT_ID", ""), secret];
    with("empty variables count as unset", &empty, &[]);
    with("the client ID contains a colon", &[set("BLYNK_CLIENT_ID", "a:b"), secret], &[]);
    with("the token is not UTF-8", &[("BLYNK_TOKEN", bad)], &[]);
    with("the token contains control characters", &[set("BLYNK_TOKEN", "a\tb\u{1}")], &[]);
    with(
        "the server is not on this machine and has no TLS",
        &[token, set("BLYNK_SERVER", "http://blynk.example")],
        &[],
    );
    with("the server has another scheme", &[token, set("BLYNK_SERVER", "ftp://blynk.example")], &[]);
    with("the server is empty", &[token], &["--server="]);
    with("the server contains credentials", &[token], &["--server", "https://me:hush@blynk.example"]);
    with("the data folder cannot be created", &[set("HOME", "/dev/null")], &["--local"]);
    with("there is no home folder", &[set("HOME", "")], &["--local"]);
}

/// A call of a server that gives this response.
fn responding(response: impl Into<String>, words: &[&str]) -> Run {
    failing(&Scripted::start(response).address, words)
}

fn failing(server: &str, words: &[&str]) -> Run {
    let mut command = Home::new().blynk(words.iter().chain(&["--server", server]));
    command.env("BLYNK_TOKEN", "a-token").env("BLYNK_CLIENT_ID", "me").env("BLYNK_CLIENT_SECRET", "hush");
    run(command)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}", body.len())
}

fn error(message: &str) -> String {
    json!({ "error": { "message": message } }).to_string()
}

fn oauth_create_failures(transcript: &mut Transcript) {
    let words = ["oauth", "create", "--name", "Greenhouse"];
    let typed: Vec<_> = words.iter().map(OsStr::new).collect();
    let bad_request = error("Request with incorrect parameters");
    let truncated = "HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{\"secret\":\"s3cret\",";
    for (situation, response) in [
        ("the server rejects the request", response("400 Bad Request", "", &bad_request)),
        ("the server rejects the token", response("401 Unauthorized", "", &error("Invalid token."))),
        ("the permission is missing", response("403 Forbidden", "", &error("Developer mode is required."))),
        ("the organization is unknown", response("404 Not Found", "", &error("Organization is not found."))),
        ("there are too many requests", response("429 Too Many Requests", "Retry-After: 7\r\n", "")),
        ("there are too many requests, without a time", response("429 Too Many Requests", "", "")),
        ("the server fails", response("500 Internal Server Error", "", &error("It broke"))),
        ("a proxy fails", response("502 Bad Gateway", "", "<html>")),
        ("the server redirects", response("308 Permanent Redirect", "Location: https://lon1.example/x?y\r\n", "")),
        ("the response does not match the document", response("201 Created", "", r#"{"secret":"s3cret"}"#)),
        ("the response ends early", truncated.to_owned()),
        ("the server closes the connection", String::new()),
    ] {
        let run = responding(response, &words);
        let (_, line) = run.error();
        assert!(!line.contains("s3cret") && !line.contains("a-token"), "{line}");
        transcript.entry(situation, &[], &typed, &run);
    }
    transcript.entry("the server is not running", &[], &typed, &failing("http://127.0.0.1:9", &words));
    let home = Home::new();
    let served = home.serve();
    let mut command = served.called_by(&home, &words);
    command.env("BLYNK_CLIENT_SECRET", "hush-hush");
    transcript.entry("the client secret is wrong", &[], &typed, &run(command));
    transcript.line(&home, "the organization does not exist", "oauth create --local --name a --org-id -1");

    let body = json!({ "orgId": 1, "name": "Greenhouse", "clientId": "oa2-client-id_x", "secret": "s3cret" });
    let server = Scripted::responding("201 Created", "", &body.to_string());
    let mut command = home.blynk(words.iter().chain(&["--server", &server.address]));
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let child = command.env("BLYNK_TOKEN", "a-token").stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    transcript.entry("standard output is closed", &[], &typed, &finish(child));
}

fn token(transcript: &mut Transcript) {
    transcript.verb("token");
    let home = Home::new();
    transcript.line(&home, "the help", "token --help");
    transcript.line(&home, "there are no credentials", "token");
    let token = [("BLYNK_TOKEN", OsStr::new("x"))];
    transcript.run(&home, "an access token is set, but no client", &token, &[OsStr::new("token")]);
    transcript.line(&home, "--server has no value", "token --server");
    transcript.line(&home, "the output format is unknown", "token --output yaml");
    transcript.line(&home, "a flag is unknown", "token --name a");
    transcript.run(&home, "an argument is not UTF-8", &[], &[OsStr::new("token"), OsStr::from_bytes(b"gr\xfcn")]);
    let no_folder = [("HOME", OsStr::new("/dev/null"))];
    transcript.run(&home, "the data folder cannot be created", &no_folder, &["token", "--local"].map(OsStr::new));

    let typed = [OsStr::new("token")];
    let description = "Client ID is not found or password is wrong.";
    let refusal = json!({ "error": "invalid_client", "error_description": description }).to_string();
    let escape = json!({ "access_token": "a\u{1b}b", "token_type": "Bearer", "expires_in": 7 }).to_string();
    for (situation, response) in [
        ("the client secret is wrong", response("400 Bad Request", "", &refusal)),
        ("the server is busy", response("503 Service Unavailable", "Retry-After: 7\r\n", "")),
        ("the response does not match the document", response("200 OK", "", "{}")),
        ("the token contains control characters", response("200 OK", "", &escape)),
        ("the server closes the connection", String::new()),
    ] {
        transcript.entry(situation, &[], &typed, &responding(response, &["token"]));
    }
    transcript.entry("the server is not running", &[], &typed, &failing("http://127.0.0.1:9", &["token"]));
}

fn call(transcript: &mut Transcript) {
    transcript.verb("call");
    let home = Home::new();
    let mut help = home.run(["call", "--help"]);
    // the list changes with the document
    let (before, list) = help.stdout.split_once("Commands:\n").unwrap();
    let (_, after) = list.split_once("\n\n").unwrap();
    help.stdout = format!("{before}Commands:\n  (one for each operation of the document)\n\n{after}");
    transcript.entry("the help", &[], &["call", "--help"].map(OsStr::new), &help);
    transcript.line(&home, "the help of an operation", "call createOAuthClient --help");
    let mut call = |situation: &str, arguments: &[&str]| {
        let arguments: Vec<_> = ["call"].iter().chain(arguments).map(OsStr::new).collect();
        transcript.run(&home, situation, &[], &arguments);
    };
    call("the operation is misspelled", &["createOauthClient", "--name", "x"]);
    call("a flag is misspelled", &["createOAuthClient", "--nmae", "x"]);
    call("the body is missing", &["createOAuthClient"]);
    call("a required field is missing", &["createOAuthClient", "--orgId", "1"]);
    call("a string is too short", &["createOAuthClient", "--name", ""]);
    call("a number is not a number", &["createOAuthClient", "--name", "x", "--orgId", "one"]);
    call("an item is not a URI", &["createOAuthClient", "--name", "x", "--redirectUrls", "no uri"]);
    call("a flag follows instead of the value", &["createOAuthClient", "--name", "--local"]);
    call("the body is given twice", &["createOAuthClient", "--name", "x", "--json", "{}"]);
    call("the body is not JSON", &["createOAuthClient", "--json", "{oops"]);
    call("the body has a field of another type", &["createOAuthClient", "--json", "{\"name\": 1}"]);
    call("there are no credentials", &["createOAuthClient", "--name", "x"]);

    let words = ["call", "createOAuthClient", "--name", "x"];
    let typed = words.map(OsStr::new);
    for (situation, response) in [
        ("the server rejects the request", response("400 Bad Request", "", &error("oops"))),
        ("the server fails", response("500 Internal Server Error", "", &error("oops"))),
        ("the response ends early", "HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{".to_owned()),
    ] {
        transcript.entry(situation, &[], &typed, &responding(response, &words));
    }
    transcript.entry("the server is not running", &[], &typed, &failing("http://127.0.0.1:9", &words));
}

fn emulator(transcript: &mut Transcript) {
    transcript.verb("emulator");
    let home = Home::new();
    transcript.line(&home, "the help", "emulator --help");
    let typed = ["emulator", "--port", "0"].map(OsStr::new);
    for situation in ["the first start", "a later start, which does not show the secret"] {
        let mut child = home.blynk(typed).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let (mut text, mut rest) = first_line(&mut child, stdout);
        let url = text.split_whitespace().last().unwrap().to_owned();
        child.kill().unwrap();
        assert_eq!(finish(child).stderr, "");
        io::Read::read_to_string(&mut rest, &mut text).unwrap();

        let file = home.database().with_extension("db.credentials.json");
        let credentials: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let secret = credentials["client_secret"].as_str().unwrap();
        assert_eq!(text.contains(secret), situation == "the first start", "{text}");
        let text = text
            .replace(secret, "SECRET")
            .replace(credentials["client_id"].as_str().unwrap(), "CLIENT_ID")
            .replace(&url, "URL")
            .replace(home.path().to_str().unwrap(), "HOME");
        transcript.entry(situation, &[], &typed, &Run { code: None, stdout: text, stderr: String::new() });
    }
    transcript.line(&home, "the port is too large", "emulator --port 65536");
    transcript.line(&home, "the port is negative", "emulator --port -1");
    transcript.line(&home, "--port has no value", "emulator --port");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut in_use = home.run(["emulator", "--port", &port]);
    in_use.stderr = in_use.stderr.replace(&port, "25965");
    transcript.entry("the port is in use", &[], &[OsStr::new("emulator")], &in_use);
    transcript.line(&home, "--db has no value", "emulator --db=");
    transcript.run(&home, "--db is empty", &[], &["emulator", "--db", ""].map(OsStr::new));
    let file = home.path().join("notes.txt");
    fs::write(&file, "not a database, but longer than the header of one, so that SQLite reads it completely").unwrap();
    let mut other = home.run(["emulator", "--port", "0", "--db", file.to_str().unwrap()]);
    other.stderr = other.stderr.replace(home.path().to_str().unwrap(), "HOME");
    transcript.entry("the file is not a database", &[], &["emulator", "--db", "notes.txt"].map(OsStr::new), &other);
    transcript.line(&home, "the folder cannot be created", "emulator --db /dev/null/x.db");
    let postgres = [("DATABASE_URL", OsStr::new("postgres://me:hush@localhost/x"))];
    transcript.run(&home, "the environment names a PostgreSQL database", &postgres, &typed);
    transcript.run(&home, "there is no home folder", &[("HOME", OsStr::new(""))], &typed);
    transcript.line(&home, "the output format is unknown", "emulator --output env");
    transcript.line(&home, "a flag is unknown", "emulator --local");
}

fn usage(transcript: &mut Transcript) {
    transcript.verb("bad usage");
    let home = Home::new();
    transcript.line(&home, "the help", "--help");
    transcript.run(&home, "no command", &[], &[]);
    transcript.line(&home, "no command after oauth", "oauth");
    transcript.line(&home, "an unknown command after oauth", "oauth delete");
    transcript.line(&home, "an unknown command", "remove");
    transcript.line(&home, "a misspelled command", "tokens");
    transcript.line(&home, "an unknown flag", "--local");
    transcript.line(&home, "no shell to complete for", "completions");
    transcript.line(&home, "an unknown shell", "completions tcsh");
}
