//! Standard output: complete or an error, and without control characters of other programs.

use std::fmt::Display;
use std::io::{self, Write as _};

use openapi::plain;
use serde_json::Value;

/// Writes the text to standard output and flushes it.
pub(crate) fn print(text: &str) -> io::Result<()> {
    print_bytes(text.as_bytes())
}

/// Writes bytes to standard output and flushes it.
pub(crate) fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}

/// Returns the message of a failed write to standard output.
pub(crate) fn write_error(error: &io::Error) -> String {
    format!("standard output cannot be written: {error}")
}

/// Returns the text on one line with control characters escaped, so that it cannot control a terminal.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        if plain::is_control(character) {
            printable.extend(character.escape_default());
        } else {
            printable.push(character);
        }
    }
    printable
}

/// Returns the JSON on one line. Control characters occur only in strings, where they are escaped.
pub(crate) fn json(value: &Value) -> String {
    plain::json(&value.to_string()) + "\n"
}

/// Returns the shell assignment `NAME='value'`. A value with control characters is written `$'…'`, which bash, ksh, zsh
/// and POSIX 2024 support.
pub(crate) fn variable(name: impl Display, value: &str) -> String {
    if !value.chars().any(char::is_control) {
        return format!("{name}='{}'\n", value.replace('\'', r"'\''"));
    }
    let mut quoted = String::new();
    for character in value.chars() {
        match character {
            '\'' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    quoted.push_str(&format!("\\{byte:03o}"));
                }
            }
            character => quoted.push(character),
        }
    }
    format!("{name}=$'{quoted}'\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    const HOSTILE: &str = "a'b\"c$d`e\\f\u{1b}[31mg\u{9b}h\u{7f}\n  é🌱'";

    #[test]
    fn text_cannot_control_a_terminal() {
        assert_eq!(printable("a\u{1b}[2J\u{9b}\r\nb é🌱"), "a\\u{1b}[2J\\u{9b}\\r\\nb é🌱");
    }

    #[test]
    fn json_is_one_line_without_control_characters_and_keeps_its_value() {
        let line = json(&json!({ "name": HOSTILE }));
        assert!(line.ends_with("}\n") && !line.trim_end_matches('\n').chars().any(char::is_control), "{line:?}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), json!({ "name": HOSTILE }));
    }

    #[cfg(unix)]
    #[test]
    fn a_shell_reads_the_value_back() {
        assert_eq!(variable("X", "it's"), "X='it'\\''s'\n");
        assert_eq!(variable("X", ""), "X=''\n");
        for (shell, value) in [("sh", "a'b\"c$d`e\\f  é🌱'"), ("sh", "-n"), ("bash", HOSTILE)] {
            let assignment = variable("X", value);
            assert!(!assignment.trim_end_matches('\n').chars().any(char::is_control), "{assignment:?}");
            let read = std::process::Command::new(shell)
                .arg("-c")
                .arg(format!("{assignment}printf %s \"$X\""))
                .output()
                .unwrap();
            assert_eq!(String::from_utf8(read.stdout).unwrap(), value, "{shell}: {assignment}");
        }
    }
}
