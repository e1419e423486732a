//! The verb `mutate`.

use std::path::Path;

use generator_tests::mutate::{Fated, fates, table};
use serde_json::{Value, json};

use crate::{
    Format,
    output::{CLEAN, FOUND, could_not_run, say, say_json, say_lines},
};

pub(crate) fn run(document: &Path, most: Option<usize>, format: Format) -> u8 {
    let measured = codegen::read(document, &document.display().to_string()).and_then(|bundle| {
        fates(bundle.document(), most)
            .map_err(|problems| problems.into_iter().map(|problem| bundle.place(problem)).collect())
    });
    let fates = match measured {
        Ok(fates) => fates,
        Err(problems) => return could_not_run(&problems, format),
    };
    let wrong: Vec<_> = fates.iter().filter(|one| one.is_wrong()).collect();
    match format {
        Format::Text => {
            say_lines(&table(&fates));
            for Fated { mutant, fate } in &wrong {
                say(&format!("wrong: {}: {} at {}", fate.name(), mutant.operator, mutant.pointer));
            }
            say(&format!("{} mutants, {} wrong", fates.len(), wrong.len()));
        }
        Format::Json => say_json(&json!({"format_version": 1, "wrong": wrong.len(),
            "mutants": fates.iter().map(shown).collect::<Vec<_>>()})),
    }
    if wrong.is_empty() { CLEAN } else { FOUND }
}

fn shown(one: &Fated) -> Value {
    let Fated { mutant, fate } = one;
    json!({"operator": mutant.operator, "pointer": mutant.pointer, "class": mutant.class.name(), "fate": fate.name(),
        "wrong": one.is_wrong()})
}
