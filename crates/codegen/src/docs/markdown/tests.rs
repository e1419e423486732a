use proptest::prelude::*;

use super::*;

#[test]
fn edits_only_unsafe_parts() {
    for (text, expected) in [
        ("one line of words, * or_so # & more", "one line of words, * or_so # & more"),
        ("a [b] <c> `[d] <e>`", "a \\[b] \\<c> `[d] <e>`"),
        ("see https://x.example/a?b=c_d.", "see <https://x.example/a?b=c_d>."),
        ("a [b c](https://x.example/) <https://y.example>", "a [b c](https://x.example/) <https://y.example>"),
        ("a <mailto:a@b.c> <a@b.c> <data:x>", "a <mailto:a@b.c> <a@b.c> \\<data:x>"),
        ("[b](/c) (https://x.example)", "\\[b](/c) (<https://x.example>)"),
        ("![i](http://x/y.png) [l](JAVASCRIPT:x)", "\\![i](http://x/y.png) \\[l](JAVASCRIPT:x)"),
        ("[r] [q]\n\n[r]: http://e.x/\n[q]: ftp://a", "[r] \\[q]\n\n[r]: http://e.x/\n[q]: ftp://a"),
        ("| a |\n|---|\n| `x` <b> |", "| a |\n|---|\n| `x` \\<b> |"),
        ("- a\n  - b\n    - c\n      - d", "- a\n  - b\n    - c\n      - d"),
    ] {
        assert_eq!(safe(text), expected);
        assert_eq!(safe(expected), expected);
    }
}

#[test]
fn code_blocks_become_text_or_an_accepted_language() {
    for (text, expected) in [
        ("```\n[a] <b>\n```\n[c]", "```text\n[a] <b>\n```\n\\[c]"),
        ("``` json\n{}", "```json\n{}\n```"),
        ("```JSON,rust\n{}\n```", "```json\n{}\n```"),
        ("```rust", "```text\n```"),
        ("~~~ `x\n```\ny", "~~~text\n```\ny\n~~~"),
        ("````json\n```\n~~~json\n````\n```\na\n```", "````json\n```\n~~~json\n````\n```text\na\n```"),
        ("> ```should_panic\n> x\n> ```", "> ```text\n> x\n> ```"),
        ("- ```\n  x\n  ```", "- ```text\n  x\n  ```"),
        ("a\n\n    b\n    c", "a\n\n```text\nb\nc\n```"),
        ("a\n\n\tb ```` c", "a\n\n`````text\nb ```` c\n`````"),
        ("-      a\n\n       b\n- c", "- ```text\n   a\n  \n   b\n  ```\n- c"),
        (">  1.     a\n>         b", ">  1. ```text\n>     a\n>     b\n>     ```"),
        ("<div>\n```\nx\n```\n</div>", "\\<div>\n```text\nx\n```\n\\</div>"),
        ("<!-- x\n\n    a\n-->", "\\<!-- x\n\n```text\na\n```\n-->"),
        ("[^1]: a\n\n    b [^1]", "\\[^1]: a\n\n```text\nb [^1]\n```"),
        ("a\n\n\u{c}```json\n```rust\nb\n```", "a\n\n ```json\n```rust\nb\n```"),
        ("a\n\n\u{a0}```rust\nb\n```", "a\n\n ```text\nb\n```"),
        ("\\\n```\na\n```", "\\\n```text\na\n```"),
    ] {
        assert_eq!(safe(text), expected, "{text:?}");
    }
}

#[test]
fn escapes_all_punctuation() {
    assert_eq!(escaped("# a\n   - <b> `c`\n\n1. d"), "\\# a\n\\- \\<b\\> \\`c\\`\n\n1\\. d");
}

/// Returns what rustdoc would run, render as HTML, load or link to, and whether the text affects what follows it.
fn unsafe_parts(text: &str) -> Vec<String> {
    let rendered = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let extended = format!("{text}\n\n`behind`: [a](https://b)\n");
    let mut found = Vec::new();
    for options in [rendered, Options::empty()] {
        let mut unresolved = Vec::new();
        let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            unresolved.push(format!("unresolved {}", link.reference));
            None
        };
        let events: Vec<_> = Parser::new_with_broken_link_callback(&extended, options, Some(&mut note)).collect();
        found.extend(events.iter().filter_map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Some(format!("html {html}")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented code".to_owned()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                (!LANGUAGES.contains(&&**info)).then(|| format!("code {info:?}"))
            }
            Event::Start(Tag::Image { dest_url, .. }) => Some(format!("image {dest_url}")),
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => None,
            Event::Start(Tag::Link { dest_url, .. }) => {
                (!has_safe_scheme(dest_url)).then(|| format!("link {dest_url}"))
            }
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => Some("footnote".to_owned()),
            _ => None,
        }));
        let last = [Event::Code("behind".into()), Event::End(TagEnd::Paragraph)];
        let is_closed = events.iter().any(|event| *event == last[0]) && events.last() == Some(&last[1]);
        found.extend((!is_closed).then(|| "continues past its end".to_owned()));
        found.extend(unresolved);
    }
    found
}

/// Returns texts made of pieces that combine in unforeseen ways.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "```",
        "````",
        "~~~",
        "~~~~",
        "`",
        "``",
        "rust",
        "should_panic",
        "{.rust}",
        "json",
        ",",
        "text",
        "\n",
        "\n\n",
        "\n    ",
        "    ",
        "\t",
        " ",
        "\u{a0}",
        "\u{c}",
        "\r",
        "\r\n",
        "\u{b}",
        "\u{85}",
        "\u{2028}",
        "\0",
        "- ",
        "-      ",
        "1. ",
        "1)     ",
        "> ",
        ">     ",
        "* ",
        "+\t",
        "[a]",
        "[a]: ",
        "[^1]",
        "[^1]: ",
        "[a](",
        ")",
        "](",
        "![",
        "javascript:x",
        "http://x.y/",
        "https://a_b.c/*d*",
        "mailto:",
        "<",
        ">",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<script>",
        "<pre>",
        "<a@b.c>",
        "<?",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&#60;",
        "\\",
        "\\`",
        "|",
        "|---|",
        "===",
        "---",
        "# ",
        "*",
        "_",
        "**",
        "~~",
        "let a;",
        "*/",
        "\"##",
        "\u{202e}",
        "\u{e000}",
        "e\u{301}",
        "日",
        "[ ] ",
        "\u{feff}",
    ];
    let piece = prop::sample::select(PIECES).prop_map(str::to_owned);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_safe_after_sanitizing(text in pieces()) {
        let text = safe(&text);
        prop_assert_eq!(unsafe_parts(&text), Vec::<String>::new(), "{:?}", text);
        prop_assert!(!text.contains(|c: char| plain::is_control(c) && c != '\n'));
    }

    #[test]
    fn any_line_is_safe_after_other_words(text in pieces()) {
        let text = safe_line(&text);
        prop_assert_eq!(unsafe_parts(&format!("404: {text}")), Vec::<String>::new(), "{:?}", text);
        prop_assert!(!text.contains(plain::is_control));
    }
}
