//! Merges objects: properties that several parts define, items, and values of maps.

use std::collections::BTreeSet;

use openapi::{
    pointer::join,
    queries::{is_true, referenced},
};
use serde_json::{Map, Value, json};

use super::{
    keywords::{Loss, bare},
    merging::{Combined, Definitions, MOST_DEFINITIONS, Merge, Merging},
    parts::{Part, Source, accepts_null},
};
use crate::annotation::is_annotation;

impl Merging<'_> {
    pub(super) fn combine_items(&mut self, parts: &[(usize, Part)], combined: &mut Combined, at: &str) {
        let definitions: Vec<_> = parts
            .iter()
            .filter_map(|(_, part)| {
                Some((part.schema.get("items")?.clone(), part.source.below(format!("{}/items", part.source.at))))
            })
            .collect();
        if let Some(items) = self.all(definitions, &join(at, "items")) {
            combined.schema.insert("items".to_owned(), items);
        }
    }

    pub(super) fn combine_properties(&mut self, parts: &[(usize, Part)], combined: &mut Combined, at: &str) {
        let mut definitions = Definitions::new();
        for (_, part) in parts {
            for (name, property) in part.properties() {
                let source = part.source.below(join(&format!("{}/properties", part.source.at), name));
                definitions.entry(name.clone()).or_default().push((property.clone(), source));
            }
        }
        let has_properties = parts.iter().any(|(_, part)| part.has("properties"));
        let (mut values, mut is_closed, mut is_open) = (Vec::new(), false, false);
        for (index, part) in parts {
            let Some(additional) = part.schema.get("additionalProperties") else { continue };
            let is_own = |name: &String| part.properties().any(|(own, _)| own == name);
            match additional {
                Value::Bool(true) => is_open = true,
                Value::Bool(false) if definitions.keys().all(is_own) => is_closed = true,
                Value::Bool(false) => {
                    combined.losses.push((*index, "additionalProperties".to_owned(), Loss::Inexpressible));
                }
                schema => {
                    let source = part.source.below(format!("{}/additionalProperties", part.source.at));
                    for (_, definitions) in definitions.iter_mut().filter(|(name, _)| !is_own(name)) {
                        definitions.push((schema.clone(), source.clone()));
                    }
                    values.push((schema.clone(), source));
                }
            }
        }
        let properties: Map<_, _> = definitions
            .into_iter()
            .filter_map(|(name, definitions)| {
                let property = self.all(definitions, &join(&format!("{at}/properties"), &name))?;
                Some((name, property))
            })
            .collect();
        if has_properties {
            combined.schema.insert("properties".to_owned(), properties.into());
        }
        let additional = self.all(values, &join(at, "additionalProperties"));
        let additional = if is_closed { Some(false.into()) } else { additional.or(is_open.then(|| true.into())) };
        combined.schema.extend(additional.map(|additional| ("additionalProperties".to_owned(), additional)));
    }

    /// Merges the definitions of one property, of items or of values. `at` is their pointer in the merged schema.
    fn all(&mut self, definitions: Vec<(Value, Source)>, at: &str) -> Option<Value> {
        let is_single = definitions.len() == 1;
        let own = definitions.iter().any(|(_, source)| source.at == at);
        let last = definitions.last().map(|(_, source)| source.at.clone());
        let mut definitions = definitions.into_iter();
        let first = definitions.next()?;
        let (merged, _) = definitions.fold(first, |known, next| {
            let source = next.1.clone();
            (self.both(known, next, at), source)
        });
        if let Some(last) = last.filter(|_| !own && !self.is_trial) {
            let original = self.lowering.moved.original(&last);
            self.lowering.moved.insert(at.to_owned(), original);
        }
        if !is_single && !self.is_trial {
            self.lowering.merged.composed.insert(at.to_owned());
        }
        Some(merged)
    }

    /// Merges two definitions. Of two that cannot be merged, the later one stays, which usually narrows the other.
    fn both(&mut self, one: (Value, Source), other: (Value, Source), at: &str) -> Value {
        self.list_excluded_null([&one, &other]);
        let bares = [bare(&one.0), bare(&other.0)];
        let chosen = if bares[0] == bares[1] || self.is_within(&bares[1], &bares[0]) {
            Some(bares[1].clone())
        } else if self.is_within(&bares[0], &bares[1]) {
            Some(bares[0].clone())
        } else {
            None
        };
        if let Some(chosen) = chosen {
            return self.annotated(chosen, &one.0, &other.0);
        }
        self.definitions += 1;
        if self.definitions > MOST_DEFINITIONS {
            self.list(&one.1, "allOf", &one.0, Loss::Limit);
            return other.0;
        }
        let entries = [one, other].map(|(schema, source)| (self.named(schema, &source, false), source));
        let bares = [bare(&entries[0].0), bare(&entries[1].0)];
        let merged = self.merge(&entries, at);
        let [one, other] = entries;
        match merged {
            Merge::To(merged) => merged,
            Merge::Composition => self.annotated(json!({"allOf": bares}), &one.0, &other.0),
            Merge::Recursion => {
                self.list(&one.1, "allOf", &one.0, Loss::Recursion);
                other.0
            }
        }
    }

    /// Lists `nullable` of a definition if the other one excludes null.
    fn list_excluded_null(&mut self, definitions: [&(Value, Source); 2]) {
        let schemas = self.lowering.schemas();
        if definitions.iter().all(|(schema, _)| accepts_null(schema, schemas)) {
            return;
        }
        for (schema, source) in definitions.into_iter().filter(|(schema, _)| is_true(schema, "nullable")) {
            self.list(source, "nullable", &schema["nullable"], Loss::Null);
        }
    }

    /// Adds the annotations of two definitions, those of the second one first.
    fn annotated(&mut self, schema: Value, one: &Value, other: &Value) -> Value {
        let mut annotations = Map::new();
        for from in [other, one].into_iter().filter_map(Value::as_object) {
            for (keyword, value) in from.iter().filter(|(key, _)| is_annotation(key) && *key != "nullable") {
                if !annotations.contains_key(keyword) {
                    annotations.insert(keyword.clone(), value.clone());
                }
            }
        }
        let schemas = self.lowering.schemas();
        if [one, other].iter().all(|schema| accepts_null(schema, schemas)) {
            annotations.insert("nullable".to_owned(), true.into());
        }
        if annotations.is_empty() {
            return schema;
        }
        let mut annotated = match schema {
            reference if reference.get("$ref").is_some() => Map::from_iter([("allOf".to_owned(), json!([reference]))]),
            Value::Object(map) => map,
            other => return other,
        };
        annotated.extend(annotations);
        Value::Object(annotated)
    }

    /// Whether all values of a component are values of another one: it extends it, or is a variant of it.
    fn is_within(&mut self, inner: &Value, outer: &Value) -> bool {
        let (Some(inner), Some(outer)) = (referenced(inner, "schemas"), referenced(outer, "schemas")) else {
            return false;
        };
        let schemas = self.lowering.schemas();
        let variants = |schema: &Value| {
            let lists = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array());
            lists.flatten().filter_map(|one| referenced(one, "schemas").map(str::to_owned)).collect::<Vec<_>>()
        };
        let mut wide: BTreeSet<String> = BTreeSet::from([outer.to_owned()]);
        wide.extend(schemas.get(outer).map(variants).into_iter().flatten());
        let (mut seen, mut open) = (BTreeSet::new(), vec![inner]);
        while let Some(name) = open.pop() {
            if wide.contains(name) {
                return true;
            }
            let bases = schemas.get(name).and_then(|schema| schema.get("allOf")?.as_array()).into_iter().flatten();
            open.extend(bases.filter_map(|base| referenced(base, "schemas")).filter(|base| seen.insert(*base)));
        }
        false
    }
}
