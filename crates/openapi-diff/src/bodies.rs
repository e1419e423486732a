//! Edits of bodies, responses and headers.

use std::collections::{HashMap, HashSet};

use super::{
    at::{At, resolved},
    documents::nothing,
    fresh::Fresh,
    law::Ways,
    schemas::Place,
    walk::{Walk, keys, values},
};

impl<'d> Walk<'d> {
    pub(super) fn bodies(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        match (base.given("requestBody"), revision.given("requestBody")) {
            (Some(one), Some(other)) => {
                let (one, other) = (resolved(self.base, &one), resolved(self.revision, &other));
                self.body(&one, &other, ways);
            }
            (None, Some(other)) => {
                let required = resolved(self.revision, &other).is_true("required");
                let id = if required { "required-body-added" } else { "body-added" };
                self.edit(id, ways, None, Some(&other));
            }
            (Some(one), None) => self.edit("body-removed", ways, Some(&one), None),
            (None, None) => {}
        }
    }

    pub(super) fn body(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value == revision.value {
            return;
        }
        self.words(base, revision, &["description"]);
        self.flag(("body-required", "body-not-required"), "required", base, revision, ways);
        self.content(
            base,
            revision,
            ("request-content-added", "request-content-removed", "request-content-changed"),
            ways,
        );
        self.rest(base, revision, &["description", "required", "content", "$ref"], ways);
        self.shapes(base, revision, &[], &["content"], ways);
    }

    /// Content types, matched by name.
    fn content(
        &mut self,
        base: &At<'d>,
        revision: &At<'d>,
        ids: (&'static str, &'static str, &'static str),
        ways: Ways,
    ) {
        let of = |owner: &At<'d>| owner.given("content").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        let others: Vec<_> = to.entries().collect();
        let by_spelling: HashMap<_, _> = others.iter().rev().map(|(name, at)| (content_type(name), at)).collect();
        let known: HashSet<String> = from.entries().map(|(name, _)| content_type(name)).collect();
        let mut gone = Vec::new();
        for (name, one) in from.entries() {
            let alike = || by_spelling.get(&content_type(name)).copied().cloned();
            match to.get(name).or_else(alike) {
                Some(other) => self.media(&one, &other, ways),
                None => gone.push((name, one)),
            }
        }
        let plain = |name: &str| content_type(name).split(';').next().unwrap_or_default().to_owned();
        let mut fresh = Fresh::of(others.iter().filter(|(name, _)| !known.contains(&content_type(name))));
        let mut by_type = fresh.by(|(name, _)| Some(plain(name)));
        let mut by_value = fresh.by(|(_, at)| Some(at.value));
        for (name, one) in gone {
            if let Some((to, other)) = fresh.take(&mut by_type, &plain(name)) {
                self.edit_of("content-parameters-changed", ways, Some(&one), Some(other), &format!("{name} → {to}"));
                self.media(&one, other, ways);
                continue;
            }
            match fresh.take(&mut by_value, &one.value) {
                Some((to, other)) => {
                    // a range of types takes all that one of them takes
                    let id = match (within(name, to), within(to, name)) {
                        (true, _) if ids.0.starts_with("request") => "request-content-widened",
                        (_, true) if ids.0.starts_with("request") => "request-content-narrowed",
                        (true, _) => "response-content-widened",
                        (_, true) => "response-content-narrowed",
                        _ => ids.2,
                    };
                    self.edit_of(id, ways, Some(&one), Some(other), &format!("{name} → {to}"));
                }
                None => self.edit_of(ids.1, ways, Some(&one), None, name),
            }
        }
        for (name, other) in fresh.left() {
            self.edit_of(ids.0, ways, None, Some(other), name);
        }
    }

    pub(super) fn media(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value == revision.value {
            return;
        }
        self.words(base, revision, &["example", "examples"]);
        for key in ["schema", "itemSchema"] {
            match (base.given(key), revision.given(key)) {
                (Some(one), Some(other)) => self.schema(&one, &other, ways, Place::Value),
                (None, Some(other)) => self.edit("schema-set", ways, None, Some(&other)),
                (Some(one), None) => self.edit("schema-unset", ways, Some(&one), None),
                (None, None) => {}
            }
        }
        let (one, other) = (base.given("encoding"), revision.given("encoding"));
        if values(&one) != values(&other) {
            self.edit("encoding-changed", ways, one.as_ref(), other.as_ref());
        }
        self.rest(base, revision, &["example", "examples", "schema", "itemSchema", "encoding"], ways);
    }

    /// Responses, matched by status.
    pub(super) fn responses(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let of = |owner: &At<'d>| owner.given("responses").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        if from.value == to.value {
            return;
        }
        let statuses = |at: &At<'d>| {
            at.entries()
                .filter(|(key, _)| !key.starts_with("x-"))
                .map(|(key, at)| (key.to_ascii_uppercase(), at))
                .collect::<Vec<_>>()
        };
        let (old, mut new) = (statuses(&from), Fresh::of(statuses(&to)));
        let mut by_status = new.by(|(status, _)| Some(status.clone()));
        let mut gone = Vec::new();
        for (status, one) in old {
            match new.take(&mut by_status, &status) {
                Some((_, other)) => {
                    let (one, other) = (resolved(self.base, &one), resolved(self.revision, &other));
                    self.response(&one, &other, ways);
                }
                None => gone.push((status, one)),
            }
        }
        let mut by_value = new.by(|(status, at)| Some((at.value, status.starts_with('2'))));
        for (status, one) in gone {
            let success = status.starts_with('2');
            match new.take(&mut by_value, &(one.value, success)) {
                Some((to, other)) => {
                    // one of a range that was there is no other status
                    let one_of_range = status.ends_with("XX");
                    let id = if success && !one_of_range { "success-status-changed" } else { "status-changed" };
                    self.edit_of(id, ways, Some(&one), Some(&other), &format!("{status} → {to}"));
                }
                None => {
                    let id = if success { "success-status-removed" } else { "status-removed" };
                    self.edit_of(id, ways, Some(&one), None, &status);
                }
            }
        }
        for (status, other) in new.left() {
            let id = if status.starts_with('2') { "success-status-added" } else { "status-added" };
            self.edit_of(id, ways, None, Some(&other), &status);
        }
        let named: Vec<_> = keys(&from, &to).into_iter().filter(|key| !key.starts_with("x-")).collect();
        self.rest(&from, &to, &named, ways);
    }

    pub(super) fn response(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value == revision.value {
            return;
        }
        self.words(base, revision, &["description", "summary"]);
        self.content(
            base,
            revision,
            ("response-content-added", "response-content-removed", "response-content-changed"),
            ways,
        );
        self.headers(base, revision, ways);
        let (one, other) = (base.given("links"), revision.given("links"));
        if values(&one) != values(&other) {
            self.edit("links-changed", ways, one.as_ref(), other.as_ref());
        }
        self.rest(base, revision, &["description", "summary", "content", "headers", "links", "$ref"], ways);
        self.shapes(base, revision, &[], &["content", "headers"], ways);
    }

    /// Headers of a response, in any capitals.
    fn headers(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let of = |owner: &At<'d>| owner.given("headers").unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base), of(revision));
        let others: Vec<_> = to.entries().collect();
        let by_name: HashMap<_, _> = others.iter().rev().map(|(name, at)| (name.to_ascii_lowercase(), at)).collect();
        let known: HashSet<String> = from.entries().map(|(name, _)| name.to_ascii_lowercase()).collect();
        let mut gone = Vec::new();
        for (name, one) in from.entries() {
            let one = resolved(self.base, &one);
            match by_name.get(&name.to_ascii_lowercase()) {
                Some(other) => {
                    let other = resolved(self.revision, other);
                    self.header(&one, &other, ways);
                }
                None => gone.push((name, one)),
            }
        }
        let new = others.iter().filter(|(name, _)| !known.contains(&name.to_ascii_lowercase()));
        let mut fresh = Fresh::of(new.map(|(name, other)| (*name, resolved(self.revision, other))));
        let mut by_value = fresh.by(|(_, at)| Some(at.value));
        for (name, one) in gone {
            let required = one.is_true("required");
            match fresh.take(&mut by_value, &one.value) {
                Some((to, other)) => {
                    let id = if required { "required-header-renamed" } else { "header-renamed" };
                    self.edit_of(id, ways, Some(&one), Some(&other), &format!("{name} → {to}"));
                }
                None => {
                    let id = if required { "required-header-removed" } else { "header-removed" };
                    self.edit_of(id, ways, Some(&one), None, name);
                }
            }
        }
        for (name, other) in fresh.left() {
            self.edit_of("header-added", ways, None, Some(&other), name);
        }
    }

    pub(super) fn header(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value == revision.value {
            return;
        }
        self.words(base, revision, &["description", "example", "examples"]);
        self.flag(("header-required", "header-not-required"), "required", base, revision, ways);
        self.flag(("header-deprecated", "header-not-deprecated"), "deprecated", base, revision, Ways::NONE);
        self.serialized(base, revision, ways);
        self.described(base, revision, ways, Place::Value);
        let claimed = [
            "description",
            "example",
            "examples",
            "required",
            "deprecated",
            "style",
            "explode",
            "schema",
            "content",
            "$ref",
            "name",
            "in",
            "allowReserved",
            "allowEmptyValue",
        ];
        self.rest(base, revision, &claimed, ways);
    }
}

/// A content type in one spelling.
fn content_type(name: &str) -> String {
    let mut parts: Vec<_> = name.split(';').map(|part| part.trim().to_ascii_lowercase()).collect();
    if let Some(parameters) = parts.get_mut(1..) {
        parameters.sort();
    }
    parts.join(";")
}

/// Whether a range such as `text/*` holds a content type.
fn within(one: &str, range: &str) -> bool {
    let (one, range) = (content_type(one), content_type(range));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => one.starts_with(start),
        None => {
            let (Some((kind, sub)), Some((wide_kind, wide))) = (one.split_once('/'), range.split_once('/')) else {
                return false;
            };
            // a structured suffix says what a type is written in
            kind == wide_kind && sub.rsplit_once('+').is_some_and(|(_, suffix)| suffix == wide)
        }
    }
}
