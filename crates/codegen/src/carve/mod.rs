//! Carving: generates a document without the parts that cannot be generated. The smallest part around a problem accepts
//! any value, or, if that does not help, its operation is left out.

mod attempt;
mod parts;

use std::collections::BTreeSet;

use openapi::{Code, Method, Problem, canonical, operations, references::Resolver};
use serde_json::{Map, Value};

use attempt::{Attempts, run};
use parts::{Part, around, is_carvable, schemas_within};

use crate::{
    carved::{Carved, Effect, apply, can_be_carved},
    generated::Generated,
    settings::Settings,
};

pub(crate) use attempt::MOST_WORK;

/// The limit of attempts to generate the whole document. Each finds the problems of one phase.
pub(crate) const MOST_ATTEMPTS: usize = 20;

/// A client without more than this part of the operations is of little use.
const MOST_LEFT_OUT: usize = 10;

/// Generates the client of a document without the parts that cannot be generated.
///
/// # Errors
/// Returns the problems of the document if it is invalid, exceeds a limit, or if too many operations would be left out.
pub(crate) fn generate(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    generate_within(document, settings, MOST_ATTEMPTS)
}

fn generate_within(document: &Value, settings: &Settings, most: usize) -> Result<Generated, Vec<Problem>> {
    let original = canonical(document);
    let mut carving = Carving::new(original.clone(), settings);
    let mut attempt = 0;
    loop {
        attempt += 1;
        match run(&carving.document, settings) {
            Ok(mut generated) => {
                let mut carved = carving.carved;
                carved.sort_by(|a, b| (&a.pointer, a.effect).cmp(&(&b.pointer, b.effect)));
                // a part within another that was carved later
                let all: Vec<String> = carved.iter().map(|one| one.pointer.clone()).collect();
                carved.retain(|one| !all.iter().any(|other| is_below(&one.pointer, other)));
                generated.unrepresented.extend(carved.iter().flat_map(|one| one.unsupported(&original)));
                generated.carved = carved;
                return Ok(generated);
            }
            Err(problems) if attempt == most => return Err(problems),
            Err(problems) => carving.carve(problems)?,
        }
    }
}

fn is_below(at: &str, outer: &str) -> bool {
    at.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}

/// Returns the number of operations, also in path items that are references.
fn count(document: &Value) -> usize {
    let resolver = Resolver::new(document);
    let items = document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    let methods = |item| {
        let keys = resolver.value(item).as_object().into_iter().flat_map(Map::keys);
        keys.filter(|key| Method::of_key(key).is_some()).count()
    };
    items.map(methods).sum()
}

struct Carving<'s> {
    document: Value,
    /// The number of operations of the whole document.
    total: usize,
    attempts: Attempts<'s>,
    carved: Vec<Carved>,
}

impl<'s> Carving<'s> {
    fn new(document: Value, settings: &'s Settings) -> Self {
        let total = count(&document);
        Self { document, total, attempts: Attempts::new(settings, MOST_WORK), carved: Vec::new() }
    }

    /// Carves at least one part of the document.
    ///
    /// # Errors
    /// Returns the problems if the document cannot be generated without some parts.
    fn carve(&mut self, problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
        if !problems.iter().all(can_be_carved) {
            return Err(problems);
        }
        let mut found: Vec<(Part, &Problem)> = Vec::new();
        for problem in &problems {
            let parts = self.parts_of(problem).into_iter();
            found.extend(parts.map(|part| (part, problem)));
        }
        // problems without a location may follow from those with one
        if found.is_empty()
            && let Some(problem) = problems.first()
        {
            found.extend(self.search().into_iter().map(|part| (part, problem)));
        }
        if found.is_empty() {
            return Err(problems);
        }
        for (Part { pointer, effect }, problem) in found {
            apply(&mut self.document, &pointer, effect);
            self.carved.push(Carved { pointer, effect, problem: problem.clone() });
        }
        let left_out = self.total.saturating_sub(count(&self.document));
        if left_out * MOST_LEFT_OUT > self.total {
            let total = self.total;
            let what =
                format!("{left_out} of {total} operations cannot be generated, the limit is one in {MOST_LEFT_OUT}");
            let fix = "correct these operations, or generate the others with `--tag`, `--path` or `--operation`";
            let left_out = self.carved.iter().filter(|carved| carved.effect == Effect::LeftOut);
            let each = left_out.map(|carved| carved.problem.clone().pointing_to(&carved.pointer));
            let all = Problem::new(what, fix).of(Code::Unsupported).pointing_to("/paths");
            return Err(std::iter::once(all).chain(each).collect());
        }
        Ok(())
    }

    /// Returns the smallest parts that have a problem; none if it has no location.
    fn parts_of(&mut self, problem: &Problem) -> Vec<Part> {
        let Some(pointer) = problem.pointer.as_deref() else { return Vec::new() };
        let parts = around(&self.document, pointer);
        let Some(innermost) = parts.into_iter().rev().find(|part| is_carvable(&self.document, part)) else {
            return Vec::new();
        };
        // a problem of a whole schema or operation may be one of a schema in it
        let is_whole = innermost.pointer == pointer && problem.code != Code::Unresolved;
        if is_whole { self.attempts.smallest(&self.document, &innermost) } else { vec![innermost] }
    }

    /// Returns the parts of a problem without a location.
    fn search(&mut self) -> Vec<Part> {
        let part = |pointer: String, effect: Effect| Part { pointer, effect };
        let components = self.document.pointer("/components/schemas").and_then(Value::as_object);
        let names = components.into_iter().flat_map(Map::keys);
        let at = |name: &String| openapi::pointer::join("/components/schemas", name);
        let components: Vec<Part> = names.map(|name| part(at(name), Effect::AnyValue)).collect();
        let operations: Vec<Part> =
            operations(&self.document).into_iter().map(|one| part(one.pointer, Effect::LeftOut)).collect();
        let schemas = operations.iter().flat_map(|operation| schemas_within(&self.document, operation));
        let schemas: Vec<Part> = components.into_iter().chain(schemas).collect();
        let found = [schemas, operations].iter().find_map(|parts| {
            let found: BTreeSet<Part> = self.attempts.necessary(&self.document, parts)?;
            Some(found).filter(|found| !found.is_empty())
        });
        let found = found.into_iter().flatten();
        found.flat_map(|part| self.attempts.smallest(&self.document, &part)).collect()
    }
}

#[cfg(test)]
mod tests;
