use std::fs;

use blynk_drift::{CHECKS_DOC, CLIENT, LOCK, Lock, MANIFEST, RELEASED, SURFACE, UNREPRESENTED, sha256};
use pages::{DOCUMENT, OVERLAY, TRANSCRIBED};
use serde_json::Value;

use super::{
    Messages, edit, put,
    scratch::{Run, Scratch, document, operation, page},
};

const PAGE: &str = "openapi/pages/oauth.md";

#[test]
fn check() {
    let mut messages = Messages::of("check");
    let scratch = Scratch::new();
    for (name, text) in [("README.md", "# T\n"), (MANIFEST, "[workspace.package]\nversion = \"0.3.1\"\n")] {
        put(&scratch, name, text);
    }
    messages.add("a fresh workspace", &scratch, &scratch.xtask(&["check"]));
    files(&mut messages, &scratch);
    locks(&mut messages, &scratch);
    documentation(&mut messages, &scratch);
    lints(&mut messages, &scratch);
    candidates(&mut messages, &scratch);
    versions(&mut messages, &scratch);
    messages.assert();
}

/// Runs `check`, which must find drift, and returns a run without the lines of fresh checks.
fn drift(scratch: &Scratch, arguments: &[&str]) -> Run {
    let mut run = scratch.xtask(&[&["check"], arguments].concat());
    assert_ne!(run.0.status.code(), Some(0), "{:?}", run.0);
    let text = String::from_utf8(run.0.stdout).unwrap();
    let following = text.lines().skip(1).chain([""]);
    // a fresh check may have warnings
    let shown =
        text.lines().zip(following).filter(|(line, next)| !line.starts_with("Fresh ") || next.starts_with("warn"));
    run.0.stdout = shown.map(|(line, _)| format!("{line}\n")).collect::<String>().into_bytes();
    run
}

fn files(messages: &mut Messages, scratch: &Scratch) {
    for (situation, name, from, to) in [
        ("a value of the document edited", DOCUMENT, "\"maxLength\": 64", "\"maxLength\": 63"),
        ("a property added to the document", DOCUMENT, "\"maxLength\": 64,", "\"maxLength\": 64, \"pattern\": \"a\","),
        ("a property removed from the document", DOCUMENT, "\"maxLength\": 64,", ""),
        ("white space of the document edited", DOCUMENT, "\"maxLength\": 64", "\"maxLength\":  64"),
        ("a truncated document", DOCUMENT, "\"paths\": {", "\"paths\": "),
        ("a repeated key in the document", DOCUMENT, "\"minLength\": 1,", "\"minLength\": 1, \"minLength\": 2,"),
        ("an unknown type in the document", DOCUMENT, "\"type\": \"integer\"", "\"type\": \"whole\""),
        ("the client edited", CLIENT, "max_length: Some(64)", "max_length: Some(65)"),
        ("the text of a page edited", PAGE, "# OAuth", "# OAuth "),
        ("the document in a page edited", PAGE, "\"maxItems\":10", "\"maxItems\":11"),
        ("an overlay action that matches nothing", OVERLAY, "properties.secret", "properties.secrets"),
        ("an overlay action with another value", OVERLAY, "format: password", "format: uri"),
        ("the transcribed document edited", TRANSCRIBED, "\"expires_in\": {", "\"expires\": {"),
        ("the surface edited", SURFACE, "secret: runtime::Secret", "secret: String"),
        ("a surface that is not a snapshot", SURFACE, "---\n", ""),
        ("the list of unsupported keywords edited", UNREPRESENTED, "[]", "[{}]"),
    ] {
        let text = edit(scratch, name, from, to);
        messages.add(situation, scratch, &drift(scratch, &[]));
        put(scratch, name, &text);
    }
    let text = fs::read_to_string(scratch.path(PAGE)).unwrap();
    put(scratch, PAGE, &text[..1000]);
    messages.add("a truncated page", scratch, &drift(scratch, &[]));
    put(scratch, PAGE, &text);
    for name in [DOCUMENT, CLIENT, SURFACE, UNREPRESENTED, LOCK] {
        let text = fs::read_to_string(scratch.path(name)).unwrap();
        fs::remove_file(scratch.path(name)).unwrap();
        messages.add(&format!("{name} removed"), scratch, &drift(scratch, &[]));
        put(scratch, name, &text);
    }
    let text = fs::read_to_string(scratch.path(CLIENT)).unwrap();
    fs::write(scratch.path(CLIENT), b"\xff").unwrap();
    messages.add("a client that is not UTF-8", scratch, &drift(scratch, &[]));
    put(scratch, CLIENT, &text);
}

fn locks(messages: &mut Messages, scratch: &Scratch) {
    for (situation, from, to) in [
        ("an edited lock", "progenitor = \"0.15.1\"", "progenitor = \"0.14.0\""),
        ("an invalid lock", "format_version = 1", "format_version ="),
    ] {
        let text = edit(scratch, LOCK, from, to);
        messages.add(situation, scratch, &drift(scratch, &[]));
        put(scratch, LOCK, &text);
    }
    let text = fs::read_to_string(scratch.path(LOCK)).unwrap();
    let lock = Lock::parse(&text).unwrap();
    let mut other = lock.clone();
    other.generator.insert("progenitor".to_owned(), "0.14.0".to_owned());
    let mut fewer = lock.clone();
    fewer.sha256.remove(SURFACE);
    let mut more = lock;
    more.sha256.insert("openapi/pages/gone.md".to_owned(), sha256("gone"));
    for (situation, lock) in
        [("a lock of another generator", other), ("a file without a hash", fewer), ("a hash without a file", more)]
    {
        put(scratch, LOCK, &lock.to_text().unwrap());
        messages.add(situation, scratch, &drift(scratch, &[]));
    }
    put(scratch, LOCK, &text);
}

fn documentation(messages: &mut Messages, scratch: &Scratch) {
    const README: &str = "# T

A [link](docs/nowhere.md), a path `crates/nowhere`, a command `cargo xtask chek`, an option `cargo xtask check --fulll`.
";
    put(scratch, "README.md", README);
    messages.add("outdated documentation", scratch, &drift(scratch, &[]));
    put(scratch, "README.md", "# T\n");
    let text = fs::read_to_string(scratch.path(CHECKS_DOC)).unwrap();
    let rows: Vec<&str> = text.split_inclusive('\n').filter(|line| line.starts_with("| `")).collect();
    for (situation, edited) in [
        ("an outdated table row", text.replacen(rows[1], &rows[1].replace("invalid", "illegal"), 1)),
        ("a missing table row", text.replacen(rows[1], "", 1)),
        ("a repeated table row", text.replacen(rows[1], &rows[1].repeat(2), 1)),
        ("table rows in another order", text.replacen(&rows[..2].concat(), &[rows[1], rows[0]].concat(), 1)),
    ] {
        put(scratch, CHECKS_DOC, &edited);
        messages.add(situation, scratch, &drift(scratch, &[]));
    }
    put(scratch, CHECKS_DOC, &text);
}

fn lints(messages: &mut Messages, scratch: &Scratch) {
    let page = scratch.page("contradictions.md", include_str!("../pages/contradictions.md"));
    scratch.import(&[&page]).done();
    scratch.xtask(&["regen"]).done();
    messages.add("lint warnings", scratch, scratch.xtask(&["check"]).done());
    let suppressions = "x-silenced:
  - lint: quote
    at: /paths/~1nowhere
    reason: No longer applies.
  - lint: nonsense
    reason: x
  - lint: quote
";
    let overlay = fs::read_to_string(scratch.path(OVERLAY)).unwrap();
    fs::remove_file(scratch.path("openapi/pages/contradictions.md")).unwrap();
    scratch.import(&["--prune"]).done();
    for (situation, more) in [("invalid suppressions", suppressions), ("suppressions as an object", "x-silenced: {}\n")]
    {
        put(scratch, OVERLAY, &format!("{overlay}{more}"));
        scratch.xtask(&["regen"]).done();
        messages.add(situation, scratch, &drift(scratch, &[]));
    }
    put(scratch, OVERLAY, &overlay);
    scratch.xtask(&["regen"]).done();
}

fn candidates(messages: &mut Messages, scratch: &Scratch) {
    let text = fs::read_to_string(scratch.path(DOCUMENT)).unwrap();
    let check = |text: &str| {
        put(scratch, "in/candidate.json", text);
        drift(scratch, &["--document", &scratch.path("in/candidate.json").display().to_string()])
    };
    let breaking = text.replace("\"maxItems\": 10", "\"maxItems\": 9");
    messages.add("--document with a breaking change", scratch, &check(&breaking));
    let renamed = text.replace("Client application name", "Name of the client");
    messages.add("--document with another description", scratch, &check(&renamed));
    let extended = text.replacen('{', "{\"x-more\": 1,", 1);
    messages.add("--document with an extension", scratch, &check(&extended));
    messages.add("--document with invalid JSON", scratch, &check("{"));
    let paths = (0..40).map(|at| (format!("/x{at}"), serde_json::json!({"get": operation(&format!("getX{at}"))})));
    let mut many: Value = serde_json::from_str(&text).unwrap();
    many["paths"].as_object_mut().unwrap().extend(paths);
    let run = check(&many.to_string());
    let last = scratch.output(&run).lines().find(|line| line.starts_with('…')).unwrap().to_owned();
    messages.add(
        "--document with more than 30 changes, last line",
        scratch,
        &Run(std::process::Output { stdout: last.into_bytes(), ..run.0 }),
    );
    let missing = scratch.path("in/none.json").display().to_string();
    messages.add("--document of a missing file", scratch, &scratch.xtask(&["check", "--document", &missing]));
    let json = scratch.xtask(&["check", "--document", &missing, "--format", "json"]);
    messages.add("--document of a missing file, --format json", scratch, &json);
    let overlay = edit(scratch, OVERLAY, "properties.secret", "properties.secrets");
    for format in ["json", "github", "sarif", "junit"] {
        let situation = format!("an overlay action that matches nothing, --format {format}");
        messages.add(&situation, scratch, &drift(scratch, &["--format", format]));
    }
    put(scratch, OVERLAY, &overlay);
    let committed = edit(scratch, LOCK, "progenitor = \"0.15.1\"", "progenitor = \"0.14.0\"");
    messages.add("--full with a stale workspace", scratch, &drift(scratch, &["--full"]));
    put(scratch, LOCK, &committed);
    let letters = document(serde_json::json!({"/b": {"get": operation("getB")}}), serde_json::json!({}));
    let path = scratch.page("letters.md", page("Letters", &letters));
    scratch.import(&[&path]).done();
    scratch.import(&[&scratch.page("letters.md", page("Letters", &document(Value::Null, Value::Null)))]);
    put(scratch, "openapi/pages/letters.md", "# Letters\n");
    messages.add("a page without a document", scratch, &drift(scratch, &[]));
    fs::remove_file(scratch.path("openapi/pages/letters.md")).unwrap();
    messages.add("a removed page", scratch, &drift(scratch, &[]));
    scratch.import(&["--prune"]).done();
    scratch.xtask(&["regen"]).done();
}

fn versions(messages: &mut Messages, scratch: &Scratch) {
    scratch.xtask(&["regen", "--released"]).done();
    edit(scratch, OVERLAY, "format: password", "format: uri");
    scratch.xtask(&["regen"]).done();
    messages.add("a version that is too low", scratch, &drift(scratch, &[]));
    put(scratch, MANIFEST, "[workspace.package]\nversion = \"one\"\n");
    messages.add("an invalid version", scratch, &drift(scratch, &[]));
    put(scratch, MANIFEST, "[workspace.package]\n");
    messages.add("a manifest without a version", scratch, &drift(scratch, &[]));
    put(scratch, MANIFEST, "[workspace.package]\nversion = \"0.4.0\"\n");
    edit(scratch, RELEASED, "\"format_version\"", "\"version_of_format\"");
    messages.add("an invalid record of a release", scratch, &drift(scratch, &[]));
}
