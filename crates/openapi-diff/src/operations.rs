//! Edits of paths and operations.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    at::{At, resolved},
    documents::nothing,
    fresh::Fresh,
    keywords::set,
    law::Ways,
    parameters::Parameters,
    reach::METHODS,
    walk::{Walk, keys, values},
};

/// Keys of a path that an operation or a rule of its own claims.
const PATH_KEYS: &[&str] = &["$ref", "summary", "description", "servers", "parameters"];

/// One operation on both sides, and what its path says for it.
pub(super) struct Pair<'d> {
    pub(super) items: (At<'d>, At<'d>),
    pub(super) operations: (At<'d>, At<'d>),
    /// Whether the server asks it of the caller.
    pub(super) turned: bool,
}

impl<'d> Walk<'d> {
    pub(super) fn paths(&mut self, base: &At<'d>, revision: &At<'d>, key: &str, turned: bool) {
        let of = |owner: &At<'d>| owner.given(key).unwrap_or_else(|| nothing(&format!("/{key}")));
        let (from, to) = (of(base), of(revision));
        let (mut gone, mut fresh) = (Vec::new(), Vec::new());
        let is_path = |name: &str| !name.starts_with("x-");
        for name in keys(&from, &to).into_iter().filter(|name| is_path(name)) {
            match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => self.path(&one, &other, turned),
                (Some(one), None) => gone.push((name, one)),
                (None, Some(other)) => fresh.push((name, other)),
                (None, None) => {}
            }
        }
        // names in braces are not sent: a path that differs by them alone is the same
        let mut fresh = Fresh::of(fresh);
        let mut by_template = fresh.by(|(name, _)| Some(template(name)));
        gone.retain(|(name, one)| match fresh.take(&mut by_template, &template(name)) {
            Some((_, other)) => {
                self.edit("path-template-renamed", Ways::NONE, Some(one), Some(&other));
                self.path(one, &other, turned);
                false
            }
            None => true,
        });
        let mut others: Vec<_> = Vec::new();
        let mut by_value = fresh.by(|(_, at)| Some(at.value));
        for (name, one) in gone {
            match has_operations(&one).then(|| fresh.take(&mut by_value, &one.value)).flatten() {
                Some((to, other)) => {
                    let id = if turned { "webhook-renamed" } else { "path-renamed" };
                    self.edit_of(id, Ways::REQUEST, Some(&one), Some(&other), &format!("{name} → {to}"));
                }
                None => others.push((name, one)),
            }
        }
        for (name, one) in others {
            self.path_removed(name, &one, turned);
        }
        for (name, other) in fresh.left() {
            let ways = if is_experimental(self.revision, &other) { Ways::NONE } else { Ways::REQUEST };
            self.edit_of(if turned { "webhook-added" } else { "path-added" }, ways, None, Some(&other), name);
        }
        self.rest_of_paths(&from, &to);
    }

    fn rest_of_paths(&mut self, from: &At<'d>, to: &At<'d>) {
        for key in keys(from, to).into_iter().filter(|key| key.starts_with("x-")) {
            let (one, other) = (from.get(key), to.get(key));
            if values(&one) != values(&other) {
                self.edit("extension-changed", Ways::NONE, one.as_ref(), other.as_ref());
            }
        }
    }

    fn path_removed(&mut self, name: &str, path: &At<'d>, turned: bool) {
        if turned {
            return self.edit_of("webhook-removed", Ways::REQUEST, Some(path), None, name);
        }
        let item = resolved(self.base, path);
        let ids: BTreeSet<_> = methods(&item)
            .map(|(_, operation)| self.removal(&operation))
            .map(|id| match id {
                "operation-removed" => "path-removed",
                "operation-removed-before-sunset" => "path-removed-before-sunset",
                "deprecated-operation-removed" => "deprecated-path-removed",
                other => other,
            })
            .collect();
        let worst =
            ["path-removed", "path-removed-before-sunset", "deprecated-path-removed", "unstable-operation-removed"];
        let id = worst.into_iter().find(|id| ids.contains(id)).unwrap_or("empty-path-removed");
        self.edit_of(id, Ways::REQUEST, Some(path), None, name);
    }

    /// What it means that an operation is no more.
    fn removal(&self, operation: &At<'d>) -> &'static str {
        if is_unstable(operation) {
            "unstable-operation-removed"
        } else if !operation.is_true("deprecated") {
            "operation-removed"
        } else {
            if self.is_before_sunset(operation) {
                "operation-removed-before-sunset"
            } else {
                "deprecated-operation-removed"
            }
        }
    }

    /// Whether something deprecated has a day on which it ends, and that day has not come, or is none.
    pub(super) fn is_before_sunset(&self, at: &At<'d>) -> bool {
        let day = at.text("x-sunset");
        day.is_some_and(|day| !is_day(day) || day.get(..10).is_some_and(|day| day > self.today.as_str()))
    }

    /// Compares two paths.
    pub(super) fn path(&mut self, base: &At<'d>, revision: &At<'d>, turned: bool) {
        let (from, to) = (resolved(self.base, base), resolved(self.revision, revision));
        self.words(&from, &to, &["summary", "description"]);
        let way = if turned { Ways::RESPONSE } else { Ways::REQUEST };
        if from.value.get("servers") != to.value.get("servers") {
            self.servers(&from, &to, way);
        }
        let mut gone: Vec<_> = Vec::new();
        let mut fresh: Vec<_> = Vec::new();
        for method in METHODS {
            match (from.given(method), to.given(method)) {
                (Some(one), Some(other)) => {
                    let pair = Pair { items: (from.clone(), to.clone()), operations: (one, other), turned };
                    self.operation(&pair);
                }
                (Some(one), None) => gone.push((*method, one)),
                (None, Some(other)) => fresh.push((*method, other)),
                (None, None) => {}
            }
        }
        for (method, one) in gone {
            match fresh.iter().position(|(_, other)| other.value == one.value) {
                Some(at) => {
                    let (to, other) = fresh.remove(at);
                    self.edit_of("method-changed", way, Some(&one), Some(&other), &format!("{method} → {to}"));
                }
                None => {
                    let id = if turned { "operation-removed" } else { self.removal(&one) };
                    self.edit_of(id, Ways::REQUEST, Some(&one), None, method);
                }
            }
        }
        for (method, other) in fresh {
            self.edit_of("operation-added", Ways::REQUEST, None, Some(&other), method);
        }
        let claimed = [PATH_KEYS, METHODS].concat();
        self.rest(&from, &to, &claimed, way);
        self.shapes(&from, &to, &["parameters", "servers"], METHODS, way);
        if !from.value.is_object() || !to.value.is_object() {
            self.odd(Some(&from), Some(&to), way);
        }
    }

    fn operation(&mut self, pair: &Pair<'d>) {
        let (from, to) = (&pair.operations.0, &pair.operations.1);
        self.stability(from, to);
        // what a draft says may change at any time
        let stable = !is_unstable(from);
        let way = |way: Ways| match (stable, pair.turned) {
            (false, _) => Ways::NONE,
            (true, true) => way.turned(),
            (true, false) => way,
        };
        let (request, response) = (way(Ways::REQUEST), way(Ways::RESPONSE));
        self.words(from, to, &["summary", "description", "externalDocs"]);
        self.operation_id(from, to);
        self.operation_tags(from, to);
        self.deprecation(from, to);
        self.parameters(pair, request);
        self.bodies(from, to, request);
        self.responses(from, to, response);
        if from.value.get("servers") != to.value.get("servers") {
            self.servers(from, to, request);
        }
        self.security(from, to, Some(request));
        self.callbacks(from, to);
        let claimed = [
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "parameters",
            "requestBody",
            "responses",
            "callbacks",
            "deprecated",
            "security",
            "servers",
            "x-sunset",
            "x-stability-level",
        ];
        self.rest(from, to, &claimed, request);
        let maps = ["requestBody", "responses", "callbacks"];
        self.shapes(from, to, &["tags", "parameters", "servers", "security"], &maps, request);
    }

    fn operation_id(&mut self, base: &At<'d>, revision: &At<'d>) {
        let (one, other) = (base.given("operationId"), revision.given("operationId"));
        if values(&one) != values(&other) {
            self.edit("operation-id-changed", Ways::NONE, one.as_ref(), other.as_ref());
        }
    }

    fn operation_tags(&mut self, base: &At<'d>, revision: &At<'d>) {
        let list = |owner: &At<'d>| owner.get("tags").map(|at| at.items().collect::<Vec<_>>()).unwrap_or_default();
        let (from, to) = (list(base), list(revision));
        let (old, new) = (set(&from), set(&to));
        for one in from.iter().filter(|one| !new.contains(one.value)) {
            self.edit_of("tag-removed", Ways::NONE, Some(one), None, one.value.as_str().unwrap_or_default());
        }
        for other in to.iter().filter(|other| !old.contains(other.value)) {
            self.edit_of("tag-added", Ways::NONE, None, Some(other), other.value.as_str().unwrap_or_default());
        }
    }

    /// Deprecation, and the day on which it ends.
    fn deprecation(&mut self, base: &At<'d>, revision: &At<'d>) {
        self.flag(("operation-deprecated", "operation-not-deprecated"), "deprecated", base, revision, Ways::NONE);
        self.sunset(base, revision, Ways::REQUEST);
    }

    pub(super) fn sunset(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let (one, other) = (base.get("x-sunset"), revision.get("x-sunset"));
        if values(&one) == values(&other) {
            return;
        }
        let day = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.value.as_str());
        let deprecated = revision.is_true("deprecated");
        let id = match (day(&one), day(&other)) {
            (_, Some(day)) if !is_day(day) && deprecated => "sunset-unreadable",
            (Some(_), None) if deprecated && base.is_true("deprecated") => "sunset-removed",
            (_, Some(day)) if deprecated && day.get(..10) < Some(self.today.as_str()) => "sunset-passed",
            _ => "sunset-changed",
        };
        self.edit(id, ways, one.as_ref(), other.as_ref());
    }

    fn stability(&mut self, base: &At<'d>, revision: &At<'d>) {
        let (one, other) = (base.get("x-stability-level"), revision.get("x-stability-level"));
        let text = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.value.as_str());
        if values(&one) == values(&other) {
            return;
        }
        let rank = |level: Option<&str>| match level {
            Some("draft") => Some(0),
            Some("alpha") => Some(1),
            Some("beta") => Some(2),
            Some("stable") => Some(3),
            Some(_) => None,
            // no level may become any, and a level that is taken back is a promise less
            None => Some(-1),
        };
        let id = match (rank(text(&one)), rank(text(&other))) {
            (_, None) | (None, _) => "stability-unknown",
            (Some(from), Some(to)) if to < from => "stability-lowered",
            _ => "stability-changed",
        };
        self.edit(id, Ways::REQUEST, one.as_ref(), other.as_ref());
    }

    fn callbacks(&mut self, base: &At<'d>, revision: &At<'d>) {
        let of = |owner: &At<'d>| owner.given("callbacks").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        for name in keys(&from, &to).into_iter().filter(|name| !name.starts_with("x-")) {
            match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => {
                    let (one, other) = (resolved(self.base, &one), resolved(self.revision, &other));
                    for url in keys(&one, &other).into_iter().filter(|url| !url.starts_with("x-")) {
                        match (one.get(url), other.get(url)) {
                            (Some(a), Some(b)) => self.path(&a, &b, true),
                            (a, None) => self.edit_of("callback-removed", Ways::REQUEST, a.as_ref(), None, name),
                            (None, b) => self.edit_of("callback-added", Ways::REQUEST, None, b.as_ref(), name),
                        }
                    }
                    self.rest(
                        &one,
                        &other,
                        &keys(&one, &other).into_iter().filter(|key| !key.starts_with("x-")).collect::<Vec<_>>(),
                        Ways::NONE,
                    );
                }
                (one, None) => self.edit_of("callback-removed", Ways::REQUEST, one.as_ref(), None, name),
                (None, other) => self.edit_of("callback-added", Ways::REQUEST, None, other.as_ref(), name),
            }
        }
    }

    /// The parameters of an operation, with those of its path.
    pub(super) fn effective(&self, item: &At<'d>, operation: &At<'d>, is_base: bool) -> Parameters<'d> {
        let document = if is_base { self.base } else { self.revision };
        Parameters::of(document, item, operation)
    }
}

/// The methods of a path.
pub(super) fn methods<'d>(item: &At<'d>) -> impl Iterator<Item = (&'d str, At<'d>)> {
    item.entries().filter(|(key, _)| METHODS.contains(key))
}

fn has_operations(item: &At<'_>) -> bool {
    methods(item).next().is_some()
}

/// A path without the names in its braces.
fn template(path: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        plain.push(c);
    }
    plain
}

/// Whether an operation is a draft, which may change at any time.
fn is_unstable(operation: &At<'_>) -> bool {
    matches!(operation.text("x-stability-level"), Some("draft" | "alpha"))
}

fn is_experimental(document: &Value, item: &At<'_>) -> bool {
    let item = resolved(document, item);
    has_operations(&item) && methods(&item).all(|(_, operation)| is_unstable(&operation))
}

/// Whether a text begins with a day, as `2026-11-25`.
pub(super) fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    digits(0, 4) && bytes.get(4) == Some(&b'-') && digits(5, 7) && bytes.get(7) == Some(&b'-') && digits(8, 10)
}
