//! Removes read-only properties from schemas of requests, and write-only properties from schemas of responses. A
//! component that differs by that becomes two; the one of responses keeps the name.

mod narrow;

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Code, Operation, Problem, operations,
    pointer::{self, join},
    queries::{is_true, schema_names},
};
use serde_json::Value;

use narrow::{Direction, KEYWORDS, MOST_COPIES, Narrowing, Removed, View, Views, add_note, is_within};

use super::{Lowering, component_names::follow};
use crate::{
    coverage::{Context, Coverage},
    naming,
    unsupported::UnsupportedKeyword,
};

pub(super) fn run(lowering: &mut Lowering) {
    if !mentions(&lowering.document) {
        return;
    }
    let schemas = lowering.schemas().clone();
    let mut narrowing = Narrowing { schemas: &schemas, copied: Vec::new(), removed: Vec::new() };
    let parts = parts(&lowering.document);
    let (mut in_requests, mut in_responses) = (Vec::new(), Vec::new());
    for (at, direction) in &parts {
        let Some(part) = lowering.document.pointer_mut(at) else { continue };
        each_outermost(part, at, &mut |schema, at| narrowing.narrow(schema, Some(*direction), at));
        let removed = std::mem::take(&mut narrowing.removed);
        lowering.unrepresented.extend(removed.iter().map(|removed| removed.listed(*direction, &lowering.plain)));
        let reached = if *direction == Direction::Request { &mut in_requests } else { &mut in_responses };
        reached.extend(schema_names(part).into_iter().map(str::to_owned));
    }
    let requests = narrowing.views(in_requests, Direction::Request, &lowering.model.origins);
    let responses = narrowing.views(in_responses, Direction::Response, &lowering.model.origins);
    for (name, schema) in &schemas {
        if !requests.contains_key(name) && !responses.contains_key(name) {
            let mut unused = schema.clone();
            narrowing.narrow(&mut unused, None, "");
            lowering.schemas().insert(name.clone(), unused);
        }
    }
    let copied = std::mem::take(&mut narrowing.copied);
    if copied.len() == MOST_COPIES {
        let what = format!(
            "{MOST_COPIES} or more compositions make a property of another component `readOnly` or `writeOnly`"
        );
        let fix = "set `readOnly` and `writeOnly` in the component that defines the property";
        lowering.problems.push(Problem::new(what, fix).of(Code::Limit).pointing_to("/components/schemas"));
    }
    for (at, base) in copied {
        let original =
            lowering.model.origins.get(&base).map(|origin| lowering.moved.original(origin)).unwrap_or_default();
        lowering.moved.insert(at, original);
    }
    for (views, others, direction) in
        [(&requests, &responses, Direction::Request), (&responses, &requests, Direction::Response)]
    {
        let lost = views.iter().flat_map(|(name, view)| view.lost(others.get(name)));
        lowering.unrepresented.extend(lost.map(|removed| removed.listed(direction, &lowering.plain)));
    }
    let renamed = split(lowering, &requests, &responses);
    for (name, View { schema: mut view, .. }) in requests {
        follow(&mut view, &renamed);
        if let (Some(_), Value::Object(schema)) = (renamed.get(&name), &mut view) {
            add_note(schema, &format!("`{name}` in requests."));
        }
        let name = renamed.get(&name).unwrap_or(&name).clone();
        lowering.schemas().insert(name, view);
    }
    for (name, view) in responses {
        lowering.schemas().insert(name, view.schema);
    }
    for (at, _) in parts.iter().filter(|(_, direction)| *direction == Direction::Request) {
        if let Some(part) = lowering.document.pointer_mut(at) {
            follow(part, &renamed);
        }
    }
}

impl View {
    /// Returns what was removed here and is not in the view of the other direction either.
    fn lost<'v>(&'v self, other: Option<&'v View>) -> impl Iterator<Item = &'v Removed> {
        self.removed.iter().filter(move |removed| other.is_none_or(|other| other.is_without(removed)))
    }

    fn is_without(&self, one: &Removed) -> bool {
        let holds = |other: &Removed| other.property.is_some() && is_within(&one.at, &join(&other.at, &other.name));
        self.removed.iter().any(|other| other == one || holds(other))
    }
}

impl Removed {
    /// Converts to an unsupported keyword.
    fn listed(&self, direction: Direction, plain: &Value) -> UnsupportedKeyword {
        let reason = match direction {
            Direction::Request => "not generated: it is read-only, and only requests use this schema",
            Direction::Response => "not generated: it is write-only, and only responses use this schema",
        };
        match &self.property {
            Some(property) => {
                let written = plain.pointer(&join(&self.at, &self.name)).unwrap_or(property);
                UnsupportedKeyword::new(&self.at, &self.name, reason, written)
            }
            None => UnsupportedKeyword::new(&self.at, "required", reason, &self.name.as_str().into()),
        }
    }
}

/// Gives a second name to components whose views for requests and responses differ, directly or through references.
fn split(lowering: &mut Lowering, requests: &Views, responses: &Views) -> BTreeMap<String, String> {
    let in_both = requests.iter().filter(|(name, _)| responses.contains_key(*name));
    let mut same: Vec<(&String, Vec<&str>)> = Vec::new();
    let mut differing = BTreeSet::new();
    for (name, view) in in_both {
        if responses.get(name).is_some_and(|other| other.schema == view.schema) {
            same.push((name, schema_names(&view.schema)));
        } else {
            differing.insert(name.clone());
        }
    }
    loop {
        let before = same.len();
        same.retain(|(name, used)| {
            let is_same = !used.iter().any(|used| differing.contains(*used));
            if !is_same {
                differing.insert((*name).clone());
            }
            is_same
        });
        if same.len() == before {
            break;
        }
    }
    let mut renamed = BTreeMap::new();
    for name in differing {
        let view = lowering.free_name(&naming::child(&name, "Request"));
        lowering.schemas().insert(view.clone(), Value::Null);
        let model = &mut lowering.model;
        if let Some(origin) = model.origins.get(&name).cloned() {
            model.origins.insert(view.clone(), origin);
        }
        if model.fallbacks.contains(&name) {
            model.fallbacks.insert(view.clone());
        }
        model.request_views.insert(view.clone(), name.clone());
        renamed.insert(name, view);
    }
    renamed
}

/// Whether one of the keywords occurs anywhere. False positives only cost time.
fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(map) => KEYWORDS.iter().any(|keyword| is_true(value, keyword)) || map.values().any(mentions),
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
}

/// Returns the pointers of the parts of operations that contain schemas.
fn parts(document: &Value) -> Vec<(String, Direction)> {
    let mut parts = BTreeMap::new();
    for Operation { pointer: at, .. } in operations(document) {
        // the parameters that all operations of a path share
        let item = pointer::parent(&at).unwrap_or_default();
        parts.insert(format!("{item}/parameters"), Direction::Request);
        parts.insert(format!("{at}/parameters"), Direction::Request);
        parts.insert(format!("{at}/requestBody"), Direction::Request);
        parts.insert(format!("{at}/responses"), Direction::Response);
    }
    parts.into_iter().collect()
}

/// Calls `visit` for the schemas of a part of an operation, which are under the key `schema`.
fn each_outermost(value: &mut Value, at: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                let at = join(at, key);
                if key == "schema" { visit(child, &at) } else { each_outermost(child, &at, visit) }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                each_outermost(child, &format!("{at}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// Returns the coverage of `readOnly` and `writeOnly`.
pub(crate) fn coverage(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    if !context.is_schema() || !KEYWORDS.contains(&key) {
        return None;
    }
    Some(match context {
        Context::Property if KEYWORDS.iter().all(|keyword| is_true(value, keyword)) => {
            Err("ignored: a property cannot be both read-only and write-only, so it is in requests and responses")
        }
        Context::Property => Ok(Context::Supported),
        _ if value[key] == false => Ok(Context::Supported),
        _ => Err("applies to properties that reference or extend this schema; OpenAPI defines no other meaning"),
    })
}

#[cfg(test)]
mod tests;
