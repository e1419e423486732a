//! The messages of `reach`.

use crate::transcript::{HEAD, Transcript};

#[test]
fn reach() {
    let mut run = Transcript::new();
    run.run("help", "reach --help");
    run.run("missing arguments", "reach");
    run.run("a number of crates that is no number", "reach --corpus documents --compile all");
    run.run("a missing folder", "reach --corpus gone");
    run.file("empty/notes.txt", "");
    run.run("a folder without documents", "reach --corpus empty");
    run.run("a folder without documents, as JSON", "reach --corpus empty --format json");
    run.file("documents/a.yaml", format!("{HEAD}paths: {{/a: {{get: {{operationId: a, responses: {{}}}}}}}}\n"));
    run.run("documents that all generate", "reach --corpus documents");
    let bad = "paths: {}\ncomponents: {schemas: {A: {$ref: '#/gone'}}}\n";
    run.file("carved/a.yaml", format!("{HEAD}{bad}"));
    run.run("a document with a part that cannot be generated", "reach --corpus carved");
    #[cfg(unix)]
    compile(&mut run);
    run.file("documents/b.json", "{\"swagger\": \"2.0\"}");
    run.file("documents/c.json", "{\"swagger\": \"2.0\"}");
    run.file("documents/d.yml", "openapi: [");
    run.run("documents that do not generate", "reach --corpus documents");
    insta::assert_snapshot!(without_measurements(&run.text()));
}

/// Replaces every number before a unit, since it differs in each run.
fn without_measurements(text: &str) -> String {
    let is_unit = |word: &str| matches!(word.trim_end_matches(','), "s" | "ms" | "kB" | "MB");
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let word = |(index, word): (usize, &&str)| {
            let is_measured = words.get(index + 1).is_some_and(|next| is_unit(next)) && word.parse::<f64>().is_ok();
            if is_measured { "[number]".to_owned() } else { (*word).to_owned() }
        };
        words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Scripts stand in for cargo, so that no generated crate is compiled.
#[cfg(unix)]
fn compile(run: &mut Transcript) {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    run.set("CARGO", "/nowhere/cargo");
    let output = run.run("cargo cannot be started", "reach --corpus documents --compile 1");
    assert_eq!(output.status.code(), Some(2));
    for (situation, name, text) in [
        ("a crate that does not compile", "failing", "#!/bin/sh\necho 'error: no such dependency' >&2\nexit 101\n"),
        ("crates that compile", "succeeding", "#!/bin/sh\n"),
    ] {
        run.file(name, text);
        let path = run.folder().join(name);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        run.set("CARGO", path.display().to_string());
        run.run(situation, "reach --corpus documents --compile 1");
    }
}
