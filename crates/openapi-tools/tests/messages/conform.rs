//! The messages of `conform`. A script stands in for cargo, so that no generated crate is compiled.

use std::{fs, os::unix::fs::PermissionsExt as _};

use crate::transcript::{HEAD, Transcript};

/// Builds nothing: copies the script `program` to the path of the compiled program.
const CARGO: &str = "#!/bin/sh
name=$(basename \"$(dirname \"$PWD\")\")
mkdir -p \"$CARGO_TARGET_DIR/debug\" && cp \"$PROGRAM\" \"$CARGO_TARGET_DIR/debug/$name\"
";

/// Fails like the compiler.
const FAILING_CARGO: &str = "#!/bin/sh
echo 'error: could not compile `client`' >&2
exit 101
";

fn script(run: &Transcript, name: &str, text: &str) -> String {
    run.file(name, text);
    let path = run.folder().join(name);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

/// Lists one type, and prints `line` for each value.
fn program(types: &str, line: &str) -> String {
    format!("#!/bin/sh\nif [ $# -eq 0 ]; then echo '{types}'; else while read -r value; do {line}; done < \"$1\"; fi\n")
}

/// Replaces the hash in the names of folders, since it depends on the generated code.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split("crates/conform-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + "crates/conform-[hash]" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit())
    })
}

#[test]
fn conform() {
    let mut run = Transcript::new();
    run.run("help", "conform --help");
    run.run("missing arguments", "conform");
    run.run("a missing document", "conform --document gone.yaml");
    run.file("api.yaml", format!("{HEAD}paths: {{/a: {{get: {{responses: 7}}}}}}\n"));
    run.run("an invalid document", "conform --document api.yaml");
    let schemas = "{Switch: {type: boolean}, Code: {type: string, pattern: '(?!a)'}}";
    run.file("api.yaml", format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {schemas}}}\n"));
    run.set("CARGO", "/nowhere/cargo");
    run.run("cargo cannot be started", "conform --document api.yaml");
    run.file("file", "");
    run.run("a target folder that cannot be created", "conform --document api.yaml --target-dir file");
    let failing = script(&run, "failing-cargo", FAILING_CARGO);
    run.set("CARGO", failing);
    let output = run.run("the generated crate does not compile", "conform --document api.yaml --target-dir t1");
    assert_eq!(output.status.code(), Some(2));

    let cargo = script(&run, "cargo", CARGO);
    run.set("CARGO", cargo);
    let switch = "[[\"Switch\", \"/components/schemas/Switch\", true, true]]";
    let gone = "[[\"Gone\", \"/components/schemas/Gone\", true, true]]";
    let refuses = "echo '{\"constraint\": null, \"message\": \"expected a number\"}'";
    for (index, (situation, types, line)) in [
        ("types that accept every value", switch, "echo null"),
        ("types that reject every value", switch, refuses),
        ("a type without a schema", gone, "echo null"),
        ("a list of types that cannot be read", "[", "echo null"),
        ("types that return no result", switch, "true"),
        ("types that fail", switch, "exit 3"),
    ]
    .into_iter()
    .enumerate()
    {
        let path = script(&run, &format!("program{index}"), &program(types, line));
        run.set("PROGRAM", path);
        run.run(situation, "conform --document api.yaml --target-dir t2");
    }
    insta::assert_snapshot!(without_hashes(&run.text()));
}
