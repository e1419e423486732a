//! A problem as people read it: at its place in the text, as rustc shows it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Annotated, Origin, Renderer, Snippet};
use openapi::{Problem, plain};

use crate::Level;

/// Returns one problem with colours, as rustc shows it, in the text of its file if that is known.
#[must_use]
pub fn render(problem: &Problem, level: Level, text: Option<&str>) -> String {
    let title = plain::one_line(&problem.what);
    let cause = problem.cause.as_ref().map(|cause| plain::one_line(&cause.to_string()));
    let fix = plain::one_line(&problem.fix);
    let mut group = Group::with_title(annotated(level).primary_title(title.as_str()));
    let place = problem.line.zip(problem.column);
    let excerpt = text.zip(place).and_then(|(text, (line, column))| excerpt(text, line, column));
    let file = problem.file.as_deref().map(plain::one_line);
    let at = problem.place().map(|place| plain::one_line(&place)).unwrap_or_default();
    let pointer = problem.pointer.as_deref().map(plain::one_line);
    match (&file, &excerpt) {
        (Some(file), Some(excerpt)) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.clone()).label(pointer.as_deref());
            let mut snippet = Snippet::source(steady(excerpt.lines)).line_start(excerpt.first).fold(false);
            if excerpt.is_cut {
                group = group.element(Origin::path(at));
            } else {
                snippet = snippet.path(file.as_str());
            }
            group = group.element(snippet.annotation(mark));
        }
        (Some(_), None) => group = group.element(Origin::path(at)),
        (None, _) => {}
    }
    for (name, note) in cause.iter().map(|cause| ("cause", cause)).chain([("fix", &fix)]) {
        group = group.element(Annotated::NOTE.with_name(name).message(note.as_str()));
    }
    Renderer::styled().render(&[group])
}

fn annotated(level: Level) -> Annotated<'static> {
    match level {
        Level::Note => Annotated::NOTE,
        Level::Warning => Annotated::WARNING,
        Level::Error => Annotated::ERROR,
    }
}

/// The text without characters that steer a terminal, and every other at the byte where it was.
fn steady(text: &str) -> String {
    let in_place = |c: char| match c.len_utf8() {
        1 => ' ',
        2 => '·',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(|c| if plain::is_control(c) && c != '\n' { in_place(c) } else { c }).collect()
}

/// The line of a place, and those before and after it.
struct Excerpt<'t> {
    lines: &'t str,
    /// Number of the first line, from 1.
    first: usize,
    /// What stands at the place, in these lines.
    mark: Range<usize>,
    /// Whether they are a part of one line only.
    is_cut: bool,
}

/// Of a line that is longer than this, only so much on each side of the place is shown: a document may stand in one
/// line.
const LONG: usize = 400;

fn excerpt(text: &str, line: usize, column: usize) -> Option<Excerpt<'_>> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]).collect();
    let start_of = |line: usize| if line <= 1 { 0 } else { ends.get(line - 2).map_or(text.len(), |end| end + 1) };
    let end = *ends.get(line.checked_sub(1)?)?;
    let (start, first) = (start_of(line).min(end), line.saturating_sub(1).max(1));
    let own = &text[start..end];
    let offset: usize = own.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    let length = length(&own[offset..]);
    let last = *ends.get(line).unwrap_or(&end);
    if last - start_of(first) > 2 * LONG {
        let from = own.floor_char_boundary(offset.saturating_sub(LONG));
        let to = own.ceil_char_boundary((offset + LONG).min(own.len()));
        let at = offset - from;
        return Some(Excerpt {
            lines: &own[from..to],
            first: line,
            mark: at..at + length.min(to - offset),
            is_cut: true,
        });
    }
    let from = start_of(first);
    let at = start + offset - from;
    Some(Excerpt { lines: &text[from..last], first, mark: at..at + length, is_cut: false })
}

/// How long the value or word is that a text begins with.
fn length(text: &str) -> usize {
    if let Some(rest) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = rest.char_indices().find(|(_, letter)| {
            let ends = *letter == '"' && !escaped;
            escaped = *letter == '\\' && !escaped;
            ends
        });
        return end.map_or(text.len(), |(at, _)| at + 2);
    }
    let word = text.find(|letter: char| letter.is_whitespace() || ",;:{}[]()`\"".contains(letter));
    word.unwrap_or(text.len()).max(text.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_replaced_where_it_stands() {
        let text = "a\u{1b}[2J\u{9b}b\n\t\u{2028}\u{202e}\u{61c}c";
        assert_eq!(steady(text), "a [2J·b\n \u{fffd}\u{fffd}·c");
        assert_eq!(steady(text).len(), text.len());
    }

    #[test]
    fn an_excerpt_marks_what_stands_at_the_place() {
        let marked = |text: &str, line, column| {
            let excerpt = excerpt(text, line, column)?;
            Some((excerpt.first, excerpt.lines.to_owned(), excerpt.lines[excerpt.mark].to_owned()))
        };
        let text = "{\n  \"é\": \"a \\\" b\", \"n\": 65\n}";
        assert_eq!(marked(text, 2, 8), Some((1, text.to_owned(), "\"a \\\" b\"".to_owned())));
        assert_eq!(marked(text, 2, 23), Some((1, text.to_owned(), "65".to_owned())));
        assert_eq!(marked(text, 1, 1).unwrap().2, "{");
        assert_eq!(marked(text, 3, 1), Some((2, text[2..].to_owned(), "}".to_owned())));
        assert_eq!(marked("", 1, 1), Some((1, String::new(), String::new())));
        assert_eq!(marked("a\n", 2, 1), Some((1, "a\n".to_owned(), String::new())));
        assert_eq!(marked("a\n", 2, 9), Some((1, "a\n".to_owned(), String::new())));
        assert_eq!(marked("a", 2, 1), None);
    }

    #[test]
    fn nothing_that_a_place_can_be_makes_it_fail() {
        for text in ["", "\n", "a\nb", "\"", "\"\\", "\u{feff}{}\r\n\t😀 x"] {
            for line in 0..5 {
                for column in 0..9 {
                    let problem = Problem::new("w", "f").in_file("x.json").at(Some(openapi::Location { line, column }));
                    assert!(render(&problem, Level::Error, Some(text)).contains('w'));
                }
            }
        }
    }
}
