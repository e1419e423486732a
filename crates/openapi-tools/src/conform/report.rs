//! What was compared, for people and for programs.

use std::collections::BTreeMap;

use generator_tests::conform::{Cause, Conformance, Difference};
use openapi::{Bundle, Problem};
use serde_json::{Value, json};

use crate::{
    Format,
    output::{say, say_json},
};

/// Values and messages are shown up to this many characters.
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
            "unjudged": conformance.unjudged.iter().map(|(subject, reason)| {
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
                format!("{count:>6}  not carried  {pointer} {keyword}: {reason}")
            }
            Cause::KnownDifference { name, reason } => format!("{count:>6}  deviation    {name}: {reason}"),
        });
    }
    for (subject, reason) in &conformance.unjudged {
        say(&format!("not judged: types::{} ({}): {reason}", subject.name, subject.pointer));
    }
    for difference in conformance.problems() {
        let problem = Problem::new(
            format!("types::{}: {}: {}", difference.subject, difference.input.label, short(&value(difference))),
            "carry the rule, or list it as not carried",
        );
        let problem = problem.pointing_to(difference.pointer()).because(openapi::Cause::Said(format!(
            "the document says {}, the type {}",
            document(difference),
            short(&said(difference))
        )));
        for (index, line) in bundle.place(problem).lines().iter().enumerate() {
            say(&if index == 0 { format!("problem: {line}") } else { format!("  {line}") });
        }
    }
    say(&format!(
        "{} types, {} valid and {} invalid vectors: {} agreed, {} differences allowed, {} problems",
        conformance.types,
        conformance.valid,
        conformance.invalid,
        agreed(conformance),
        conformance.differences.len() - conformance.problems().count(),
        conformance.problems().count()
    ));
}

fn shown(bundle: &Bundle, difference: &Difference) -> Value {
    let place = bundle.place(Problem::new("", "").pointing_to(difference.pointer()));
    json!({
        "pointer": difference.pointer(), "file": place.file, "line": place.line, "column": place.column,
        "type": difference.subject, "label": difference.input.label, "value": short(&value(difference)),
        "document": document(difference), "type_said": said(difference), "allowed_by": difference.allowed_by,
    })
}

fn value(difference: &Difference) -> String {
    difference.input.value.to_string()
}

fn document(difference: &Difference) -> String {
    let Some(broken) = difference.violations.first() else { return "valid".to_owned() };
    let at = if broken.at.is_empty() { String::new() } else { format!(" at {}", broken.at) };
    format!("invalid by `{}`{at}", broken.keyword)
}

fn said(difference: &Difference) -> String {
    difference.said.clone().unwrap_or_else(|| "accepted".to_owned())
}

fn short(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        text.to_owned()
    } else {
        text.chars().take(SHOWN).chain("…".chars()).collect()
    }
}
