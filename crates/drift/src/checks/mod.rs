//! The checks, one a file.

mod client;
mod compiled;
mod docs;
mod document;
mod lint;
mod lock;
mod overlay;
mod pages;
mod surface;
mod unrepresented;
mod version;

pub(crate) use client::client;
pub use compiled::{COMPILED, Compiled};
pub(crate) use docs::docs;
pub(crate) use document::document;
pub(crate) use lint::lint;
pub(crate) use lock::{lock, locked_files};
pub(crate) use overlay::overlay;
pub use pages::Published;
pub(crate) use pages::pages;
pub(crate) use surface::surface;
pub(crate) use unrepresented::unrepresented;
pub(crate) use version::version;

use ::pages::{DOCUMENT, OVERLAY, TRANSCRIBED};
use openapi::{Cause, Problem};

use crate::{
    finding::Finding,
    load::{CLIENT, LOCK, RELEASED, SURFACE, UNREPRESENTED, Workspace, is_page},
    lock::{generator_versions, is_as_written, sha256},
};

/// The files that are generated, but for the lock itself.
pub(crate) const OUTPUTS: &[&str] = &[CLIENT, SURFACE, UNREPRESENTED];

/// Broken findings of problems that keep a check from looking, each with the side that moved, if one is known.
fn broken(workspace: &Workspace, problems: &[Problem]) -> Vec<Finding> {
    let caused = |problem: &Problem| match (&problem.cause, &problem.file) {
        (None, Some(file)) => Problem { cause: moved_side(workspace, file), ..problem.clone() },
        _ => problem.clone(),
    };
    problems.iter().map(|problem| Finding::Broken(caused(problem))).collect()
}

/// The cause that a file is, if it is not the one that the lock was written for.
fn moved_side(workspace: &Workspace, file: &str) -> Option<Cause> {
    if workspace.candidate.as_ref().is_some_and(|candidate| candidate.name() == file) {
        return Some(Cause::DocumentEdited);
    }
    let is_known = || {
        let lock = workspace.lock().ok()?;
        Some(lock.sha256.get(file)? == &sha256(workspace.text(file).ok()?))
    };
    if is_known() == Some(true) {
        return None;
    }
    let side = match file {
        DOCUMENT | TRANSCRIBED => Cause::DocumentEdited,
        OVERLAY => Cause::OverlayEdited,
        name if is_page(name) => Cause::PageEdited,
        CLIENT | SURFACE | UNREPRESENTED | LOCK | RELEASED => Cause::GeneratedFileEdited,
        _ => return None,
    };
    Some(side)
}

/// Why generated output is not what is committed: which side moved since the lock was written.
fn cause(workspace: &Workspace, output: &str) -> Cause {
    if workspace.candidate.is_some() {
        return Cause::DocumentEdited;
    }
    let Ok(lock) = workspace.lock() else {
        return Cause::LockUnreadable;
    };
    if !workspace.text(LOCK).is_ok_and(is_as_written) {
        return Cause::GeneratedFileEdited;
    }
    let moved = |name: &str| {
        let recorded = lock.sha256.get(name);
        workspace.text(name).is_ok_and(|text| recorded.is_none_or(|hash| *hash != sha256(text)))
    };
    let mut causes = Vec::new();
    if moved(DOCUMENT) || moved(TRANSCRIBED) {
        causes.push(Cause::DocumentEdited);
    }
    if moved(OVERLAY) {
        causes.push(Cause::OverlayEdited);
    }
    if lock.generator != generator_versions() {
        causes.push(Cause::GeneratorUpgraded);
    }
    if OUTPUTS.contains(&output) && moved(output) {
        causes.push(Cause::GeneratedFileEdited);
    }
    match causes.len() {
        0 => Cause::Stale,
        1 => causes.remove(0),
        _ => Cause::Several(causes),
    }
}

/// Where two texts part, as line and column from 1, with both lines.
fn first_difference<'a>(committed: &'a str, made: &'a str) -> Option<(usize, usize, &'a str, &'a str)> {
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
fn shown_value(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| shown(&value.to_string()))
}

/// Drift of one generated file, at the first line that differs.
fn generated_drift(workspace: &Workspace, name: &str, committed: &str, made: &str) -> Vec<Finding> {
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
