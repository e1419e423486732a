//! The report of `conform`, as text and JSON.

use std::collections::BTreeMap;

use generator_tests::conform::{Cause, Conformance, Difference};
use openapi::{Bundle, Problem};
use serde_json::{Value, json};

use crate::{
    Format,
    output::{count, say, say_json},
};

/// The largest number of characters of a value or message in the report.
const SHOWN: usize = 160;

pub(super) fn report(bundle: &Bundle, conformance: &Conformance, format: Format) {
    match format {
        Format::Text => text(bundle, conformance),
        Format::Json => say_json(&json!({
            "format_version": 1,
            "types": conformance.types,
            "vectors": {"valid": conformance.valid, "invalid": conformance.invalid},
            "agreed": agreed(conformance),
            "problems": conformance.problems().count(),
            "differences": conformance.differences.iter().map(|one| shown(bundle, one)).collect::<Vec<_>>(),
            "unjudged": conformance.not_validated.iter().map(|(subject, reason)| {
                json!({"type": subject.name, "pointer": subject.pointer, "reason": reason})
            }).collect::<Vec<_>>(),
        })),
    }
}

fn agreed(conformance: &Conformance) -> usize {
    conformance.valid + conformance.invalid - conformance.differences.len()
}

fn text(bundle: &Bundle, conformance: &Conformance) {
    let mut causes: BTreeMap<&Cause, usize> = BTreeMap::new();
    for difference in &conformance.differences {
        if let Some(cause) = &difference.allowed_by {
            *causes.entry(cause).or_default() += 1;
        }
    }
    for (cause, count) in causes {
        say(&match cause {
            Cause::Unrepresented { pointer, keyword, reason } => {
                format!("{count:>6}  unsupported       `{keyword}` at {pointer}: {reason}")
            }
            Cause::KnownDifference { name, reason } => format!("{count:>6}  known difference  {name}: {reason}"),
        });
    }
    for (subject, reason) in &conformance.not_validated {
        say(&format!("not validated: types::{} ({}): {reason}", subject.name, subject.pointer));
    }
    for difference in conformance.problems() {
        let problem = Problem::new(
            format!("types::{}: {}", difference.subject, labeled(difference)),
            "report this as a bug of the generator",
        );
        let problem = problem.pointing_to(difference.pointer()).because(openapi::Cause::Said(format!(
            "{} in the document, {}",
            document(difference),
            short(&verdict(difference))
        )));
        for (index, line) in bundle.place(problem).lines().iter().enumerate() {
            say(&if index == 0 { format!("problem: {line}") } else { format!("  {line}") });
        }
    }
    say(&format!(
        "{}, {} valid and {} invalid boundary values: {} agree, {}, {}",
        count(conformance.types, "type"),
        conformance.valid,
        conformance.invalid,
        agreed(conformance),
        count(conformance.differences.len() - conformance.problems().count(), "known difference"),
        count(conformance.problems().count(), "problem")
    ));
}

fn shown(bundle: &Bundle, difference: &Difference) -> Value {
    let located = bundle.place(Problem::new("", "").pointing_to(difference.pointer()));
    json!({
        "pointer": difference.pointer(), "file": located.file, "line": located.line, "column": located.column,
        "type": difference.subject, "label": difference.input.label, "value": short(&value(difference)),
        "document": document(difference), "type_said": said(difference), "allowed_by": difference.allowed_by,
    })
}

/// Returns the boundary value with its label, which may contain the value.
fn labeled(difference: &Difference) -> String {
    let (label, value) = (&difference.input.label, value(difference));
    if label.ends_with(&value) { short(label) } else { format!("{label}: {}", short(&value)) }
}

fn value(difference: &Difference) -> String {
    difference.input.value.to_string()
}

fn document(difference: &Difference) -> String {
    let Some(violation) = difference.violations.first() else { return "valid".to_owned() };
    let at = if violation.at.is_empty() { String::new() } else { format!(" at {}", violation.at) };
    format!("invalid by `{}`{at}", violation.keyword)
}

fn said(difference: &Difference) -> String {
    difference.rejection.clone().unwrap_or_else(|| "accepted".to_owned())
}

/// Returns what the type does with the value, for the text report.
fn verdict(difference: &Difference) -> String {
    difference.rejection.as_ref().map_or_else(
        || "accepted by the generated type".to_owned(),
        |why| format!("rejected by the generated type ({why})"),
    )
}

fn short(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain("…".chars()).collect()
    }
}
