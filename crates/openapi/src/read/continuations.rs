//! Indents continuation lines of YAML that libyaml reads and YAML 1.2 does not.
//!
//! In YAML 1.2 the lines of a flow collection or of a quoted scalar are indented deeper than the key that it belongs
//! to, its closing bracket too. libyaml accepts any indentation, and many documents close a mapping at its key's
//! column. Leading spaces of these lines have no meaning, so that adding some gives the document that libyaml reads.

use std::collections::BTreeMap;

/// A text with spaces added in front of some lines.
pub(super) struct Indented {
    pub(super) text: String,
    /// The added spaces, by line number from 1.
    pub(super) added: BTreeMap<usize, usize>,
}

/// Indents the continuation lines that are not indented deeper than the value that they continue; `None` if there are
/// none. The result may still be invalid YAML.
pub(super) fn indent(text: &str) -> Option<Indented> {
    let mut scan = Scan { open: Vec::new(), quote: None, key: None, skip: None, least: 0 };
    let mut indented = Indented { text: String::with_capacity(text.len()), added: BTreeMap::new() };
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_start_matches(' ');
        let column = line.len() - content.len();
        if scan.is_open() && column < scan.least && !content.trim().is_empty() && !is_marker(line) {
            let spaces = scan.least - column;
            indented.text.extend(std::iter::repeat_n(' ', spaces));
            indented.added.insert(index + 1, spaces);
        }
        indented.text.push_str(line);
        scan.line(line);
    }
    (!indented.added.is_empty()).then_some(indented)
}

/// Whether a line begins or ends a document.
fn is_marker(line: &str) -> bool {
    ["---", "..."].iter().any(|marker| line.starts_with(marker))
}

/// The state at the start of a line.
struct Scan {
    /// The closing brackets of the open flow collections, outermost first.
    open: Vec<char>,
    /// The quote of the open quoted scalar.
    quote: Option<char>,
    /// The column of the last key or dash outside of flow collections.
    key: Option<usize>,
    /// The least column of the lines that continue a block scalar or plain scalar.
    skip: Option<usize>,
    /// The least column of the lines of the open flow collection or quoted scalar.
    least: usize,
}

impl Scan {
    fn is_open(&self) -> bool {
        self.quote.is_some() || !self.open.is_empty()
    }

    /// Returns the least column of lines that belong to the value of the last key.
    fn deeper(&self) -> usize {
        self.key.map_or(0, |column| column + 1)
    }

    fn line(&mut self, line: &str) {
        let mut rest = Rest { line, at: 0 };
        if !self.is_open() {
            if is_marker(line) {
                (self.key, self.skip, rest.at) = (None, None, 3);
            } else if self.skip.is_none() && line.starts_with('%') {
                return;
            }
            rest.skip_blanks();
            match self.skip {
                _ if rest.is_at_end() => return,
                Some(column) if rest.at >= column => return,
                _ => self.skip = None,
            }
        }
        while let Some(c) = rest.peek() {
            if let Some(quote) = self.quote {
                self.quoted(quote, &mut rest);
            } else if !self.open.is_empty() {
                self.flow(c, &mut rest);
            } else {
                self.block(c, &mut rest);
            }
        }
    }

    /// Reads a quoted scalar up to its end, or to the end of the line.
    fn quoted(&mut self, quote: char, rest: &mut Rest<'_>) {
        while let Some(c) = rest.next() {
            match c {
                '\\' if quote == '"' => drop(rest.next()),
                '\'' if quote == '\'' && rest.peek() == Some('\'') => drop(rest.next()),
                c if c == quote => {
                    self.quote = None;
                    return;
                }
                _ => {}
            }
        }
    }

    /// Reads one token of a flow collection.
    fn flow(&mut self, c: char, rest: &mut Rest<'_>) {
        match c {
            '{' => self.open.push('}'),
            '[' => self.open.push(']'),
            '}' | ']' => {
                if self.open.last() == Some(&c) {
                    self.open.pop();
                }
            }
            '"' | '\'' => self.quote = Some(c),
            '#' if rest.is_after_blank() => return rest.skip_all(),
            ',' | ':' => {}
            c if c.is_whitespace() => {}
            _ => return rest.skip_plain(&[',', '{', '}', '[', ']']),
        }
        rest.next();
    }

    /// Reads one token outside of flow collections.
    fn block(&mut self, c: char, rest: &mut Rest<'_>) {
        let column = rest.at;
        match c {
            '{' | '[' | '"' | '\'' => {
                self.least = self.deeper();
                if let '"' | '\'' = c {
                    rest.next();
                    self.quote = Some(c);
                    self.quoted(c, rest);
                    // a quoted key
                    if !self.is_open() && rest.peek() == Some(':') {
                        self.key = Some(column);
                    }
                } else {
                    self.flow(c, rest);
                }
            }
            '|' | '>' => {
                self.skip = Some(self.deeper());
                rest.skip_all();
            }
            '#' if rest.is_after_blank() => rest.skip_all(),
            '-' | '?' if rest.is_before_blank() => {
                self.key = Some(column);
                rest.next();
            }
            '&' | '*' | '!' => rest.skip_word(),
            ':' => drop(rest.next()),
            c if c.is_whitespace() => drop(rest.next()),
            _ => {
                rest.skip_plain(&[]);
                if rest.peek() == Some(':') {
                    self.key = Some(column);
                } else {
                    self.skip = Some(self.deeper());
                }
            }
        }
    }
}

/// The rest of a line.
struct Rest<'l> {
    line: &'l str,
    /// Offset in bytes.
    at: usize,
}

impl Rest<'_> {
    fn peek(&self) -> Option<char> {
        self.line[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn is_at_end(&self) -> bool {
        self.peek().is_none()
    }

    /// Whether a blank or the start of the line precedes.
    fn is_after_blank(&self) -> bool {
        self.line[..self.at].chars().next_back().is_none_or(char::is_whitespace)
    }

    /// Whether a blank or the end of the line follows the next character.
    fn is_before_blank(&self) -> bool {
        self.line[self.at..].chars().nth(1).is_none_or(char::is_whitespace)
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
    }

    fn skip_all(&mut self) {
        self.at = self.line.len();
    }

    fn skip_word(&mut self) {
        while self.peek().is_some_and(|c| !c.is_whitespace()) {
            self.next();
        }
    }

    /// Skips a plain scalar: up to a colon before a blank, a comment, or one of some characters.
    fn skip_plain(&mut self, ends: &[char]) {
        self.next();
        while let Some(c) = self.peek() {
            let is_end = ends.contains(&c)
                || (c == '#' && self.is_after_blank())
                || (c == ':' && (self.is_before_blank() || self.is_before(ends)));
            if is_end {
                return;
            }
            self.next();
        }
    }

    /// Whether one of some characters follows the next one.
    fn is_before(&self, ends: &[char]) -> bool {
        self.line[self.at..].chars().nth(1).is_some_and(|c| ends.contains(&c))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use crate::{Document, Location};

    fn read(text: &str) -> Document {
        Document::parse("test.yaml", text).unwrap_or_else(|problem| panic!("{problem}\n{text}"))
    }

    #[test]
    fn lines_of_flow_collections_may_begin_at_the_column_of_their_key() {
        let text = "a:\n  b: {\n    \"c\": 1, # { it's\n    d: it's, e: 'x: {',\n  }\n  f: [1,\n2\n]\n  g: &g [\n\
                    \x20 ]\nh:\n- i: {\n\
                    \x20 }\n  j: [{\n  }, {k: [\n  ]}]\n- {\n}\n";
        let document = read(text);
        assert_eq!(
            document.value(),
            &json!({"a": {"b": {"c": 1, "d": "it's", "e": "x: {"}, "f": [1, 2], "g": []},
                "h": [{"i": {}, "j": [{}, {"k": []}]}, {}]})
        );
        assert_eq!(document.location("/a/f/1"), Some(Location { line: 7, column: 1 }), "as the author wrote it");
        let lines: Vec<_> = document.warnings().iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [5, 7, 8, 10, 13, 15, 16, 18].map(Some));
    }

    #[test]
    fn lines_of_quoted_scalars_may_begin_at_the_column_of_their_key() {
        let text = "a: \"one\ntwo \\\" three\n\n  four\"\nb:\n  c: 'it''s\n\n  d: e'\n  'f\n  g': 1\n";
        assert!(Document::parse("test.yaml", text).is_err(), "a key of several lines is none");
        let text = text.replace("'f\n  g'", "'f g'");
        let document = read(&text);
        assert_eq!(document.value(), &json!({"a": "one two \" three\nfour", "b": {"c": "it's\nd: e", "f g": 1}}));
    }

    #[test]
    fn quotes_and_brackets_in_other_scalars_open_nothing() {
        let text = "%YAML 1.2\n--- # {\na: it's {\nb: |\n  \"{[\n  'x\nc: plain\n  \"text\n  {more\nd: - [\n# {\n\
                    # it's\ne: x # [\n\
                    f: !t {\n}\ng: >-\n  \"\n\n  [\nh: x#{\ni:\n  - |\n    {\n  - {\n  }\n";
        let document = Document::parse("test.yaml", text.replace("d: - [\n", "").as_str());
        let document = document.unwrap_or_else(|problem| panic!("{problem}"));
        assert_eq!(document.value()["b"], "\"{[\n'x\n");
        assert_eq!(document.value()["c"], "plain \"text {more");
        assert_eq!(document.value()["i"], json!(["{\n", {}]));
        assert_eq!(document.warnings().len(), 2);
    }

    #[test]
    fn other_errors_are_reported_with_their_location() {
        for (text, line, column) in [("a: {\n}\nb: {\n", 3, 1), ("a: {\n}\nb: [}\n", 3, 5), ("a: {\n}\n  b: 1\n", 3, 4)]
        {
            let problem = Document::parse("test.yaml", text).unwrap_err();
            assert!(problem.what.contains("not valid YAML"), "{problem}");
            assert!(problem.line.is_some() && (line, column) > (0, 0), "{problem}");
        }
    }

    proptest! {
        /// Valid YAML is read as it is, and texts of all kinds end in a value or a problem.
        #[test]
        fn never_panics(text in "([ \\n'\"{}\\[\\],:#|>&*!?aé-]|- |: ){0,60}") {
            if let Ok(document) = Document::parse("test.yaml", text.as_str()) {
                prop_assert!(document.location("").is_some());
            }
        }
    }
}
