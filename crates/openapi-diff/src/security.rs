//! Edits of security: who may call. Absent is what stands above, and empty is nobody to be asked.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    at::At,
    documents::nothing,
    fresh::Fresh,
    law::Ways,
    walk::{Walk, keys, values},
};

/// One alternative: schemes, each with its scopes.
type Alternative = BTreeMap<String, BTreeSet<String>>;

impl<'d> Walk<'d> {
    /// Compares what two operations ask for, or what the documents ask for where operations say nothing.
    pub(super) fn security(&mut self, base: &At<'d>, revision: &At<'d>, ways: Option<Ways>) {
        let (above, below) = (At::root(self.base).get("security"), At::root(self.revision).get("security"));
        let (own, other) = (base.get("security"), revision.get("security"));
        if ways.is_some()
            && own.is_none()
            && other.is_none()
            && above.as_ref().map(|at| at.value) == below.as_ref().map(|at| at.value)
        {
            return;
        }
        let (from, to) = (own.clone().or(above), other.clone().or(below));
        let at_the_document = ways.is_none();
        // whatever no operation says is the document's, and is noted at the document
        let ways = match (ways, own.is_some() || other.is_some()) {
            (Some(ways), true) => ways,
            (Some(_), false) => Ways::REQUEST,
            (None, _) => Ways::NONE,
        };
        let (asked, asks) = (self.alternatives(from.as_ref(), true), self.alternatives(to.as_ref(), false));
        let at_root = own.is_none() && other.is_none() || base.pointer.is_empty();
        if asked == asks {
            // in which order alternatives stand means nothing
            let restated = self.written(own.as_ref(), true) != self.written(other.as_ref(), false);
            if restated && (!at_root || values(&own) != values(&other)) && self.renamed_schemes.is_empty() {
                self.edit("security-restated", ways, own.as_ref(), other.as_ref());
            }
            return;
        }
        let mut id = compared(&asked, &asks);
        if at_the_document && !self.is_noted(id, from.as_ref(), to.as_ref()) {
            id = "unused-security-changed";
        }
        // what is said for one operation stands there, also where the other side's is the document's
        self.edit(id, ways, from.as_ref(), to.as_ref());
    }

    /// The alternatives of a security requirement; nothing to be asked for is one that is empty.
    fn alternatives(&self, at: Option<&At<'d>>, is_base: bool) -> BTreeSet<Alternative> {
        let written = self.written(at, is_base).unwrap_or_default();
        if written.is_empty() { BTreeSet::from([Alternative::new()]) } else { written.into_iter().collect() }
    }

    /// The same as they are written, but in one order.
    fn written(&self, at: Option<&At<'d>>, is_base: bool) -> Option<Vec<Alternative>> {
        let alternatives = at?.items().map(|alternative| {
            let schemes = alternative.entries().map(|(name, scopes)| {
                let name =
                    self.renamed_schemes.get(name).filter(|_| is_base).cloned().unwrap_or_else(|| name.to_owned());
                (name, scopes.items().filter_map(|scope| scope.value.as_str()).map(str::to_owned).collect())
            });
            schemes.collect()
        });
        let mut alternatives: Vec<Alternative> = alternatives.collect();
        alternatives.sort();
        Some(alternatives)
    }

    /// The schemes that security requirements name.
    pub(super) fn schemes(&mut self, base: &At<'d>, revision: &At<'d>) {
        let of = |owner: &At<'d>| {
            owner
                .given("components")
                .and_then(|at| at.given("securitySchemes"))
                .unwrap_or_else(|| nothing("/components/securitySchemes"))
        };
        let (from, to) = (of(base), of(revision));
        let (asked, asks) = (named(self.base), named(self.revision));
        let (mut gone, mut fresh) = (Vec::new(), Vec::new());
        for name in keys(&from, &to) {
            match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => {
                    let ways = if asked.contains(name) || asks.contains(name) { Ways::REQUEST } else { Ways::NONE };
                    let (one, other) =
                        (super::at::resolved(self.base, &one), super::at::resolved(self.revision, &other));
                    self.scheme(&one, &other, ways);
                }
                (Some(one), None) => gone.push((name, one)),
                (None, Some(other)) => fresh.push((name, other)),
                (None, None) => {}
            }
        }
        let mut fresh = Fresh::of(fresh);
        let mut by_value = fresh.by(|(_, at)| Some(at.value));
        for (name, one) in gone {
            match fresh.take(&mut by_value, &one.value) {
                Some((to, other)) => {
                    // where the old name is still asked for, nobody knows any more what that is
                    let dangling = asks.contains(name);
                    let id = if dangling { "security-scheme-removed" } else { "security-scheme-renamed" };
                    let ways = if dangling { Ways::REQUEST } else { Ways::NONE };
                    self.edit_of(id, ways, Some(&one), Some(&other), &format!("{name} → {to}"));
                    if !dangling {
                        self.renamed_schemes.insert(name.to_owned(), to.to_owned());
                    }
                }
                None => {
                    let ways = if asks.contains(name) { Ways::REQUEST } else { Ways::NONE };
                    self.edit_of("security-scheme-removed", ways, Some(&one), None, name);
                }
            }
        }
        for (name, other) in fresh.left() {
            self.edit_of("security-scheme-added", Ways::NONE, None, Some(&other), name);
        }
    }

    fn scheme(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        self.words(base, revision, &["description"]);
        let kind = ["type", "scheme", "in", "name"];
        let differs = |key: &str| {
            let plain = |at: &At<'d>| at.value.get(key).map(|value| value.to_string().to_ascii_lowercase());
            plain(base) != plain(revision)
        };
        if kind.into_iter().any(differs) {
            return self.edit("security-scheme-changed", ways, Some(base), Some(revision));
        }
        for (key, id) in [
            ("bearerFormat", "bearer-format-changed"),
            ("openIdConnectUrl", "authorization-url-changed"),
            ("oauth2MetadataUrl", "authorization-url-changed"),
        ] {
            let (one, other) = (base.get(key), revision.get(key));
            if values(&one) != values(&other) {
                self.edit(id, ways, one.as_ref(), other.as_ref());
            }
        }
        self.flag(
            ("security-scheme-deprecated", "security-scheme-not-deprecated"),
            "deprecated",
            base,
            revision,
            Ways::NONE,
        );
        self.flows(base, revision, ways);
        let claimed = [
            "type",
            "scheme",
            "in",
            "name",
            "description",
            "bearerFormat",
            "openIdConnectUrl",
            "oauth2MetadataUrl",
            "flows",
            "deprecated",
        ];
        self.rest(base, revision, &claimed, ways);
    }

    fn flows(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let of = |owner: &At<'d>, key: &str| owner.given(key).unwrap_or_else(|| nothing(""));
        let (from, to) = (of(base, "flows"), of(revision, "flows"));
        for name in keys(&from, &to).into_iter().filter(|name| !name.starts_with("x-")) {
            let (one, other) = match (from.get(name), to.get(name)) {
                (Some(one), Some(other)) => (one, other),
                (one, None) => {
                    self.edit_of("flow-removed", ways, one.as_ref(), None, name);
                    continue;
                }
                (None, other) => {
                    self.edit_of("flow-added", ways, None, other.as_ref(), name);
                    continue;
                }
            };
            for (key, id) in [
                ("tokenUrl", "token-url-changed"),
                ("authorizationUrl", "authorization-url-changed"),
                ("refreshUrl", "authorization-url-changed"),
                ("deviceAuthorizationUrl", "authorization-url-changed"),
            ] {
                let (old, new) = (one.get(key), other.get(key));
                if values(&old) != values(&new) {
                    self.edit(id, ways, old.as_ref(), new.as_ref());
                }
            }
            let (old, new) = (of(&one, "scopes"), of(&other, "scopes"));
            for scope in keys(&old, &new) {
                match (old.get(scope), new.get(scope)) {
                    (Some(a), Some(b)) if a.value != b.value => {
                        self.edit("words-changed", Ways::NONE, Some(&a), Some(&b));
                    }
                    (Some(a), None) => self.edit_of("scope-removed", ways, Some(&a), None, scope),
                    (None, b) => self.edit_of("scope-added", ways, None, b.as_ref(), scope),
                    _ => {}
                }
            }
            let claimed = ["tokenUrl", "authorizationUrl", "refreshUrl", "deviceAuthorizationUrl", "scopes"];
            self.rest(&one, &other, &claimed, ways);
        }
    }
}

/// What became of the alternatives.
fn compared(asked: &BTreeSet<Alternative>, asks: &BTreeSet<Alternative>) -> &'static str {
    let anonymous = |set: &BTreeSet<Alternative>| set.contains(&Alternative::new());
    let only_anonymous = |set: &BTreeSet<Alternative>| set.len() == 1 && anonymous(set);
    match (only_anonymous(asked), only_anonymous(asks)) {
        (true, false) if !anonymous(asks) => return "security-added",
        (false, true) => return "security-removed",
        _ => {}
    }
    let kept = serves(asked, asks);
    let fresh = !serves(asks, asked);
    let schemes = |set: &BTreeSet<Alternative>| -> BTreeSet<Vec<String>> {
        set.iter().map(|alternative| alternative.keys().cloned().collect()).collect()
    };
    let scopes = schemes(asked) == schemes(asks);
    match (kept, fresh, scopes) {
        (true, _, true) => "security-scope-dropped",
        (false, _, true) => "security-scope-needed",
        (true, _, _) => "security-alternative-added",
        (false, false, _) => "security-alternative-removed",
        (false, true, _) => "security-changed",
    }
}

/// Whether whoever has any of these has what one of the others asks for.
fn serves(holders: &BTreeSet<Alternative>, others: &BTreeSet<Alternative>) -> bool {
    // what nobody is asked for is served by all, and what is asked for begins with a scheme that its holder has
    let anonymous = others.contains(&Alternative::new());
    let mut by_first: HashMap<&str, Vec<&Alternative>> = HashMap::new();
    for other in others {
        if let Some((first, _)) = other.first_key_value() {
            by_first.entry(first).or_default().push(other);
        }
    }
    let has = |holder: &Alternative, needed: &Alternative| {
        needed.iter().all(|(name, scopes)| holder.get(name).is_some_and(|held| scopes.is_subset(held)))
    };
    holders.iter().all(|holder| {
        let mut needed = holder.keys().filter_map(|name| by_first.get(name.as_str())).flatten();
        anonymous || needed.any(|needed| has(holder, needed))
    })
}

/// The schemes that requirements of a document name.
fn named(document: &serde_json::Value) -> HashSet<String> {
    let names = |value: Option<&serde_json::Value>| {
        let alternatives = value.and_then(serde_json::Value::as_array).into_iter().flatten();
        alternatives.filter_map(serde_json::Value::as_object).flat_map(|one| one.keys().cloned()).collect::<Vec<_>>()
    };
    let mut found: HashSet<String> = names(document.get("security")).into_iter().collect();
    for (_, item) in At::root(document).get("paths").iter().flat_map(At::entries) {
        let item = super::at::resolved(document, &item);
        found.extend(super::operations::methods(&item).flat_map(|(_, at)| names(at.value.get("security"))));
    }
    found
}
