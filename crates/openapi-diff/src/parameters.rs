//! Edits of parameters, matched by name and place; those of a path belong to each of its operations.

use std::collections::{HashMap, hash_map::Entry};

use serde_json::{Map, Value};

use super::{
    at::{At, resolved},
    documents::nothing,
    fresh::Fresh,
    keywords::set,
    law::Ways,
    operations::Pair,
    schemas::Place,
    walk::{Walk, keys, values},
};

/// The parameters of an operation by their identity.
#[derive(Default)]
pub(super) struct Parameters<'d> {
    /// Name and place, and the parameter behind its reference.
    pub(super) all: Vec<(Identity, At<'d>)>,
    /// Items that are no parameters.
    pub(super) odd: Vec<At<'d>>,
    /// Where each stands in `all`.
    index: HashMap<Identity, usize>,
}

/// Name and place.
type Identity = (String, String);

impl<'d> Parameters<'d> {
    pub(super) fn of(document: &'d Value, item: &At<'d>, operation: &At<'d>) -> Self {
        let mut found = Self::default();
        let path = names(&item.pointer);
        for owner in [operation, item] {
            for at in owner.get("parameters").iter().flat_map(At::items) {
                let parameter = resolved(document, &at);
                let (Some(name), Some(place)) = (parameter.text("name"), parameter.text("in")) else {
                    found.odd.push(at);
                    continue;
                };
                // a name in the path is known by its position, and a header's by no capitals
                let name = match place {
                    "path" => path.get(name).map_or_else(|| name.to_owned(), |at| format!("{{{at}}}")),
                    "header" => name.to_ascii_lowercase(),
                    _ => name.to_owned(),
                };
                let identity = (name, place.to_owned());
                if let Entry::Vacant(place) = found.index.entry(identity.clone()) {
                    place.insert(found.all.len());
                    found.all.push((identity, parameter));
                }
            }
        }
        found
    }

    fn get(&self, identity: &Identity) -> Option<&At<'d>> {
        self.index.get(identity).and_then(|at| self.all.get(*at)).map(|(_, at)| at)
    }
}

/// The names in braces of the path at a pointer, each with the position where it is first.
fn names(pointer: &str) -> HashMap<String, usize> {
    let path = openapi::pointer::segments(pointer).last().unwrap_or_default();
    let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned());
    let mut found = HashMap::new();
    names.enumerate().for_each(|(at, name)| {
        found.entry(name).or_insert(at);
    });
    found
}

impl<'d> Walk<'d> {
    pub(super) fn parameters(&mut self, pair: &Pair<'d>, ways: Ways) {
        let from = self.effective(&pair.items.0, &pair.operations.0, true);
        let to = self.effective(&pair.items.1, &pair.operations.1, false);
        let mut gone = Vec::new();
        for (identity, one) in &from.all {
            match to.get(identity) {
                Some(other) => {
                    self.parameter(one, other, ways);
                }
                None => gone.push((identity, one)),
            }
        }
        let mut fresh = Fresh::of(to.all.iter().filter(|(identity, _)| from.get(identity).is_none()));
        let named = |identity: &Identity, at: &At<'d>| (identity.0.to_ascii_lowercase(), without(at, "in"));
        let placed = |identity: &Identity, at: &At<'d>| (identity.1.clone(), without(at, "name"));
        let mut by_name = fresh.by(|(identity, at)| Some(named(identity, at)));
        let mut by_place = fresh.by(|(identity, at)| Some(placed(identity, at)));
        for (identity, one) in gone {
            let name = one.text("name").unwrap_or_default();
            let has_schema = values(&one.get("schema")).is_some();
            let differs = |other: &At<'d>, key: &str| has_schema && other.value.get(key) != one.value.get(key);
            let moved = fresh.take_if(&mut by_name, &named(identity, one), |(_, other)| differs(other, "in"));
            let mut renamed =
                || fresh.take_if(&mut by_place, &placed(identity, one), |(_, other)| differs(other, "name"));
            if let Some((_, other)) = moved {
                let id = if other.is_true("required") { "required-parameter-moved" } else { "parameter-moved" };
                self.edit_of(id, ways, one.get("in").as_ref(), other.get("in").as_ref(), name);
            } else if let Some((_, other)) = renamed() {
                let id = if other.is_true("required") { "required-parameter-renamed" } else { "parameter-renamed" };
                self.edit_of(id, ways, one.get("name").as_ref(), other.get("name").as_ref(), name);
            } else {
                let early = one.is_true("deprecated") && self.is_before_sunset(one);
                let id = if early { "parameter-removed-before-sunset" } else { "parameter-removed" };
                self.edit_of(id, ways, Some(one), None, name);
            }
        }
        for (identity, other) in fresh.left() {
            let required = other.is_true("required") || identity.1 == "path";
            let id = if required { "required-parameter-added" } else { "parameter-added" };
            self.edit_of(id, ways, None, Some(other), other.text("name").unwrap_or_default());
        }
        let (old, new) = (set(&from.odd), set(&to.odd));
        for one in from.odd.iter().filter(|one| !new.contains(one.value)) {
            self.odd(Some(one), None, ways);
        }
        for other in to.odd.iter().filter(|other| !old.contains(other.value)) {
            self.odd(None, Some(other), ways);
        }
    }

    /// Compares two parameters of one identity.
    pub(super) fn parameter(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value == revision.value {
            return;
        }
        self.words(base, revision, &["description", "example", "examples"]);
        if base.text("in") != Some("path") {
            self.flag(("parameter-required", "parameter-not-required"), "required", base, revision, ways);
        }
        self.flag(("parameter-deprecated", "parameter-not-deprecated"), "deprecated", base, revision, Ways::NONE);
        self.sunset(base, revision, Ways::REQUEST);
        for key in ["name", "in"] {
            let claimed = base.text("in") == Some("path") || base.text("in") == Some("header") && key == "name";
            if !claimed && base.value.get(key) != revision.value.get(key) {
                self.edit("parameter-changed", ways, base.get(key).as_ref(), revision.get(key).as_ref());
            }
        }
        self.serialized(base, revision, ways);
        self.flag(("allow-reserved-set", "allow-reserved-unset"), "allowReserved", base, revision, ways);
        self.flag(("empty-value-allowed", "empty-value-refused"), "allowEmptyValue", base, revision, ways);
        self.described(base, revision, ways, Place::Parameter);
        let claimed = [
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
        self.rest(base, revision, &claimed, ways);
    }

    /// Style and explode, as they stand or by default.
    pub(super) fn serialized(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let style = |at: &At<'d>| {
            let usual = if matches!(at.text("in"), Some("query" | "cookie")) { "form" } else { "simple" };
            at.text("style").unwrap_or(usual)
        };
        let explode = |at: &At<'d>| at.get("explode").map_or(style(at) == "form", |_| at.is_true("explode"));
        if style(base) != style(revision) {
            self.edit("style-changed", ways, base.get("style").as_ref(), revision.get("style").as_ref());
        } else if explode(base) != explode(revision) {
            let id = if is_single(self.base, base) && is_single(self.revision, revision) {
                "explode-restated"
            } else {
                "explode-changed"
            };
            self.edit(id, ways, base.get("explode").as_ref(), revision.get("explode").as_ref());
        }
    }

    /// What a parameter or header holds: by a schema, or by a content type.
    pub(super) fn described(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) {
        match (base.given("schema"), revision.given("schema")) {
            (Some(one), Some(other)) => self.schema(&one, &other, ways, place),
            (None, Some(other)) => self.edit("schema-set", ways, None, Some(&other)),
            (Some(one), None) => self.edit("schema-unset", ways, Some(&one), None),
            (None, None) => {}
        }
        let of = |owner: &At<'d>| owner.given("content").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        for name in keys(&from, &to) {
            match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => self.media(&one, &other, ways),
                (one, other) => self.edit_of("parameter-content-changed", ways, one.as_ref(), other.as_ref(), name),
            }
        }
    }
}

/// Whether a parameter holds a single value, which is written the same in either form.
fn is_single<'d>(document: &'d Value, parameter: &At<'d>) -> bool {
    let schema = parameter.get("schema").map(|at| super::at::view(document, &at).at);
    schema.is_some_and(|at| matches!(at.text("type"), Some("string" | "integer" | "number" | "boolean")))
}

/// What a parameter says but for one key.
fn without(at: &At<'_>, key: &str) -> Map<String, Value> {
    let map = at.value.as_object().into_iter().flatten();
    map.filter(|(name, _)| *name != key).map(|(name, value)| (name.clone(), value.clone())).collect()
}
