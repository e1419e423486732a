//! A text from outside as Markdown in which rustdoc finds no test, no HTML, and no link but to http, https or mailto.
//!
//! The text is parsed with rustdoc's own parser. What must not stay is edited where it stands, and the text parsed
//! again, until nothing is left to edit. A text that cannot be mended so is escaped as a whole.

use std::{collections::BTreeSet, ops::Range};

use openapi::plain;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

/// An edit may bring to light what it hid, as HTML hides what stands in it. More rounds than any honest text takes.
const MOST_ROUNDS: usize = 6;

/// Languages that a block of code may be called; rustdoc takes none of them for Rust.
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

/// Behind a text, to see that nothing of it goes on.
const END: &str = "\n\nend\n";

/// The text with everything escaped or marked that rustdoc would run, show as HTML, or follow.
pub(crate) fn safe(text: &str) -> String {
    let text = normal(text);
    mended(&text, 0).unwrap_or_else(|| escaped(&text))
}

/// The same for a text that stands in a line behind other words.
pub(crate) fn safe_line(text: &str) -> String {
    const BEFORE: &str = "a ";
    let text = plain::one_line(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mended = mended(&format!("{BEFORE}{text}"), BEFORE.len());
    mended.map_or_else(|| escaped(&text), |text| text[BEFORE.len()..].to_owned())
}

/// The text without anything but spaces and line feeds that parsers of Markdown disagree about.
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

/// The text after all edits, the first `kept` bytes of which stay; nothing if there is no end to them.
fn mended(text: &str, kept: usize) -> Option<String> {
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
        // in one pass, since there may be an edit for every byte; of two that meet the later is made in the next round
        let mut mended = String::with_capacity(text.len() + edits.len());
        let mut done = 0;
        for Edit { at, to, text: put } in edits {
            if at >= done {
                mended.push_str(&text[done..at]);
                mended.push_str(&put);
                done = to;
            }
        }
        mended.push_str(&text[done..]);
        text = mended;
    }
    None
}

/// Whether the text is one line of words: code, HTML, links and addresses all have one of these.
fn is_words(text: &str) -> bool {
    !text.contains(['\n', '`', '~', '<', '[']) && !text.contains("  ") && !text.contains("://")
}

/// One edit; sorted by its place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Edit {
    at: usize,
    to: usize,
    text: String,
}

/// What is to be edited: as rustdoc shows the text, and as it looks for tests, which it does without extensions.
fn edits(text: &str) -> BTreeSet<Edit> {
    let shown =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let whole = format!("{text}{END}");
    let found = edits_with(&whole, text.len(), Options::empty());
    if found.is_empty() { edits_with(&whole, text.len(), shown) } else { found }
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
        // an image's mark stands in front
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
    /// The block of code that is read: where it is, and its text if it has no fences.
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
                if !is_address(&dest_url) && link_type != LinkType::Email {
                    self.found.insert(insert(range.start, "\\"));
                }
            }
            Event::End(TagEnd::Link) => self.in_link = false,
            // it would be loaded by whoever reads
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                self.found.insert(insert(range.start, "\\"));
            }
            Event::Text(text) => match &mut self.code {
                Some((_, Some(code))) => code.push_str(&text),
                Some((_, None)) => {}
                None if self.in_link => {}
                None => self.addresses(range),
            },
            _ => {}
        }
    }

    /// A block with fences: its language, and its end if it has none.
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

    /// A block that is indented, which rustdoc would take for Rust, gets fences, behind what its lines begin with.
    fn indented(&mut self, range: &Range<usize>, code: &str) {
        let line_start = self.whole[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.whole[line_start..range.start];
        // what is indented by four spaces stands four columns behind what it stands in
        let spaces = before.len() - before.trim_end_matches(' ').len();
        let kept = before.len() - spaces.min(4);
        let deep: String = before[..kept].chars().map(|c| if c == '>' { '>' } else { ' ' }).collect();
        let fence = "`".repeat(longest_run(code).max(2) + 1);
        let lines: String = code.trim_end().lines().map(|line| format!("\n{deep}{line}")).collect();
        let end = self.whole[range.clone()].trim_end().len() + range.start;
        let text = format!("{fence}text{lines}\n{deep}{fence}");
        self.found.insert(Edit { at: line_start + kept, to: end, text });
    }

    /// Bare addresses become links.
    fn addresses(&mut self, range: Range<usize>) {
        let text = &self.whole[range.clone()];
        let mut at = 0;
        while let Some(ahead) = text[at..].find("http") {
            at += ahead;
            let length = address_length(&text[at..]);
            if length > 0 {
                let (from, to) = (range.start + at, range.start + at + length);
                let text = format!("<{}>", &self.whole[from..to]);
                self.found.insert(Edit { at: from, to, text });
            }
            at += length.max("http".len());
        }
    }
}

/// The language of a block, if it is known to be none that rustdoc runs.
fn language(info: &str) -> &'static str {
    let word = info.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    LANGUAGES.iter().copied().find(|language| word.eq_ignore_ascii_case(language)).unwrap_or("text")
}

pub(super) fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

fn is_address(url: &str) -> bool {
    let is = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].into_iter().any(is)
}

/// The length of an address at the beginning of a text.
fn address_length(text: &str) -> usize {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return 0;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`' | '\\');
    let end = text.find(ends).unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '\'']);
    // nothing but the scheme
    if address.ends_with("//") { 0 } else { address.len() }
}

/// The text with nothing in it but words.
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
