//! Mutants of the lock: each line removed and changed, and other generator versions.

use blynk_drift::{LOCK, Workspace};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Problem};

use super::change::{Change, with_line};

const TARGET: &str = "the lock";

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let text = workspace.text(LOCK)?;
    let mut changes = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let digits = line.replace(['0', '1'], "2");
        for (operator, edited) in [
            ("line: removed", with_line(text, index, None)),
            ("digits: changed", with_line(text, index, Some(&digits))),
        ] {
            if edited != text {
                changes.push(Change::file(
                    TARGET,
                    operator,
                    MutantKind::Semantic,
                    Cause::GeneratedFileEdited,
                    LOCK,
                    edited,
                ));
            }
        }
    }
    for (operator, edited) in [("file: empty", String::new()), ("file: invalid TOML", "{".to_owned())] {
        changes.push(Change::file(TARGET, operator, MutantKind::Semantic, Cause::GeneratedFileEdited, LOCK, edited));
    }
    let lock = workspace.lock()?;
    for generator in lock.generator.keys() {
        let mut other = lock.clone();
        other.generator.insert(generator.clone(), "0.0.0".to_owned());
        let operator = format!("generator: other {generator}");
        changes.push(Change::file(
            TARGET,
            operator,
            MutantKind::Semantic,
            Cause::GeneratorUpgraded,
            LOCK,
            other.to_text()?,
        ));
    }
    Ok(changes)
}
