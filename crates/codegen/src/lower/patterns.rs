//! Patterns are compiled here, by an engine of linear time; typify sees signs in their place. It would run them over
//! enum values by an engine that backtracks. What cannot be matched in linear time goes, and is listed.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Pattern, Problem, pointer};
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::{
    constraints::has_own_type,
    coverage::{Fate, Place},
    pattern_table::Patterns,
};

/// More than all patterns of any known document weigh together; to compile so much takes some seconds.
pub(crate) const MOST_WEIGHT: u64 = 5_000_000;

/// Why a pattern is not enforced beside an enum.
pub(crate) const EXCLUDES_ALL: &str = "no value of the enum matches it, so that all are taken";

pub(super) fn run(lowering: &mut Lowering) {
    let mut texts = BTreeSet::new();
    each_schema(&mut lowering.document, &mut |schema| {
        texts.extend(schema.get("pattern").and_then(Value::as_str).map(str::to_owned));
    });
    let mut patterns = Patterns::default();
    let mut weight = 0_u64;
    for text in texts {
        let compiled = Pattern::new(&text);
        weight = weight.saturating_add(compiled.as_ref().map_or(text.len() as u64, Pattern::weight));
        if weight > MOST_WEIGHT {
            let what = format!("the patterns up to this one compile to {weight} ranges; {MOST_WEIGHT} are the most");
            let problem = Problem::new(what, "let fewer schemas have patterns, or patterns with smaller repetitions");
            let at = place_of(&lowering.document, &text).unwrap_or_default();
            lowering.problems.push(problem.pointing_to(at));
            return;
        }
        patterns.compiled.insert(text, compiled);
    }
    let signs = patterns.signs();
    each_schema(&mut lowering.document, &mut |schema| replace(schema, &patterns, &signs));
    lowering.patterns = patterns;
}

/// Puts a sign in the place of a schema's pattern. Beside an enum it has done its work once the values that it excludes
/// are gone.
fn replace(schema: &mut Map<String, Value>, patterns: &Patterns, signs: &BTreeMap<String, String>) {
    let Some(pattern) = schema.remove("pattern") else { return };
    let Some((text, sign)) = pattern.as_str().and_then(|text| Some((text, signs.get(text)?))) else { return };
    match schema.get("enum").and_then(Value::as_array) {
        None => drop(schema.insert("pattern".to_owned(), sign.as_str().into())),
        Some(values) => {
            let kept: Vec<Value> = patterns.matching(text, values).into_iter().cloned().collect();
            if !kept.iter().all(Value::is_null) {
                schema.insert("enum".to_owned(), kept.into());
            }
        }
    }
}

/// The pointer of a pattern.
fn place_of(document: &Value, pattern: &str) -> Option<String> {
    let mut open = vec![(String::new(), document)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                if map.get("pattern").is_some_and(|found| found == pattern) {
                    return Some(format!("{at}/pattern"));
                }
                open.extend(map.iter().map(|(key, value)| (pointer::join(&at, key), value)));
            }
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)));
            }
            _ => {}
        }
    }
    None
}

/// Support for `pattern`, but for what [`not_enforced`] says.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    if !place.is_schema() || key != "pattern" {
        return None;
    }
    Some(match &schema["pattern"] {
        _ if schema["type"] == "string" && schema["format"].as_str().is_some_and(has_own_type) => {
            Err("not checked beside this format")
        }
        Value::String(_) => Ok(Place::Whole),
        _ => Err("not a regular expression that can be checked"),
    })
}

/// Why the pattern of a schema is not enforced, if it is not.
pub(crate) fn not_enforced(schema: &Value, patterns: &Patterns) -> Option<String> {
    let pattern = schema.get("pattern").and_then(Value::as_str)?;
    if let Some(refused) = patterns.refused(pattern) {
        return Some(refused.to_string());
    }
    let values = schema.get("enum").and_then(Value::as_array)?;
    patterns.matching(pattern, values).iter().all(|value| value.is_null()).then(|| EXCLUDES_ALL.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pipeline::tests::{lower, problems, schemas};

    fn document(schemas: &Value) -> Value {
        json!({"openapi": "3.0.3", "components": {"schemas": schemas}})
    }

    #[test]
    fn drops_what_cannot_be_matched_in_linear_time_and_hides_the_rest() {
        let lowered = lower(&document(&json!({
            "Good": {"type": "string", "pattern": "^a{2}$"}, "Bad": {"type": "string", "pattern": "(?i)a"},
            "Ahead": {"type": "string", "pattern": "(?=a)"}, "Odd": {"type": "string", "pattern": 1},
        })));
        let schemas = &lowered.document["components"]["schemas"];
        for name in ["Bad", "Ahead", "Odd"] {
            assert!(schemas[name].get("pattern").is_none(), "{name}");
        }
        let both = format!("(?={0})(?={0})", schemas["Good"]["pattern"].as_str().unwrap());
        let found: Vec<_> = lowered.patterns.of_signs(&both).into_iter().map(|(text, _)| text).collect();
        assert_eq!(found, ["^a{2}$", "^a{2}$"]);
    }

    #[test]
    fn beside_a_pattern_an_enum_keeps_the_values_that_match_unless_none_does() {
        let schemas = schemas(json!({
            "Some": {"type": "string", "pattern": "^[a-z]$", "enum": ["a", "B", "c"]},
            "None": {"type": "string", "pattern": "^(a+)+$", "enum": ["a".repeat(10_000) + "!"]},
        }));
        assert_eq!(schemas["Some"], json!({"type": "string", "enum": ["a", "c"]}));
        assert_eq!(schemas["None"]["enum"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn patterns_that_are_too_much_together_are_refused_at_their_place() {
        let schemas: Map<String, Value> = (0..60)
            .map(|at| (format!("S{at:02}"), json!({"type": "string", "pattern": format!("^a{{{}}}$", 90_000 + at)})))
            .collect();
        let found = problems(&document(&Value::Object(schemas)));
        assert_eq!(found[0].pointer.as_deref(), Some("/components/schemas/S55/pattern"));
    }
}
