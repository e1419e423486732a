//! Merges the parts of one composition.

use std::collections::{BTreeMap, BTreeSet};

use openapi::queries::{referenced, schema_reference};
use serde_json::{Map, Value, json};

use super::{
    collisions,
    keywords::{Loss, add, add_bounds, annotate, is_bound, keep_satisfying},
    parts::{Part, Source, accepts_null, parts_of},
    types::{combined_type, common},
};
use crate::{annotation::is_annotation, lower::Lowering, normalize::applies_to};

/// The limit of definitions to merge for one composition: above that of any known document.
pub(crate) const MOST_DEFINITIONS: usize = 2_000;

/// The state of merging.
pub(super) struct Merging<'l> {
    pub(super) lowering: &'l mut Lowering,
    /// Components whose compositions are merged, or that are `open`.
    pub(super) done: BTreeSet<String>,
    /// Components that are being merged.
    pub(super) open: BTreeSet<String>,
    /// The schemas that are being merged, by identity: a merge that requires itself is not made.
    active: Vec<BTreeSet<String>>,
    /// The number of definitions merged for the current composition.
    pub(super) definitions: usize,
    /// Whether the result is only compared, so that nothing is listed.
    pub(super) is_trial: bool,
    pub(super) losses: BTreeSet<(String, String, String)>,
}

/// The result of a merge.
pub(super) enum Merge {
    To(Value),
    /// The schemas stay a composition, which typify merges.
    Composition,
    /// The merge requires itself.
    Recursion,
}

/// A combined schema.
pub(super) struct Combined {
    pub(super) schema: Map<String, Value>,
    /// Keywords of the parts that it does not have.
    pub(super) losses: Vec<(usize, String, Loss)>,
}

impl<'l> Merging<'l> {
    pub(super) fn new(lowering: &'l mut Lowering) -> Self {
        Self {
            lowering,
            done: BTreeSet::new(),
            open: BTreeSet::new(),
            active: Vec::new(),
            definitions: 0,
            is_trial: false,
            losses: BTreeSet::new(),
        }
    }

    /// Merges a schema with an `allOf`. `None` if it stays a composition.
    pub(super) fn merge_all(&mut self, schema: &Value, at: &str) -> Option<Value> {
        self.definitions = 0;
        match self.merge(&[(schema.clone(), Source::inline(at))], at) {
            Merge::To(merged) => Some(merged),
            Merge::Composition | Merge::Recursion => None,
        }
    }

    /// Merges schemas that all apply to a value.
    pub(super) fn merge(&mut self, entries: &[(Value, Source)], at: &str) -> Merge {
        let identity: BTreeSet<_> = entries
            .iter()
            .map(|(schema, source)| referenced(schema, "schemas").map_or_else(|| source.at.clone(), str::to_owned))
            .collect();
        if self.active.contains(&identity) {
            return Merge::Recursion;
        }
        let Some(parts) = parts_of(entries, self.lowering.schemas()) else { return Merge::Composition };
        self.active.push(identity);
        let merged = self.merge_parts(entries, &parts, at);
        self.active.pop();
        merged.map_or(Merge::Composition, Merge::To)
    }

    fn merge_parts(&mut self, entries: &[(Value, Source)], parts: &[Part], at: &str) -> Option<Value> {
        let schemas = self.lowering.schemas();
        let is_nullable = entries.iter().all(|(schema, _)| accepts_null(schema, schemas));
        let constrained: Vec<Part> = parts.iter().filter(|part| part.constraints().next().is_some()).cloned().collect();
        let references: BTreeSet<_> = constrained.iter().map(|part| &part.source.reference).collect();
        let whole = Whole { at, is_nullable, parts };
        let first = constrained.first().or_else(|| parts.iter().find(|part| part.source.reference.is_some()));
        if references.len() <= 1
            && let Some(name) = first.and_then(|part| part.source.reference.clone())
        {
            return self.reference(entries, &whole, &name, None);
        }
        match constrained.iter().filter(|part| part.union().is_some()).count() {
            0 => {}
            1 => return self.merge_union(entries, &whole, &constrained),
            _ => return None,
        }
        let is_object = collisions::is_object(&constrained);
        if is_object && !collisions::collide(&constrained) {
            // typify merges such objects
            let name = collisions::only_base(&constrained)?;
            return self.reference(entries, &whole, &name, None);
        }
        let mut constrained = constrained;
        if is_object {
            self.name_types(&mut constrained);
        }
        let combined = self.combine(&constrained, at);
        for (part, keyword, loss) in &combined.losses {
            let part = &constrained[*part];
            let value = part.schema.get(keyword).cloned().unwrap_or_default();
            self.list(&part.source, keyword, &value, *loss);
        }
        if let Some(name) = self.equal_reference(&constrained, &combined.schema, at) {
            return self.reference(entries, &whole, &name, Some(&combined.schema));
        }
        let mut schema = combined.schema;
        self.record_parts(&whole, &schema);
        self.annotate(&whole, &mut schema, !is_object);
        Some(Value::Object(schema))
    }

    /// Returns the component that is equal to the combined schema, so that the reference to it can stay.
    fn equal_reference(&mut self, parts: &[Part], combined: &Map<String, Value>, at: &str) -> Option<String> {
        let names: Vec<&String> = parts.iter().filter_map(|part| part.source.reference.as_ref()).collect();
        let mut tried = BTreeSet::new();
        names
            .into_iter()
            .filter(|name| tried.insert(*name))
            .find(|name| {
                let alone: Vec<_> =
                    parts.iter().filter(|part| part.source.reference.as_ref() == Some(name)).cloned().collect();
                let was_trial = std::mem::replace(&mut self.is_trial, true);
                let alone = self.combine(&alone, at);
                self.is_trial = was_trial;
                alone.schema == *combined
            })
            .cloned()
    }

    /// Returns a reference to a component with the annotations of the composition, unless the composition is that.
    pub(super) fn reference(
        &mut self,
        entries: &[(Value, Source)],
        whole: &Whole<'_>,
        name: &str,
        effective: Option<&Map<String, Value>>,
    ) -> Option<Value> {
        let mut schema = Map::from_iter([("allOf".to_owned(), json!([schema_reference(name)]))]);
        let effective = effective.cloned().unwrap_or_else(|| {
            let own = self.lowering.schemas().get(name).and_then(Value::as_object).cloned();
            own.unwrap_or_default()
        });
        // a component of any value accepts null by itself
        let is_any = effective.keys().all(|keyword| is_annotation(keyword));
        self.annotate(whole, &mut schema, false);
        if is_any {
            schema.remove("nullable");
        }
        let schema = Value::Object(schema);
        if let [(entry, _)] = entries
            && *entry == schema
        {
            return None;
        }
        self.record_parts(whole, &effective);
        Some(schema)
    }

    /// Records the schema that the composition and the parts in it were merged to.
    pub(super) fn record_parts(&mut self, whole: &Whole<'_>, schema: &Map<String, Value>) {
        let inline = whole.parts.iter().filter(|part| part.source.component.is_none());
        let pointers: Vec<_> = inline.map(|part| part.source.at.clone()).chain([whole.at.to_owned()]).collect();
        pointers.iter().for_each(|at| self.record(at, schema));
    }

    /// Combines the constraints of parts.
    pub(super) fn combine(&mut self, parts: &[Part], at: &str) -> Combined {
        let (ty, is_explicit) = combined_type(parts);
        let mut combined = Combined { schema: Map::new(), losses: Vec::new() };
        if let Some(ty) = ty.as_ref().filter(|_| is_explicit) {
            combined.schema.insert("type".to_owned(), ty.as_str().into());
        }
        let mut compatible = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let contradicts =
                part.explicit_type().zip(ty.as_deref()).is_some_and(|(one, ty)| common(one, ty).is_none());
            if contradicts {
                let all = part.constraints().map(|(keyword, _)| (index, keyword.clone(), Loss::Contradiction));
                combined.losses.extend(all);
                continue;
            }
            let mut applicable = part.clone();
            applicable.schema.retain(|keyword, _| {
                let types = applies_to(keyword).unwrap_or_default();
                let applies = types.is_empty() || ty.as_deref().is_none_or(|ty| types.contains(&ty));
                if !applies {
                    combined.losses.push((index, keyword.clone(), Loss::OtherType));
                }
                applies
            });
            let losses = add_bounds(&mut combined.schema, &applicable.schema);
            combined.losses.extend(losses.into_iter().map(|(keyword, loss)| (index, keyword.to_owned(), loss)));
            for (keyword, value) in applicable.constraints() {
                let is_structure = matches!(keyword.as_str(), "type" | "properties" | "items" | "additionalProperties");
                if is_structure || is_bound(keyword) {
                    continue;
                }
                if let Err(loss) = add(&mut combined.schema, keyword, value) {
                    combined.losses.push((index, keyword.clone(), loss));
                }
            }
            compatible.push((index, applicable));
        }
        keep_satisfying(&mut combined.schema);
        self.combine_items(&compatible, &mut combined, at);
        self.combine_properties(&compatible, &mut combined, at);
        combined
    }
}

/// A composition.
pub(super) struct Whole<'w> {
    pub(super) at: &'w str,
    pub(super) is_nullable: bool,
    /// All its parts.
    pub(super) parts: &'w [Part],
}

impl Merging<'_> {
    /// Adds the annotations of a composition to the schema that it is merged to: those of the subschemas in it, its own
    /// first, and if `with_references` those of the components that it references.
    pub(super) fn annotate(&mut self, whole: &Whole<'_>, schema: &mut Map<String, Value>, with_references: bool) {
        let (inline, referenced): (Vec<_>, Vec<_>) =
            whole.parts.iter().partition(|part| part.source.component.is_none());
        let (own, inner): (Vec<_>, Vec<_>) = inline.into_iter().partition(|part| part.source.at == whole.at);
        for part in own.into_iter().chain(inner) {
            if part.schema.get("nullable") == Some(&Value::Bool(true)) && !whole.is_nullable {
                self.list(&part.source, "nullable", &Value::Bool(true), Loss::Null);
            }
            for keyword in annotate(schema, &part.schema) {
                self.list(&part.source, &keyword, &part.schema[&keyword], Loss::Annotation);
            }
        }
        if with_references {
            let mut inherited = Map::new();
            // the outermost component is the last part that it is flattened to
            referenced.into_iter().rev().for_each(|part| drop(annotate(&mut inherited, &part.schema)));
            let kept = ["description", "default", "deprecated", "readOnly", "writeOnly"];
            inherited.retain(|keyword, _| kept.contains(&keyword.as_str()) && !schema.contains_key(keyword));
            schema.extend(inherited);
        }
        // without a type every value is accepted
        if whole.is_nullable && !schema.keys().all(|keyword| is_annotation(keyword)) {
            schema.insert("nullable".to_owned(), true.into());
        }
    }
}

/// The definitions of a property in several parts, each with its source.
pub(super) type Definitions = BTreeMap<String, Vec<(Value, Source)>>;
