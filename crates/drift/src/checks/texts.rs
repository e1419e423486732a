//! Where two texts differ, and how that is shown in a message.

use openapi::Problem;

use super::causes::cause;
use crate::{finding::Finding, load::Workspace};

/// Where two texts part, as line and column from 1, with both lines.
pub(super) fn first_difference<'a>(committed: &'a str, made: &'a str) -> Option<(usize, usize, &'a str, &'a str)> {
    if committed == made {
        return None;
    }
    let mut lines = (committed.split('\n'), made.split('\n'));
    for line in 1.. {
        match (lines.0.next(), lines.1.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => {
                let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
                let column = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count() + 1;
                return Some((line, column, one, other));
            }
        }
    }
    None
}

/// A line for a message: bounded, and marked where it was cut.
fn shown(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= 80 {
        format!("`{line}`")
    } else {
        format!("`{}…`", line.chars().take(79).collect::<String>())
    }
}

/// A line for a message, bounded around a column in which it differs from another.
fn shown_around(line: &str, column: usize) -> String {
    const BEFORE: usize = 30;
    let plain = line.trim_start();
    let at = column.saturating_sub(line.chars().count() - plain.chars().count());
    if plain.chars().count() <= 80 || at <= BEFORE + 10 {
        return shown(plain);
    }
    let rest: String = plain.chars().skip(at - BEFORE).collect();
    format!("`…{}", shown(&rest).trim_start_matches('`'))
}

/// One side of a difference, for a message.
pub(super) fn shown_value(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| shown(&value.to_string()))
}

/// Drift of one generated file, at the first line that differs.
pub(super) fn generated_drift(workspace: &Workspace, name: &str, committed: &str, made: &str) -> Vec<Finding> {
    match first_difference(committed, made) {
        None => Vec::new(),
        Some((line, column, one, other)) => {
            let what = format!(
                "differs from what the document generates: committed {}, generated {}",
                shown_around(one, column),
                shown_around(other, column)
            );
            vec![Finding::Drift(
                Problem::new(what, "cargo xtask regen")
                    .in_file(name)
                    .at(Some(openapi::Location { line, column }))
                    .because(cause(workspace, name)),
            )]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_shown_where_it_differs() {
        let line = format!("    {}max: 64{}", "a".repeat(100), "b".repeat(100));
        let shown = shown_around(&line, 4 + 100 + 6);
        assert_eq!(shown, format!("`…{}max: 64{}…`", "a".repeat(24), "b".repeat(48)));
        assert_eq!(shown_around("  short", 3), "`short`");
        assert_eq!(shown_around(&format!("  {}", "c".repeat(200)), 5), format!("`{}…`", "c".repeat(79)));
    }

    #[test]
    fn finds_the_first_place_where_texts_part() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nbc\n", "a\nbd\n"), Some((2, 2, "bc", "bd")));
        assert_eq!(first_difference("a\n", "a"), Some((2, 1, "", "")));
        assert_eq!(first_difference("a", "a\nx"), Some((2, 1, "", "x")));
    }
}
