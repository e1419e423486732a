//! Unions of enums as one enum: `oneOf` of constants with titles, and enums beside a blank one or null.

use std::collections::{BTreeMap, BTreeSet};

use openapi::queries::{is_true, referenced, text};
use serde_json::{Map, Value};

use super::listed::{Listed, NAMES};
use crate::model::EnumKind;

/// Maximum depth of unions inside unions.
const DEEPEST: usize = 16;

/// Keywords that annotate a variant of a merged union: the enum shows `title` and `description` at its values.
const ANNOTATIONS: [&str; 8] =
    ["title", "description", "example", "examples", "externalDocs", "nullable", "type", NAMES];

/// The component schemas that are enums, by name.
#[derive(Default)]
pub(super) struct Enums(BTreeMap<String, Option<Listed>>);

/// What remains of a union of enums.
pub(super) enum Merged {
    /// One enum.
    Enum(Listed),
    /// The only variant beside null, and whether null is accepted.
    Single(Value, bool),
}

impl Enums {
    /// Finds the components that are enums, or unions of enums.
    pub(super) fn of(schemas: &Map<String, Value>) -> Self {
        let mut enums = Self::default();
        for name in schemas.keys() {
            enums.component(name, schemas, DEEPEST);
        }
        enums
    }

    fn component(&mut self, name: &str, schemas: &Map<String, Value>, left: usize) -> Option<&Listed> {
        if !self.0.contains_key(name) {
            // a cycle is no enum
            self.0.insert(name.to_owned(), None);
            let found =
                schemas.get(name).and_then(Value::as_object).and_then(|schema| self.enum_of(schema, schemas, left));
            self.0.insert(name.to_owned(), found);
        }
        self.0.get(name)?.as_ref()
    }

    fn enum_of(&mut self, schema: &Map<String, Value>, schemas: &Map<String, Value>, left: usize) -> Option<Listed> {
        if schema.contains_key("enum") {
            return own(schema);
        }
        let (keyword, variants) = union_of(schema)?;
        for target in variants.iter().filter_map(target) {
            self.component(target, schemas, left.checked_sub(1)?);
        }
        match self.merged(keyword, variants)? {
            Merged::Enum(listed) => Some(Listed {
                nullable: listed.nullable || schema.get("nullable") == Some(&Value::Bool(true)),
                ..listed
            }),
            Merged::Single(..) => None,
        }
    }

    /// Merges the variants of a schema that is a union of enums and nothing else.
    pub(super) fn of_union(&self, schema: &Map<String, Value>) -> Option<(&'static str, Merged)> {
        let (keyword, variants) = union_of(schema)?;
        Some((keyword, self.merged(keyword, variants)?))
    }

    fn merged(&self, keyword: &str, variants: &[Value]) -> Option<Merged> {
        let mut all = Map::new();
        let (mut values, mut names, mut nullable) = (Vec::new(), BTreeMap::new(), false);
        let mut kinds = BTreeSet::new();
        let mut rest = Vec::new();
        for variant in variants {
            let listed = match target(variant) {
                Some(target) => self.0.get(target)?.clone()?,
                None => own(variant.as_object()?)?,
            };
            nullable |= listed.nullable || is_true(variant, "nullable") || listed.is_null();
            if listed.is_null() {
                continue;
            }
            rest.push(variant);
            kinds.insert(listed.kind);
            for value in listed.values {
                // a value of two variants is no value of `oneOf`
                if all.insert(value.to_string(), Value::Null).is_some() {
                    if keyword == "oneOf" {
                        return None;
                    }
                    continue;
                }
                values.push(value);
            }
            names.extend(listed.names);
        }
        if let ([single], Some(_)) = (rest.as_slice(), rest.first().and_then(|variant| target(variant))) {
            return Some(Merged::Single((*single).clone(), nullable));
        }
        if values.is_empty() {
            return Some(Merged::Enum(Listed::null()));
        }
        let mut schema = Map::new();
        schema.insert("enum".to_owned(), Value::Array(values));
        // an integer among numbers is a number
        if kinds.contains(&EnumKind::Number) && kinds.iter().all(|kind| kind.is_numeric()) {
            schema.insert("type".to_owned(), "number".into());
        }
        let listed = Listed::of(&schema).ok()?;
        Some(Merged::Enum(Listed { nullable, names, ..listed }))
    }
}

/// Returns the enum of a schema without other constraints. The title of a single value is its name.
fn own(schema: &Map<String, Value>) -> Option<Listed> {
    let is_annotation = |keyword: &str| ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-");
    if !schema.keys().all(|keyword| keyword == "enum" || is_annotation(keyword)) {
        return None;
    }
    let mut listed = Listed::of(schema).ok().filter(|listed| listed.left_out.is_none())?;
    let schema = Value::Object(schema.clone());
    if let [value] = listed.values.as_slice() {
        let title = Some(text(&schema, "title").trim()).filter(|title| crate::naming::has_words(title));
        let given = listed.names.entry(value.to_string()).or_default();
        if given.0.is_empty() {
            given.0 = title.unwrap_or_default().to_owned();
        }
        if given.1.is_empty() {
            given.1 = text(&schema, "description").trim().to_owned();
        }
    }
    Some(listed)
}

/// Returns the variants of a schema that is a union with annotations and nothing else.
fn union_of(schema: &Map<String, Value>) -> Option<(&'static str, &[Value])> {
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| schema.contains_key(*keyword))?;
    const BESIDE: [&str; 4] = ["default", "deprecated", "readOnly", "writeOnly"];
    let is_annotation = |key: &str| {
        key == keyword || ANNOTATIONS.contains(&key) && key != "type" || BESIDE.contains(&key) || key.starts_with("x-")
    };
    let variants = schema.get(keyword)?.as_array()?.as_slice();
    (schema.keys().all(|key| is_annotation(key)) && !variants.is_empty()).then_some((keyword, variants))
}

/// Returns the component that a variant references, directly or in an `allOf` of one part.
fn target(variant: &Value) -> Option<&str> {
    let part =
        variant.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() == 1).and_then(|parts| parts.first());
    referenced(variant, "schemas").or_else(|| referenced(part?, "schemas"))
}
