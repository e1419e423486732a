//! How much typify would have to put together for the composed schemas of a document, which it does without a bound.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use openapi::{Problem, queries::referenced};
use serde_json::{Map, Value};

use crate::lower::Lowered;

/// More schemas within one another than any honest document composes.
pub(crate) const DEEPEST: usize = 100;

/// More parts than any honest document has typify merge for one schema: the most known are 210.
pub(crate) const MOST_PARTS: u64 = 20_000;

/// More merges to estimate than any honest document leads to.
const MOST_MERGES: usize = 20_000;

/// All component schemas that are composed of themselves, or of more than can be put together.
pub(crate) fn check(lowered: &Lowered) -> Vec<Problem> {
    let Some(schemas) = lowered.document.pointer("/components/schemas").and_then(Value::as_object) else {
        return Vec::new();
    };
    let problem = |name: &String, what: String, fix: &str| {
        Problem::new(what, fix).pointing_to(lowered.model.origins.get(name).cloned().unwrap_or_default())
    };
    let mut clear = BTreeSet::new();
    let found: Vec<_> = schemas
        .keys()
        .filter_map(|name| Some((name, circle_from(name, schemas, &mut Vec::new(), &mut clear)?)))
        .map(|(name, what)| {
            problem(name, what, "break the circle: let one side hold the properties, and the other refer to it")
        })
        .take(1)
        .collect();
    if !found.is_empty() {
        return found;
    }
    let mut estimate = Estimate { schemas, sizes: HashMap::new(), merged: HashMap::new(), active: HashSet::new() };
    let mut found = Vec::new();
    for (name, schema) in schemas {
        let parts = estimate.all_within(schema, 0);
        if parts > MOST_PARTS {
            let much = if parts == u64::MAX { "no end of parts".to_owned() } else { format!("some {parts} parts") };
            let what = format!("to merge what this schema is composed of would take {much}; {MOST_PARTS} are the most");
            found.push(problem(name, what, "compose it of fewer schemas, or of schemas with fewer variants"));
        }
    }
    found
}

/// The way back to a schema through `allOf`, `oneOf`, `anyOf` and plain references. `clear` are those known to lead
/// nowhere.
fn circle_from(
    name: &str,
    schemas: &Map<String, Value>,
    path: &mut Vec<String>,
    clear: &mut BTreeSet<String>,
) -> Option<String> {
    if let Some(start) = path.iter().position(|known| known == name) {
        let circle: Vec<_> = path[start..].iter().map(String::as_str).chain([name]).collect();
        return Some(match circle.as_slice() {
            [first, second, .., last] if circle.len() > 8 => {
                format!("this schema is composed of itself: {first} → {second} → … → {last}")
            }
            _ => format!("this schema is composed of itself: {}", circle.join(" → ")),
        });
    }
    if path.len() > DEEPEST {
        return Some(format!("this schema is composed of more than {DEEPEST} schemas, one within the other"));
    }
    if clear.contains(name) {
        return None;
    }
    path.push(name.to_owned());
    let mut parts = Vec::new();
    if let Some(schema) = schemas.get(name) {
        composed_of(schema, &mut parts);
    }
    let found = parts.into_iter().find_map(|part| circle_from(part, schemas, path, clear));
    path.pop();
    clear.insert(name.to_owned());
    found
}

fn composed_of<'a>(schema: &'a Value, parts: &mut Vec<&'a str>) {
    parts.extend(referenced(schema, "schemas"));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for branch in branches(schema, keyword) {
            composed_of(branch, parts);
        }
    }
}

fn branches<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How a schema counts once it is merged with others.
#[derive(Clone, Copy)]
struct Size {
    /// Schemas that are merged.
    parts: u64,
    /// Variants that each need a merge of their own.
    variants: u64,
}

struct Estimate<'d> {
    schemas: &'d Map<String, Value>,
    sizes: HashMap<usize, Size>,
    /// What it takes to merge some schemas, by their identities.
    merged: HashMap<Vec<usize>, u64>,
    active: HashSet<Vec<usize>>,
}

/// What several parts say of each property.
type Properties<'d> = BTreeMap<&'d str, Vec<&'d Value>>;

impl<'d> Estimate<'d> {
    /// What it takes for a schema and everything that stands in it.
    fn all_within(&mut self, schema: &'d Value, depth: usize) -> u64 {
        if depth > DEEPEST {
            return u64::MAX;
        }
        let mut parts = if is_merged(schema) { self.merge(&[schema]) } else { 0 };
        let inner = [schema.get("items"), schema.get("additionalProperties")].into_iter().flatten();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::values);
        let composed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| branches(schema, keyword));
        for child in inner.chain(properties).chain(composed) {
            parts = parts.saturating_add(self.all_within(child, depth + 1));
        }
        parts
    }

    /// Follows plain references to what they mean.
    fn meant(&self, mut schema: &'d Value) -> &'d Value {
        for _ in 0..=DEEPEST {
            match referenced(schema, "schemas").and_then(|name| self.schemas.get(name)) {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }

    /// What typify does to merge these schemas, with the properties that several of them have.
    fn merge(&mut self, nodes: &[&'d Value]) -> u64 {
        let nodes: BTreeMap<usize, &Value> =
            nodes.iter().map(|node| self.meant(node)).map(|node| (identity(node), node)).collect();
        let key: Vec<usize> = nodes.keys().copied().collect();
        if let Some(known) = self.merged.get(&key) {
            return *known;
        }
        // to merge these, these have to be merged: it never ends
        if self.merged.len() > MOST_MERGES || self.active.len() > DEEPEST || !self.active.insert(key.clone()) {
            return u64::MAX;
        }
        let (mut parts, mut variants) = (0_u64, 1_u64);
        let mut properties = Properties::new();
        let mut seen = HashSet::new();
        for node in nodes.values() {
            let size = self.size(node, 0);
            parts = parts.saturating_add(size.parts);
            variants = variants.saturating_mul(size.variants);
            self.properties(node, &mut properties, &mut seen, 0);
        }
        for said in properties.into_values() {
            let distinct: BTreeSet<usize> = said.iter().map(|schema| identity(self.meant(schema))).collect();
            // nothing fits two types, and typify goes no further
            let types: BTreeSet<&str> = said.iter().filter_map(|schema| self.ty(schema, 0)).collect();
            if distinct.len() > 1 && types.len() < 2 && !said.iter().all(|schema| *schema == said[0]) {
                parts = parts.saturating_add(self.merge(&said));
            }
        }
        self.active.remove(&key);
        let parts = parts.saturating_mul(variants);
        self.merged.insert(key, parts);
        parts
    }

    /// The type that a schema or one of its parts names.
    fn ty(&self, schema: &'d Value, depth: usize) -> Option<&'d str> {
        let schema = self.meant(schema);
        let own = schema.get("type").and_then(Value::as_str);
        own.or_else(|| branches(schema, "allOf").iter().filter(|_| depth < 8).find_map(|part| self.ty(part, depth + 1)))
    }

    fn size(&mut self, schema: &'d Value, depth: usize) -> Size {
        let schema = self.meant(schema);
        if depth > DEEPEST {
            return Size { parts: u64::MAX, variants: u64::MAX };
        }
        if let Some(known) = self.sizes.get(&identity(schema)) {
            return *known;
        }
        let mut size = Size { parts: 1, variants: 1 };
        for part in branches(schema, "allOf") {
            let part = self.size(part, depth + 1);
            size.parts = size.parts.saturating_add(part.parts);
            size.variants = size.variants.saturating_mul(part.variants);
        }
        for keyword in ["oneOf", "anyOf"] {
            let mut variants = 0_u64;
            for branch in branches(schema, keyword) {
                let branch = self.size(branch, depth + 1);
                size.parts = size.parts.saturating_add(branch.parts);
                variants = variants.saturating_add(branch.variants);
            }
            size.variants = size.variants.saturating_mul(variants.max(1));
        }
        self.sizes.insert(identity(schema), size);
        size
    }

    /// Collects what a schema and its parts say of properties. Variants are not merged with each other.
    fn properties(&self, schema: &'d Value, found: &mut Properties<'d>, seen: &mut HashSet<usize>, depth: usize) {
        let schema = self.meant(schema);
        if depth > DEEPEST || !seen.insert(identity(schema)) {
            return;
        }
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            found.entry(name).or_default().push(property);
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner) = schema.get(keyword).filter(|inner| inner.is_object()) {
                found.entry(keyword).or_default().push(inner);
            }
        }
        for part in branches(schema, "allOf") {
            self.properties(part, found, seen, depth + 1);
        }
    }
}

/// Whether typify merges anything for this schema: a list of variants on its own stays a list of variants.
fn is_merged(schema: &Value) -> bool {
    let lists = ["oneOf", "anyOf"].into_iter().filter(|keyword| !branches(schema, keyword).is_empty()).count();
    !branches(schema, "allOf").is_empty() || lists == 2 || (lists == 1 && schema.get("properties").is_some())
}

/// Schemas are told apart by where they are.
fn identity(schema: &Value) -> usize {
    std::ptr::from_ref(schema).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_schemas_that_are_composed_of_themselves_and_lets_others_recur() {
        let of = |schemas: Value| {
            crate::pipeline::tests::problems(&json!({"openapi": "3.0.3", "components": {"schemas": schemas}}))
        };
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let found = of(json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A")]}}));
        assert_eq!(found[0].what, "this schema is composed of itself: A → B → A");
        assert_eq!(
            of(json!({"A": {"oneOf": [reference("B")]}, "B": {"allOf": [reference("A")]}})),
            [],
            "a base and its variant"
        );
        assert_eq!(of(json!({"A": reference("A")})).len(), 1);
        assert_eq!(
            of(json!({"A": {"properties": {"a": reference("A"), "b": {"type": "array", "items": reference("A")}}}})),
            []
        );
    }

    fn parts(schemas: &Value) -> Vec<String> {
        let found = crate::pipeline::tests::problems(&json!({"openapi": "3.0.3", "components": {"schemas": schemas}}));
        found.into_iter().filter_map(|problem| problem.pointer).collect()
    }

    fn reference(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    #[test]
    fn what_doubles_at_every_level_ends_at_a_limit() {
        let chain = |levels: usize| {
            let mut schemas = Map::from_iter([(format!("S{levels}"), json!({"type": "object"}))]);
            for level in 0..levels {
                let next = reference(&format!("S{}", level + 1));
                let own = json!({"properties": {format!("p{level}"): {"type": "string"}}});
                schemas.insert(format!("S{level}"), json!({"allOf": [next, next, own]}));
            }
            parts(&Value::Object(schemas)).len()
        };
        assert_eq!((chain(5), chain(11)), (0, 0));
        assert!(chain(14) > 0 && chain(60) > 0);
    }

    #[test]
    fn variants_that_multiply_end_at_a_limit() {
        let lists = |count: usize| {
            let one = |at: usize, one: usize| json!({"properties": {format!("p{at}{one}"): {}}});
            let list = |at: usize| json!({"oneOf": (0..4).map(|index| one(at, index)).collect::<Vec<_>>()});
            parts(&json!({"A": {"allOf": (0..count).map(list).collect::<Vec<_>>()}})).len()
        };
        assert_eq!((lists(2), lists(4), lists(10)), (0, 0, 1));
    }

    #[test]
    fn merging_that_leads_to_itself_is_refused_and_recursion_is_not() {
        let of = |one: Value, other: Value| {
            parts(&json!({"P": {"properties": {"x": one}}, "Q": {"properties": {"x": other}},
            "A": {"allOf": [reference("P"), reference("Q")]}}))
        };
        assert_eq!(of(reference("P"), reference("Q")), ["/components/schemas/A"]);
        assert_eq!(of(reference("P"), reference("P")), [""; 0]);
        assert_eq!(of(reference("A"), json!({"type": "string"})), [""; 0], "nothing fits both");
        let narrowed = json!({"Base": {"properties": {"parent": reference("Base")}},
            "Derived": {"allOf": [reference("Base"), {"properties": {"parent": reference("Derived")}}]}});
        assert_eq!(parts(&narrowed), ["/components/schemas/Derived"], "typify never comes back from this");
    }
}
