//! Texts of a document as rustdoc should show them.

mod markdown;

use openapi::plain;

pub(crate) use markdown::safe_line as line;

/// What lowering puts into the description of a deprecated schema, in words that no author writes: a description goes
/// wherever the schema's type, field or setter goes.
pub(crate) const DEPRECATED: &str = "\u{e000}deprecated\u{e001}";

/// The attribute of what the document calls deprecated.
pub(crate) const DEPRECATED_ATTRIBUTE: &str = "#[deprecated = \"the document marks it as deprecated\"]";

/// A description for people, and whether it is that of something deprecated.
pub(crate) fn deprecation(text: &str) -> (String, bool) {
    (text.replace(DEPRECATED, "Deprecated."), text.contains(DEPRECATED))
}

/// A text as lines of documentation, with the space that people put after `///`. What follows stands behind an empty
/// line.
pub(crate) fn lines(text: &str) -> String {
    let indented =
        markdown::safe(text).lines().map(|line| format!(" {line}").trim_end().to_owned()).collect::<Vec<_>>();
    indented.join("\n")
}

/// A text below a label: in the same line if it has only one.
pub(crate) fn labelled(label: &str, text: &str) -> String {
    match text.trim() {
        "" => format!(" {label}:"),
        text if text.contains(['\n', '\r']) => format!(" {label}:\n\n{}", lines(text)),
        text => format!(" {label}: {}", line(text)),
    }
}

/// A name as code in a line: control characters are spaces, and backticks stay inside.
pub(crate) fn code(name: &str) -> String {
    let name = plain::one_line(name);
    if !name.contains('`') {
        return if name.trim().is_empty() { format!("`\"{name}\"`") } else { format!("`{name}`") };
    }
    let fence = "`".repeat(markdown::longest_run(&name) + 1);
    format!("{fence} {name} {fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_code_in_one_line_whatever_they_hold() {
        for (name, shown) in [
            ("/a/{b}", "`/a/{b}`"),
            ("a\n\n```\nlet a;\n```", "```` a  ``` let a; ``` ````"),
            ("a\u{1b}[2J\u{202e}`b", "`` a [2J\u{fffd}`b ``"),
            (" ", "`\" \"`"),
            ("", "`\"\"`"),
        ] {
            assert_eq!(code(name), shown);
        }
    }

    #[test]
    fn a_text_of_several_lines_stands_below_its_label() {
        assert_eq!(labelled("404", "Not\u{1b} found"), " 404: Not found");
        assert_eq!(labelled("404", "```\nlet a;\n```"), " 404:\n\n ```text\n let a;\n ```");
        assert_eq!(labelled("404", "~~~ <b>"), " 404: ~~~ \\<b>");
    }

    #[test]
    fn lines_stand_behind_a_space() {
        assert_eq!(lines("one\n\ntwo  "), " one\n\n two");
        assert_eq!(lines("a\rb\u{202e}c\r\nd"), " a\n bc\n d");
    }
}
