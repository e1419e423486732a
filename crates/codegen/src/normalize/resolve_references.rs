//! Inlines references to parameters, request bodies, responses, headers and path items.

use openapi::{
    Code, Problem,
    kind::{Kind, push, reference},
    limits::{MOST_REFERENCES, MOST_RESOLVED_VALUES},
    references::{Resolver, Target, merge_siblings},
    size,
};
use serde_json::Value;

use super::Normalizing;

/// The bytes of strings that count as one more value.
const BYTES_PER_VALUE: usize = 256;

/// Inlines all references but those to schemas, which become types.
pub(super) fn run(normalizing: &mut Normalizing) {
    let Some(mut paths) = normalizing.document.get_mut("paths").map(Value::take) else { return };
    // a copy of the paths stays in the document only if a reference may target it
    if targets_outside_components(&paths)
        || normalizing.document.get("components").is_some_and(targets_outside_components)
    {
        normalizing.document["paths"] = paths.clone();
    }
    let mut resolving =
        Resolving { resolver: Resolver::new(&normalizing.document), values: 0, depth: 0, problems: Vec::new() };
    resolving.resolve(&mut paths, Kind::Root.of_key("paths"), &mut "/paths".to_owned());
    let mut problems = resolving.problems;
    normalizing.problems.append(&mut problems);
    normalizing.document["paths"] = paths;
    if normalizing.problems.is_empty() && size(&normalizing.document) > MOST_RESOLVED_VALUES {
        let what = format!("this document has more than {MOST_RESOLVED_VALUES} values, the limit for one client");
        normalizing.problems.push(
            Problem::new(what, "generate a part of it with `--tag`, `--path` or `--operation`")
                .of(Code::Limit)
                .pointing_to(""),
        );
    }
}

/// Whether a reference targets a value outside of components. False positives only cost time.
fn targets_outside_components(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, value)| match value {
            Value::String(target) => key == "$ref" && !target.starts_with("#/components/"),
            value => targets_outside_components(value),
        }),
        Value::Array(items) => items.iter().any(targets_outside_components),
        _ => false,
    }
}

struct Resolving<'d> {
    resolver: Resolver<'d>,
    values: usize,
    depth: usize,
    problems: Vec<Problem>,
}

impl Resolving<'_> {
    fn resolve(&mut self, value: &mut Value, kind: Kind, at: &mut String) {
        if kind == Kind::Data || kind.is_schema() || self.values > MOST_RESOLVED_VALUES {
            return;
        }
        if let Some(target) = reference(value, kind).map(str::to_owned) {
            self.follow(value, kind, &target, at);
            return;
        }
        let length = at.len();
        match value {
            Value::Object(map) => {
                for (key, child) in map.iter_mut() {
                    push(at, key);
                    self.resolve(child, kind.of_key(key), at);
                    at.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter_mut().enumerate() {
                    push(at, &index.to_string());
                    self.resolve(child, kind.of_item(), at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn follow(&mut self, value: &mut Value, kind: Kind, target: &str, at: &mut String) {
        let mut refuse = |code: Code, what: String, fix: &str| {
            self.problems.push(Problem::new(what, fix).of(code).pointing_to(at.as_str()));
        };
        let Some(Target { value: found, .. }) = self.resolver.resolve(target) else {
            let what = format!("reference `{target}` has no target in this document");
            refuse(Code::Unresolved, what, "correct the reference");
            return;
        };
        if self.depth == MOST_REFERENCES {
            refuse(
                Code::Unresolved,
                format!("reference `{target}` forms a cycle, or a chain of more than {MOST_REFERENCES} references"),
                "remove a reference of the cycle, or shorten the chain",
            );
            return;
        }
        self.values += size(found) + string_bytes(found) / BYTES_PER_VALUE;
        if self.values > MOST_RESOLVED_VALUES {
            refuse(
                Code::Limit,
                format!(
                    "with reference `{target}`, inlined references exceed the limit of {MOST_RESOLVED_VALUES} \
                     values"
                ),
                "reference smaller components, or reference them less often",
            );
            return;
        }
        let beside = value.as_object_mut().map(std::mem::take).unwrap_or_default();
        let mut found = found.clone();
        if let Err(twice) = merge_siblings(&mut found, beside, kind) {
            refuse(
                Code::Invalid,
                format!("`{twice}` is defined beside the reference `{target}` and in its target"),
                "remove one of the two",
            );
        }
        *value = found;
        self.depth += 1;
        self.resolve(value, kind, at);
        self.depth -= 1;
    }
}

/// Returns the bytes of all strings in a value.
fn string_bytes(value: &Value) -> usize {
    match value {
        Value::Object(map) => map.values().map(string_bytes).sum(),
        Value::Array(items) => items.iter().map(string_bytes).sum(),
        Value::String(text) => text.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    fn resolved(document: Value) -> Normalizing {
        let mut normalizing = Normalizing::of(document);
        run(&mut normalizing);
        normalizing
    }

    #[test]
    fn long_strings_count_towards_the_limit() {
        let refused = |length: usize, count: usize| {
            let operation = json!({"parameters": [{"$ref": "#/components/parameters/P"}], "responses": {}});
            let paths: Map<String, Value> =
                (0..count).map(|at| (format!("/p{at}"), json!({"get": operation}))).collect();
            let parameter = json!({"name": "q", "in": "query", "schema": {}, "description": "d".repeat(length)});
            let document = json!({"openapi": "3.0.3", "paths": paths, "components": {"parameters": {"P": parameter}}});
            let mut normalizing = crate::normalize::Normalizing::of(document);
            super::run(&mut normalizing);
            normalizing.problems.first().and_then(|problem| problem.pointer.clone())
        };
        assert_eq!(refused(50_000, 100), None);
        assert!(refused(500_000, 1_000).is_some_and(|at| at.ends_with("/get/parameters/0")));
    }

    #[test]
    fn inlines_references() {
        let normalizing = resolved(json!({
            "paths": {"/a": {"$ref": "#/components/pathItems/A", "put": {"summary": "own"}}},
            "components": {
                "pathItems": {"A": {"get": {"parameters": [{"$ref": "#/components/parameters/p%20q",
                    "description": "mine"}]}}},
                "parameters": {"p q": {"name": "p", "description": "shared",
                    "schema": {"$ref": "#/components/schemas/S"}}}},
        }));
        assert_eq!(normalizing.problems, []);
        assert_eq!(
            normalizing.document["paths"],
            json!({"/a": {"put": {"summary": "own"}, "get": {"parameters": [
                {"name": "p", "description": "mine", "schema": {"$ref": "#/components/schemas/S"}}]}}})
        );
    }

    #[test]
    fn reference_cycles_and_too_many_values_are_errors() {
        for (section, use_it) in [
            ("parameters", json!({"parameters": [{"$ref": "#/components/parameters/A"}]})),
            ("responses", json!({"responses": {"200": {"$ref": "#/components/responses/A"}}})),
            ("headers", json!({"responses": {"200": {"headers": {"h": {"$ref": "#/components/headers/A"}}}}})),
        ] {
            let cycle = json!({"A": {"$ref": format!("#/components/{section}/B")},
                "B": {"$ref": format!("#/components/{section}/A")}});
            let normalizing = resolved(json!({"paths": {"/a": {"get": use_it}}, "components": {section: cycle}}));
            assert!(normalizing.problems[0].what.contains("cycle"), "{section}: {:?}", normalizing.problems);
        }
        let large = json!({"description": "r", "headers": (0..1_000).map(|at| (format!("h{at}"),
            json!({}))).collect::<Map<_, _>>()});
        let paths: Map<String, Value> = (0..1_100)
            .map(|at| (format!("/{at}"), json!({"get": {"responses": {"200": {"$ref": "#/components/responses/R"}}}})))
            .collect();
        let normalizing = resolved(json!({"paths": paths, "components": {"responses": {"R": large}}}));
        assert!(normalizing.problems[0].what.contains("1000000 values"), "{:?}", normalizing.problems);
        assert_eq!(normalizing.problems.len(), 1);
    }

    #[test]
    fn conflicting_operations_beside_a_reference_are_errors() {
        let normalizing =
            resolved(json!({"paths": {"/a": {"$ref": "#/components/pathItems/A", "get": {"summary": "own"}}},
            "components": {"pathItems": {"A": {"get": {"summary": "other"}}}}}));
        assert_eq!(
            normalizing.problems[0].what,
            "`get` is defined beside the reference `#/components/pathItems/A` and in its target"
        );
        assert_eq!(normalizing.problems[0].pointer.as_deref(), Some("/paths/~1a"));
    }
}
