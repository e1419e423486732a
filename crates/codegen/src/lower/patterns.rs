//! Compiles patterns for a linear-time engine, and replaces them by placeholders: typify would match them with a
//! backtracking engine. Patterns that cannot be matched in linear time are removed and listed as unsupported.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Code, Pattern, Problem, pointer};
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::{
    constraints::has_own_type,
    coverage::{Context, Coverage},
    pattern_table::Patterns,
};

/// The limit of the total weight of all patterns: above that of any known document, and some seconds to compile.
pub(crate) const MOST_WEIGHT: u64 = 5_000_000;

/// The reason for a pattern that no value of its enum matches.
pub(crate) const EXCLUDES_ALL: &str = "not enforced: no value of the `enum` matches it, so all values are accepted";

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
            let what = format!(
                "with this `pattern`, all patterns compile to {weight} character ranges, the limit is {MOST_WEIGHT}"
            );
            let problem = Problem::new(what, "use fewer patterns, or smaller repetitions in them").of(Code::Limit);
            let at = pointer_of(&lowering.document, &text).unwrap_or_default();
            lowering.problems.push(problem.pointing_to(at));
            return;
        }
        patterns.compiled.insert(text, compiled);
    }
    let placeholders = patterns.placeholders();
    each_schema(&mut lowering.document, &mut |schema| replace(schema, &patterns, &placeholders));
    lowering.patterns = patterns;
}

/// Replaces the pattern of a schema by its placeholder. Beside an enum, the pattern is applied to the values and
/// removed.
fn replace(schema: &mut Map<String, Value>, patterns: &Patterns, placeholders: &BTreeMap<String, String>) {
    let Some(pattern) = schema.remove("pattern") else { return };
    let Some((text, placeholder)) = pattern.as_str().and_then(|text| Some((text, placeholders.get(text)?))) else {
        return;
    };
    match schema.get("enum").and_then(Value::as_array) {
        None => drop(schema.insert("pattern".to_owned(), placeholder.as_str().into())),
        Some(values) => {
            let kept: Vec<Value> = patterns.matching(text, values).into_iter().cloned().collect();
            if !kept.iter().all(Value::is_null) {
                schema.insert("enum".to_owned(), kept.into());
            }
        }
    }
}

/// Returns the pointer of a pattern.
fn pointer_of(document: &Value, pattern: &str) -> Option<String> {
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

/// Returns the coverage of `pattern`; [`not_enforced`] refines it.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    if !context.is_schema() || key != "pattern" {
        return None;
    }
    Some(match &schema["pattern"] {
        _ if schema["type"] == "string" && schema["format"].as_str().is_some_and(has_own_type) => {
            Err("not enforced beside this `format`")
        }
        Value::String(_) => Ok(Context::Supported),
        _ => Err("not enforced: not a regular expression"),
    })
}

/// Returns why the pattern of a schema is not enforced, if it is not.
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
    use crate::{
        model::Checked,
        pipeline::tests::{lower, problems},
    };

    fn document(schemas: &Value) -> Value {
        json!({"openapi": "3.0.3", "components": {"schemas": schemas}})
    }

    #[test]
    fn replaces_linear_patterns_and_removes_others() {
        let lowered = lower(&document(&json!({
            "Good": {"type": "string", "pattern": "^a{2}$"}, "Bad": {"type": "string", "pattern": "(?i)a"},
            "Ahead": {"type": "string", "pattern": "(?=a)"}, "Odd": {"type": "string", "pattern": 1},
        })));
        let schemas = &lowered.document["components"]["schemas"];
        for name in ["Bad", "Ahead", "Odd"] {
            assert!(schemas[name].get("pattern").is_none(), "{name}");
        }
        let both = format!("(?={0})(?={0})", schemas["Good"]["pattern"].as_str().unwrap());
        let found: Vec<_> = lowered.patterns.of_placeholders(&both).into_iter().map(|(text, _)| text).collect();
        assert_eq!(found, ["^a{2}$", "^a{2}$"]);
    }

    #[test]
    fn enums_keep_matching_values_if_there_are_any() {
        let lowered = lower(&document(&json!({
            "Some": {"type": "string", "pattern": "^[a-z]$", "enum": ["a", "B", "c"]},
            "None": {"type": "string", "pattern": "^(a+)+$", "enum": ["a".repeat(10_000) + "!"]},
        })));
        let values = |name: &str| match lowered.model.checked.get(name) {
            Some(Checked::Enum(found)) => found.values.iter().map(|one| one.value.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(values("Some"), [json!("a"), json!("c")]);
        assert_eq!(values("None").len(), 1);
    }

    #[test]
    fn rejects_the_pattern_that_exceeds_the_total_weight() {
        let schemas: Map<String, Value> = (0..60)
            .map(|at| (format!("S{at:02}"), json!({"type": "string", "pattern": format!("^a{{{}}}$", 90_000 + at)})))
            .collect();
        let found = problems(&document(&Value::Object(schemas)));
        assert_eq!(found[0].pointer.as_deref(), Some("/components/schemas/S55/pattern"));
    }
}
