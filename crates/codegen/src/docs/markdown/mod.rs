//! Sanitizes untrusted Markdown: the result has no doctests, no HTML, and no links except http, https and mailto.
//!
//! The text is parsed with rustdoc's own parser. Unsafe parts are edited, and the text is parsed again, until nothing
//! is left to edit. A text that is not safe after a fixed number of rounds is escaped entirely.

use std::{collections::BTreeSet, ops::Range};

use openapi::plain;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

/// Maximum number of rounds. An edit can reveal further unsafe parts, such as those inside HTML; usual texts need fewer
/// rounds.
const MOST_ROUNDS: usize = 6;

/// Accepted languages of code blocks. rustdoc runs none of them as Rust.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "jsonc",
    "kotlin",
    "php",
    "powershell",
    "protobuf",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// Appended to a text to detect constructs that continue past its end.
const END: &str = "\n\nend\n";

/// Returns a text in which rustdoc finds no doctests, no HTML and no unsafe links.
pub(crate) fn safe(text: &str) -> String {
    let text = normal(text);
    sanitized(&text, 0).unwrap_or_else(|| escaped(&text))
}

/// Returns a safe text on one line, for use after other words on that line.
pub(crate) fn safe_line(text: &str) -> String {
    const BEFORE: &str = "a ";
    let text = plain::one_line(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let sanitized = sanitized(&format!("{BEFORE}{text}"), BEFORE.len());
    sanitized.map_or_else(|| escaped(&text), |text| text[BEFORE.len()..].to_owned())
}

/// Normalizes white space, about which Markdown parsers disagree, to spaces and line feeds.
fn normal(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\n' => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
                column = 0;
                continue;
            }
            '\t' => {
                let width = 4 - column % 4;
                (0..width).for_each(|_| out.push(' '));
                column += width;
                continue;
            }
            c if c.is_whitespace() => out.push(' '),
            c if plain::is_control(c) => continue,
            c => out.push(c),
        }
        column += 1;
    }
    out.trim().to_owned()
}

/// Returns the text after all edits. `None` if edits remain after the last round, or one is within the first `kept`
/// bytes.
fn sanitized(text: &str, kept: usize) -> Option<String> {
    if is_words(text) {
        return Some(text.to_owned());
    }
    let mut text = text.to_owned();
    for _ in 0..MOST_ROUNDS {
        let edits = edits(&text);
        if edits.is_empty() {
            return Some(text);
        }
        if edits.first().is_some_and(|edit| edit.at < kept) {
            return None;
        }
        // in one pass, because there may be an edit for every byte; overlapping edits are left to the next round
        let mut edited = String::with_capacity(text.len() + edits.len());
        let mut done = 0;
        for Edit { at, to, text: put } in edits {
            if at >= done {
                edited.push_str(&text[done..at]);
                edited.push_str(&put);
                done = to;
            }
        }
        edited.push_str(&text[done..]);
        text = edited;
    }
    None
}

/// Returns whether the text is one line without any character that code, HTML, links or URLs need.
fn is_words(text: &str) -> bool {
    !text.contains(['\n', '`', '~', '<', '[']) && !text.contains("  ") && !text.contains("://")
}

/// Replaces the bytes `at..to`. Sorted by position.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edit {
    at: usize,
    to: usize,
    text: String,
}

/// Returns the necessary edits. rustdoc renders a text with Markdown extensions, and searches it for doctests without.
fn edits(text: &str) -> BTreeSet<Edit> {
    let rendered =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let extended = format!("{text}{END}");
    let found = edits_with(&extended, text.len(), Options::empty());
    if found.is_empty() { edits_with(&extended, text.len(), rendered) } else { found }
}

fn edits_with(whole: &str, length: usize, options: Options) -> BTreeSet<Edit> {
    let mut unresolved = Vec::new();
    let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        unresolved.push(link.span.start);
        None
    };
    let parser = Parser::new_with_broken_link_callback(whole, options, Some(&mut note)).into_offset_iter();
    let mut search = Search { whole, length, found: BTreeSet::new(), code: None, in_link: false };
    for (event, range) in TextMergeWithOffset::new(parser) {
        search.event(event, range);
    }
    let mut found = search.found;
    for at in unresolved {
        // the `!` of an image precedes it
        let bracket = whole[at..].find('[').map_or(at, |ahead| at + ahead);
        found.insert(insert(bracket, "\\"));
    }
    found.retain(|edit| edit.at <= length);
    found
}

fn insert(at: usize, text: &str) -> Edit {
    Edit { at, to: at, text: text.to_owned() }
}

struct Search<'t> {
    whole: &'t str,
    length: usize,
    found: BTreeSet<Edit>,
    /// The current code block: its range, and its text if it is indented.
    code: Option<(Range<usize>, Option<String>)>,
    in_link: bool,
}

impl Search<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                self.fence(&info, &range);
                self.code = Some((range, None));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => self.code = Some((range, Some(String::new()))),
            Event::End(TagEnd::CodeBlock) => {
                if let Some((range, Some(text))) = self.code.take() {
                    self.indented(&range, &text);
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let angles = self.whole[range.clone()].match_indices('<').map(|(at, _)| range.start + at);
                self.found.extend(angles.map(|at| insert(at, "\\")));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.in_link = true;
                if !has_safe_scheme(&dest_url) && link_type != LinkType::Email {
                    self.found.insert(insert(range.start, "\\"));
                }
            }
            Event::End(TagEnd::Link) => self.in_link = false,
            // browsers would load images
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                self.found.insert(insert(range.start, "\\"));
            }
            Event::Text(text) => match &mut self.code {
                Some((_, Some(code))) => code.push_str(&text),
                Some((_, None)) => {}
                None if self.in_link => {}
                None => self.urls(range),
            },
            _ => {}
        }
    }

    /// Edits a fenced code block: sets its language, and adds a missing closing fence.
    fn fence(&mut self, info: &str, range: &Range<usize>) {
        let opening = &self.whole[range.start..];
        let Some(mark) = opening.chars().next().filter(|c| matches!(c, '`' | '~')) else { return };
        let fence = opening.len() - opening.trim_start_matches(mark).len();
        let line = opening.find('\n').unwrap_or(opening.len());
        let language = language(info);
        if opening[fence..line] != *language {
            let (at, to) = (range.start + fence, range.start + line);
            self.found.insert(Edit { at, to, text: language.to_owned() });
        }
        if range.end > self.length {
            self.found.insert(insert(self.length, &format!("\n{}", &opening[..fence])));
        }
    }

    /// Replaces an indented code block, which rustdoc would run as Rust, by a fenced one in the same container.
    fn indented(&mut self, range: &Range<usize>, code: &str) {
        let line_start = self.whole[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.whole[line_start..range.start];
        // a code block is indented by four columns relative to its container
        let spaces = before.len() - before.trim_end_matches(' ').len();
        let kept = before.len() - spaces.min(4);
        let deep: String = before[..kept].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        let lines: String = code.trim_end().lines().map(|line| format!("\n{deep}{line}")).collect();
        let end = self.whole[range.clone()].trim_end().len() + range.start;
        let text = format!("{fence}text{lines}\n{deep}{fence}");
        self.found.insert(Edit { at: line_start + kept, to: end, text });
    }

    /// Turns bare URLs into links.
    fn urls(&mut self, range: Range<usize>) {
        let text = &self.whole[range.clone()];
        let mut at = 0;
        while let Some(ahead) = text[at..].find("http") {
            at += ahead;
            let length = url_length(&text[at..]);
            if length > 0 {
                let (from, to) = (range.start + at, range.start + at + length);
                let text = format!("<{}>", &self.whole[from..to]);
                self.found.insert(Edit { at: from, to, text });
            }
            at += length.max("http".len());
        }
    }
}

/// Returns the language of a code block if it is an accepted one, else `text`.
fn language(info: &str) -> &'static str {
    let word = info.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    LANGUAGES.iter().copied().find(|language| word.eq_ignore_ascii_case(language)).unwrap_or("text")
}

pub(super) fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

fn has_safe_scheme(url: &str) -> bool {
    let is = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].into_iter().any(is)
}

/// Returns the length of a URL at the beginning of a text.
fn url_length(text: &str) -> usize {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return 0;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`' | '\\');
    let end = text.find(ends).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    // a scheme alone is no URL
    if url.ends_with("//") { 0 } else { url.len() }
}

/// Returns the text with all punctuation escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (number, line) in text.lines().enumerate() {
        out.push_str(if number > 0 { "\n" } else { "" });
        for c in line.trim().chars() {
            if c.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests;
