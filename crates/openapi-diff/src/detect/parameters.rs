//! Changes of parameters, matched by `name` and `in`. Parameters of a path belong to each of its operations.

use std::collections::{HashMap, hash_map::Entry};

use openapi::pointer;
use serde_json::{Map, Value};

use super::{
    context::Context,
    indexed::Indexed,
    lifecycle::{is_before_sunset, sunset},
    matching::Candidates,
    media_types::{media_type, schema_under},
    pair::Pair,
    types::Owner,
};
use crate::{
    at::{At, values},
    change_kind::ChangeKind,
    variance::{Directions, NO_DIRECTION, REQUEST},
};

/// The `name` and the `in` of a parameter.
type Identity = (String, String);

/// The parameters of an operation, with those of its path.
#[derive(Default)]
struct Parameters<'d> {
    all: Vec<(Identity, At<'d>)>,
    /// Their positions.
    index: HashMap<Identity, usize>,
    /// Items that are not parameters.
    malformed: Vec<At<'d>>,
}

impl<'d> Parameters<'d> {
    fn new(document: &Indexed<'d>, item: &At<'d>, operation: &At<'d>) -> Self {
        let mut found = Self::default();
        let variables = variables(&item.pointer);
        for at in [operation, item].into_iter().flat_map(|owner| owner.list("parameters")) {
            let parameter = document.resolved(&at);
            let (Some(name), Some(location)) = (parameter.text("name"), parameter.text("in")) else {
                found.malformed.push(at);
                continue;
            };
            // a path variable is identified by its position, and names of headers are case-insensitive
            let name = match location {
                "path" => variables.get(name).map_or_else(|| name.to_owned(), |at| format!("{{{at}}}")),
                "header" => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            let identity = (name, location.to_owned());
            if let Entry::Vacant(entry) = found.index.entry(identity.clone()) {
                entry.insert(found.all.len());
                found.all.push((identity, parameter));
            }
        }
        found
    }

    fn get(&self, identity: &Identity) -> Option<&At<'d>> {
        self.index.get(identity).and_then(|at| self.all.get(*at)).map(|(_, at)| at)
    }
}

/// The variables of the path at a pointer, each with its first position.
fn variables(at: &str) -> HashMap<String, usize> {
    let path = pointer::segments(at).last().unwrap_or_default();
    let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned());
    let mut found = HashMap::new();
    names.enumerate().for_each(|(at, name)| {
        found.entry(name).or_insert(at);
    });
    found
}

/// Compares the parameters of two operations.
pub(super) fn compare<'d>(context: &mut Context<'d>, items: &Pair<'d>, operation: &Pair<'d>, directions: Directions) {
    let from = Parameters::new(&context.base, &items.base, &operation.base);
    let to = Parameters::new(&context.revision, &items.revision, &operation.revision);
    let mut removed = Vec::new();
    for (identity, one) in &from.all {
        match to.get(identity) {
            Some(other) => parameter(context, &Pair::new(one.clone(), other.clone()), directions),
            None => removed.push((identity, one)),
        }
    }
    let mut added = Candidates::new(to.all.iter().filter(|(identity, _)| from.get(identity).is_none()));
    let named = |identity: &Identity, at: &At<'d>| (identity.0.to_ascii_lowercase(), without(at, "in"));
    let located = |identity: &Identity, at: &At<'d>| (identity.1.clone(), without(at, "name"));
    let mut by_name = added.index_by(|(identity, at)| Some(named(identity, at)));
    let mut by_location = added.index_by(|(identity, at)| Some(located(identity, at)));
    for (identity, one) in removed {
        let name = one.text("name").unwrap_or_default();
        let has_schema = one.present("schema").is_some();
        let differs = |other: &At<'d>, key: &str| has_schema && other.value.get(key) != one.value.get(key);
        let moved = added.take_if(&mut by_name, &named(identity, one), |(_, other)| differs(other, "in"));
        let mut renamed =
            || added.take_if(&mut by_location, &located(identity, one), |(_, other)| differs(other, "name"));
        if let Some((_, other)) = moved {
            let is_required = other.is_true("required");
            let kind = if is_required { ChangeKind::RequiredParameterMoved } else { ChangeKind::ParameterMoved };
            context.record_named(kind, directions, one.get("in").as_ref(), other.get("in").as_ref(), name);
        } else if let Some((_, other)) = renamed() {
            let is_required = other.is_true("required");
            let kind = if is_required { ChangeKind::RequiredParameterRenamed } else { ChangeKind::ParameterRenamed };
            context.record_named(kind, directions, one.get("name").as_ref(), other.get("name").as_ref(), name);
        } else {
            let is_early = one.is_true("deprecated") && is_before_sunset(one, &context.today);
            let kind = if is_early { ChangeKind::ParameterRemovedBeforeSunset } else { ChangeKind::ParameterRemoved };
            context.record_named(kind, directions, Some(one), None, name);
        }
    }
    for (identity, other) in added.left() {
        let is_required = other.is_true("required") || identity.1 == "path";
        let kind = if is_required { ChangeKind::RequiredParameterAdded } else { ChangeKind::ParameterAdded };
        context.record_named(kind, directions, None, Some(other), other.text("name").unwrap_or_default());
    }
    let (old, new) = (values(&from.malformed), values(&to.malformed));
    for one in from.malformed.iter().filter(|one| !new.contains(one.value)) {
        context.malformed(Some(one), None, directions);
    }
    for other in to.malformed.iter().filter(|other| !old.contains(other.value)) {
        context.malformed(None, Some(other), directions);
    }
}

/// A parameter without one key.
fn without(at: &At<'_>, key: &str) -> Map<String, Value> {
    let members = at.value.as_object().into_iter().flatten();
    members.filter(|(name, _)| *name != key).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Compares two Parameter Objects of the same identity.
pub(super) fn parameter<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    if pair.is_unchanged() {
        return;
    }
    let location = pair.base.text("in");
    context.documentation(pair, &["description", "example", "examples"]);
    if location != Some("path") {
        context.flag((ChangeKind::ParameterRequired, ChangeKind::ParameterNotRequired), "required", pair, directions);
    }
    let kinds = (ChangeKind::ParameterDeprecated, ChangeKind::ParameterNotDeprecated);
    context.flag(kinds, "deprecated", pair, NO_DIRECTION);
    sunset(context, pair, REQUEST);
    for key in ["name", "in"] {
        let is_identity = location == Some("path") || location == Some("header") && key == "name";
        if !is_identity && pair.base.value.get(key) != pair.revision.value.get(key) {
            let (one, other) = pair.get(key);
            context.record(ChangeKind::ParameterChanged, directions, one.as_ref(), other.as_ref());
        }
    }
    serialization(context, pair, directions);
    let kinds = (ChangeKind::AllowReservedSet, ChangeKind::AllowReservedUnset);
    context.flag(kinds, "allowReserved", pair, directions);
    let kinds = (ChangeKind::EmptyValueAllowed, ChangeKind::EmptyValueRefused);
    context.flag(kinds, "allowEmptyValue", pair, directions);
    value(context, pair, directions, Owner::Parameter);
    let compared = [
        "name",
        "in",
        "description",
        "example",
        "examples",
        "required",
        "deprecated",
        "x-sunset",
        "style",
        "explode",
        "allowReserved",
        "allowEmptyValue",
        "schema",
        "content",
        "$ref",
    ];
    context.other_keys(pair, &compared, directions);
}

/// Compares `style` and `explode` of parameters or headers, or their defaults.
pub(super) fn serialization<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let style = |at: &At<'d>| {
        let default = if matches!(at.text("in"), Some("query" | "cookie")) { "form" } else { "simple" };
        at.text("style").unwrap_or(default)
    };
    let explode = |at: &At<'d>| at.get("explode").map_or(style(at) == "form", |_| at.is_true("explode"));
    let (key, kind) = if style(&pair.base) != style(&pair.revision) {
        ("style", ChangeKind::StyleChanged)
    } else if explode(&pair.base) == explode(&pair.revision) {
        return;
    } else if is_primitive(&context.base, &pair.base) && is_primitive(&context.revision, &pair.revision) {
        ("explode", ChangeKind::ExplodeRestated)
    } else {
        ("explode", ChangeKind::ExplodeChanged)
    };
    let (one, other) = pair.get(key);
    context.record(kind, directions, one.as_ref(), other.as_ref());
}

/// Whether a parameter is a single value, for which `explode` makes no difference.
fn is_primitive<'d>(document: &Indexed<'d>, parameter: &At<'d>) -> bool {
    let schema = parameter.get("schema").map(|at| document.view(&at).at);
    schema.is_some_and(|at| matches!(at.text("type"), Some("string" | "integer" | "number" | "boolean")))
}

/// Compares the schemas or the content of parameters or headers.
pub(super) fn value<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) {
    schema_under(context, pair, "schema", directions, owner);
    let content = pair.member("content");
    for name in content.keys() {
        match content.get(name) {
            (Some(one), Some(other)) => media_type(context, &Pair::new(one, other), directions),
            (one, other) => {
                let kind = ChangeKind::ParameterContentChanged;
                context.record_named(kind, directions, one.as_ref(), other.as_ref(), name);
            }
        }
    }
}
