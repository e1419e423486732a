//! The outcome of generating each mutant, and whether it is the expected one.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use codegen::{Generated, Settings, generate};
use openapi::{Code, Document, Problem};
use rayon::prelude::*;
use serde_json::Value;

use super::{
    equivalent::is_equivalent,
    mutant::{Mutant, MutantKind},
    mutants,
};

/// The outcome of generating a mutant, compared with the original document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Detected: the generated code differs.
    CodeChanged,
    /// Detected: the generated code is equal, and the list of unsupported keywords differs.
    ListChanged,
    /// Detected: the document is rejected.
    Rejected,
    /// Survived: code and list are equal.
    Survived,
    /// Code and list are equal, and so are the accepted values.
    Equivalent,
    /// The generator failed because of a bug.
    Bug,
}

impl Outcome {
    /// Returns its name in the JSON report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CodeChanged => "code",
            Self::ListChanged => "listed",
            Self::Rejected => "refused",
            Self::Survived => "unchanged",
            Self::Equivalent => "equivalent",
            Self::Bug => "bug",
        }
    }

    /// Returns its name in the text report.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::CodeChanged => "code changed",
            Self::ListChanged => "unsupported list changed",
            Self::Rejected => "rejected",
            Self::Survived => "survived",
            Self::Equivalent => "equivalent",
            Self::Bug => "generator bug",
        }
    }
}

/// A mutant and its outcome.
#[derive(Clone, Debug)]
pub struct TestedMutant {
    /// The mutant.
    pub mutant: Mutant,
    /// Its outcome.
    pub outcome: Outcome,
}

impl TestedMutant {
    /// Whether the outcome is not the one that the mutant's kind requires: a semantic change survived, a change of
    /// documentation was rejected, a cosmetic one was detected, or the generator failed.
    #[must_use]
    pub fn is_unexpected(&self) -> bool {
        match (self.mutant.kind, self.outcome) {
            (_, Outcome::Bug) => true,
            (MutantKind::Semantic, outcome) => outcome == Outcome::Survived,
            (MutantKind::Documentation, outcome) => outcome == Outcome::Rejected,
            (MutantKind::Cosmetic, outcome) => outcome != Outcome::Survived,
        }
    }
}

/// Generates every mutant of a document, or an even sample of about `most` of them. Returns them in the order of
/// [`mutants`].
///
/// # Errors
/// The problems of the document itself; or one problem if the mutants take longer than `limit`.
pub fn test_mutants(
    document: &Value,
    most: Option<usize>,
    limit: Option<Duration>,
) -> Result<Vec<TestedMutant>, Vec<Problem>> {
    let start = Instant::now();
    let settings = Settings::package();
    let base = generate(document, &settings)?;
    let mut all = mutants(document);
    if let Some(most) = most.filter(|most| *most < all.len()) {
        // an odd step, so that the sample includes operators that recur with an even period
        let step = (all.len() / most.max(1)) | 1;
        all = all.into_iter().step_by(step).collect();
    }
    let is_over = || limit.is_some_and(|limit| start.elapsed() > limit);
    let test = |mutant: &Mutant| tested(document, mutant, &base, &settings);
    let outcomes: Vec<_> = all.par_iter().map(|mutant| (!is_over()).then(|| test(mutant))).collect();
    let (count, done) = (all.len(), outcomes.iter().flatten().count());
    if let Some(limit) = limit.filter(|_| done < count) {
        let what = format!("{done} of {count} mutants are tested after {} s, the time limit", limit.as_secs());
        let fix =
            format!("test a sample with `--most {}`, or raise the limit with `--time-limit SECONDS`", done / 2 + 1);
        return Err(vec![Problem::new(what, fix).of(Code::Limit)]);
    }
    let tested = all.into_iter().zip(outcomes.into_iter().flatten());
    Ok(tested.map(|(mutant, outcome)| TestedMutant { mutant, outcome }).collect())
}

fn tested(document: &Value, mutant: &Mutant, base: &Generated, settings: &Settings) -> Outcome {
    match outcome(base, &generate_text(&mutant.edit.text(document), settings)) {
        Outcome::Survived if mutant.kind == MutantKind::Semantic && is_equivalent(document, mutant) => {
            Outcome::Equivalent
        }
        outcome => outcome,
    }
}

/// Generates from a text, as the command does.
fn generate_text(text: &str, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    let document = Document::parse("mutant.json", text).map_err(|problem| vec![problem])?;
    generate(document.value(), settings)
}

fn outcome(base: &Generated, mutant: &Result<Generated, Vec<Problem>>) -> Outcome {
    match mutant {
        Ok(mutant) if mutant.code != base.code => Outcome::CodeChanged,
        Ok(mutant) if mutant.unrepresented != base.unrepresented => Outcome::ListChanged,
        Ok(_) => Outcome::Survived,
        Err(problems) if problems.iter().any(|one| one.code == Code::Bug) => Outcome::Bug,
        Err(_) => Outcome::Rejected,
    }
}

/// Returns a table with one row per operator: its kind, and the number of its mutants by outcome.
#[must_use]
pub fn table(tested: &[TestedMutant]) -> String {
    let mut counts = BTreeMap::<_, BTreeMap<Outcome, usize>>::new();
    for TestedMutant { mutant, outcome } in tested {
        *counts.entry((mutant.kind, mutant.operator)).or_default().entry(*outcome).or_default() += 1;
    }
    let rows = counts.iter().map(|((kind, operator), counts)| {
        let counts: Vec<_> = counts.iter().map(|(outcome, count)| format!("{} {count}", outcome.label())).collect();
        format!("{:<14} {operator:<32} {}\n", kind.label(), counts.join(", "))
    });
    rows.collect()
}
