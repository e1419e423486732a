//! Layout of types: attributes, fields and signatures in one line each, and names of the prelude without their paths.
//!
//! It halves the lines of the types, and removes an eighth of their text.

use std::collections::BTreeSet;

use crate::settings::Settings;

/// Paths of the standard library that the prelude contains, with their names.
const PRELUDE: [(&str, &str); 6] = [
    ("::std::option::Option<", "Option"),
    ("::std::vec::Vec<", "Vec"),
    ("::std::string::String", "String"),
    ("::std::result::Result<", "Result"),
    ("::std::convert::From<", "From"),
    ("::std::convert::TryFrom<", "TryFrom"),
];

/// Returns the text of the module `types` with shorter lines. `taken` are the names of its types, which hide those of
/// the prelude.
pub(super) fn compact(text: &str, taken: &BTreeSet<String>, settings: &Settings) -> String {
    let paths = [format!("{}::types::", settings.module), format!("{}::", settings.runtime)];
    let free: Vec<_> = PRELUDE.iter().filter(|(_, name)| !taken.contains(*name)).collect();
    let mut lines = text.lines();
    let mut compact = String::with_capacity(text.len());
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("//") {
            compact.push_str(line);
        } else if breaks(line) {
            compact.push_str(&shortened(&joined(line, &mut lines), &paths, &free));
        } else {
            compact.push_str(&shortened(line, &paths, &free));
        }
        compact.push('\n');
    }
    compact
}

/// Returns whether an attribute, a field or a signature continues in the next line.
fn breaks(line: &str) -> bool {
    let start = line.trim_start();
    let is_attribute = start.starts_with("#[") && line.ends_with(['(', '[']);
    let is_field = start.starts_with("pub ") && line.ends_with('<');
    let is_signature = (start.starts_with("fn ") || start.starts_with("pub fn ")) && line.ends_with('(');
    is_attribute || is_field || is_signature
}

/// Returns a line with those that follow, up to the bracket that closes its last one.
fn joined<'t>(line: &str, lines: &mut impl Iterator<Item = &'t str>) -> String {
    let mut text = line.to_owned();
    let mut open = depth(line);
    while open > 0
        && let Some(next) = lines.next()
    {
        let next = next.trim();
        open += depth(next);
        if next.starts_with([')', '>', ']']) {
            let end = text.trim_end_matches(',').len();
            text.truncate(end);
        } else if !text.ends_with(['(', '<', '[']) {
            text.push(' ');
        }
        text.push_str(next);
    }
    text
}

/// Returns the brackets that a line opens, without those that it closes. Braces do not count: a signature ends before
/// them. Strings do not count either.
fn depth(line: &str) -> i64 {
    let (mut depth, mut in_string, mut before) = (0, false, ' ');
    for c in line.chars() {
        match c {
            '"' if before != '\\' => in_string = !in_string,
            _ if in_string => {}
            '(' | '[' | '<' => depth += 1,
            '>' if before == '-' || before == '=' => {}
            ')' | ']' | '>' => depth -= 1,
            _ => {}
        }
        // an escaped backslash escapes nothing
        before = if c == '\\' && before == '\\' { ' ' } else { c };
    }
    depth
}

/// Returns a line with the short forms of paths. Lines with strings stay as they are.
fn shortened(line: &str, [own, runtime]: &[String; 2], free: &[&(&str, &str)]) -> String {
    let mut text = line.to_owned();
    if text.contains('"') {
        return text;
    }
    for (path, short) in [(own, ""), (runtime, "runtime::")] {
        if text.contains(path) {
            text = text.replace(path, short);
        }
    }
    for (path, name) in free {
        if text.contains(path) {
            let end = if path.ends_with('<') { "<" } else { "" };
            text = text.replace(path, &format!("{name}{end}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compacted(text: &str, taken: &[&str]) -> String {
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        compact(text, &taken, &Settings::package())
    }

    #[test]
    fn attributes_fields_and_signatures_have_one_line() {
        let text = r#"#[derive(
    Clone,
    Debug
)]
pub struct A {
    #[serde(
        rename = "a(\\",
    )]
    pub a: ::std::option::Option<
        crate::client::types::B<C>,
    >,
}
fn f(
    value: &str,
) -> ::std::result::Result<Self, E> {
    g()
}
"#;
        let expected = r#"#[derive(Clone, Debug)]
pub struct A {
    #[serde(rename = "a(\\")]
    pub a: Option<B<C>>,
}
fn f(value: &str) -> Result<Self, E> {
    g()
}
"#;
        assert_eq!(compacted(text, &[]), expected);
    }

    #[test]
    fn names_of_the_document_hide_the_prelude() {
        let text = "a: ::std::option::Option<::std::string::String>,\n";
        assert_eq!(compacted(text, &[]), "a: Option<String>,\n");
        assert_eq!(compacted(text, &["String"]), "a: Option<::std::string::String>,\n");
        assert_eq!(compacted(text, &["Option", "String"]), text);
    }

    #[test]
    fn documentation_and_strings_stay() {
        let text =
            "/// pub fn ::std::string::String<\n/// (\nf(\"::std::string::String\", \"crate::client::types::A\");\n";
        assert_eq!(compacted(text, &[]), text);
    }
}
