//! The report of `generate`, as text and JSON.

use std::collections::BTreeMap;

use codegen::{Carved, Package, PassRecord, UnsupportedKeyword};
use openapi::{Bundle, Difference, Problem};
use serde_json::{Value, json};

use super::arguments::GenerateArguments;
use crate::{
    Format,
    output::{CLEAN, FOUND, count, error, say, say_json, say_lines, warn},
};

/// The number of keywords that the text lists for each reason.
const LISTED: usize = 3;

pub(super) fn written(package: &Package, bundle: &Bundle, asked: &GenerateArguments) {
    let generated = &package.generated;
    let original = |problem: Problem| bundle.place(problem);
    match asked.format {
        Format::Text => {
            let (operations, types) = (count(generated.operations, "operation"), count(generated.types, "type"));
            say(&format!("{}: {operations}, {types}", asked.out.display()));
            let is_warned = |one: &&UnsupportedKeyword| generated.carved.iter().any(|carved| carved.lists(one));
            let others = generated.unrepresented.iter().filter(|one| !is_warned(one));
            grouped(others).iter().for_each(|line| say(line));
            let carved = generated.carved.iter().map(|carved| original(carved.warning()));
            warn(&bundle.warnings().cloned().chain(carved).collect::<Vec<_>>());
        }
        Format::Json => {
            let document = package.part.as_ref().unwrap_or_else(|| bundle.document());
            let carved: Vec<_> = generated.carved.iter().map(|one| shown(one, &original(one.warning()))).collect();
            say_json(&json!({
                "format_version": 1,
                "operations": generated.operations,
                "types": generated.types,
                "tag_features": generated.tag_features,
                "unrepresented": generated.unrepresented,
                "carved": carved,
                "warnings": bundle.warnings().map(error).collect::<Vec<_>>(),
                "lowering": lowering(document),
            }));
        }
    }
}

/// Reports the files that differ from what the document generates, and returns the exit code.
pub(super) fn checked(package: &Package, problems: &[Problem], asked: &GenerateArguments) -> u8 {
    let out = asked.out.display();
    let is_fresh = problems.is_empty();
    match asked.format {
        Format::Text => {
            problems.iter().for_each(|problem| say_lines(&problem.lines().join("\n  ")));
            say(&if is_fresh {
                format!("{out}: up to date")
            } else {
                format!("{out}: {} from what the document generates", count(problems.len(), "difference"))
            });
        }
        Format::Json => say_json(&json!({
            "format_version": 1,
            "status": if is_fresh { "fresh" } else { "stale" },
            "operations": package.generated.operations,
            "types": package.generated.types,
            "problems": problems.iter().map(error).collect::<Vec<_>>(),
        })),
    }
    if is_fresh { CLEAN } else { FOUND }
}

/// Returns lines with the unsupported keywords, grouped by reason; the most frequent reason first.
fn grouped<'g>(listed: impl Iterator<Item = &'g UnsupportedKeyword>) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<&UnsupportedKeyword>> = BTreeMap::new();
    for one in listed {
        groups.entry(&one.reason).or_default().push(one);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, keywords)| std::cmp::Reverse(keywords.len()));
    let mut lines = Vec::new();
    for (reason, keywords) in groups {
        lines.push(format!("unsupported: {}: {reason}", count(keywords.len(), "keyword")));
        let first = keywords.iter().take(LISTED);
        lines.extend(first.map(|one| format!("  `{}` at {}", one.keyword, one.pointer)));
        if keywords.len() > LISTED {
            lines.push(format!("  and {} others, which `--format json` lists", keywords.len() - LISTED));
        }
    }
    lines
}

/// Returns a part that was carved, with the location of its warning.
fn shown(carved: &Carved, warning: &Problem) -> Value {
    json!({
        "pointer": carved.pointer,
        "effect": carved.effect,
        "code": carved.problem.code,
        "reason": carved.problem.what,
        "file": warning.file,
        "line": warning.line,
        "column": warning.column,
        "fix": carved.problem.fix,
    })
}

/// Returns what each pass changes in the document before progenitor reads it.
fn lowering(document: &Value) -> Vec<Value> {
    let passes = codegen::lowered(document).map(|lowered| lowered.passes).unwrap_or_default();
    let change = |change: &Difference| {
        let mut shown = json!({"pointer": change.pointer});
        for (side, value) in [("before", &change.left), ("after", &change.right)] {
            // absent is not null
            if let Some(value) = value {
                shown[side] = value.clone();
            }
        }
        shown
    };
    let shown = |passed: &PassRecord| {
        json!({"pass": passed.pass.name, "reason": passed.pass.reason, "upstream": passed.pass.upstream,
            "changes": passed.changes.iter().map(change).collect::<Vec<_>>()})
    };
    passes.iter().map(shown).collect()
}
