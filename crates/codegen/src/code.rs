//! Rust source as it is written, line by line. What we write ourselves needs no syntax tree on its way.

/// Lines, each as deep as the braces that are open.
#[derive(Default)]
pub(crate) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    /// Lines inside `depth` open braces of somebody else's.
    pub(crate) fn inside(depth: usize) -> Self {
        Self { text: String::new(), depth }
    }

    pub(crate) fn line(&mut self, line: &str) {
        (0..self.depth).for_each(|_| self.text.push_str("    "));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line that opens braces.
    pub(crate) fn open(&mut self, line: &str) {
        self.line(&format!("{line} {{"));
        self.depth += 1;
    }

    /// Closes the braces, with what stands behind them.
    pub(crate) fn close(&mut self, end: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("}}{end}"));
    }

    /// Closes the braces and opens others, with what stands between them.
    pub(crate) fn turn(&mut self, between: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.open(&format!("}}{between}"));
    }

    /// Documentation; each text may have several lines.
    pub(crate) fn docs<T: AsRef<str>>(&mut self, texts: &[T]) {
        for text in texts.iter().map(AsRef::as_ref) {
            if text.is_empty() {
                self.line("///");
            }
            text.lines().for_each(|line| self.line(&format!("///{line}")));
        }
    }

    /// A list, an item a line.
    pub(crate) fn list(&mut self, before: &str, items: impl IntoIterator<Item = String>, after: &str) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return self.line(&format!("{before}[]{after}"));
        }
        self.line(&format!("{before}["));
        self.depth += 1;
        items.for_each(|item| self.line(&format!("{item},")));
        self.depth -= 1;
        self.line(&format!("]{after}"));
    }

    pub(crate) fn text(self) -> String {
        self.text
    }
}

/// A text as a literal.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Texts as the items of a list.
pub(crate) fn literals(texts: &[String]) -> String {
    texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ")
}

/// A text that may be absent.
pub(crate) fn option(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({text:?})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_as_deep_as_their_braces() {
        let mut code = Code::inside(1);
        code.docs(&[" One.", "", " Two\n three."]);
        code.open("mod m");
        code.list("const A: &[u8] = &", ["1".to_owned()], ";");
        code.list("const B: &[u8] = &", [], ";");
        code.close("");
        let expected = "    /// One.\n    ///\n    /// Two\n    /// three.\n    mod m {\n        const A: &[u8] = &[\n            1,\n        ];\n        const B: &[u8] = &[];\n    }\n";
        assert_eq!(code.text(), expected);
    }

    #[test]
    fn literals_are_the_texts_that_they_stand_for() {
        for text in ["a\"b\\c\n\r\t\0é\u{202e}\u{7f}", "{}", ""] {
            let parsed: syn::LitStr = syn::parse_str(&literal(text)).unwrap();
            assert_eq!(parsed.value(), text);
        }
    }
}
