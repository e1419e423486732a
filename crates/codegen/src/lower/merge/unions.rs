//! Merges keywords beside a union: into its variants, if they are no objects.

use openapi::queries::referenced;
use serde_json::{Map, Value};

use super::{
    keywords::{Loss, annotate, bare},
    merging::{Merging, Whole},
    parts::{Part, Source, accepts_null, parts_of},
};
use crate::annotation::is_annotation;

/// Keywords of objects. Objects with such keywords beside a union become a union of objects in a later pass.
const OF_OBJECTS: &[&str] = &["properties", "required", "additionalProperties", "minProperties", "maxProperties"];

/// Removes one of two unions of a schema: typify supports one.
pub(super) fn keep_one(merging: &mut Merging<'_>, schema: &mut Map<String, Value>, at: &str) {
    let list = |schema: &Map<String, Value>, keyword: &str| {
        schema.get(keyword).and_then(Value::as_array).filter(|list| !list.is_empty()).cloned()
    };
    let (Some(one_of), Some(any_of)) = (list(schema, "oneOf"), list(schema, "anyOf")) else { return };
    let only_requires = |list: &[Value]| {
        list.iter().all(|variant| variant.as_object().is_some_and(|map| map.keys().all(|key| key == "required")))
    };
    let dropped = if only_requires(&one_of) { "oneOf" } else { "anyOf" };
    let Some(value) = schema.remove(dropped) else { return };
    let known: Vec<Value> = any_of.iter().map(bare).collect();
    let is_implied = dropped == "anyOf" && one_of.iter().all(|variant| known.contains(&bare(variant)));
    if !is_implied {
        merging.list(&Source::inline(at), dropped, &value, Loss::Inexpressible);
    }
}

/// Makes a union nullable if a variant accepts null: a variant in it is a type of values other than null.
pub(super) fn accept_null(merging: &mut Merging<'_>, schema: &mut Map<String, Value>, at: &str) {
    let is_typed = schema.contains_key("type") || schema.contains_key("enum") || schema.contains_key("allOf");
    for keyword in ["oneOf", "anyOf"] {
        let variants = schema.get_mut(keyword).and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
        let mut is_nullable = false;
        let mut kept = Vec::new();
        for (index, mut variant) in variants.into_iter().enumerate() {
            // an untyped variant accepts every value
            let has_type = variant.as_object().is_some_and(|map| !map.keys().all(|keyword| is_annotation(keyword)));
            if has_type && accepts_null(&variant, merging.lowering.schemas()) {
                is_nullable = true;
                let was_nullable = variant.as_object_mut().and_then(|map| map.remove("nullable")).is_some();
                if was_nullable && !is_typed {
                    let variant = merging.lowering.moved.original(&format!("{at}/{keyword}/{index}"));
                    merging.lowering.merged.nullable.insert(variant);
                }
            }
            kept.push(variant);
        }
        if let Some(variants) = schema.get_mut(keyword) {
            *variants = kept.into();
        }
        if is_nullable && !is_typed {
            schema.insert("nullable".to_owned(), true.into());
        }
    }
}

impl Merging<'_> {
    /// Merges the keywords beside a union.
    pub(super) fn merge_union(
        &mut self,
        entries: &[(Value, Source)],
        whole: &Whole<'_>,
        constrained: &[Part],
    ) -> Option<Value> {
        let at = constrained.iter().position(|part| part.union().is_some())?;
        let union = &constrained[at];
        let keyword = union.union()?;
        let mut own = union.clone();
        own.schema.remove(keyword);
        let mut beside: Vec<Part> =
            constrained.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, part)| part.clone()).collect();
        beside.push(own);
        beside.retain(|part| part.constraints().next().is_some());
        if beside.iter().any(|part| OF_OBJECTS.iter().any(|keyword| part.has(keyword))) {
            return None;
        }
        let variants = union.schema.get(keyword).and_then(Value::as_array).cloned().unwrap_or_default();
        let merged = self.merge_variants(&variants, union, &beside, whole.at);
        let kept = match merged {
            Some(kept) if !kept.is_empty() => kept,
            _ => {
                let loss = if merged.is_some() { Loss::Contradiction } else { Loss::Inexpressible };
                for part in &beside {
                    for (keyword, value) in part.constraints().filter(|(keyword, _)| *keyword != "type") {
                        self.list(&part.source, keyword, value, loss);
                    }
                }
                variants.clone()
            }
        };
        if kept == variants
            && let Some(name) = &union.source.reference
        {
            return self.reference(entries, whole, name, None);
        }
        let mut schema = match <[Value; 1]>::try_from(kept) {
            Ok([variant]) if referenced(&variant, "schemas").is_some() => {
                Map::from_iter([("allOf".to_owned(), Value::Array(vec![variant]))])
            }
            Ok([variant]) => variant.as_object().cloned().unwrap_or_default(),
            Err(kept) => {
                let mut schema = Map::from_iter([(keyword.to_owned(), Value::Array(kept))]);
                schema.extend(union.schema.get("discriminator").map(|one| ("discriminator".to_owned(), one.clone())));
                schema
            }
        };
        self.annotate(whole, &mut schema, true);
        Some(Value::Object(schema))
    }

    /// Merges parts into each variant, without those that contradict the parts. `None` if a variant cannot be merged.
    fn merge_variants(&mut self, variants: &[Value], union: &Part, beside: &[Part], at: &str) -> Option<Vec<Value>> {
        let mut kept = Vec::new();
        for (index, variant) in variants.iter().enumerate() {
            let source = union.source.below(format!("{}/{}/{index}", union.source.at, union.union()?));
            let original = self.lowering.moved.original(&source.at);
            let mut parts = parts_of(&[(variant.clone(), source)], self.lowering.schemas())?;
            parts.retain(|part| part.constraints().next().is_some());
            if parts.iter().any(|part| part.union().is_some()) {
                return None;
            }
            let was_trial = std::mem::replace(&mut self.is_trial, true);
            let alone = self.combine(&parts, at);
            parts.extend(beside.iter().cloned());
            let merged = self.combine(&parts, at);
            self.is_trial = was_trial;
            let lost: Vec<_> = merged.losses.iter().map(|(_, _, loss)| *loss).collect();
            if lost.contains(&Loss::Contradiction) {
                continue;
            }
            if lost.contains(&Loss::Inexpressible) {
                return None;
            }
            let is_changed = merged.schema != alone.schema;
            if !self.is_trial {
                let at = format!("{at}/{}/{}", union.union()?, kept.len());
                self.lowering.merged.composed.extend(is_changed.then(|| at.clone()));
                self.lowering.moved.insert(at, original);
            }
            if !is_changed {
                kept.push(variant.clone());
                continue;
            }
            let mut schema = merged.schema;
            if let Some(variant) = variant.as_object() {
                let annotations = variant.iter().filter(|(keyword, _)| is_annotation(keyword));
                annotate(&mut schema, &annotations.map(|(key, value)| (key.clone(), value.clone())).collect());
            }
            kept.push(Value::Object(schema));
        }
        Some(kept)
    }
}
