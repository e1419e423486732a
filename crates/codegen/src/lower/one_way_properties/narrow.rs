//! Takes out of schemas what does not travel one way.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    pointer::join,
    queries::{is_true, referenced, schema_names, text},
};
use serde_json::{Map, Value, json};

pub(super) const KEYWORDS: [&str; 2] = ["readOnly", "writeOnly"];

/// Deeper than any honest composition; a circle is refused elsewhere.
pub(super) const DEEPEST: u8 = 32;

/// More components than any honest document has others composed of and says more of there: the most known are 3.
pub(super) const MOST_COPIES: usize = 1_000;

/// Component schemas that a walk has been at.
pub(super) type Seen<'v> = BTreeSet<&'v str>;

/// Which way a value travels.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    Request,
    Response,
}

/// Components as one way has them, by their names.
pub(super) type Views = BTreeMap<String, View>;

pub(super) struct View {
    pub(super) schema: Value,
    pub(super) removed: Vec<Removed>,
}

/// What was taken out of a schema: a property, or that it is required.
#[derive(Clone, PartialEq)]
pub(super) struct Removed {
    /// Pointer of the object that it was a key of, or of the schema that requires it.
    pub(super) at: String,
    pub(super) name: String,
    /// The property's schema.
    pub(super) property: Option<Value>,
}

/// Takes properties out of schemas.
pub(super) struct Narrowing<'s> {
    /// The components as they are before.
    pub(super) schemas: &'s Map<String, Value>,
    /// Where a component was put in place of a reference to it, and which.
    pub(super) copied: Vec<(String, String)>,
    pub(super) removed: Vec<Removed>,
}

impl Narrowing<'_> {
    /// All components that one way reaches, without what it does not carry.
    pub(super) fn views(&mut self, mut open: Vec<String>, way: Way, origins: &BTreeMap<String, String>) -> Views {
        let mut views = Views::new();
        while let Some(name) = open.pop() {
            if views.contains_key(&name) {
                continue;
            }
            let Some(schema) = self.schemas.get(&name) else { continue };
            let mut view = schema.clone();
            self.narrow(&mut view, Some(way), origins.get(&name).map_or("", String::as_str));
            open.extend(schema_names(&view).into_iter().map(str::to_owned));
            views.insert(name, View { schema: view, removed: std::mem::take(&mut self.removed) });
        }
        views
    }

    /// Takes out of a schema, and of those in it, what does not travel this way, and says so of what stays.
    pub(super) fn narrow(&mut self, schema: &mut Value, way: Option<Way>, at: &str) {
        if let Some(way) = way {
            let [names, of_branches] = [false, true].map(|all| self.hidden(schema, way, all, &mut Seen::new()));
            if !of_branches.is_empty() {
                self.take_out(schema, way, &names, &of_branches, at, 0);
            }
        }
        let Some(map) = schema.as_object_mut() else { return };
        for (name, property) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            match self.says(property) {
                [true, false] => describe(property, "Read-only."),
                [false, true] => describe(property, "Write-only."),
                _ => {}
            }
            self.narrow(property, way, &join(&format!("{at}/properties"), name));
        }
        for keyword in ["items", "additionalProperties", "not"] {
            if let Some(child) = map.get_mut(keyword) {
                self.narrow(child, way, &join(at, keyword));
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                self.narrow(part, way, &format!("{at}/{keyword}/{index}"));
            }
        }
        map.retain(|key, _| !KEYWORDS.contains(&key.as_str()));
        // a part that said no more than which way
        if let Some(Value::Array(parts)) = map.get_mut("allOf")
            && parts.iter().filter(|part| !is_empty(part)).count() == 1
            && parts.iter().any(|part| part.get("$ref").is_some())
        {
            parts.retain(|part| !is_empty(part));
        }
    }

    /// Whether a property is read-only, and whether it is write-only: by itself, or by what it refers to or is composed
    /// of.
    fn says(&self, property: &Value) -> [bool; 2] {
        KEYWORDS.map(|keyword| self.says_one(property, keyword, &mut Seen::new()))
    }

    fn says_one<'v>(&'v self, schema: &'v Value, keyword: &str, seen: &mut Seen<'v>) -> bool {
        is_true(schema, keyword)
            || self.composed_of(schema, seen).into_iter().any(|part| self.says_one(part, keyword, seen))
    }

    /// What a schema refers to, unless it is seen again, and the parts of its composition.
    fn composed_of<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> Vec<&'v Value> {
        let referred = referenced(schema, "schemas").filter(|name| seen.insert(name));
        let referred = referred.and_then(|name| self.schemas.get(name));
        referred.into_iter().chain(list(schema, "allOf")).collect()
    }

    /// Names of properties that do not travel this way, by any part of a composition and, if asked, by any branch. What
    /// is said to be both read-only and write-only travels.
    fn hidden<'v>(&'v self, schema: &'v Value, way: Way, branches: bool, seen: &mut Seen<'v>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if self.says(property) == [way == Way::Request, way == Way::Response] {
                found.insert(name.clone());
            }
        }
        let branches_of = ["oneOf", "anyOf"].into_iter().filter(|_| branches).flat_map(|keyword| list(schema, keyword));
        for part in self.composed_of(schema, seen).into_iter().chain(branches_of) {
            found.extend(self.hidden(part, way, branches, seen));
        }
        found
    }

    /// Takes properties out of a schema and the parts of its composition; what only some branches hide is not required.
    fn take_out(
        &mut self,
        schema: &mut Value,
        way: Way,
        names: &BTreeSet<String>,
        of_branches: &BTreeSet<String>,
        at: &str,
        depth: u8,
    ) {
        let Some(map) = schema.as_object_mut().filter(|_| depth < DEEPEST) else { return };
        // what is taken out of a copy is still in the component
        let is_copy = self.copied.iter().any(|(copy, _)| is_within(at, copy));
        let mut removed = Vec::new();
        if let Some(Value::Object(properties)) = map.get_mut("properties") {
            let at = format!("{at}/properties");
            let (hidden, kept) = std::mem::take(properties).into_iter().partition(|(name, _)| names.contains(name));
            *properties = kept;
            let hidden: Map<String, Value> = hidden;
            let hidden = hidden.into_iter();
            removed.extend(hidden.map(|(name, schema)| Removed { at: at.clone(), name, property: Some(schema) }));
        }
        if let Some(Value::Array(required)) = map.get_mut("required") {
            required.retain(|name| {
                let hidden = name.as_str().filter(|name| of_branches.contains(*name));
                removed.extend(hidden.map(|name| Removed { at: at.to_owned(), name: name.to_owned(), property: None }));
                hidden.is_none()
            });
        }
        self.removed.extend(removed.into_iter().filter(|_| !is_copy));
        // a discriminator that does not travel tells nothing apart
        let is_told = |tag: &Value| !of_branches.contains(text(tag, "propertyName"));
        map.retain(|key, value| match key.as_str() {
            "required" => value.as_array().is_none_or(|required| !required.is_empty()),
            "discriminator" => is_told(value),
            _ => true,
        });
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                let at = format!("{at}/{keyword}/{index}");
                if keyword == "allOf"
                    && let Some((base, schema)) = self.names_more(part, way, names)
                {
                    // the component itself has the property, only what is composed of it does not
                    self.copied.push((at.clone(), base));
                    *part = schema;
                }
                self.take_out(part, way, names, of_branches, &at, depth + 1);
            }
        }
    }

    /// The component that a part refers to, if it says more of properties that another part hides.
    fn names_more(&self, part: &Value, way: Way, names: &BTreeSet<String>) -> Option<(String, Value)> {
        let name = referenced(part, "schemas")?;
        let schema = self.schemas.get(name)?;
        if self.copied.len() == MOST_COPIES {
            return None;
        }
        let own = self.hidden(schema, way, false, &mut Seen::new());
        let named = self.named(schema, &mut Seen::new());
        names.difference(&own).any(|name| named.contains(name)).then(|| (name.to_owned(), schema.clone()))
    }

    /// Names of all properties that a composition has or requires.
    fn named<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> BTreeSet<String> {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let required = list(schema, "required").filter_map(Value::as_str);
        let mut found: BTreeSet<String> = properties.map(String::as_str).chain(required).map(str::to_owned).collect();
        for part in self.composed_of(schema, seen) {
            found.extend(self.named(part, seen));
        }
        found
    }
}

pub(super) fn list<'v>(schema: &'v Value, keyword: &str) -> impl Iterator<Item = &'v Value> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// Adds words to a property's description. A reference has none: it gets a composition of its own to carry them.
pub(super) fn describe(property: &mut Value, words: &str) {
    if property.get("$ref").is_some() {
        *property = json!({"allOf": [property.take()]});
    }
    if let Value::Object(property) = property {
        add_words(property, words);
    }
}

pub(super) fn add_words(schema: &mut Map<String, Value>, words: &str) {
    if schema.contains_key("$ref") {
        return;
    }
    let described = schema.get("description").and_then(Value::as_str).unwrap_or_default().trim_end();
    let described = if described.is_empty() { words.to_owned() } else { format!("{described}\n\n{words}") };
    schema.insert("description".to_owned(), described.into());
}

/// Whether a pointer is another one, or lies below it.
pub(super) fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub(super) fn is_empty(schema: &Value) -> bool {
    schema.as_object().is_some_and(Map::is_empty)
}
