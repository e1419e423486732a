//! A problem as text: with an excerpt of its file, as rustc prints it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Annotated, Origin, Renderer, Snippet};
use openapi::{
    Problem,
    plain::{self, floor_char_boundary},
};

use crate::Level;

/// Returns a problem as colored text, with an excerpt if the text of its file is given.
#[must_use]
pub fn render(problem: &Problem, level: Level, text: Option<&str>) -> String {
    let title = plain::one_line(&problem.what);
    let cause = problem.cause.as_ref().map(|cause| plain::one_line(&cause.to_string()));
    let fix = plain::one_line(&problem.fix);
    let mut group = Group::with_title(annotated(level).primary_title(title.as_str()));
    let location = problem.line.zip(problem.column);
    let excerpt = text.zip(location).and_then(|(text, (line, column))| excerpt(text, line, column));
    let file = problem.file.as_deref().map(plain::one_line);
    let at = problem.place().map(|at| plain::one_line(&at)).unwrap_or_default();
    let pointer = problem.pointer.as_deref().map(plain::one_line);
    match (&file, &excerpt) {
        (Some(file), Some(excerpt)) => {
            let mark = AnnotationKind::Primary.span(excerpt.mark.clone()).label(pointer.as_deref());
            let mut snippet = Snippet::source(without_controls(excerpt.lines)).line_start(excerpt.first).fold(false);
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

/// Replaces control characters by others of the same length in UTF-8, so that byte offsets stay.
fn without_controls(text: &str) -> String {
    let in_place = |c: char| match c.len_utf8() {
        1 => ' ',
        2 => '·',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(|c| if plain::is_control(c) && c != '\n' { in_place(c) } else { c }).collect()
}

/// The line of a location, with the lines before and after it.
struct Excerpt<'t> {
    lines: &'t str,
    /// Number of the first line, from 1.
    first: usize,
    /// The value at the location, as a range of `lines`.
    mark: Range<usize>,
    /// Whether they are a part of one long line.
    is_cut: bool,
}

/// The most bytes on each side of the location: a document may be one long line.
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
        let from = floor_char_boundary(own, offset.saturating_sub(LONG));
        let to = floor_char_boundary(own, offset + LONG);
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

/// Returns the length in bytes of the value or word at the start of a text.
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
    fn replaces_control_characters_in_place() {
        let text = "a\u{1b}[2J\u{9b}b\n\t\u{2028}\u{202e}\u{61c}c";
        assert_eq!(without_controls(text), "a [2J·b\n \u{fffd}\u{fffd}·c");
        assert_eq!(without_controls(text).len(), text.len());
    }

    #[test]
    fn marks_the_value_at_the_location() {
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
    fn renders_every_location() {
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
