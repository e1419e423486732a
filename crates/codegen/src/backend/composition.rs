//! Estimates the work of typify to merge composed schemas, which typify does without a limit.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use openapi::{Code, Problem, queries::referenced};
use serde_json::{Map, Value};

use crate::lower::Lowered;

/// The limit of nested compositions, above that of any known document.
pub(crate) const DEEPEST: usize = 100;

/// The limit of subschemas to merge for one schema; the most in a known document are 210.
pub(crate) const MOST_PARTS: u64 = 20_000;

/// The limit of merges to estimate, above that of any known document.
const MOST_MERGES: usize = 20_000;

/// Returns the composition cycles, else all component schemas that exceed the limits.
pub(crate) fn check(lowered: &Lowered) -> Vec<Problem> {
    let Some(schemas) = lowered.document.pointer("/components/schemas").and_then(Value::as_object) else {
        return Vec::new();
    };
    let problem = |name: &String, code: Code, what: String, fix: &str| {
        let at = lowered.model.origins.get(name).cloned().unwrap_or_default();
        Problem::new(what, fix).of(code).pointing_to(at)
    };
    let mut clear = BTreeSet::new();
    let found: Vec<_> = schemas
        .keys()
        .filter_map(|name| Some((name, cycle_from(name, schemas, &mut Vec::new(), &mut clear)?)))
        .map(|(name, (code, what))| {
            problem(
                name,
                code,
                what,
                "move the common properties into a separate schema, and reference that schema from those of the cycle",
            )
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    let mut estimate = Estimate { schemas, sizes: HashMap::new(), merged: HashMap::new(), active: HashSet::new() };
    let mut found = Vec::new();
    for (name, schema) in schemas {
        let parts = estimate.all_within(schema, 0);
        if parts > MOST_PARTS {
            let much = if parts == u64::MAX {
                "an unlimited number of subschemas".to_owned()
            } else {
                format!("about {parts} subschemas")
            };
            let what = format!("the schema requires a merge of {much}, the limit is {MOST_PARTS}");
            let fix = "use fewer subschemas, or subschemas with fewer variants";
            found.push(problem(name, Code::Limit, what, fix));
        }
    }
    found
}

/// Describes a cycle from a schema through `allOf`, `oneOf`, `anyOf` and references, or a chain that is too long.
/// `clear` are the schemas that are known to have neither.
fn cycle_from(
    name: &str,
    schemas: &Map<String, Value>,
    path: &mut Vec<String>,
    clear: &mut BTreeSet<String>,
) -> Option<(Code, String)> {
    if let Some(start) = path.iter().position(|known| known == name) {
        let cycle: Vec<_> = path[start..].iter().map(String::as_str).chain([name]).collect();
        let shown = match cycle.as_slice() {
            [first, second, .., last] if cycle.len() > 8 => format!("{first} → {second} → … → {last}"),
            _ => cycle.join(" → "),
        };
        let what = format!("the schema is composed of itself (`allOf`, `oneOf`, `anyOf`, `$ref`): {shown}");
        return Some((Code::Unsupported, what));
    }
    if path.len() > DEEPEST {
        let what = format!("the schema nests compositions too deeply, the limit is {DEEPEST} levels");
        return Some((Code::Limit, what));
    }
    if clear.contains(name) {
        return None;
    }
    path.push(name.to_owned());
    let mut parts = Vec::new();
    if let Some(schema) = schemas.get(name) {
        composed_of(schema, &mut parts);
    }
    let found = parts.into_iter().find_map(|part| cycle_from(part, schemas, path, clear));
    path.pop();
    clear.insert(name.to_owned());
    found
}

fn composed_of<'a>(schema: &'a Value, parts: &mut Vec<&'a str>) {
    parts.extend(referenced(schema, "schemas"));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for subschema in subschemas(schema, keyword) {
            composed_of(subschema, parts);
        }
    }
}

fn subschemas<'a>(schema: &'a Value, keyword: &str) -> &'a [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The cost of merging a schema with others.
#[derive(Clone, Copy)]
struct Size {
    /// The number of schemas that are merged.
    parts: u64,
    /// The number of variants, each of which requires a merge.
    variants: u64,
}

struct Estimate<'d> {
    schemas: &'d Map<String, Value>,
    sizes: HashMap<usize, Size>,
    /// The cost of merging some schemas, by their identities.
    merged: HashMap<Vec<usize>, u64>,
    active: HashSet<Vec<usize>>,
}

/// The schemas that several parts define for each property.
type Properties<'d> = BTreeMap<&'d str, Vec<&'d Value>>;

impl<'d> Estimate<'d> {
    /// Returns the cost of a schema and everything in it.
    fn all_within(&mut self, schema: &'d Value, depth: usize) -> u64 {
        if depth > DEEPEST {
            return u64::MAX;
        }
        let mut parts = if is_merged(schema) { self.merge(&[schema]) } else { 0 };
        let inner = [schema.get("items"), schema.get("additionalProperties")].into_iter().flatten();
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::values);
        let composed = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|keyword| subschemas(schema, keyword));
        for child in inner.chain(properties).chain(composed) {
            parts = parts.saturating_add(self.all_within(child, depth + 1));
        }
        parts
    }

    /// Resolves references.
    fn meant(&self, mut schema: &'d Value) -> &'d Value {
        for _ in 0..=DEEPEST {
            match referenced(schema, "schemas").and_then(|name| self.schemas.get(name)) {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }

    /// Returns the cost of merging schemas, with the properties that several of them define.
    fn merge(&mut self, nodes: &[&'d Value]) -> u64 {
        let nodes: BTreeMap<usize, &Value> =
            nodes.iter().map(|node| self.meant(node)).map(|node| (identity(node), node)).collect();
        let key: Vec<usize> = nodes.keys().copied().collect();
        if let Some(known) = self.merged.get(&key) {
            return *known;
        }
        // too many merges, or a merge that requires itself
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
        for schemas in properties.into_values() {
            let distinct: BTreeSet<usize> = schemas.iter().map(|schema| identity(self.meant(schema))).collect();
            // typify stops at contradicting types
            let types: BTreeSet<&str> = schemas.iter().filter_map(|schema| self.ty(schema, 0)).collect();
            if distinct.len() > 1 && types.len() < 2 && !schemas.iter().all(|schema| *schema == schemas[0]) {
                parts = parts.saturating_add(self.merge(&schemas));
            }
        }
        self.active.remove(&key);
        let parts = parts.saturating_mul(variants);
        self.merged.insert(key, parts);
        parts
    }

    /// Returns the type of a schema or of its first part with a type.
    fn ty(&self, schema: &'d Value, depth: usize) -> Option<&'d str> {
        let schema = self.meant(schema);
        let own = schema.get("type").and_then(Value::as_str);
        own.or_else(|| {
            subschemas(schema, "allOf").iter().filter(|_| depth < 8).find_map(|part| self.ty(part, depth + 1))
        })
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
        for part in subschemas(schema, "allOf") {
            let part = self.size(part, depth + 1);
            size.parts = size.parts.saturating_add(part.parts);
            size.variants = size.variants.saturating_mul(part.variants);
        }
        for keyword in ["oneOf", "anyOf"] {
            let mut variants = 0_u64;
            for variant in subschemas(schema, keyword) {
                let variant = self.size(variant, depth + 1);
                size.parts = size.parts.saturating_add(variant.parts);
                variants = variants.saturating_add(variant.variants);
            }
            size.variants = size.variants.saturating_mul(variants.max(1));
        }
        self.sizes.insert(identity(schema), size);
        size
    }

    /// Collects the properties of a schema and its parts. Variants are not merged with each other.
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
        for part in subschemas(schema, "allOf") {
            self.properties(part, found, seen, depth + 1);
        }
    }
}

/// Whether typify merges anything for this schema: a plain union is not merged.
fn is_merged(schema: &Value) -> bool {
    let lists = ["oneOf", "anyOf"].into_iter().filter(|keyword| !subschemas(schema, keyword).is_empty()).count();
    !subschemas(schema, "allOf").is_empty() || lists == 2 || (lists == 1 && schema.get("properties").is_some())
}

/// Returns the address of a schema, which identifies it.
fn identity(schema: &Value) -> usize {
    std::ptr::from_ref(schema).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn composition_cycles_are_errors_and_recursion_is_not() {
        let of = |schemas: Value| {
            crate::pipeline::tests::problems(&json!({"openapi": "3.0.3", "components": {"schemas": schemas}}))
        };
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let found = of(json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A")]}}));
        assert_eq!(found[0].what, "the schema is composed of itself (`allOf`, `oneOf`, `anyOf`, `$ref`): A → B → A");
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
    fn exponential_compositions_are_errors() {
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
    fn multiplying_variants_are_errors() {
        let lists = |count: usize| {
            let one = |at: usize, one: usize| json!({"properties": {format!("p{at}{one}"): {}}});
            let list = |at: usize| json!({"oneOf": (0..4).map(|index| one(at, index)).collect::<Vec<_>>()});
            parts(&json!({"A": {"allOf": (0..count).map(list).collect::<Vec<_>>()}})).len()
        };
        assert_eq!((lists(2), lists(4), lists(10)), (0, 0, 1));
    }

    #[test]
    fn recursive_merges_are_errors_and_recursion_is_not() {
        let of = |one: Value, other: Value| {
            parts(&json!({"P": {"properties": {"x": one}}, "Q": {"properties": {"x": other}},
            "A": {"allOf": [reference("P"), reference("Q")]}}))
        };
        assert_eq!(of(reference("P"), reference("Q")), [""; 0], "merged before");
        assert_eq!(of(reference("P"), reference("P")), [""; 0]);
        assert_eq!(of(reference("A"), json!({"type": "string"})), [""; 0], "contradicting types");
        let narrowed = json!({"Base": {"properties": {"parent": reference("Base")}},
            "Derived": {"allOf": [reference("Base"), {"properties": {"parent": reference("Derived")}}]}});
        assert_eq!(parts(&narrowed), [""; 0], "`Derived` extends `Base`");
    }
}
