//! Extracts the OpenAPI documents of a documentation page.

use openapi::{Limit, Location, Problem};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::{
    block::{self, Block},
    embedded::{Embedded, in_page},
    fence::{ends, fence_of, is_closed},
};

/// The content of a page.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The documents, in the page's order; at least one.
    pub documents: Vec<Embedded>,
    /// Number of fenced code blocks without an OpenAPI document, which are skipped.
    pub skipped: usize,
}

/// The largest number of documents of one page. A page with more is invalid.
pub const MOST_DOCUMENTS: usize = 1_000;

/// The limits of pages, for `docs/limits.md`.
pub const LIMITS: &[Limit] = &[Limit {
    what: "OpenAPI documents of one page",
    most: MOST_DOCUMENTS as u64,
    unit: "documents",
    error: "rejected, with the location of the document",
    test: "pages_of_markup_or_documents_end_in_time",
}];

/// Characters of the heading and of the quote that are stored with each document. Statements of permissions are
/// shorter.
const LONGEST_QUOTE: usize = 10_000;

/// Returns every code block with a JSON object that has the key `openapi`.
///
/// # Errors
/// All such blocks that are invalid or truncated; or one problem if the page has none.
pub fn extract(name: &str, page: &str) -> Result<Extracted, Vec<Problem>> {
    let page = page.strip_prefix('\u{feff}').unwrap_or(page);
    let starts: Vec<usize> = std::iter::once(0).chain(page.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader { name, page, starts, found: Vec::new(), skipped: 0, problems: Vec::new() };
    reader.read();
    let Reader { found, skipped, mut problems, .. } = reader;
    if found.is_empty() && problems.is_empty() {
        let blocks = if skipped == 1 { "code block" } else { "code blocks" };
        problems.push(
            Problem::new(
                format!("no OpenAPI document found in the page ({skipped} {blocks} skipped)"),
                "import only pages with a ```json block that has an \"openapi\" key",
            )
            .in_file(name),
        );
    }
    if problems.is_empty() { Ok(Extracted { documents: found, skipped }) } else { Err(problems) }
}

struct Reader<'p> {
    name: &'p str,
    page: &'p str,
    /// Offsets of the starts of the page's lines.
    starts: Vec<usize>,
    found: Vec<Embedded>,
    skipped: usize,
    problems: Vec<Problem>,
}

/// A code block that is being read.
#[derive(Default)]
struct Text {
    text: String,
    /// Start of each line of `text`, in the page.
    lines: Vec<Location>,
    fenced: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        let (mut heading, mut quote) = (String::new(), String::new());
        let (mut in_heading, mut quotes) = (false, 0_usize);
        let mut block: Option<Text> = None;
        for (event, range) in Parser::new_ext(self.page, Options::empty()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    block = Some(Text { fenced: matches!(kind, CodeBlockKind::Fenced(_)), ..Text::default() });
                }
                Event::Text(text) if block.is_some() => {
                    let Some(block) = &mut block else { continue };
                    let mut at = range.start;
                    for line in text.split_inclusive('\n') {
                        if block.text.is_empty() || block.text.ends_with('\n') {
                            block.lines.push(self.location(at));
                        }
                        block.text.push_str(line);
                        at += line.len();
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    let Some(block) = block.take() else { continue };
                    let at = range.start;
                    self.end(block, range, &heading, &quote);
                    if self.found.len() + self.problems.len() > MOST_DOCUMENTS {
                        return self.too_many(at);
                    }
                }
                Event::Start(Tag::Heading { .. }) => {
                    in_heading = true;
                    heading.clear();
                    quote.clear();
                }
                Event::End(TagEnd::Heading(_)) => in_heading = false,
                Event::Start(Tag::BlockQuote(_)) => {
                    quotes += 1;
                    quote.clear();
                }
                Event::End(TagEnd::BlockQuote(_)) => quotes = quotes.saturating_sub(1),
                Event::Text(text) | Event::Code(text) if in_heading => heading.push_str(&text),
                Event::Text(text) | Event::Code(text) if quotes > 0 => quote.push_str(&text),
                Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) if quotes > 0 => quote.push('\n'),
                _ => {}
            }
        }
    }

    /// Reports the limit instead of all other problems.
    fn too_many(&mut self, offset: usize) {
        let what = format!("the page has too many OpenAPI documents, the limit is {MOST_DOCUMENTS}");
        let problem =
            Problem::new(what, "split the page into several").in_file(self.name).at(Some(self.location(offset)));
        self.problems = vec![problem];
    }

    /// Returns line and column of an offset, in time that depends on the length of its line and not on the page's.
    fn location(&self, offset: usize) -> Location {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        Location { line, column: self.page.get(start..offset).map_or(0, |before| before.chars().count()) + 1 }
    }

    fn end(&mut self, mut block: Text, range: std::ops::Range<usize>, heading: &str, quote: &str) {
        let start = block.lines.first().copied().unwrap_or_else(|| self.location(range.start));
        let mut closed = !block.fenced || is_closed(self.page.get(range.clone()).unwrap_or_default());
        // Markdown reads a fence indented by four spaces as an indented code block that includes the fence
        if !block.fenced
            && let Some(fence) = fence_of(&block.text)
        {
            let lines: Vec<&str> = block.text.trim_end().lines().collect();
            closed = lines.len() > 1 && lines.last().is_some_and(|last| ends(last, &fence));
            let inner = lines.len() - usize::from(closed);
            block.text = lines.get(1..inner).unwrap_or_default().join("\n");
            block.lines.drain(..1.min(block.lines.len()));
            block.fenced = true;
        }
        let page_ends = self.page.get(range.end..).is_none_or(|rest| rest.trim_start().is_empty());
        let read = block::read(self.name, &block.text);
        if !closed && (page_ends || matches!(read, Block::Broken(_))) {
            let what = match (read, page_ends) {
                (Block::Other, _) => "unterminated code fence: the page ends inside a code block",
                (_, true) => "unterminated code fence: the page ends inside an OpenAPI document",
                (_, false) => "unterminated code fence: the list or quote around it ends inside an OpenAPI document",
            };
            let problem = Problem::new(what, "save the complete page again");
            return self.problems.push(problem.in_file(self.name).at(Some(start)));
        }
        match read {
            Block::OpenApi(document) => self.found.push(Embedded {
                document: *document,
                heading: heading.trim().chars().take(LONGEST_QUOTE).collect(),
                quote: quote.trim().chars().take(LONGEST_QUOTE).collect(),
                lines: block.lines,
            }),
            Block::Other if block.fenced => self.skipped += 1,
            Block::Other => {}
            Block::Broken(problem) => {
                let within = problem.line.zip(problem.column).map(|(line, column)| Location { line, column });
                let at = within.map_or(start, |within| in_page(&block.lines, within));
                // the location is added below, in lines of the page
                let reason = problem.what.split(" at line ").next().unwrap_or_default();
                let what = format!("OpenAPI document in the page: {reason}");
                self.problems.push(
                    Problem { what, fix: "save the page again as published".to_owned(), ..*problem }.at(Some(at)),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const DOCUMENT: &str = r#"{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{}}"#;

    fn locations(page: &str) -> Vec<(usize, usize)> {
        let found = extract("p.md", page).unwrap_or_else(|problems| panic!("{problems:?}\n{page}"));
        let location = |one: &Embedded| one.location("/info/title").map(|at| (at.line, at.column)).unwrap_or_default();
        found.documents.iter().map(location).collect()
    }

    #[test]
    fn pages_of_markup_or_documents_end_in_time() {
        let document = "```json\n{\"openapi\": \"3.0.3\"}\n```\n";
        for mark in ["`", "```\n", "> ", "[", "- ", "<", "*a ", "![a", "~~~\n", "|a|\n|-|\n", "{", "[a](b"] {
            let begun = std::time::Instant::now();
            assert!(extract("marks.md", &mark.repeat(200_000 / mark.len())).is_err());
            assert!(begun.elapsed().as_secs() < 10, "{mark:?}: {:?}", begun.elapsed());
        }
        let many = extract("many.md", &document.repeat(MOST_DOCUMENTS + 1)).err().unwrap();
        assert!(extract("many.md", &document.repeat(MOST_DOCUMENTS)).is_ok());
        assert!(many[0].what.contains("the limit is 1000") && many[0].line.is_some(), "{}", many[0]);
        let quoted = format!("> {}\n\n{}", "word ".repeat(20_000), document.repeat(3));
        let found = extract("quoted.md", &quoted).unwrap();
        assert!(found.documents.iter().all(|one| one.quote.chars().count() == LONGEST_QUOTE));
    }

    #[test]
    fn extracts_documents_and_skips_other_code_blocks() {
        let page = format!(
            "> see index\n\n# T\n\n## One\n\n> a `b`\\\n> c\n\n```json\n{{\"example\": oops}}\n```\n\n\
             ~~~json\n{DOCUMENT}\n~~~\n\n```\nGET x\n```\n## Two\n\n```json\n{DOCUMENT}\n```\n"
        );
        let found = extract("p.md", &page).unwrap();
        let [one, two] = found.documents.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.json(), two.json(), found.skipped), (DOCUMENT, DOCUMENT, 2));
        assert_eq!((one.heading.as_str(), one.quote.as_str()), ("One", "a b\nc"));
        assert_eq!((two.heading.as_str(), two.quote.as_str()), ("Two", ""));
        assert_eq!(locations(&page), [(15, 36), (24, 36)]);
    }

    #[test]
    fn extracts_documents_from_every_form_of_code_block() {
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(DOCUMENT).unwrap()).unwrap();
        let indented = |by: &str| pretty.lines().map(|line| format!("{by}{line}\n")).collect::<String>();
        for (page, place) in [
            (format!("```json\n{DOCUMENT}\n```\n"), (2, 36)),
            (format!("\u{feff}```json\n{DOCUMENT}\n```"), (2, 36)),
            (format!("# T\r\n\r\n```json\r\n{DOCUMENT}\r\n```\r\n"), (4, 36)),
            (format!("~~~\n{DOCUMENT}\n~~~\n"), (2, 36)),
            (format!("`````json title=\"a\"\n{DOCUMENT}\n`````\n"), (2, 36)),
            (format!("  ```json\n  {DOCUMENT}\n  ```\n"), (2, 38)),
            (format!("text\n\n    ```json\n    {DOCUMENT}\n    ```\n"), (4, 40)),
            (format!("text\n\n    {DOCUMENT}\n\ntext\n"), (3, 40)),
            (format!("- list\n  1. inner\n\n     ```json\n     {DOCUMENT}\n     ```\n"), (5, 41)),
            (format!("> quote\n>\n> ```json\n> {DOCUMENT}\n> ```\n"), (4, 38)),
            (format!("```json\n{}```\n", indented("")), (5, 14)),
            (format!("- a\n\n  ```json\n{}  ```\n", indented("  ")), (7, 16)),
            (format!("```json\r\n{}```\r\n", indented("").replace('\n', "\r\n")), (5, 14)),
        ] {
            assert_eq!(locations(&page), [place], "{page}");
        }
    }

    #[test]
    fn the_seed_page_holds_one_document_whose_operation_is_in_this_workspace() {
        let found = extract("oauth.md", include_str!("../../../openapi/pages/oauth.md")).unwrap();
        let [seed] = found.documents.as_slice() else { panic!("{found:?}") };
        assert_eq!((seed.location("").map(|at| (at.line, at.column)), found.skipped), (Some((13, 1)), 1));
        let committed: Value = serde_json::from_str(include_str!("../../../openapi/blynk-platform.json")).unwrap();
        let (committed, seed) = (crate::normalized(&committed), crate::normalized(seed.document.value()));
        let paths = seed["paths"].as_object().unwrap();
        assert!(!paths.is_empty() && paths.iter().all(|(path, item)| committed["paths"][path] == *item));
    }

    #[test]
    fn only_objects_with_the_key_openapi_are_documents() {
        for json in [
            r#"{"a": {"openapi": "3.0.3"}}"#,
            r#"["openapi"]"#,
            r#"{"a": "openapi"}"#,
            r#"{"openapi": null}"#,
            r#"{"open\u0061pi": "#,
            "openapi: 3.0.3",
            "{ openapi: 3 }",
            "",
        ] {
            let problems = extract("p.md", &format!("```json\n{json}\n```\n")).unwrap_err();
            assert!(problems[0].what.contains("(1 code block skipped)"), "{json}: {problems:?}");
        }
    }

    #[test]
    fn reports_invalid_pages() {
        for (page, what, place) in [
            ("# nothing", "no OpenAPI document found in the page (0 code blocks skipped)", "p.md"),
            ("```json\n{\"openapi\": \"3.0.3\", oops}\n```\n", "OpenAPI document in the page", "p.md:2:22"),
            (
                "- x\n\n  ```json\n  {\"info\": {}, \"openapi\": 1,\n  oops}\n  ```\n",
                "OpenAPI document in the page",
                "p.md:5:3",
            ),
            ("```json\n{\"openapi\": \"3\", \"a\": 1, \"a\": 2}\n```\n", "OpenAPI document in the page", "p.md:2:26"),
            (
                "# t\n\n```json\n{\"openapi\": \"3.0.3\", \"in",
                "unterminated code fence: the page ends inside an OpenAPI",
                "p.md:4:1",
            ),
            (
                "# t\n\n```json\n{\"openapi\": \"3.0.3\"}\n",
                "unterminated code fence: the page ends inside an OpenAPI",
                "p.md:4:1",
            ),
            ("# t\n\n```json\n{\"ope", "unterminated code fence: the page ends inside a code block", "p.md:4:1"),
            ("# t\n\n````json\n{}\n```", "unterminated code fence: the page ends inside a code block", "p.md:4:1"),
            (
                "> ```json\n> {\"openapi\": 1,\n\ntext",
                "unterminated code fence: the list or quote around it",
                "p.md:2:3",
            ),
        ] {
            let problems = extract("p.md", page).unwrap_err();
            assert!(problems[0].what.starts_with(what), "{page}: {problems:?}");
            assert_eq!(problems[0].place().as_deref(), Some(place), "{page}");
        }
        let two = "```json\n{\"openapi\": 1,}\n```\n\n```json\n{\"openapi\": 2,}\n```\n";
        assert_eq!(extract("p.md", two).unwrap_err().len(), 2, "all problems of a page are reported at once");
    }

    #[test]
    fn a_truncated_page_is_rejected_or_has_fewer_documents() {
        let page = format!("# T\n\n## A\n\n```json\n{DOCUMENT}\n```\n\n> x\n\n- b\n\n  ~~~\n  {DOCUMENT}\n  ~~~\n");
        for cut in 0..page.len() {
            match extract("p.md", &page[..cut]) {
                Ok(found) => assert!(found.documents.iter().all(|one| one.json() == DOCUMENT), "{cut}"),
                Err(problems) => {
                    let expected = ["unterminated code fence", "no OpenAPI document"];
                    assert!(expected.iter().any(|part| problems[0].what.contains(part)), "{cut}: {problems:?}");
                }
            }
        }
    }
}
