//! Edits of what stands at the top of a document: information, servers, tags, components.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::{
    at::At,
    fresh::Fresh,
    keywords::set,
    law::Ways,
    schemas::Place,
    walk::{Walk, keys, values},
};

/// What stands for a part that is not there.
pub(super) const NOTHING: &Value = &Value::Null;

pub(super) fn nothing<'d>(pointer: &str) -> At<'d> {
    At { value: NOTHING, pointer: pointer.to_owned() }
}

impl<'d> Walk<'d> {
    /// Finds all edits between the documents.
    pub(super) fn documents(&mut self) {
        let (base, revision) = (At::root(self.base), At::root(self.revision));
        if !base.value.is_object() || !revision.value.is_object() {
            return self.odd(Some(&base), Some(&revision), Ways::NONE);
        }
        self.versions(&base, &revision);
        self.info(&base, &revision);
        self.servers(&base, &revision, Ways::REQUEST);
        self.tags(&base, &revision);
        self.words(&base, &revision, &["externalDocs"]);
        self.schemes(&base, &revision);
        self.paths(&base, &revision, "paths", false);
        self.paths(&base, &revision, "webhooks", true);
        // what no operation reads of it is said once, here
        self.security(&base, &revision, None);
        self.components(&base, &revision);
        let claimed = [
            "openapi",
            "info",
            "servers",
            "tags",
            "externalDocs",
            "security",
            "paths",
            "webhooks",
            "components",
            "jsonSchemaDialect",
            "$self",
            "swagger",
        ];
        self.rest(&base, &revision, &claimed, Ways::NONE);
        let maps = ["info", "paths", "webhooks", "components"];
        self.shapes(&base, &revision, &["servers", "tags", "security"], &maps, Ways::NONE);
    }

    fn versions(&mut self, base: &At<'d>, revision: &At<'d>) {
        for key in ["openapi", "swagger", "jsonSchemaDialect", "$self"] {
            let (one, other) = (base.get(key), revision.get(key));
            if values(&one) != values(&other) {
                self.edit("openapi-version-changed", Ways::NONE, one.as_ref(), other.as_ref());
            }
        }
    }

    fn info(&mut self, base: &At<'d>, revision: &At<'d>) {
        let (one, other) = (base.given("info"), revision.given("info"));
        let (one, other) = (one.unwrap_or_else(|| nothing("/info")), other.unwrap_or_else(|| nothing("/info")));
        let words = ["title", "summary", "description", "termsOfService", "contact", "license"];
        self.words(&one, &other, &words);
        let (from, to) = (one.get("version"), other.get("version"));
        if values(&from) != values(&to) {
            self.edit("api-version-changed", Ways::NONE, from.as_ref(), to.as_ref());
        }
        self.rest(&one, &other, &[&words[..], &["version"]].concat(), Ways::NONE);
    }

    /// Servers, matched by their URLs.
    pub(super) fn servers(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let list = |owner: &At<'d>| owner.get("servers").map(|at| at.items().collect::<Vec<_>>()).unwrap_or_default();
        let first = |owner: &At<'d>| list(owner).into_iter().next();
        let mut fresh = Fresh::of(list(revision));
        let mut by_url = fresh.by(|at| Some(at.text("url")));
        let (mut from, mut pairs): (Vec<At<'d>>, Vec<(At<'d>, At<'d>)>) = (Vec::new(), Vec::new());
        for one in list(base) {
            match fresh.take(&mut by_url, &one.text("url")) {
                Some(other) => pairs.push((one, other)),
                None => from.push(one),
            }
        }
        let mut to: Vec<_> = fresh.left().collect();
        if let (Some(one), Some(other)) = (first(base), first(revision))
            && one.text("url") != other.text("url")
            && [&one, &other].iter().all(|it| pairs.iter().any(|(kept, _)| kept.text("url") == it.text("url")))
        {
            self.edit("first-server-changed", ways, Some(&one), Some(&other));
        }
        if from.len() == 1 && to.len() == 1 && pairs.is_empty() {
            let (one, other) = (from.remove(0), to.remove(0));
            self.edit(
                "server-changed",
                ways,
                one.get("url").or(Some(one)).as_ref(),
                other.get("url").or(Some(other)).as_ref(),
            );
        }
        for (one, other) in pairs {
            self.words(&one, &other, &["description", "name"]);
            self.variables(&one, &other, ways);
            self.rest(&one, &other, &["url", "description", "name", "variables"], ways);
        }
        for server in from {
            self.edit_of("server-removed", ways, Some(&server), None, server.text("url").unwrap_or_default());
        }
        // where there was none, the one that all documents have by default stood
        for server in to {
            self.edit_of("server-added", ways, None, Some(&server), server.text("url").unwrap_or_default());
        }
    }

    fn variables(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let of = |owner: &At<'d>| owner.given("variables").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        for name in keys(&from, &to) {
            let (one, other) = match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => (one, other),
                (None, other) => {
                    self.edit_of("server-variable-added", ways, None, other.as_ref(), name);
                    continue;
                }
                (one, None) => {
                    self.edit_of("server-variable-removed", ways, one.as_ref(), None, name);
                    continue;
                }
            };
            self.words(&one, &other, &["description"]);
            let (old, new) = (one.get("default"), other.get("default"));
            if values(&old) != values(&new) {
                self.edit("server-variable-default-changed", ways, old.as_ref(), new.as_ref());
            }
            let list = |at: &At<'d>| at.get("enum").map(|at| at.items().collect::<Vec<_>>());
            match (list(&one), list(&other)) {
                (None, Some(_)) => self.edit("server-variable-enum-set", ways, None, other.get("enum").as_ref()),
                (Some(_), None) => self.edit("server-variable-enum-unset", ways, one.get("enum").as_ref(), None),
                (Some(old), Some(new)) => {
                    let (were, are) = (set(&old), set(&new));
                    for value in old.iter().filter(|value| !are.contains(value.value)) {
                        self.edit("server-variable-value-removed", ways, Some(value), None);
                    }
                    for value in new.iter().filter(|value| !were.contains(value.value)) {
                        self.edit("server-variable-value-added", ways, None, Some(value));
                    }
                }
                (None, None) => {}
            }
            self.rest(&one, &other, &["description", "default", "enum"], ways);
        }
    }

    /// Tags of the document, matched by their names.
    fn tags(&mut self, base: &At<'d>, revision: &At<'d>) {
        let list = |owner: &At<'d>| owner.get("tags").map(|at| at.items().collect::<Vec<_>>()).unwrap_or_default();
        let (from, to) = (list(base), list(revision));
        let names = |tags: &[At<'d>]| tags.iter().map(|at| at.text("name")).collect::<HashSet<_>>();
        let known = names(&from);
        let by_name: HashMap<_, _> = to.iter().rev().map(|at| (at.text("name"), at)).collect();
        for one in &from {
            match by_name.get(&one.text("name")) {
                Some(other) => {
                    self.words(one, other, &["description", "externalDocs", "summary"]);
                    self.rest(
                        one,
                        other,
                        &["name", "description", "externalDocs", "summary", "parent", "kind"],
                        Ways::NONE,
                    );
                }
                None => self.edit("tag-undescribed", Ways::NONE, Some(one), None),
            }
        }
        for other in to.iter().filter(|other| !known.contains(&other.text("name"))) {
            self.edit("tag-described", Ways::NONE, None, Some(other));
        }
    }

    /// Components, by their names. What is used of them is compared where it stands; here is what no walk has reached.
    fn components(&mut self, base: &At<'d>, revision: &At<'d>) {
        let of = |owner: &At<'d>| owner.given("components").unwrap_or_else(|| nothing("/components"));
        let (from, to) = (of(base), of(revision));
        let none = |key: &str| nothing(&format!("/components/{key}"));
        let section = |owner: &At<'d>, key: &str| owner.given(key).unwrap_or_else(|| none(key));
        let (old, new) = (section(&from, "schemas"), section(&to, "schemas"));
        self.renamed_schemas(&old, &new);
        let new_names: BTreeSet<String> = self.renamed.values().cloned().collect();
        for name in keys(&old, &new) {
            match (old.get(name), new.get(name)) {
                (Some(one), Some(other)) => {
                    let ways = self.ways(&one.pointer, &other.pointer);
                    self.schema(&one, &other, ways, Place::Value);
                }
                (Some(one), None) if !self.renamed.contains_key(name) => {
                    let dangling = self.reach.1.is_named(&one.pointer);
                    let id = if dangling { "used-schema-removed" } else { "schema-removed" };
                    let ways = if dangling { self.reach.0.ways(&one.pointer) } else { Ways::NONE };
                    self.edit_of(id, ways, Some(&one), None, name);
                }
                (None, Some(other)) if !new_names.contains(name) => {
                    self.edit_of("schema-added", Ways::NONE, None, Some(&other), name);
                }
                _ => {}
            }
        }
        for key in
            ["parameters", "headers", "requestBodies", "responses", "callbacks", "pathItems", "links", "mediaTypes"]
        {
            let (old, new) = (section(&from, key), section(&to, key));
            for name in keys(&old, &new) {
                match (old.get(name), new.get(name)) {
                    (Some(one), Some(other)) => self.component(key, &one, &other),
                    (Some(one), None) => self.edit_of("component-removed", Ways::NONE, Some(&one), None, name),
                    (None, other) => self.edit_of("component-added", Ways::NONE, None, other.as_ref(), name),
                }
            }
        }
        let (old, new) = (section(&from, "examples"), section(&to, "examples"));
        for name in keys(&old, &new) {
            self.words(&old, &new, &[name]);
        }
        let claimed = [
            "schemas",
            "parameters",
            "headers",
            "requestBodies",
            "responses",
            "callbacks",
            "pathItems",
            "links",
            "securitySchemes",
            "examples",
            "mediaTypes",
        ];
        self.rest(&from, &to, &claimed, Ways::NONE);
        self.shapes(&from, &to, &[], &claimed, Ways::NONE);
    }

    /// The ways of a component, on either side.
    pub(super) fn ways(&self, base: &str, revision: &str) -> Ways {
        self.reach.0.ways(base).and(self.reach.1.ways(revision))
    }

    /// Schemas that nothing uses and that are another name for the same.
    fn renamed_schemas(&mut self, old: &At<'d>, new: &At<'d>) {
        let known: HashSet<&str> = self.renamed.values().map(String::as_str).collect();
        let others = new.entries().filter(|(name, _)| old.get(name).is_none() && !known.contains(name));
        let mut fresh = Fresh::of(others.collect::<Vec<_>>());
        let mut by_value = fresh.by(|(_, at)| Some(at.value));
        for (name, one) in old.entries().filter(|(name, _)| new.get(name).is_none()) {
            if self.renamed.contains_key(name) {
                continue;
            }
            if let Some((to, other)) = fresh.take(&mut by_value, &one.value) {
                self.edit_of("schema-renamed", Ways::NONE, Some(&one), Some(&other), &format!("{name} → {to}"));
                self.renamed.insert(name.to_owned(), to.to_owned());
            }
        }
    }

    fn component(&mut self, key: &str, base: &At<'d>, revision: &At<'d>) {
        if base.value == revision.value {
            return;
        }
        let ways = self.ways(&base.pointer, &revision.pointer);
        match key {
            "parameters" => self.parameter(base, revision, ways),
            "headers" => self.header(base, revision, ways),
            "requestBodies" => self.body(base, revision, ways),
            "responses" => self.response(base, revision, ways),
            "pathItems" | "callbacks" => {}
            _ => self.edit("links-changed", Ways::NONE, Some(base), Some(revision)),
        }
    }
}
