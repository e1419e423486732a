//! What is read-only goes from all that requests reach, what is write-only from all that responses reach. A component
//! that both reach and that is not the same for both becomes two: the response's keeps the name.

mod narrow;

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Operation, Problem, operations,
    pointer::{self, join},
    queries::{is_true, schema_names},
};
use serde_json::Value;

use narrow::{KEYWORDS, MOST_COPIES, Narrowing, Removed, View, Views, Way, add_words, is_within};

use super::{Lowering, component_names::follow};
use crate::{
    coverage::{Fate, Place},
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
    let (mut asked, mut answered) = (Vec::new(), Vec::new());
    for (at, way) in &parts {
        let Some(part) = lowering.document.pointer_mut(at) else { continue };
        each_outermost(part, at, &mut |schema, at| narrowing.narrow(schema, Some(*way), at));
        let removed = std::mem::take(&mut narrowing.removed);
        lowering.unrepresented.extend(removed.iter().map(|removed| removed.listed(*way, &lowering.plain)));
        let reached = if *way == Way::Request { &mut asked } else { &mut answered };
        reached.extend(schema_names(part).into_iter().map(str::to_owned));
    }
    let requests = narrowing.views(asked, Way::Request, &lowering.model.origins);
    let responses = narrowing.views(answered, Way::Response, &lowering.model.origins);
    for (name, schema) in &schemas {
        if !requests.contains_key(name) && !responses.contains_key(name) {
            let mut whole = schema.clone();
            narrowing.narrow(&mut whole, None, "");
            lowering.schemas().insert(name.clone(), whole);
        }
    }
    let copied = std::mem::take(&mut narrowing.copied);
    if copied.len() == MOST_COPIES {
        let what = format!("{MOST_COPIES} compositions say that a property of a part is read-only or write-only");
        let fix = "say `readOnly` and `writeOnly` where the property is";
        lowering.problems.push(Problem::new(what, fix).pointing_to("/components/schemas"));
    }
    for (at, base) in copied {
        let stood = lowering.model.origins.get(&base).map(|origin| lowering.moved.original(origin)).unwrap_or_default();
        lowering.moved.insert(at, stood);
    }
    for (views, others, way) in [(&requests, &responses, Way::Request), (&responses, &requests, Way::Response)] {
        let lost = views.iter().flat_map(|(name, view)| view.lost(others.get(name)));
        lowering.unrepresented.extend(lost.map(|removed| removed.listed(way, &lowering.plain)));
    }
    let renamed = split(lowering, &requests, &responses);
    for (name, View { schema: mut view, .. }) in requests {
        follow(&mut view, &renamed);
        if let (Some(_), Value::Object(schema)) = (renamed.get(&name), &mut view) {
            add_words(schema, &format!("`{name}` as requests carry it."));
        }
        let name = renamed.get(&name).unwrap_or(&name).clone();
        lowering.schemas().insert(name, view);
    }
    for (name, view) in responses {
        lowering.schemas().insert(name, view.schema);
    }
    for (at, _) in parts.iter().filter(|(_, way)| *way == Way::Request) {
        if let Some(part) = lowering.document.pointer_mut(at) {
            follow(part, &renamed);
        }
    }
}

impl View {
    /// What was taken out here, and is not in the other way's view either.
    fn lost<'v>(&'v self, other: Option<&'v View>) -> impl Iterator<Item = &'v Removed> {
        self.removed.iter().filter(move |removed| other.is_none_or(|other| other.is_without(removed)))
    }

    fn is_without(&self, one: &Removed) -> bool {
        let holds = |other: &Removed| other.property.is_some() && is_within(&one.at, &join(&other.at, &other.name));
        self.removed.iter().any(|other| other == one || holds(other))
    }
}

impl Removed {
    /// As what generated code does not carry.
    fn listed(&self, way: Way, plain: &Value) -> UnsupportedKeyword {
        let reason = match way {
            Way::Request => "it is read-only, and only requests have this schema",
            Way::Response => "it is write-only, and only responses have this schema",
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

/// Gives those components a second name that are not the same for requests, by themselves or by what they refer to.
fn split(lowering: &mut Lowering, requests: &Views, responses: &Views) -> BTreeMap<String, String> {
    let of_both = requests.iter().filter(|(name, _)| responses.contains_key(*name));
    let mut same: Vec<(&String, Vec<&str>)> = Vec::new();
    let mut differing = BTreeSet::new();
    for (name, view) in of_both {
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

/// Whether one of the keywords is anywhere. It may say so in vain.
fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(map) => KEYWORDS.iter().any(|keyword| is_true(value, keyword)) || map.values().any(mentions),
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
}

/// The parts of operations that hold schemas, by their pointers.
fn parts(document: &Value) -> Vec<(String, Way)> {
    let mut parts = BTreeMap::new();
    for Operation { pointer: at, .. } in operations(document) {
        // the parameters of all operations of a path
        let item = pointer::parent(&at).unwrap_or_default();
        parts.insert(format!("{item}/parameters"), Way::Request);
        parts.insert(format!("{at}/parameters"), Way::Request);
        parts.insert(format!("{at}/requestBody"), Way::Request);
        parts.insert(format!("{at}/responses"), Way::Response);
    }
    parts.into_iter().collect()
}

/// Calls `visit` for the schemas of a part of an operation, which stand under the key `schema`.
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

/// Support for `readOnly` and `writeOnly`.
pub(crate) fn fate(place: Place, key: &str, value: &Value) -> Option<Fate> {
    if !place.is_schema() || !KEYWORDS.contains(&key) {
        return None;
    }
    Some(match place {
        Place::Property if KEYWORDS.iter().all(|keyword| is_true(value, keyword)) => {
            Err("OpenAPI lets a property be one of the two; this one is sent and read")
        }
        Place::Property => Ok(Place::Whole),
        _ if value[key] == false => Ok(Place::Whole),
        _ => Err("counts for properties of this schema, or composed of it; elsewhere OpenAPI gives it no meaning"),
    })
}

#[cfg(test)]
mod tests;
