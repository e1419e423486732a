//! Edits of schemas: what a value may be.

use serde_json::Value;

use super::{
    at::{At, View, is_true, reference, resolved, target, view},
    keywords,
    law::Ways,
    reach::ways_of,
    walk::{Walk, keys, values},
};

const COMPONENTS: &str = "/components/schemas/";

/// Keywords that the walk over a schema claims, each in a function of its own.
const CLAIMED: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "enum",
    "const",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "items",
    "prefixItems",
    "contains",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "discriminator",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "description",
    "title",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "$comment",
    "xml",
    "$defs",
    "definitions",
    "$schema",
    "$id",
    "$anchor",
    "x-extensible-enum",
    "x-sunset",
    "format",
    "pattern",
    "multipleOf",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

/// The ids where a property is taken off one way, and where it is put back: of one that may be missing, and of one that may not.
type OneWay = (&'static str, Ways, [&'static str; 2], [&'static str; 2]);

const ONE_WAY: &[OneWay] = &[
    ("readOnly", Ways::REQUEST, ["read-only-set"; 2], ["read-only-unset", "required-property-not-read-only"]),
    ("writeOnly", Ways::RESPONSE, ["write-only-set", "required-property-write-only"], ["write-only-unset"; 2]),
];

/// Keywords that hold lists.
const LISTS: &[&str] = &["enum", "required", "allOf", "oneOf", "anyOf", "prefixItems"];

/// Keywords that hold objects.
const MAPS: &[&str] = &["properties", "patternProperties", "dependentSchemas", "discriminator"];

/// What a schema is for, where that makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The schema of a parameter.
    Parameter,
    /// The schema of a property, whose flags are compared with it.
    Property,
    /// Any other.
    Value,
}

/// Pairs of schemas within one another that are compared. Two cycles of references meet in as many pairs as their lengths
/// multiplied.
pub const DEEPEST: usize = 10_000;

impl<'d> Walk<'d> {
    /// Compares the schemas that stand at two places.
    pub(super) fn schema(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) {
        // what both refer to by one name is compared where it stands
        if base.value == revision.value {
            return;
        }
        let references = (reference(base.value), reference(revision.value));
        if let (Some(one), Some(other)) = references {
            if one == other {
                return self.keywords(base, revision, ways, place);
            }
            self.words(base, revision, &["description", "summary"]);
        }
        let (from, to) = (view(self.base, base), view(self.revision, revision));
        if from.broken || to.broken {
            return self.broken_reference(base, revision, ways);
        }
        let mark = self.edits.len();
        let renames = self.reference_changed(references);
        self.views(base, revision, &from, &to, ways, place);
        if !renames
            && self.edits.len() == mark
            && base.value != revision.value
            && (references.0.is_some() || references.1.is_some() || from.unwrapped || to.unwrapped)
        {
            self.edit("schema-restated", ways, Some(base), Some(revision));
        }
    }

    fn views(&mut self, base: &At<'d>, revision: &At<'d>, from: &View<'d>, to: &View<'d>, ways: Ways, place: Place) {
        let nullable = (takes_null(from), takes_null(to));
        let key = (from.at.pointer.clone(), to.at.pointer.clone());
        if from.at.pointer != base.pointer || to.at.pointer != revision.pointer {
            // null that a wrapper lets in is a matter of this place
            if nullable.0 != nullable.1 && (from.nullable || to.nullable) {
                let id = if nullable.1 { "null-allowed" } else { "null-refused" };
                self.edit(id, ways, Some(base), Some(revision));
            }
            let known = self.seen.get(&key).copied();
            if known.is_some_and(|known| known.covers(ways)) {
                return;
            }
            self.seen.insert(key, known.unwrap_or_default().and(ways));
        }
        if self.depth >= DEEPEST {
            self.too_deep.get_or_insert_with(|| base.pointer.clone());
            return;
        }
        let own = from.at.pointer == base.pointer && to.at.pointer == revision.pointer;
        self.depth += 1;
        self.keywords(&from.at, &to.at, ways, if own || place == Place::Parameter { place } else { Place::Value });
        self.depth -= 1;
    }

    /// A reference that became another: of another name for the same thing, or of another thing. Tells whether it is only
    /// the name.
    fn reference_changed(&mut self, references: (Option<&str>, Option<&str>)) -> bool {
        let (Some(from), Some(to)) = references else { return false };
        let name =
            |text: &str| text.strip_prefix('#').and_then(|text| text.strip_prefix(COMPONENTS)).map(str::to_owned);
        let (Some(old), Some(new)) = (name(from), name(to)) else { return false };
        if self.renamed.get(&old) == Some(&new) {
            return true;
        }
        let gone = self.revision.pointer(&format!("{COMPONENTS}{old}")).is_none();
        let fresh = self.base.pointer(&format!("{COMPONENTS}{new}")).is_none();
        if gone && fresh && !self.renamed.contains_key(&old) {
            let (one, other) = (target(self.base, from), target(self.revision, to));
            self.edit_of("schema-renamed", Ways::NONE, one.as_ref(), other.as_ref(), &format!("{old} → {new}"));
            self.renamed.insert(old, new);
            return true;
        }
        false
    }

    fn broken_reference(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        if base.value != revision.value {
            self.edit("reference-broken", ways, Some(base), Some(revision));
        }
    }

    /// Compares two schemas keyword by keyword.
    pub(super) fn keywords(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) {
        if base.value == revision.value {
            return;
        }
        if !base.value.is_object() || !revision.value.is_object() {
            return self.boolean(base, revision, ways);
        }
        self.words(
            base,
            revision,
            &["title", "description", "summary", "example", "examples", "externalDocs", "$comment"],
        );
        if self.unions_introduced(base, revision, ways) || self.types(base, revision, ways, place) {
            return;
        }
        if place != Place::Property {
            self.one_way(base, revision, ways, false);
        }
        keywords::compare(self, base, revision, ways, place);
        self.properties(base, revision, ways);
        self.inner(base, revision, ways);
        self.unions(base, revision, ways);
        self.rest(base, revision, CLAIMED, ways);
        self.shapes(base, revision, LISTS, MAPS, ways);
        for key in ["$schema", "$id", "$anchor"] {
            if values(&base.get(key)) != values(&revision.get(key)) {
                self.edit("schema-restated", ways, base.get(key).as_ref(), revision.get(key).as_ref());
            }
        }
        for key in ["$defs", "definitions"] {
            for name in base.get(key).zip(revision.get(key)).map(|(one, other)| keys(&one, &other)).unwrap_or_default()
            {
                let inner = |at: &At<'d>| at.get(key)?.get(name);
                match (inner(base), inner(revision)) {
                    (Some(one), Some(other)) => self.schema(&one, &other, ways, Place::Value),
                    (one, other) => self.edit("schema-restated", ways, one.as_ref(), other.as_ref()),
                }
            }
        }
    }

    /// Schemas that are `true` or `false`, or no schemas at all.
    fn boolean(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let takes = |value: &Value| match value {
            Value::Bool(false) => Some(false),
            Value::Bool(true) | Value::Null => Some(true),
            Value::Object(map) if map.is_empty() => Some(true),
            _ => None,
        };
        let id = match (takes(base.value), takes(revision.value)) {
            (Some(one), Some(other)) if one == other => return,
            (Some(false), _) | (_, Some(true)) => "schema-loosened",
            (Some(true), _) | (_, Some(false)) => "schema-tightened",
            _ => "unclassified",
        };
        self.edit(id, ways, Some(base), Some(revision));
    }

    /// Types, and whether null is one. Tells whether nothing else of the schemas can be compared.
    fn types(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) -> bool {
        let null = (keywords::nullable(base.value), keywords::nullable(revision.value));
        let (from, to) = (keywords::types(base.value), keywords::types(revision.value));
        let (one, other) = (base.get("type"), revision.get("type"));
        if null.0 != null.1 && (!from.is_empty() && !to.is_empty() || one.is_none() && other.is_none()) {
            let flags = (base.get("nullable"), revision.get("nullable"));
            let (one, other) =
                if flags.0.is_some() || flags.1.is_some() { flags } else { (one.clone(), other.clone()) };
            self.edit(if null.1 { "null-allowed" } else { "null-refused" }, ways, one.as_ref(), other.as_ref());
        }
        if from == to {
            return false;
        }
        let within = |inner: &[&str], outer: &[&str]| {
            outer.is_empty()
                || !inner.is_empty()
                    && inner.iter().all(|ty| outer.contains(ty) || *ty == "integer" && outer.contains(&"number"))
        };
        // a parameter is sent as a text, whatever it holds
        let is_text = |schema: &Value, types: &[&str]| {
            let ruled = ["format", "pattern", "enum", "const", "minLength", "maxLength"];
            place == Place::Parameter && types == ["string"] && ruled.iter().all(|key| schema.get(key).is_none())
        };
        let (id, stop) = match (within(&from, &to), within(&to, &from)) {
            (true, true) => return false,
            (true, false) => ("type-widened", false),
            (false, true) => ("type-narrowed", false),
            (false, false) if is_text(revision.value, &to) => ("type-widened", true),
            (false, false) if is_text(base.value, &from) => ("type-narrowed", true),
            (false, false) => ("type-changed", true),
        };
        if one.is_none() && other.is_none() {
            return false;
        }
        self.edit(id, ways, one.as_ref().or(Some(base)), other.as_ref().or(Some(revision)));
        stop
    }

    fn properties(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        let empty = |at: &At<'d>| At { value: &Value::Null, pointer: format!("{}/properties", at.pointer) };
        let (from, to) = (
            base.given("properties").unwrap_or_else(|| empty(base)),
            revision.given("properties").unwrap_or_else(|| empty(revision)),
        );
        let (asked, asks) = (keywords::names(base, "required"), keywords::names(revision, "required"));
        let (was_asked, is_asked) = (keywords::by_name(&asked), keywords::by_name(&asks));
        let closed = |at: &At<'d>| at.value.get("additionalProperties") == Some(&Value::Bool(false));
        let renamed =
            renamed_property(&from, &to, |name| was_asked.contains_key(name), |name| is_asked.contains_key(name));
        if let Some((old, new, required)) = &renamed
            && !closed(base)
            && !closed(revision)
        {
            let inner = ways_of(self.base, old.1.value, ways);
            let id = if *required { "required-property-renamed" } else { "property-renamed" };
            self.edit_of(id, inner, Some(&old.1), Some(&new.1), &format!("{} → {}", old.0, new.0));
        }
        let merged = |name: &str| {
            !closed(base)
                && !closed(revision)
                && renamed.as_ref().is_some_and(|(old, new, _)| old.0 == name || new.0 == name)
        };
        for name in keys(&from, &to).into_iter().filter(|name| !merged(name)) {
            let (one, other) = (from.get(name), to.get(name));
            let places = (was_asked.get(name).copied(), is_asked.get(name).copied());
            let requires = (places.0.is_some(), places.1.is_some());
            match (&one, &other) {
                (Some(one), Some(other)) => {
                    let inner = ways_of(self.base, one.value, ways).and(ways_of(self.revision, other.value, ways));
                    self.required(name, places, other, inner);
                    self.one_way(one, other, ways, requires.0 || requires.1);
                    self.schema(one, other, inner, Place::Property);
                }
                (None, Some(other)) => {
                    let inner = ways_of(self.revision, other.value, ways);
                    let id = match requires {
                        (false, true) if has_default(self.revision, other) => "required-property-with-default-added",
                        (false, true) => "required-property-added",
                        (true, false) => "property-declared-and-not-required",
                        _ => "property-added",
                    };
                    self.edit_of(id, inner, None, Some(other), name);
                }
                (Some(one), None) => {
                    let inner = ways_of(self.base, one.value, ways);
                    let id = match (requires, closed(revision)) {
                        ((true, false), _) => "required-property-removed",
                        ((_, true), false) => "property-undeclared",
                        (_, true) => "property-refused",
                        _ => "property-removed",
                    };
                    self.edit_of(id, inner, Some(one), None, name);
                }
                (None, None) => {}
            }
        }
        // names that are required and not declared
        for at in &asked {
            let name = at.value.as_str().unwrap_or_default();
            if !is_asked.contains_key(name) && from.get(name).is_none() && to.get(name).is_none() {
                self.edit_of("property-not-required", ways, Some(at), None, name);
            }
        }
        for at in &asks {
            let name = at.value.as_str().unwrap_or_default();
            if !was_asked.contains_key(name) && from.get(name).is_none() && to.get(name).is_none() {
                self.edit_of("property-required", ways, None, Some(at), name);
            }
        }
    }

    /// `places` is where either side requires the property, which is `property` on the revision's side.
    fn required(&mut self, name: &str, places: (Option<&At<'d>>, Option<&At<'d>>), property: &At<'d>, ways: Ways) {
        match places {
            (Some(one), None) => self.edit_of("property-not-required", ways, Some(one), None, name),
            (None, Some(other)) => {
                let has_default = has_default(self.revision, property);
                let id = if has_default { "property-with-default-required" } else { "property-required" };
                self.edit_of(id, ways, None, Some(other), name);
            }
            _ => {}
        }
    }

    /// `readOnly` and `writeOnly` take a property off one way.
    fn one_way(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways, required: bool) {
        for (key, way, on, off) in ONE_WAY {
            let (from, to) = (base.get(key), revision.get(key));
            if base.is_true(key) != revision.is_true(key) {
                let id = if base.is_true(key) { off } else { on }[usize::from(required)];
                self.edit(id, ways.only(*way), from.as_ref(), to.as_ref());
            }
        }
    }

    /// Schemas within a schema, but for properties and branches.
    fn inner(&mut self, base: &At<'d>, revision: &At<'d>, ways: Ways) {
        self.open(
            base,
            revision,
            "additionalProperties",
            ("additional-properties-opened", "additional-properties-closed"),
            ways,
        );
        self.open(
            base,
            revision,
            "unevaluatedProperties",
            ("additional-properties-opened", "additional-properties-closed"),
            ways,
        );
        self.open(base, revision, "unevaluatedItems", ("additional-items-opened", "additional-items-closed"), ways);
        self.open(base, revision, "items", ("items-removed", "items-added"), ways);
        self.open(base, revision, "contentSchema", ("content-schema-removed", "content-schema-added"), ways);
        self.open(base, revision, "propertyNames", ("property-names-removed", "property-names-added"), ways);
        self.open(base, revision, "contains", ("contains-removed", "contains-added"), ways);
        for key in ["patternProperties", "dependentSchemas"] {
            let (one, other) = (base.given(key), revision.given(key));
            let empty = At { value: &Value::Null, pointer: String::new() };
            for name in keys(one.as_ref().unwrap_or(&empty), other.as_ref().unwrap_or(&empty)) {
                let inner = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.get(name));
                self.maybe(inner(&one), inner(&other), ("condition-removed", "condition-added"), ways);
            }
        }
        for key in ["not", "if", "then", "else", "dependentRequired"] {
            let (one, other) = (base.given(key), revision.given(key));
            match (&one, &other) {
                (None, Some(_)) => self.edit("condition-added", ways, None, other.as_ref()),
                (Some(_), None) => self.edit("condition-removed", ways, one.as_ref(), None),
                (Some(a), Some(b)) if a.value != b.value => {
                    let same = key != "dependentRequired"
                        && self.fingerprints.0.of(self.base, a) == self.fingerprints.1.of(self.revision, b);
                    // what says the same differs in words, or in how it is said
                    if same {
                        self.schema(a, b, ways, Place::Value);
                    } else {
                        self.edit("condition-changed", ways, Some(a), Some(b));
                    }
                }
                _ => {}
            }
        }
        let (one, other) = (base.given("prefixItems"), revision.given("prefixItems"));
        let list = |at: &Option<At<'d>>| at.iter().flat_map(At::items).collect::<Vec<_>>();
        let (from, to) = (list(&one), list(&other));
        for index in 0..from.len().max(to.len()) {
            // what stands beyond the listed items is what `items` says
            let beyond = |owner: &At<'d>| {
                let schema = owner.given("items").or_else(|| owner.given("unevaluatedItems"));
                schema.filter(|at| !is_true(at.value))
            };
            match (from.get(index), to.get(index)) {
                (Some(a), Some(b)) => self.schema(a, b, ways, Place::Value),
                (Some(a), None) => match beyond(revision) {
                    None => self.edit("prefix-item-removed", ways, Some(a), None),
                    Some(b) if b.value == &Value::Bool(false) => self.edit("prefix-item-refused", ways, Some(a), None),
                    Some(b) => self.schema(a, &b, ways, Place::Value),
                },
                (None, Some(b)) => match beyond(base) {
                    None => self.edit("prefix-item-added", ways, None, Some(b)),
                    Some(a) if a.value == &Value::Bool(false) => self.edit("prefix-item-allowed", ways, None, Some(b)),
                    Some(a) => self.schema(&a, b, ways, Place::Value),
                },
                (None, None) => {}
            }
        }
    }

    /// A keyword whose absence says the same as a schema that takes all.
    fn open(&mut self, base: &At<'d>, revision: &At<'d>, key: &str, ids: (&'static str, &'static str), ways: Ways) {
        self.maybe(base.given(key), revision.given(key), ids, ways);
    }

    fn maybe(&mut self, base: Option<At<'d>>, revision: Option<At<'d>>, ids: (&'static str, &'static str), ways: Ways) {
        let takes_all = |at: &Option<At<'d>>| {
            at.as_ref()
                .is_none_or(|at| is_true(at.value) || at.value.as_object().is_some_and(serde_json::Map::is_empty))
        };
        let takes_none = |at: &Option<At<'d>>| at.as_ref().is_some_and(|at| at.value == &Value::Bool(false));
        match (&base, &revision) {
            _ if takes_all(&base) && takes_all(&revision) => {}
            (_, Some(_)) if takes_all(&base) => self.edit(ids.1, ways, base.as_ref(), revision.as_ref()),
            (Some(_), _) if takes_all(&revision) => self.edit(ids.0, ways, base.as_ref(), revision.as_ref()),
            _ if takes_none(&base) && takes_none(&revision) => {}
            _ if takes_none(&base) => self.edit(ids.0, ways, base.as_ref(), revision.as_ref()),
            _ if takes_none(&revision) => self.edit(ids.1, ways, base.as_ref(), revision.as_ref()),
            (Some(one), Some(other)) => self.schema(one, other, ways, Place::Value),
            _ => {}
        }
    }
}

/// A property with its name.
type Named<'d> = (&'d str, At<'d>);

/// The one property that is gone and the one that is new, if they say the same, and whether they must be given.
fn renamed_property<'d>(
    from: &At<'d>,
    to: &At<'d>,
    was_required: impl Fn(&str) -> bool,
    is_required: impl Fn(&str) -> bool,
) -> Option<(Named<'d>, Named<'d>, bool)> {
    let gone: Vec<_> = from.entries().filter(|(name, _)| to.get(name).is_none()).collect();
    let fresh: Vec<_> = to.entries().filter(|(name, _)| from.get(name).is_none()).collect();
    let ([old], [new]) = (gone.as_slice(), fresh.as_slice()) else { return None };
    let required = (was_required(old.0), is_required(new.0));
    // a name that is still asked for is not renamed
    let clean = !is_required(old.0) && !was_required(new.0) && required.0 == required.1;
    (clean && old.1.value == new.1.value).then(|| (old.clone(), new.clone(), required.0))
}

fn takes_null(view: &View<'_>) -> bool {
    view.nullable || keywords::nullable(view.at.value)
}

fn has_default<'d>(document: &'d Value, at: &At<'d>) -> bool {
    at.value.get("default").is_some() || resolved(document, at).value.get("default").is_some()
}
