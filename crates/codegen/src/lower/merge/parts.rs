//! The parts of a composition: its subschemas and those of the components that it references, without `allOf`.

use std::collections::{BTreeSet, HashMap};

use openapi::{lenient::lenient_type, pointer::join, queries::referenced};
use serde_json::{Map, Value};

use crate::{annotation::is_annotation, lower::implied_type};

/// The limit of nested compositions, above that of any known document. Deeper ones are rejected elsewhere.
const DEEPEST: usize = 100;

/// The limit of parts of one composition. Compositions with more are rejected elsewhere.
const MOST_PARTS: usize = 20_000;

/// Where a schema is.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Pointer of the schema.
    pub(super) at: String,
    /// The component that contains it, if the composition references that component.
    pub(super) component: Option<String>,
    /// Pointer of the subschema of the composition that contains or references it.
    pub(super) through: String,
    /// The component by whose reference it is a part of the composition.
    pub(super) reference: Option<String>,
}

impl Source {
    /// Returns the source of a schema that is written in the composition.
    pub(super) fn inline(at: &str) -> Self {
        Self { at: at.to_owned(), component: None, through: at.to_owned(), reference: None }
    }

    /// Returns the source of a schema within this one, such as a property.
    pub(super) fn below(&self, at: String) -> Self {
        Self { reference: None, ..self.part(at) }
    }

    /// Returns the source of a subschema of this one, which applies to the same values.
    fn part(&self, at: String) -> Self {
        let through = if self.component.is_some() { self.through.clone() } else { at.clone() };
        Self { at, component: self.component.clone(), through, reference: self.reference.clone() }
    }

    fn target(&self, name: &str) -> Self {
        let reference = self.reference.clone().unwrap_or_else(|| name.to_owned());
        let at = join("/components/schemas", name);
        Self { at, component: Some(name.to_owned()), through: self.through.clone(), reference: Some(reference) }
    }
}

/// A schema of a composition, without its own `allOf`.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) schema: Map<String, Value>,
    pub(super) source: Source,
}

impl Part {
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.schema.contains_key(keyword)
    }

    /// Returns the keywords that restrict values, and their values.
    pub(super) fn constraints(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.schema.iter().filter(|(keyword, _)| !is_annotation(keyword))
    }

    /// Returns the type that the schema names.
    pub(super) fn explicit_type(&self) -> Option<&str> {
        let ty = self.schema.get("type")?.as_str()?;
        Some(lenient_type(ty).unwrap_or(ty))
    }

    /// Returns the type that the schema names, or that its keywords imply.
    pub(super) fn ty(&self) -> Option<&str> {
        self.explicit_type().or_else(|| implied_type(&self.schema))
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    }

    pub(super) fn required(&self) -> impl Iterator<Item = &str> {
        self.schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// Returns the keyword of the union that the schema has.
    pub(super) fn union(&self) -> Option<&'static str> {
        ["oneOf", "anyOf"].into_iter().find(|keyword| self.has(keyword))
    }
}

/// Collects the parts of schemas that all apply to a value. `None` if one of them is composed of itself, is no object,
/// or has too many parts: such compositions are reported elsewhere.
pub(super) fn parts_of(entries: &[(Value, Source)], schemas: &Map<String, Value>) -> Option<Vec<Part>> {
    let mut flattening = Flattening { schemas, active: Vec::new(), seen: BTreeSet::new(), found: Vec::new() };
    for (schema, source) in entries {
        flattening.add(schema, source, 0)?;
    }
    Some(flattening.found)
}

struct Flattening<'s> {
    schemas: &'s Map<String, Value>,
    active: Vec<String>,
    seen: BTreeSet<String>,
    found: Vec<Part>,
}

impl Flattening<'_> {
    fn add(&mut self, schema: &Value, source: &Source, depth: usize) -> Option<()> {
        if *schema == Value::Bool(true) {
            return Some(());
        }
        let map = schema.as_object().filter(|_| depth <= DEEPEST && self.found.len() <= MOST_PARTS)?;
        if map.contains_key("$ref") {
            let name = referenced(schema, "schemas")?;
            if self.active.iter().any(|active| active == name) {
                return None;
            }
            let target = self.schemas.get(name)?;
            if self.seen.insert(name.to_owned()) {
                self.active.push(name.to_owned());
                self.add(target, &source.target(name), depth + 1)?;
                self.active.pop();
            }
            return Some(());
        }
        for (index, part) in map.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.add(part, &source.part(format!("{}/allOf/{index}", source.at)), depth + 1)?;
        }
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let own = map.iter().filter(|(keyword, value)| match keyword.as_str() {
            "allOf" => false,
            "oneOf" | "anyOf" => !is_empty(value),
            // `required: true` is of older drafts
            "required" => value.is_array() && !is_empty(value),
            _ => true,
        });
        let schema: Map<_, _> = own.map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
        // a component of any value is still a type
        if !schema.is_empty() || source.reference.is_some() {
            self.found.push(Part { schema, source: source.clone() });
        }
        Some(())
    }
}

/// Whether a schema accepts null. Authors write `nullable` beside a reference too, where OpenAPI 3.0 ignores it.
pub(super) fn accepts_null(schema: &Value, schemas: &Map<String, Value>) -> bool {
    Nulls { schemas, known: HashMap::new() }.accepts(schema, 0)
}

struct Nulls<'d> {
    schemas: &'d Map<String, Value>,
    /// Results by component, without which a chain of components that each reference the next one twice takes
    /// exponential time. A component that is composed of itself does not accept null.
    known: HashMap<&'d str, bool>,
}

impl<'d> Nulls<'d> {
    fn accepts(&mut self, schema: &'d Value, depth: usize) -> bool {
        let Some(map) = schema.as_object().filter(|_| depth <= DEEPEST) else { return *schema == Value::Bool(true) };
        if let Some(name) = referenced(schema, "schemas") {
            if let Some(known) = self.known.get(name) {
                return *known;
            }
            self.known.insert(name, false);
            let is_accepted = self.schemas.get(name).is_some_and(|target| self.accepts(target, depth + 1));
            self.known.insert(name, is_accepted);
            return is_accepted;
        }
        let list = |keyword: &str| map.get(keyword).and_then(Value::as_array).filter(|list| !list.is_empty());
        if map.get("nullable") == Some(&Value::Bool(true)) {
            return true;
        }
        !map.contains_key("type")
            && list("enum").is_none_or(|values| values.contains(&Value::Null))
            && list("allOf").is_none_or(|parts| parts.iter().all(|one| self.accepts(one, depth + 1)))
            && ["oneOf", "anyOf"]
                .iter()
                .all(|union| list(union).is_none_or(|list| list.iter().any(|one| self.accepts(one, depth + 1))))
    }
}
