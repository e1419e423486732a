//! Finds the part of a document on which progenitor fails: its errors have no location.

use std::collections::BTreeSet;

use openapi::{
    Problem,
    queries::{schema_names, schema_reference},
};
use serde_json::{Map, Value, json};

use super::progenitor;
use crate::{
    lower::{Lowered, reachable},
    model::Operation,
    reduce::necessary,
    settings::Settings,
};

/// The limit of schemas and operations to try: an attempt takes time for each of them.
const MOST_WORK: usize = 30_000;

/// Returns a problem for each schema or operation on which progenitor fails; `original` if it cannot be found.
pub(super) fn bisect(original: Problem, lowered: &Lowered, settings: &Settings) -> Vec<Problem> {
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    let empty = Map::new();
    let mut search = Search { lowered, settings, schemas: schemas.unwrap_or(&empty), work: 0 };
    for find in [Search::schemas_alone, Search::schemas_together, Search::operations] {
        let problems = find(&mut search, &original);
        if !problems.is_empty() {
            return problems;
        }
    }
    vec![original]
}

struct Search<'l> {
    lowered: &'l Lowered,
    settings: &'l Settings,
    schemas: &'l Map<String, Value>,
    work: usize,
}

impl<'l> Search<'l> {
    /// Returns the problem of progenitor on some schemas and operations; `None` if it has none, or if the limit is
    /// exceeded.
    fn attempt(&mut self, schemas: Map<String, Value>, operations: &[&Operation]) -> Option<Option<Problem>> {
        self.work += schemas.len() + operations.len();
        if self.work > MOST_WORK {
            return None;
        }
        let mut paths = json!({});
        for operation in operations {
            let (path, method) = (operation.lowered_path.as_str(), operation.method.key());
            let value = self.lowered.document.get("paths").and_then(|paths| paths.get(path)?.get(method)).cloned();
            paths[path][method] = value.unwrap_or_default();
        }
        let document = json!({"openapi": "3.0.3", "info": {"title": "", "version": "0"}, "paths": paths,
            "components": {"schemas": schemas}});
        Some(progenitor::generate(&document, &self.lowered.model, self.settings).err())
    }

    fn at_schema(&self, name: &str, problem: Problem) -> Problem {
        problem.pointing_to(self.lowered.model.origins.get(name).cloned().unwrap_or_default())
    }

    /// Finds the schemas that fail when the schemas that they reference accept any value, and not because of that.
    fn schemas_alone(&mut self, _: &Problem) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, schema) in self.schemas {
            let referenced = schema_names(schema).into_iter().map(|name| (name.to_owned(), json!({})));
            let mut alone: Map<String, Value> = referenced.collect();
            alone.insert(name.clone(), schema.clone());
            match self.attempt(alone, &[]) {
                None => break,
                Some(None) => continue,
                Some(Some(_)) => {}
            }
            let mut names = BTreeSet::from([name.clone()]);
            reachable(&self.lowered.document, schema, &mut names);
            let complete = names.into_iter().filter_map(|name| Some((name.clone(), self.schemas.get(&name)?.clone())));
            if let Some(Some(problem)) = self.attempt(complete.collect(), &[]) {
                problems.push(self.at_schema(name, problem));
            }
        }
        problems
    }

    /// Finds the schemas without which progenitor does not fail.
    fn schemas_together(&mut self, original: &Problem) -> Vec<Problem> {
        let schemas = self.schemas;
        let with_any = |names: &BTreeSet<&String>| {
            let schema = |(name, schema): (&'l String, &Value)| {
                (name.clone(), if names.contains(name) { json!({}) } else { schema.clone() })
            };
            schemas.iter().map(schema).collect::<Map<_, _>>()
        };
        let all: Vec<&String> = schemas.keys().collect();
        let Some(None) = self.attempt(with_any(&all.iter().copied().collect()), &[]) else { return Vec::new() };
        let Some(Some(_)) = self.attempt(with_any(&BTreeSet::new()), &[]) else { return Vec::new() };
        let found = necessary(&all, |names| Some(self.attempt(with_any(names), &[])?.is_none()));
        found.into_iter().flatten().map(|name| self.at_schema(name, original.clone())).collect()
    }

    /// Finds the operations that fail when all schemas accept any value.
    fn operations(&mut self, _: &Problem) -> Vec<Problem> {
        let mut problems = Vec::new();
        for operation in &self.lowered.model.operations {
            let mut names = BTreeSet::new();
            let types = operation.parameter_types.as_ref().map(|name| schema_reference(name));
            reachable(&self.lowered.document, &types.unwrap_or_default(), &mut names);
            let schemas = names.into_iter().map(|name| (name, json!({}))).collect();
            match self.attempt(schemas, &[operation]) {
                None => break,
                Some(None) => {}
                Some(Some(problem)) => problems.push(problem.pointing_to(&operation.pointer)),
            }
        }
        problems
    }
}
