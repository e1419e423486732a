//! A writer of Rust source, line by line, for code that needs no syntax tree.

use proc_macro2::Literal;

/// Lines of source, each indented by the number of open braces.
#[derive(Default)]
pub(crate) struct Code {
    text: String,
    depth: usize,
}

/// Width in bytes of lines with several texts, without indentation.
const WIDTH: usize = 100;

impl Code {
    pub(crate) fn line(&mut self, line: &str) {
        (0..self.depth).for_each(|_| self.text.push_str("    "));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes a line that opens a brace.
    pub(crate) fn open(&mut self, line: &str) {
        self.line(&format!("{line} {{"));
        self.depth += 1;
    }

    /// Writes the first line of a module at the margin. Its items are not indented: there are up to a hundred thousand
    /// lines of them.
    pub(crate) fn open_module(&mut self, module: &str) {
        self.line(&format!("{module} {{"));
    }

    /// Writes the last line of a module at the margin.
    pub(crate) fn close_module(&mut self) {
        self.line("}");
    }

    /// Closes the innermost brace, followed by `end`.
    pub(crate) fn close(&mut self, end: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("}}{end}"));
    }

    /// Closes the innermost brace and opens another in the same line, with `between` in between.
    pub(crate) fn reopen(&mut self, between: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.open(&format!("}}{between}"));
    }

    /// Writes an attribute; an empty text is none.
    pub(crate) fn attribute(&mut self, attribute: &str) {
        attribute.lines().for_each(|line| self.line(line));
    }

    /// Writes doc comments. A text may have several lines; an empty text is an empty comment line.
    pub(crate) fn docs<T: AsRef<str>>(&mut self, texts: &[T]) {
        for text in texts.iter().map(AsRef::as_ref) {
            if text.is_empty() {
                self.line("///");
            }
            text.lines().for_each(|line| self.line(&format!("///{line}")));
        }
    }

    /// Writes an array, one item a line.
    pub(crate) fn list(&mut self, before: &str, items: impl IntoIterator<Item = String>, after: &str) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return self.line(&format!("{before}[]{after}"));
        }
        self.line(&format!("{before}["));
        self.depth += 1;
        items.for_each(|item| format!("{item},").lines().for_each(|line| self.line(line)));
        self.depth -= 1;
        self.line(&format!("]{after}"));
    }

    /// Writes texts one after the other, with as many in a line as fit.
    pub(crate) fn wrapped(&mut self, texts: impl IntoIterator<Item = String>) {
        let mut line = String::new();
        for text in texts {
            if !line.is_empty() && line.len() + text.len() > WIDTH {
                self.line(&std::mem::take(&mut line));
            }
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(&text);
        }
        if !line.is_empty() {
            self.line(&line);
        }
    }

    pub(crate) fn text(self) -> String {
        self.text
    }
}

/// The longest expression in bytes that is written in one line; the rest of the line needs room too.
const LONGEST: usize = 90;

/// Returns an array expression: in one line if that is short, else one item a line.
pub(crate) fn array(items: Vec<String>) -> String {
    let line = format!("&[{}]", items.join(", "));
    if line.len() <= LONGEST && !line.contains('\n') {
        return line;
    }
    let items: String = items.iter().map(|item| format!("{},\n", indented(item))).collect();
    format!("&[\n{items}]")
}

/// Returns an expression followed by method calls: in one line if that is short, else one call a line.
pub(crate) fn chain(head: String, calls: Vec<String>) -> String {
    let line = head.clone() + &calls.concat();
    if (line.len() <= LONGEST && !line.contains('\n')) || calls.is_empty() {
        return line;
    }
    calls.iter().fold(head, |text, call| text + "\n" + &indented(call))
}

/// Indents lines by one level.
fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Returns a string literal.
pub(crate) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Returns string literals separated by commas.
pub(crate) fn literals(texts: &[String]) -> String {
    texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(", ")
}

/// Returns an expression of type `Option<&str>`.
pub(crate) fn option(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({})", literal(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indents_lines_by_open_braces() {
        let mut code = Code::default();
        code.docs(&[" One.", "", " Two\n three."]);
        code.open("mod m");
        code.list("const A: &[u8] = &", ["1".to_owned()], ";");
        code.list("const B: &[u8] = &", [], ";");
        code.close("");
        let docs = "/// One.\n///\n/// Two\n/// three.\n";
        let module = "mod m {\n    const A: &[u8] = &[\n        1,\n    ];\n    const B: &[u8] = &[];\n}\n";
        assert_eq!(code.text(), format!("{docs}{module}"));
    }

    #[test]
    fn breaks_long_arrays_and_chains_into_indented_lines() {
        let long = "x".repeat(60);
        assert_eq!(array(vec!["1".to_owned(), "2".to_owned()]), "&[1, 2]");
        assert_eq!(chain("a()".to_owned(), vec![".b()".to_owned()]), "a().b()");
        let list = array(vec![long.clone(), long.clone()]);
        assert_eq!(list, format!("&[\n    {long},\n    {long},\n]"));
        let call = chain("a()".to_owned(), vec![format!(".b({list})"), ".c()".to_owned()]);
        assert_eq!(call, format!("a()\n    .b(&[\n        {long},\n        {long},\n    ])\n    .c()"));
    }

    #[test]
    fn literals_parse_to_the_original_strings() {
        for text in ["a\"b\\c\n\r\t\0é\u{202e}\u{7f}", "{}", ""] {
            let parsed: syn::LitStr = syn::parse_str(&literal(text)).unwrap();
            assert_eq!(parsed.value(), text);
        }
    }
}
