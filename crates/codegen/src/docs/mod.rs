//! Descriptions of a document as rustdoc comments.

mod markdown;

use openapi::plain;

pub(crate) use markdown::safe_line as line;

/// Marker that lowering puts into the description of a deprecated schema. Descriptions reach the type, the field and
/// the setter of a schema; no author can write the marker's private-use characters.
pub(crate) const DEPRECATED: &str = "\u{e000}deprecated\u{e001}";

/// The attribute of deprecated items.
pub(crate) const DEPRECATED_ATTRIBUTE: &str = "#[deprecated = \"the document marks it as deprecated\"]";

/// Returns a description without the marker, and whether it had the marker.
pub(crate) fn deprecation(text: &str) -> (String, bool) {
    (text.replace(DEPRECATED, "Deprecated."), text.contains(DEPRECATED))
}

/// Returns a description as sanitized lines, each with a space in front, as after `///`.
pub(crate) fn lines(text: &str) -> String {
    let indented =
        markdown::safe(text).lines().map(|line| format!(" {line}").trim_end().to_owned()).collect::<Vec<_>>();
    indented.join("\n")
}

/// Returns a description after a label: on the same line if it is a single line, else below.
pub(crate) fn labelled(label: &str, text: &str) -> String {
    match text.trim() {
        "" => format!(" {label}:"),
        text if text.contains(['\n', '\r']) => format!(" {label}:\n\n{}", lines(text)),
        text => format!(" {label}: {}", line(text)),
    }
}

/// Returns a name as inline code: control characters become spaces, and backticks are escaped by a longer fence.
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
    fn names_become_inline_code_on_one_line() {
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
    fn a_description_of_several_lines_goes_below_its_label() {
        assert_eq!(labelled("404", "Not\u{1b} found"), " 404: Not found");
        assert_eq!(labelled("404", "```\nlet a;\n```"), " 404:\n\n ```text\n let a;\n ```");
        assert_eq!(labelled("404", "~~~ <b>"), " 404: ~~~ \\<b>");
    }

    #[test]
    fn lines_begin_with_a_space() {
        assert_eq!(lines("one\n\ntwo  "), " one\n\n two");
        assert_eq!(lines("a\rb\u{202e}c\r\nd"), " a\n bc\n d");
    }
}
