//! The first difference of two texts.

use openapi::Problem;

use super::causes::cause;
use crate::{excerpt::shown_around, finding::Finding, load::Workspace};

/// Returns the first difference of two texts: line and column from 1, and both lines.
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

/// Reports the first difference of a committed file from the generated one.
pub(super) fn generated_drift(workspace: &Workspace, name: &str, committed: &str, made: &str) -> Vec<Finding> {
    match first_difference(committed, made) {
        None => Vec::new(),
        Some((line, column, one, other)) => {
            let what = format!(
                "{name} differs from the generated file: committed {}, generated {}",
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
    fn finds_the_first_difference() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nbc\n", "a\nbd\n"), Some((2, 2, "bc", "bd")));
        assert_eq!(first_difference("a\n", "a"), Some((2, 1, "", "")));
        assert_eq!(first_difference("a", "a\nx"), Some((2, 1, "", "x")));
    }
}
