//! Finds code blocks that rustdoc treats as tests, independently of the generator.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Returns the code blocks that rustdoc compiles or runs, and the HTML that it renders.
pub(crate) fn tests(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut test: Option<String> = None;
    // rustdoc parses without extensions when it looks for tests
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => test = Some(String::new()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => test = is_test(&info).then(String::new),
            Event::Text(text) => {
                if let Some(test) = &mut test {
                    test.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(test.take()),
            Event::Html(html) | Event::InlineHtml(html) => found.push(format!("HTML: {html}")),
            _ => {}
        }
    }
    found
}

/// Whether rustdoc treats a block as Rust: its info string is empty, or has only words that rustdoc knows.
fn is_test(info: &str) -> bool {
    let words = info.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let known =
        ["rust", "should_panic", "no_run", "ignore", "test_harness", "compile_fail", "standalone_crate", "custom"];
    words.into_iter().all(|word| known.contains(&word) || word.starts_with("edition") || word.starts_with("ignore"))
}

/// Returns the same for every documented item of Rust code.
pub(crate) fn tests_in(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), '#' | '!') => {}
            // all doc attributes of an item are one text
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && is_doc(&group.stream()) => {
                lines.extend(group.stream().into_iter().last().map(|text| text_of(&text)));
            }
            TokenTree::Group(group) => {
                if group.delimiter() != Delimiter::Bracket {
                    found.extend(tests(&unindented(&std::mem::take(&mut lines))));
                }
                found.extend(tests_in(group.stream()));
            }
            _ => found.extend(tests(&unindented(&std::mem::take(&mut lines)))),
        }
    }
    found.extend(tests(&unindented(&lines)));
    found
}

fn is_doc(attribute: &TokenStream) -> bool {
    let mut tokens = attribute.clone().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "doc")
        && matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

fn text_of(token: &TokenTree) -> String {
    match token {
        TokenTree::Literal(literal) => {
            syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|text| text.value()).unwrap_or_default()
        }
        // an included file
        _ => String::new(),
    }
}

/// Removes the common indentation, as rustdoc does.
fn unindented(lines: &[String]) -> String {
    let all: Vec<&str> = lines.iter().flat_map(|text| text.lines()).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let least = all.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    all.iter().map(|line| line.get(least..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn finds_code_that_rustdoc_runs() {
    let code = "
        /// a
        ///
        /// ```
        /// run();
        /// ```
        fn a() {}

        /// ```json
        /// {}
        /// ```
        #[must_use]
        ///
        ///     run();
        mod m {
            /// <b>
            fn b() {}
        }
    ";
    let found = tests_in(code.parse().unwrap());
    assert_eq!(found, ["run();\n", "run();", "HTML: <b>"]);
    for (info, is) in [
        ("", true),
        (",", true),
        ("should_panic", true),
        ("{.rust}", true),
        ("edition2021", true),
        ("json", false),
        ("text,rust", false),
    ] {
        assert_eq!(is_test(info), is, "{info}");
    }
}
