//! Descriptions as rustdoc should show them.

/// A description as the text of a doc attribute: safe, and with the space that people put after `///`.
pub(crate) fn lines(text: &str) -> String {
    let text = text.trim();
    if text.starts_with('`') && text.ends_with('`') && text.matches('`').count() == 2 && !text.contains(' ') {
        // typify's stand-in for a missing description: the type's own name
        return format!(" `{}` of the document.", text.trim_matches('`'));
    }
    let indented = safe(text).lines().map(|line| format!(" {line}").trim_end().to_owned()).collect::<Vec<_>>();
    indented.join("\n")
}

/// One doc attribute a line, as a person would write them.
pub(crate) fn attributes(texts: &[String]) -> proc_macro2::TokenStream {
    let lines = texts.iter().flat_map(|text| if text.is_empty() { vec![""] } else { text.lines().collect() });
    quote::quote! { #(#[doc = #lines])* }
}

/// Escapes what rustdoc would take for links and HTML, and makes bare addresses links. Code is left as it is.
pub(crate) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_code = false;
    while let Some(c) = rest.chars().next() {
        // an address in angles is a link already
        let inner = rest.strip_prefix('<').unwrap_or(rest);
        let address = if in_code { 0 } else { address_length(inner) };
        let end = &inner[address..];
        if address > 0 && (inner.len() == rest.len() || end.starts_with('>')) {
            out.push_str(&format!("<{}>", &inner[..address]));
            rest = if inner.len() == rest.len() { end } else { &end[1..] };
            continue;
        }
        match c {
            '`' => in_code = !in_code,
            '<' | '>' | '[' | ']' if !in_code => out.push('\\'),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
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
            safe("<https://x.example> (https://x.example) [a](https://x.example)"),
            "<https://x.example> (<https://x.example>) \\[a\\](<https://x.example>)"
        );
        assert_eq!(safe("<https://x.example and"), "\\<<https://x.example> and");
        assert_eq!(lines("`Thing`"), " `Thing` of the document.");
        assert_eq!(lines("one\n\ntwo  "), " one\n\n two");
    }
}
