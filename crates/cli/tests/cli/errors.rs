//! Every way to get the command line or the environment wrong: one line, which names the flag, and exit code 2.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::support::{Home, Run, run};

/// One line of the table: what was typed, the exit code and standard error.
fn told(environment: &[(&str, &OsStr)], arguments: &[&OsStr], run: &Run) -> String {
    let (code, line) = run.error();
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
            _ => text.into_owned(),
        };
        typed.push_str(&format!(" {}", text.escape_default().to_string().replace("\\'", "'")));
    }
    format!("{typed}\n  {code} {line}\n")
}

#[test]
fn every_error_is_one_line_that_names_the_flag() {
    let home = Home::new();
    let mut table = String::new();
    let mut check = |environment: &[(&str, &OsStr)], arguments: &[&OsStr]| {
        let mut command = home.blynk(arguments);
        command.envs(environment.iter().copied());
        table.push_str(&told(environment, arguments, &run(command)));
    };

    let long_name = "🌱".repeat(65);
    let long_url = format!("https://a.example/{}", "a".repeat(1024));
    let eleven = ["--redirect-url", "x:y"].repeat(11);
    let create = |rest: &[&str]| {
        let mut words = vec!["oauth".to_owned(), "create".to_owned()];
        words.extend(rest.iter().map(|&word| word.to_owned()));
        words
    };
    let mut lines: Vec<Vec<String>> = vec![
        create(&[]),
        create(&["--name"]),
        create(&["--name", ""]),
        create(&["--name", &long_name]),
        create(&["--name", "a", "--name", "b"]),
        create(&["--name", "--local"]),
        create(&["--name", "-h"]),
        create(&["--redirect-url", "--output=json", "--name", "a"]),
        create(&["--name", "a", "--redirect-url", ""]),
        create(&["--name", "a", "--redirect-url", "-x"]),
        create(&[
            "--name",
            "a",
            "--redirect-url",
            "x:y",
            "--redirect-url",
            "x:z",
            "--redirect-url",
            "no uri\u{1b}[31m",
        ]),
        create(&["--name", "a", "--redirect-url", &long_url]),
        create(&[&["--name", "a"], &eleven[..]].concat()),
        create(&["--name", "a", "--org-id", "2147483648"]),
        create(&["--name", "a", "--org-id", "-2147483649"]),
        create(&["--name", "a", "--org-id", "one"]),
        create(&["--name", "a", "--org-id", ""]),
        create(&["--name", "a", "--org-id", "99999999999999999999"]),
        create(&["--name", "a", "--output", "xml"]),
        create(&["--name", "a", "--output", ""]),
        create(&["--name", "a", "--local", "--server", "blynk.example"]),
        create(&["--name", "a", "--nmae", "b"]),
        create(&["--name", "a", "b\u{1b}[31m"]),
        create(&["--name", "a"]),
    ];
    let rest = [
        "token",
        "token --server",
        "token --output yaml",
        "token --name a",
        "emulator --port 65536",
        "emulator --port -1",
        "emulator --port",
        "emulator --db=",
        "emulator --output env",
        "emulator --local",
        "oauth delete",
        "tokens",
        "--local",
    ];
    lines.extend(rest.map(|line| line.split(' ').map(str::to_owned).collect()));
    for line in &lines {
        check(&[], &line.iter().map(OsStr::new).collect::<Vec<_>>());
    }

    let bad = OsStr::from_bytes(b"gr\xfcn");
    let words = |line: &'static str| line.split(' ').map(OsStr::new).collect::<Vec<_>>();
    check(&[], &[words("oauth create --name"), vec![bad]].concat());
    check(&[], &[words("oauth create"), vec![OsStr::from_bytes(b"--name=\xfc")]].concat());
    check(&[], &[words("oauth create --name a --redirect-url"), vec![bad]].concat());
    check(&[], &[words("token"), vec![bad]].concat());

    let set = |name: &'static str, value: &'static str| (name, OsStr::new(value));
    let (id, secret, token) = (set("BLYNK_CLIENT_ID", "me"), set("BLYNK_CLIENT_SECRET", "x"), set("BLYNK_TOKEN", "x"));
    let create = words("oauth create --name a");
    check(&[id], &create);
    check(&[secret], &create);
    check(&[token], &words("token"));
    check(&[set("BLYNK_TOKEN", ""), set("BLYNK_CLIENT_ID", ""), secret], &create);
    check(&[("BLYNK_TOKEN", bad)], &create);
    check(&[set("BLYNK_TOKEN", "a\tb\u{1}")], &create);
    check(&[token, set("BLYNK_SERVER", "http://blynk.example")], &create);
    check(&[token, set("BLYNK_SERVER", "ftp://blynk.example")], &create);
    check(&[token], &words("oauth create --name a --server="));
    check(&[set("DATABASE_URL", "postgres://me:hush@localhost/x")], &words("emulator --port 0"));
    check(&[token], &words("oauth create --name a --server https://me:hush@blynk.example"));

    check(&[set("HOME", "/dev/null")], &words("token --local"));
    check(&[set("HOME", "/dev/null")], &words("emulator --db /dev/null/x.db"));

    insta::assert_snapshot!(table);
}

#[test]
fn help_and_version_go_to_standard_output() {
    let home = Home::new();
    let levels = [&[][..], &["oauth"], &["oauth", "create"], &["token"], &["emulator"]];
    for level in levels {
        for flag in ["-h", "--help"] {
            let mut command = home.blynk(level.iter().chain(&[flag]));
            command.env("CLICOLOR_FORCE", "1").env("TERM", "xterm-256color");
            let run = run(command);
            assert!(run.quiet().contains("Usage: blynk"), "{level:?} {flag}");
            assert!(!run.stdout.contains('\u{1b}'));
        }
    }
    assert!(home.run(["help", "oauth", "create"]).quiet().contains("--redirect-url"));
    assert_eq!(home.run(["--version"]).quiet(), concat!("blynk ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn no_command_prints_the_help_as_an_error() {
    let home = Home::new();
    for (arguments, usage) in [(&[][..], "Usage: blynk <COMMAND>"), (&["oauth"], "Usage: blynk oauth <COMMAND>")] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
        assert!(run.stderr.contains(usage), "{}", run.stderr);
    }
}
