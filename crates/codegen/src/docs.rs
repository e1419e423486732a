//! Descriptions as rustdoc should show them.

/// What lowering puts into the description of a deprecated schema, in words that no author writes: a description goes
/// wherever the schema's type, field or setter goes.
pub(crate) const DEPRECATED: &str = "\u{e000}deprecated\u{e001}";

/// The attribute of what the document calls deprecated.
pub(crate) const DEPRECATED_ATTRIBUTE: &str = "#[deprecated = \"the document marks it as deprecated\"]";

/// A description for people, and whether it is that of something deprecated.
pub(crate) fn deprecation(text: &str) -> (String, bool) {
    (text.replace(DEPRECATED, "Deprecated."), text.contains(DEPRECATED))
}

/// A description as the text of a doc attribute: safe, and with the space that people put after `///`.
pub(crate) fn lines(text: &str) -> String {
    let text = text.trim();
    if text.starts_with('`') && text.ends_with('`') && text.matches('`').count() == 2 && !text.contains(' ') {
        // typify's stand-in for a missing description: the type's own name
        return format!(" `{}` of the document.", text.trim_matches('`'));
    }
    let text: String = text.chars().filter_map(in_source).collect();
    let indented = safe(&text).lines().map(|line| format!(" {line}").trim_end().to_owned()).collect::<Vec<_>>();
    indented.join("\n")
}

/// A character as it may stand in a comment: rustc refuses a lone carriage return there, and what turns the direction of text.
fn in_source(c: char) -> Option<char> {
    match c {
        '\r' => Some(' '),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c => Some(c),
    }
}

/// Escapes what rustdoc would take for links, HTML and tests, and makes bare addresses links. Code is left as it is.
pub(crate) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence = None;
    let mut in_code = false;
    for (number, line) in text.lines().enumerate() {
        out.push_str(if number > 0 { "\n" } else { "" });
        let plain = line.trim_start();
        let opens = ["```", "~~~"].into_iter().find(|mark| plain.starts_with(mark));
        match (fence, opens) {
            (Some(mark), _) => {
                out.push_str(line);
                // with anything behind the mark it is a line of the code
                fence = Some(mark).filter(|_| opens != fence || !plain.trim_matches(['`', '~', ' ']).is_empty());
            }
            (None, Some(mark)) if !plain.trim_start_matches(['`', '~']).contains('`') => {
                fence = opens;
                let language = plain.trim_start_matches(['`', '~']).trim();
                // without a language, or with this one, it would be compiled and run as a test
                let is_test = language.is_empty() || language.starts_with("rust");
                let indent = &line[..line.len() - plain.len()];
                out.push_str(&if is_test { format!("{indent}{mark}text") } else { line.to_owned() });
            }
            _ => {
                in_code &= !plain.is_empty();
                let indent = &line[..line.len() - plain.len()];
                // deeper, it would be a block of code, and such a block a test
                out.push_str(if indent.len() > 3 || indent.contains('\t') { "   " } else { indent });
                safe_line(plain, &mut in_code, &mut out);
            }
        }
    }
    if let Some(mark) = fence {
        out.push('\n');
        out.push_str(mark);
    }
    out
}

fn safe_line(line: &str, in_code: &mut bool, out: &mut String) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (kept, address) = if *in_code { (0, 0) } else { (link_length(rest), address_length(rest)) };
        if kept > 0 {
            out.push_str(&rest[..kept]);
            rest = &rest[kept..];
            continue;
        }
        if address > 0 {
            out.push_str(&format!("<{}>", &rest[..address]));
            rest = &rest[address..];
            continue;
        }
        match c {
            '`' => *in_code = !*in_code,
            '<' | '>' | '[' | ']' if !*in_code => out.push('\\'),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
}

/// The length of a link at the beginning of a text, `[words](https://…)` or `<https://…>`.
fn link_length(text: &str) -> usize {
    let (before, address) = match text.as_bytes().first() {
        Some(b'<') => (1, &text[1..]),
        Some(b'[') => match text.find("](") {
            Some(end) if !text[1..end].contains(['[', ']', '<', '>', '`']) => (end + 2, &text[end + 2..]),
            _ => return 0,
        },
        _ => return 0,
    };
    let closing = if before == 1 { '>' } else { ')' };
    let end = address.find(closing).unwrap_or(0);
    let is_address = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    let is_whole = !address[..end].contains(|c: char| c.is_whitespace() || "<>()\"`".contains(c));
    if is_address && is_whole && end > 0 { before + end + 1 } else { 0 }
}

fn address_length(text: &str) -> usize {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return 0;
    }
    let end =
        text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`')).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_rustdoc_from_reading_links_and_html_into_text() {
        assert_eq!(safe("a [b] <c> `[d] <e>`"), "a \\[b\\] \\<c\\> `[d] <e>`");
        assert_eq!(safe("see https://x.example/a?b=c."), "see <https://x.example/a?b=c>.");
        assert_eq!(
            safe("a [b c](https://x.example/) <https://y.example>"),
            "a [b c](https://x.example/) <https://y.example>"
        );
        assert_eq!(safe("<https://x.example and"), "\\<<https://x.example> and");
        assert_eq!(safe("[b](/c) (https://x.example)"), "\\[b\\](/c) (<https://x.example>)");
        assert_eq!(lines("`Thing`"), " `Thing` of the document.");
        assert_eq!(lines("one\n\ntwo  "), " one\n\n two");
        assert_eq!(lines("a\rb\u{202e}c\r\nd"), " a bc\n d");
    }

    #[test]
    fn keeps_rustdoc_from_taking_code_for_tests() {
        assert_eq!(safe("```\n[a] <b>\n```\n[c]"), "```text\n[a] <b>\n```\n\\[c\\]");
        assert_eq!(safe("``` json\n{}"), "``` json\n{}\n```");
        assert_eq!(safe("```\na\n\n```json\n[b]\n```"), "```text\na\n\n```json\n[b]\n```");
        assert_eq!(safe("so:\n\n    let a;\n  - b"), "so:\n\n   let a;\n  - b");
        assert_eq!(safe("a ` b\n\n[c]"), "a ` b\n\n\\[c\\]");
    }
}
