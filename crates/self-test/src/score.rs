//! The score: what was caught, by which check, with which cause, in how long.

use std::{collections::BTreeMap, time::Duration};

use super::{compiler::CheckedVerdict, outcome::Outcome};
use blynk_drift::CHECKS;
use generator_tests::mutate::MutantKind;

/// What became of all changes.
#[derive(Clone, Debug)]
pub struct Score {
    /// One for each change, in a fixed order.
    pub outcomes: Vec<Outcome>,
    /// What `diff` says of changes for Rust, and what the compiler does.
    pub verdicts: Vec<CheckedVerdict>,
}

/// What a check caught.
struct Caught {
    name: &'static str,
    /// Of all.
    all: usize,
    /// What no other check saw.
    alone: usize,
}

/// Where the score begins and ends in a file.
const BEGIN: &str = "<!-- score: written by `cargo xtask prove --write` -->";
const END: &str = "<!-- end of score -->";

impl Score {
    /// The outcomes that are not what their class asks for.
    pub fn wrong(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| !outcome.is_right())
    }

    /// Checks that never were the only one to catch a change: nobody would miss them.
    #[must_use]
    pub fn useless(&self) -> Vec<&'static str> {
        self.checks().into_iter().filter(|check| check.alone == 0).map(|check| check.name).collect()
    }

    /// The verdicts that the compiler does not bear out.
    pub fn wrong_verdicts(&self) -> impl Iterator<Item = &CheckedVerdict> {
        self.verdicts.iter().filter(|verdict| !verdict.wrong.is_empty())
    }

    fn checks(&self) -> Vec<Caught> {
        let counted = CHECKS.iter().map(|check| {
            let seen = self.outcomes.iter().filter(|outcome| outcome.caught_by.contains(&check.name));
            let alone = seen.clone().filter(|outcome| outcome.caught_by.len() == 1).count();
            Caught { name: check.name, all: seen.count(), alone }
        });
        counted.collect()
    }

    /// A line for each kind of change, and one for each check.
    #[must_use]
    pub fn table(&self) -> String {
        let mut rows: BTreeMap<(&str, MutantKind, &str), Vec<&Outcome>> = BTreeMap::new();
        for outcome in &self.outcomes {
            let change = &outcome.change;
            rows.entry((change.target, change.class, &change.operator)).or_default().push(outcome);
        }
        let mut table = String::new();
        for ((target, class, operator), outcomes) in rows {
            let class = class.name();
            let right = outcomes.iter().filter(|outcome| outcome.is_right()).count();
            let mut by: Vec<&str> = outcomes.iter().flat_map(|outcome| outcome.caught_by.iter().copied()).collect();
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
        for Caught { name, all, alone } in self.checks() {
            table += &format!("check {name:<14} caught {all:>4}, {alone:>4} of them alone\n");
        }
        for CheckedVerdict { operator, breaking, unusable, .. } in &self.verdicts {
            table += &format!(
                "diff for Rust            {operator:<34} {:>4} items told, {:>4} no longer compile\n",
                breaking.len(),
                unusable.len()
            );
        }
        table
    }

    /// The score as Markdown: what was changed, and what each check is good for. It has no times, which differ from run
    /// to run.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = "| what is changed | ways | as it must be |\n|---|---|---|\n".to_owned();
        let mut rows: Vec<(String, usize, usize)> = Vec::new();
        for outcome in &self.outcomes {
            let asked = match outcome.change.class {
                MutantKind::Semantic => "caught",
                MutantKind::Documentation => "caught, as documentation",
                MutantKind::Cosmetic => "passed",
            };
            let name = format!("{}, {asked}", outcome.change.target);
            let right = usize::from(outcome.is_right());
            match rows.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, all, good)) => (*all, *good) = (*all + 1, *good + right),
                None => rows.push((name, 1, right)),
            }
        }
        for (name, all, right) in rows {
            text += &format!("| {name} | {all} | {right} |\n");
        }
        text += "\n| check | caught | alone |\n|---|---|---|\n";
        for Caught { name, all, alone } in self.checks() {
            text += &format!("| {name} | {all} | {alone} |\n");
        }
        let breaking = self.verdicts.iter().filter(|verdict| !verdict.breaking.is_empty()).count();
        let (all, wrong) = (self.verdicts.len(), self.wrong_verdicts().count());
        text += "\n| what `cargo xtask diff` says for Rust | ways | of them breaking | as the compiler says |\n";
        text += "|---|---|---|---|\n";
        text += &format!("| the document, one change of each kind | {all} | {breaking} | {} |\n", all - wrong);
        text
    }
}

/// The score that a file holds.
#[must_use]
pub fn block(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(BEGIN)?;
    Some(rest.split_once(END)?.0.trim())
}

/// A file with another score in it; none when it has no place for one.
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
    fn a_score_is_put_where_one_is_and_nowhere_else() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let with = with_block(&text, "| new |\n").unwrap();
        assert_eq!(with, format!("a\n{BEGIN}\n\n| new |\n\n{END}\nb\n"));
        assert_eq!((block(&text), block(&with)), (Some("old"), Some("| new |")));
        assert_eq!(with_block(&with, "| new |\n"), Some(with.clone()));
        assert_eq!((block("a"), with_block("a", "b")), (None, None));
    }
}
