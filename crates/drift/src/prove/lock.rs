//! The lock: each line of it gone and another, and the lock of another generator.

use blynk_document::Problem;

use super::Change;
use crate::{
    checks::EDITED,
    load::{LOCK, Workspace},
    mutate::Class,
};

const TARGET: &str = "the lock";

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let text = workspace.text(LOCK)?;
    let mut changes = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for index in 0..lines.len() {
        let with = |replacement: Option<String>| {
            let before = lines[..index].iter().map(ToString::to_string);
            let after = lines[index + 1..].iter().map(ToString::to_string);
            before.chain(replacement).chain(after).map(|line| line + "\n").collect::<String>()
        };
        let digits = lines[index].replace(['0', '1'], "2");
        for (operator, edited) in [("line: removed", with(None)), ("digits: others", with(Some(digits)))] {
            if edited != text {
                changes.push(Change::file(TARGET, operator, Class::Meaningful, EDITED, LOCK, edited));
            }
        }
    }
    for (operator, edited) in [("file: empty", String::new()), ("file: garbage", "{".to_owned())] {
        changes.push(Change::file(TARGET, operator, Class::Meaningful, EDITED, LOCK, edited));
    }
    let lock = workspace.lock()?;
    for generator in lock.generator.keys() {
        let mut other = lock.clone();
        other.generator.insert(generator.clone(), "0.0.0".to_owned());
        let operator = format!("generator: another {generator}");
        changes.push(Change::file(TARGET, operator, Class::Meaningful, "generator upgraded", LOCK, other.to_text()?));
    }
    Ok(changes)
}
