//! `cargo xtask prove`: the mutation score of the checks.

use std::fs;

use blynk_self_test::{Change, Outcome, Score, block, prove, with_block};
use openapi::Problem;
use serde_json::{Value, json};

use openapi_tools::{
    Format,
    output::{CLEAN, FOUND, could_not_run, say_json, say_lines},
};

use crate::workspace::{load, workspace};

/// The file with the mutation score.
const SCORE: &str = "docs/verification.md";

pub(crate) fn run(write: bool, format: Format) -> u8 {
    let root = workspace();
    let proven = load(&root).map_err(|problem| vec![problem]).and_then(|workspace| prove(&workspace));
    let score = match proven {
        Ok(score) => score,
        Err(problems) => return could_not_run(&problems, format),
    };
    let path = root.join(SCORE);
    let readme = match fs::read_to_string(&path) {
        Ok(readme) => readme,
        Err(error) => return could_not_run(&[unreadable(&error)], format),
    };
    if write && let Some(text) = with_block(&readme, &score.markdown()).filter(|text| *text != readme) {
        let written = codegen::write_all(&root, &[(SCORE.to_owned(), text)]);
        if let Err(problem) = written {
            return could_not_run(&[problem], format);
        }
    }
    let is_current = write || block(&readme) == Some(score.markdown().trim());
    match format {
        Format::Text => say_lines(&text(&score, is_current)),
        Format::Json => say_json(&json!({
            "format_version": 1,
            "changes": score.outcomes.len(),
            "wrong": score.wrong().count(),
            "useless": score.useless(),
            "readme": if is_current { "fresh" } else { "stale" },
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
        && is_current;
    if is_perfect { CLEAN } else { FOUND }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::new(format!("{SCORE} cannot be read: {error}"), "restore the file with git checkout").in_file(SCORE)
}

/// Returns the report as text.
fn text(score: &Score, is_current: bool) -> String {
    let mut text = score.table();
    for outcome in score.wrong() {
        let why = if outcome.panicked {
            "a check panicked"
        } else if !outcome.cause_is_right {
            "another cause was reported"
        } else if !outcome.class_is_right {
            "documentation was not distinguished from other changes"
        } else if outcome.detected_by.is_empty() {
            "no check detected the mutation"
        } else {
            "a check reported a cosmetic mutation"
        };
        let by = if outcome.detected_by.is_empty() { "none".to_owned() } else { outcome.detected_by.join(" ") };
        let Change { target, operator, .. } = &outcome.change;
        text += &format!("unexpected: {target}: {operator}: {why}; detected by: {by}\n");
    }
    for verdict in score.wrong_verdicts() {
        for what in &verdict.wrong {
            text += &format!("unexpected: Rust verdict of diff: {}: {what}\n", verdict.operator);
        }
    }
    for name in score.useless() {
        text += &format!("redundant: no mutation is detected by `{name}` alone\n");
    }
    if !is_current {
        text += &format!("stale: the mutation score in {SCORE} is outdated; fix: cargo xtask prove --write\n");
    }
    let (all, verdicts) = (score.outcomes.len(), score.verdicts.len());
    text += &format!("mutations: {all}, as expected: {}\n", all - score.wrong().count());
    text += &format!("Rust verdicts: {verdicts}, confirmed: {}\n", verdicts - score.wrong_verdicts().count());
    text
}

fn shown(outcome: &Outcome) -> Value {
    json!({
        "target": outcome.change.target, "operator": outcome.change.operator,
        "class": outcome.change.class.name(), "cause": outcome.change.cause,
        "caught_by": outcome.detected_by, "right": outcome.is_right(),
        "milliseconds": outcome.time.as_secs_f64() * 1000.0,
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, time::Duration};

    use blynk_self_test::CheckedVerdict;
    use generator_tests::mutate::MutantKind;
    use openapi::Cause;

    use super::*;
    use crate::arguments::help;

    fn mutation(target: &'static str, operator: &str, class: MutantKind, detected_by: &[&'static str]) -> Outcome {
        Outcome {
            change: Change::file(target, operator, class, Cause::PageEdited, "page.md", String::new()),
            detected_by: detected_by.to_vec(),
            cause_is_right: true,
            class_is_right: true,
            panicked: false,
            time: Duration::from_millis(12),
        }
    }

    #[test]
    fn messages() {
        let of_page = |class, detected_by: &[&'static str]| mutation("a page", "text: line added", class, detected_by);
        let expected = Score {
            outcomes: vec![
                of_page(MutantKind::Semantic, &["pages", "lock"]),
                of_page(MutantKind::Documentation, &["pages"]),
                of_page(MutantKind::Cosmetic, &[]),
            ],
            verdicts: vec![CheckedVerdict {
                operator: "type: changed".to_owned(),
                breaking: BTreeSet::from(["types::A".to_owned()]),
                unusable: BTreeSet::from(["types::A".to_owned()]),
                wrong: Vec::new(),
            }],
        };
        let mut unexpected = expected.clone();
        unexpected.outcomes.extend([
            Outcome { panicked: true, ..of_page(MutantKind::Semantic, &[]) },
            Outcome { cause_is_right: false, ..of_page(MutantKind::Semantic, &["lock"]) },
            Outcome { class_is_right: false, ..of_page(MutantKind::Documentation, &["document"]) },
            of_page(MutantKind::Semantic, &[]),
            of_page(MutantKind::Cosmetic, &["client", "surface"]),
        ]);
        let disagreement = "`types::A` is reported as breaking, but its usage program compiles";
        unexpected.verdicts[0].wrong.push(disagreement.to_owned());
        let readme = unreadable(&std::io::Error::from(std::io::ErrorKind::PermissionDenied)).lines().join("\n  ");
        let messages = format!(
            "# --help\n{}\n# results\n{}\n# unexpected results and an outdated score\n{}\n\
             # the score in Markdown\n{}\n# docs/verification.md cannot be read\nerror: {readme}\n",
            help("prove"),
            text(&expected, true),
            text(&unexpected, false),
            unexpected.markdown()
        );
        crate::assert_messages!("prove", messages);
    }
}
