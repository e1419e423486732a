//! Edits of compositions: branches of `allOf`, `oneOf` and `anyOf`, matched by what they say, and discriminators.

use std::hash::Hash;

use super::{
    at::{At, WORDS, reference, resolved},
    fresh::Fresh,
    law::Ways,
    schemas::Place,
    walk::{Walk, keys},
};

impl<'d> Walk<'d> {
    pub(super) fn unions(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        for (key, set, unset, added, removed) in [
            ("allOf", "all-of-set", "all-of-unset", "all-of-branch-added", "all-of-branch-removed"),
            ("oneOf", "one-of-set", "one-of-unset", "one-of-branch-added", "one-of-branch-removed"),
            ("anyOf", "any-of-set", "any-of-unset", "any-of-branch-added", "any-of-branch-removed"),
        ] {
            let (one, other) = (base.given(key), revision.given(key));
            match (&one, &other) {
                (None, Some(_)) => self.edit(set, ways, None, other.as_ref()),
                (Some(_), None) => self.edit(unset, ways, one.as_ref(), None),
                (Some(one), Some(other)) => self.branches(one, other, added, removed, ways),
                (None, None) => {}
            }
        }
        self.discriminator(base, revision, ways);
    }

    fn branches(&mut self, base: &At<'d>, revision: &At<'d>, added: &'static str, removed: &'static str, ways: Ways) {
        let (mut from, mut to): (Vec<_>, Vec<_>) = (base.items().collect(), revision.items().collect());
        let mut pairs = Vec::new();
        // the same text, then the same meaning, then the same name, then what is left over
        pair(&mut from, &mut to, &mut pairs, |_, at| Some(at.value));
        let (documents, mut marks) = ((self.base, self.revision), std::mem::take(&mut self.fingerprints));
        pair(&mut from, &mut to, &mut pairs, |side, at| match side {
            Sided::Base => Some(marks.0.of(documents.0, at)),
            Sided::Revision => Some(marks.1.of(documents.1, at)),
        });
        self.fingerprints = marks;
        pair(&mut from, &mut to, &mut pairs, |_, at| at.text("title"));
        // a reference stands for its name: another name that was there before is another branch
        pair(&mut from, &mut to, &mut pairs, |side, at| {
            let other = match side {
                Sided::Base => documents.1,
                Sided::Revision => documents.0,
            };
            let name = reference(at.value)?.strip_prefix('#');
            name.is_none_or(|at| other.pointer(at).is_none()).then_some(())
        });
        if from.len() == 1 && to.len() == 1 && reference(from[0].value).is_none() && reference(to[0].value).is_none() {
            pairs.extend(from.pop().zip(to.pop()));
        }
        for (one, other) in pairs {
            self.schema(&one, &other, ways, Place::Value);
        }
        for branch in from {
            let is_optional = removed == "all-of-branch-removed" && only_describes(&resolved(self.base, &branch));
            let id = if is_optional { "all-of-properties-removed" } else { removed };
            self.edit_of(id, ways, Some(&branch), None, &name(&branch));
        }
        for branch in to {
            self.edit_of(added, ways, None, Some(&branch), &name(&branch));
        }
    }

    /// A schema that became one branch of a union, or a union that became one of its branches: one edit, not one of
    /// everything in it. Tells whether that is what happened.
    pub(super) fn unions_introduced(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) -> bool {
        for (key, grown, shrunk) in [
            ("oneOf", "union-introduced", "union-reduced"),
            ("anyOf", "union-introduced", "union-reduced"),
            ("allOf", "demands-added", "demands-dropped"),
        ] {
            if base.given(key).is_none()
                && let Some(union) = revision.given(key)
                && bare(revision, key)
            {
                let own = self.fingerprints.0.of(self.base, base);
                let document = self.revision;
                if union.items().any(|branch| self.fingerprints.1.of(document, &branch) == own) {
                    self.edit(grown, ways, Some(base), Some(revision));
                    return true;
                }
            }
            if revision.given(key).is_none()
                && let Some(union) = base.given(key)
                && bare(base, key)
            {
                let own = self.fingerprints.1.of(self.revision, revision);
                let document = self.base;
                if union.items().any(|branch| self.fingerprints.0.of(document, &branch) == own) {
                    self.edit(shrunk, ways, Some(base), Some(revision));
                    return true;
                }
            }
        }
        false
    }

    fn discriminator(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let (one, other) = (base.given("discriminator"), revision.given("discriminator"));
        let (from, to) = match (&one, &other) {
            (Some(one), Some(other)) => (one, other),
            (None, None) => return,
            (None, Some(_)) => return self.edit("discriminator-set", ways, None, other.as_ref()),
            (Some(_), None) => return self.edit("discriminator-unset", ways, one.as_ref(), None),
        };
        if from.text("propertyName") != to.text("propertyName") {
            let place = |at: &At<'d>| at.get("propertyName").unwrap_or_else(|| at.clone());
            self.edit("discriminator-property-changed", ways, Some(&place(from)), Some(&place(to)));
        }
        let empty = At { value: &serde_json::Value::Null, pointer: String::new() };
        let (old, new) = (from.get("mapping").unwrap_or(empty.clone()), to.get("mapping").unwrap_or(empty));
        for name in keys(&old, &new) {
            let (one, other) = (old.get(name), new.get(name));
            match (&one, &other) {
                (None, _) => self.edit_of("discriminator-value-added", ways, None, other.as_ref(), name),
                (_, None) => self.edit_of("discriminator-value-removed", ways, one.as_ref(), None, name),
                (Some(a), Some(b)) if a.value != b.value => {
                    let short = |at: &At<'d>| {
                        at.value.as_str().and_then(|text| text.rsplit('/').next()).unwrap_or_default().to_owned()
                    };
                    let id = if self.renamed.get(&short(a)) == Some(&short(b)) {
                        "schema-restated"
                    } else {
                        "discriminator-value-changed"
                    };
                    self.edit_of(id, ways, Some(a), Some(b), name);
                }
                _ => {}
            }
        }
        self.rest(from, to, &["propertyName", "mapping"], ways);
    }
}

/// Whether a schema only describes properties that may be left out.
fn only_describes(at: &At<'_>) -> bool {
    at.given("properties").is_some()
        && at.entries().all(|(key, at)| match key {
            "type" => at.value == "object",
            "properties" => true,
            _ => WORDS.contains(&key) || key.starts_with("x-"),
        })
}

/// Whether a schema has nothing that means something beside one keyword.
fn bare(at: &At<'_>, key: &str) -> bool {
    at.entries()
        .all(|(other, _)| other == key || other == "discriminator" || WORDS.contains(&other) || other.starts_with("x-"))
}

/// Which list a branch is of.
#[derive(Clone, Copy)]
enum Sided {
    Base,
    Revision,
}

/// Moves all that have equal marks out of both lists, each with the first that has its mark.
fn pair<'d, M: Eq + Hash>(
    from: &mut Vec<At<'d>>,
    to: &mut Vec<At<'d>>,
    pairs: &mut Vec<(At<'d>, At<'d>)>,
    mut mark: impl FnMut(Sided, &At<'d>) -> Option<M>,
) {
    if from.is_empty() || to.is_empty() {
        return;
    }
    let mut fresh = Fresh::of(std::mem::take(to));
    let mut marked = fresh.by(|at| mark(Sided::Revision, at));
    for one in std::mem::take(from) {
        match mark(Sided::Base, &one).and_then(|mark| fresh.take(&mut marked, &mark)) {
            Some(other) => pairs.push((one, other)),
            None => from.push(one),
        }
    }
    to.extend(fresh.left());
}

/// What a person calls a branch.
fn name(branch: &At<'_>) -> String {
    let named = reference(branch.value).and_then(|text| text.rsplit('/').next());
    let text = named.or_else(|| branch.text("title")).or_else(|| branch.text("type"));
    text.unwrap_or_default().to_owned()
}
