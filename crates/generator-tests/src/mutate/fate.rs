//! What generation makes of each mutant, and whether that is what its class asks for.

use std::collections::BTreeMap;

use codegen::{Generated, Settings, generate};
use openapi::{Code, Document, Problem};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::{
    mutant::{Class, Mutant},
    mutants,
};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// The code is another.
    Code,
    /// The code is the same, and the list of what it does not carry is another.
    Listed,
    /// The document is refused, with a diagnosis.
    Refused,
    /// Nothing is another.
    Unchanged,
    /// The generator failed on it.
    Bug,
}

impl Fate {
    /// Returns its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Listed => "listed",
            Self::Refused => "refused",
            Self::Unchanged => "unchanged",
            Self::Bug => "bug",
        }
    }
}

/// A mutant and what became of it.
#[derive(Clone, Debug)]
pub struct Fated {
    /// The mutant.
    pub mutant: Mutant,
    /// What became of it.
    pub fate: Fate,
}

impl Fated {
    /// Whether its class asks for another fate: a meaningful change that is lost, a cosmetic one that shows, or a
    /// failure of the generator.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        match (self.mutant.class, self.fate) {
            (_, Fate::Bug) => true,
            (Class::Meaningful, fate) => fate == Fate::Unchanged,
            (Class::Documentation, fate) => fate == Fate::Refused,
            (Class::Cosmetic, fate) => fate != Fate::Unchanged,
        }
    }
}

/// The fate of every mutant of a document, or of about `most` of them, spread over all. The order is the mutator's.
///
/// # Errors
/// When the document itself is refused.
pub fn fates(document: &Value, most: Option<usize>) -> Result<Vec<Fated>, Vec<Problem>> {
    let settings = Settings::package();
    let base = generate(document, &settings)?;
    let mut all = mutants(document);
    if let Some(most) = most.filter(|most| *most < all.len()) {
        // by an odd step, so that no kind of change that recurs in step is left out
        let step = (all.len() / most.max(1)) | 1;
        all = all.into_iter().step_by(step).collect();
    }
    let fates = all.par_iter().map(|mutant| fate(&base, &generate_text(&mutant.edit.text(document), &settings)));
    let fates: Vec<_> = fates.collect();
    Ok(all.into_iter().zip(fates).map(|(mutant, fate)| Fated { mutant, fate }).collect())
}

/// As a maintainer's command would: from the text.
fn generate_text(text: &str, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    let document = Document::parse("mutant.json", text).map_err(|problem| vec![problem])?;
    generate(document.value(), settings)
}

fn fate(base: &Generated, mutant: &Result<Generated, Vec<Problem>>) -> Fate {
    match mutant {
        Ok(mutant) if mutant.code != base.code => Fate::Code,
        Ok(mutant) if mutant.unrepresented != base.unrepresented => Fate::Listed,
        Ok(_) => Fate::Unchanged,
        Err(problems) if problems.iter().any(|one| one.code == Code::Bug) => Fate::Bug,
        Err(_) => Fate::Refused,
    }
}

/// How many mutants of each operator had which fate: a line an operator.
#[must_use]
pub fn table(fates: &[Fated]) -> String {
    let mut counts = BTreeMap::<_, BTreeMap<Fate, usize>>::new();
    for Fated { mutant, fate } in fates {
        *counts.entry((mutant.class, mutant.operator)).or_default().entry(*fate).or_default() += 1;
    }
    let rows = counts.iter().map(|((class, operator), counts)| {
        let counts: Vec<_> = counts.iter().map(|(fate, count)| format!("{} {count}", fate.name())).collect();
        format!("{:<14} {operator:<32} {}\n", class.name(), counts.join(", "))
    });
    rows.collect()
}
