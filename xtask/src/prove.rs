//! `cargo xtask prove`.

use std::fs;

use blynk_self_test::{Outcome, Score, block, prove, with_block};
use openapi::Problem;
use serde_json::{Value, json};

use openapi_tools::{
    Format,
    output::{CLEAN, FOUND, could_not_run, note, say, say_json, say_lines},
};

use crate::workspace::{load, workspace};

/// Where the score stands.
const README: &str = "docs/verification.md";

pub(crate) fn run(write: bool, format: Format) -> u8 {
    let root = workspace();
    let proven = load(&root).map_err(|problem| vec![problem]).and_then(|workspace| prove(&workspace));
    let score = match proven {
        Ok(score) => score,
        Err(problems) => return could_not_run(&problems, format),
    };
    let path = root.join(README);
    let readme = match fs::read_to_string(&path) {
        Ok(readme) => readme,
        Err(error) => return could_not_run(&[unreadable(&error)], format),
    };
    if write && let Some(text) = with_block(&readme, &score.markdown()).filter(|text| *text != readme) {
        let written = codegen::write_all(&root, &[(README.to_owned(), text)]);
        if let Err(problem) = written {
            return could_not_run(&[problem], format);
        }
    }
    let is_written = write || block(&readme) == Some(score.markdown().trim());
    match format {
        Format::Text => text(&score, is_written),
        Format::Json => say_json(&json!({
            "format_version": 1,
            "changes": score.outcomes.len(),
            "wrong": score.wrong().count(),
            "useless": score.useless(),
            "readme": if is_written { "fresh" } else { "stale" },
            "outcomes": score.outcomes.iter().map(shown).collect::<Vec<_>>(),
            "verdicts": score.verdicts.iter().map(|verdict| json!({
                "operator": verdict.operator,
                "told": verdict.breaking,
                "broken": verdict.unusable,
                "wrong": verdict.wrong,
            })).collect::<Vec<_>>(),
        })),
    }
    let is_perfect = score.wrong().next().is_none()
        && score.wrong_verdicts().next().is_none()
        && score.useless().is_empty()
        && is_written;
    if is_perfect { CLEAN } else { FOUND }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(format!("cannot be read: {error}"), "git checkout the file").in_file(README)
}

fn text(score: &Score, is_written: bool) {
    say_lines(&score.table());
    for outcome in score.wrong() {
        let why = if outcome.panicked {
            "a check panicked"
        } else if !outcome.cause_is_right {
            "another cause was named"
        } else if !outcome.class_is_right {
            "documentation was not told from the rest"
        } else if outcome.caught_by.is_empty() {
            "no check saw it"
        } else {
            "a check saw it, though it means nothing"
        };
        let by = outcome.caught_by.join(" ");
        say(&format!("wrong: {}: {}: {why} ({by})", outcome.change.target, outcome.change.operator));
    }
    for verdict in score.wrong_verdicts() {
        for what in &verdict.wrong {
            say(&format!("wrong: diff for Rust: {}: {what}", verdict.operator));
        }
    }
    for name in score.useless() {
        say(&format!("useless: no change was caught by `{name}` alone"));
    }
    if !is_written {
        note("the score in docs/verification.md is another; fix: cargo xtask prove --write");
    }
    say(&format!("{} changes, {} wrong", score.outcomes.len(), score.wrong().count()));
    say(&format!("{} verdicts for Rust, {} wrong", score.verdicts.len(), score.wrong_verdicts().count()));
}

fn shown(outcome: &Outcome) -> Value {
    json!({
        "target": outcome.change.target, "operator": outcome.change.operator,
        "class": outcome.change.class.name(), "cause": outcome.change.cause,
        "caught_by": outcome.caught_by, "right": outcome.is_right(),
        "milliseconds": outcome.time.as_secs_f64() * 1000.0,
    })
}
