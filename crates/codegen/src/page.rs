//! A documentation page: finds the OpenAPI document that is embedded in it.

use blynk_document::{Location, Problem};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// The document found in a page, exactly as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// The JSON text of the fence.
    pub json: String,
    /// Where in the page it starts.
    pub location: Location,
    /// Other fences, which hold no OpenAPI document and were passed over.
    pub passed_over: usize,
}

/// Finds the one fenced code block whose JSON has an `openapi` key. Everything else in a page is text.
///
/// # Errors
/// When the page holds no such block, more than one, or one that is broken or cut off.
pub fn extract(name: &str, page: &str) -> Result<Extracted, Problem> {
    let mut found: Vec<Extracted> = Vec::new();
    let mut passed_over = 0;
    let mut fence: Option<(String, usize)> = None;
    for (event, range) in Parser::new_ext(page, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => fence = Some((String::new(), range.start)),
            Event::Text(text) => {
                if let Some((json, start)) = &mut fence {
                    if json.is_empty() {
                        *start = range.start;
                    }
                    json.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((json, start)) = fence.take() else { continue };
                let location = Location::of_offset(page, start);
                let closed = is_closed(&page[range]);
                match judge(&json) {
                    Judged::OpenApi => {
                        found.push(Extracted { json: json.trim_end().to_owned(), location, passed_over: 0 });
                    }
                    Judged::Other => passed_over += 1,
                    Judged::Broken(error) => {
                        let problem = if closed {
                            let at = location.line + error.line().saturating_sub(1);
                            let column =
                                if error.line() <= 1 { location.column - 1 } else { 0 } + error.column().max(1);
                            Problem::new(
                                format!("the OpenAPI document in this page is not valid JSON: {error}"),
                                "save the page again as published",
                            )
                            .at(Some(Location { line: at, column }))
                        } else {
                            Problem::new(
                                "unterminated fence: the page ends inside its OpenAPI document",
                                "save the whole page again",
                            )
                            .at(Some(location))
                        };
                        return Err(problem.in_file(name));
                    }
                }
            }
            _ => {}
        }
    }
    if let [_, second, ..] = found.as_slice() {
        let what = format!("the page holds {} OpenAPI documents; pages with one are supported", found.len());
        return Err(Problem::new(what, "save each operation's part as a page of its own, and import one")
            .in_file(name)
            .at(Some(second.location)));
    }
    match found.pop() {
        Some(found) => Ok(Extracted { passed_over, ..found }),
        None => Err(Problem::new(
            format!("no OpenAPI document found in this page ({passed_over} other code blocks passed over)"),
            "name a page with a ```json block that has an \"openapi\" key",
        )
        .in_file(name)),
    }
}

enum Judged {
    OpenApi,
    Other,
    Broken(serde_json::Error),
}

/// Example bodies stand in fences too, some of them invalid: only what names `openapi` at its top is a document.
fn judge(json: &str) -> Judged {
    match serde_json::from_str::<Value>(json) {
        Ok(value) if value.get("openapi").is_some() => Judged::OpenApi,
        Ok(_) => Judged::Other,
        Err(error) => {
            let head: String = json.chars().filter(|c| !c.is_whitespace()).take(11).collect();
            if head.starts_with("{\"openapi\"") { Judged::Broken(error) } else { Judged::Other }
        }
    }
}

/// Whether a fenced block ends with its closing fence; at the end of a truncated page it does not.
fn is_closed(block: &str) -> bool {
    let marker = block.trim_start().chars().next().unwrap_or('`');
    let last = block.trim_end().lines().last().unwrap_or_default().trim_start_matches(['>', ' ', '\t']);
    block.lines().count() > 1 && last.len() >= 3 && last.chars().all(|c| c == marker)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{}}"#;

    #[test]
    fn finds_the_document_among_examples_and_text() {
        let page = format!(
            "> see index\n\n# T\n\n```json\n{{\"example\": oops}}\n```\n\n~~~json\n{DOCUMENT}\n~~~\n\n```\nGET x\n```\n"
        );
        let found = extract("p.md", &page).unwrap();
        assert_eq!(found.json, DOCUMENT);
        assert_eq!((found.location.line, found.passed_over), (10, 2));
    }

    #[test]
    fn the_published_page_holds_the_document_of_this_workspace() {
        let found = extract("oauth.md", include_str!("../../../openapi/pages/oauth.md")).unwrap();
        assert_eq!(blynk_document::reindent(&found.json), include_str!("../../../openapi/blynk-platform.json"));
        assert_eq!((found.location.line, found.passed_over), (13, 1));
    }

    #[test]
    fn says_what_is_wrong_with_a_page() {
        for (page, what, line) in [
            ("# nothing", "no OpenAPI document found in this page (0 other code blocks passed over)", None),
            (
                "```json\n{\"openapi\": \"3.0.3\", oops}\n```\n",
                "the OpenAPI document in this page is not valid JSON",
                Some(2),
            ),
            ("# t\n\n```json\n{\"openapi\": \"3.0.3\", \"in", "unterminated fence", Some(4)),
            ("# t\n\n```json\n{\"openapi\": \"3.0.3\", \"info\": {}\n", "unterminated fence", Some(4)),
        ] {
            let problem = extract("p.md", page).unwrap_err();
            assert!(problem.what.starts_with(what), "{problem}");
            assert_eq!(problem.line, line, "{problem}");
        }
        let two = format!("```json\n{DOCUMENT}\n```\n\n```json\n{DOCUMENT}\n```\n");
        assert_eq!(extract("p.md", &two).unwrap_err().line, Some(6));
    }
}
