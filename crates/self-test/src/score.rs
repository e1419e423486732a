//! The mutation score of the checks, as text and as Markdown.

use std::{collections::BTreeMap, time::Duration};

use super::{compiler::CheckedVerdict, outcome::Outcome};
use blynk_drift::CHECKS;
use generator_tests::mutate::MutantKind;

/// The results of all mutations.
#[derive(Clone, Debug)]
pub struct Score {
    /// One for each mutation, in a fixed order.
    pub outcomes: Vec<Outcome>,
    /// The Rust verdicts of `diff`, checked with the compiler.
    pub verdicts: Vec<CheckedVerdict>,
}

/// The mutations that a check detected.
struct Detected {
    name: &'static str,
    /// Number of all that it detected.
    all: usize,
    /// Number of those that no other check detected.
    alone: usize,
}

/// Markers around the score in a file.
const BEGIN: &str = "<!-- score: written by `cargo xtask prove --write` -->";
const END: &str = "<!-- end of score -->";

impl Score {
    /// Returns the outcomes that are not as expected.
    pub fn wrong(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.is_right())
    }

    /// Returns the redundant checks: those that were never the only one to detect a mutation.
    #[must_use]
    pub fn useless(&self) -> Vec<&'static str> {
        self.checks().into_iter().filter(|check| check.alone == 0).map(|check| check.name).collect()
    }

    /// Returns the verdicts that the compiler does not confirm.
    pub fn wrong_verdicts(&self) -> impl Iterator<Item = &CheckedVerdict> {
        self.verdicts.iter().filter(|verdict| !verdict.wrong.is_empty())
    }

    fn checks(&self) -> Vec<Detected> {
        let counted = CHECKS.iter().map(|check| {
            let seen = self.outcomes.iter().filter(|outcome| outcome.detected_by.contains(&check.name));
            let alone = seen.clone().filter(|outcome| outcome.detected_by.len() == 1).count();
            Detected { name: check.name, all: seen.count(), alone }
        });
        counted.collect()
    }

    /// Returns a line for each kind of mutation, each check and each verdict.
    #[must_use]
    pub fn table(&self) -> String {
        let mut rows: BTreeMap<(&str, MutantKind, &str), Vec<&Outcome>> = BTreeMap::new();
        for outcome in &self.outcomes {
            let change = &outcome.change;
            rows.entry((change.target, change.class, &change.operator)).or_default().push(outcome);
        }
        let mut table = String::new();
        for ((target, class, operator), outcomes) in rows {
            let class = class.label();
            let right = outcomes.iter().filter(|outcome| outcome.is_right()).count();
            let mut by: Vec<&str> = outcomes.iter().flat_map(|outcome| outcome.detected_by.iter().copied()).collect();
            by.sort_unstable();
            by.dedup();
            let time = outcomes.iter().map(|outcome| outcome.time).sum::<Duration>() / outcomes.len().max(1) as u32;
            let by = if by.is_empty() { "passed".to_owned() } else { by.join(" ") };
            table += &format!(
                "{target:<24} {class:<13} {operator:<34} {right:>3} of {:<3} {:>5.0} ms  {by}\n",
                outcomes.len(),
                time.as_secs_f64() * 1000.0
            );
        }
        for Detected { name, all, alone } in self.checks() {
            table += &format!("check {name:<14} detected {all:>4}, {alone:>4} of them alone\n");
        }
        for CheckedVerdict { operator, breaking, unusable, .. } in &self.verdicts {
            table += &format!(
                "diff for Rust            {operator:<34} breaking items: {:>3}, no longer compile: {:>3}\n",
                breaking.len(),
                unusable.len()
            );
        }
        table
    }

    /// Returns the score as Markdown tables, without times, which differ between runs.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = "| mutated input, expected result | mutations | as expected |\n|---|---|---|\n".to_owned();
        let mut rows: Vec<(String, usize, usize)> = Vec::new();
        for outcome in &self.outcomes {
            let expected = match outcome.change.class {
                MutantKind::Semantic => "detected",
                MutantKind::Documentation => "detected as documentation",
                MutantKind::Cosmetic => "passed",
            };
            let name = format!("{}, {expected}", outcome.change.target);
            let right = usize::from(outcome.is_right());
            match rows.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, all, good)) => (*all, *good) = (*all + 1, *good + right),
                None => rows.push((name, 1, right)),
            }
        }
        for (name, all, right) in rows {
            text += &format!("| {name} | {all} | {right} |\n");
        }
        text += "\n| check | detected | detected alone |\n|---|---|---|\n";
        for Detected { name, all, alone } in self.checks() {
            text += &format!("| {name} | {all} | {alone} |\n");
        }
        let breaking = self.verdicts.iter().filter(|verdict| !verdict.breaking.is_empty()).count();
        let (all, wrong) = (self.verdicts.len(), self.wrong_verdicts().count());
        text += "\n| Rust verdicts of `cargo xtask diff` | mutations | breaking | confirmed by the compiler |\n";
        text += "|---|---|---|---|\n";
        text += &format!("| the document, one mutation of each kind | {all} | {breaking} | {} |\n", all - wrong);
        text
    }
}

/// Returns the score in a file.
#[must_use]
pub fn block(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(BEGIN)?;
    Some(rest.split_once(END)?.0.trim())
}

/// Returns the file with its score replaced; none if it has no markers.
#[must_use]
pub fn with_block(text: &str, score: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", score.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_the_score_between_the_markers() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let with = with_block(&text, "| new |\n").unwrap();
        assert_eq!(with, format!("a\n{BEGIN}\n\n| new |\n\n{END}\nb\n"));
        assert_eq!((block(&text), block(&with)), (Some("old"), Some("| new |")));
        assert_eq!(with_block(&with, "| new |\n"), Some(with.clone()));
        assert_eq!((block("a"), with_block("a", "b")), (None, None));
    }
}
