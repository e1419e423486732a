//! The command `mutate`.

use std::{path::Path, time::Duration};

use generator_tests::mutate::{TestedMutant, table, test_mutants};
use serde_json::{Value, json};

use crate::{
    Format, carved,
    output::{CLEAN, FOUND, could_not_run, count, say, say_json, say_lines},
};

pub(crate) fn run(document: &Path, root: Option<&Path>, most: Option<usize>, limit: Duration, format: Format) -> u8 {
    let tested = codegen::read(document, &document.display().to_string(), root).and_then(|bundle| {
        let package = carved::package(&bundle)?;
        test_mutants(package.part.as_ref().unwrap_or_else(|| bundle.document()), most, Some(limit))
            .map_err(|problems| problems.into_iter().map(|problem| bundle.place(problem)).collect())
    });
    let tested = match tested {
        Ok(tested) => tested,
        Err(problems) => return could_not_run(&problems, format),
    };
    let unexpected: Vec<_> = tested.iter().filter(|one| one.is_unexpected()).collect();
    match format {
        Format::Text => {
            say_lines(&table(&tested));
            for TestedMutant { mutant, outcome } in &unexpected {
                let (kind, outcome) = (mutant.kind.label(), outcome.label());
                say(&format!("unexpected: {kind} mutant: {outcome}: {} at {}", mutant.operator, mutant.pointer));
            }
            say(&format!("{}, {} with an unexpected outcome", count(tested.len(), "mutant"), unexpected.len()));
        }
        Format::Json => say_json(&json!({"format_version": 1, "wrong": unexpected.len(),
            "mutants": tested.iter().map(shown).collect::<Vec<_>>()})),
    }
    if unexpected.is_empty() { CLEAN } else { FOUND }
}

fn shown(one: &TestedMutant) -> Value {
    let TestedMutant { mutant, outcome } = one;
    json!({"operator": mutant.operator, "pointer": mutant.pointer, "class": mutant.kind.name(),
        "fate": outcome.name(), "wrong": one.is_unexpected()})
}
