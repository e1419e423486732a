//! Removes from schemas the properties that a direction excludes.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    pointer::join,
    queries::{is_true, referenced, schema_names, text},
};
use serde_json::{Map, Value, json};

pub(super) const KEYWORDS: [&str; 2] = ["readOnly", "writeOnly"];

/// The limit of nested compositions, above that of any known document. Cycles are rejected elsewhere.
pub(super) const DEEPEST: u8 = 32;

/// The limit of components that are copied into compositions; the most in a known document are 3.
pub(super) const MOST_COPIES: usize = 1_000;

/// The component schemas that a walk has visited.
pub(super) type Seen<'v> = BTreeSet<&'v str>;

/// The direction in which a value is sent.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Direction {
    Request,
    Response,
}

/// The components of one direction, by name.
pub(super) type Views = BTreeMap<String, View>;

/// A component in one direction.
pub(super) struct View {
    pub(super) schema: Value,
    pub(super) removed: Vec<Removed>,
}

/// A removed property, or a removed entry of `required`.
#[derive(Clone, PartialEq)]
pub(super) struct Removed {
    /// Pointer of the `properties`, or of the schema with `required`.
    pub(super) at: String,
    pub(super) name: String,
    /// The schema of the property; `None` for an entry of `required`.
    pub(super) property: Option<Value>,
}

/// The state of the removal.
pub(super) struct Narrowing<'s> {
    /// The components before the pass.
    pub(super) schemas: &'s Map<String, Value>,
    /// Pointers at which a reference was replaced by a copy of its component, and the component.
    pub(super) copied: Vec<(String, String)>,
    pub(super) removed: Vec<Removed>,
}

impl Narrowing<'_> {
    /// Returns all components that are reachable in one direction, without the properties that it excludes.
    pub(super) fn views(
        &mut self,
        mut open: Vec<String>,
        direction: Direction,
        origins: &BTreeMap<String, String>,
    ) -> Views {
        let mut views = Views::new();
        while let Some(name) = open.pop() {
            if views.contains_key(&name) {
                continue;
            }
            let Some(schema) = self.schemas.get(&name) else { continue };
            let mut view = schema.clone();
            self.narrow(&mut view, Some(direction), origins.get(&name).map_or("", String::as_str));
            open.extend(schema_names(&view).into_iter().map(str::to_owned));
            views.insert(name, View { schema: view, removed: std::mem::take(&mut self.removed) });
        }
        views
    }

    /// Removes the properties that a direction excludes from a schema and its subschemas, and adds a note to remaining
    /// read-only and write-only ones.
    pub(super) fn narrow(&mut self, schema: &mut Value, direction: Option<Direction>, at: &str) {
        if let Some(direction) = direction {
            let [names, with_variants] =
                [false, true].map(|all| self.excluded(schema, direction, all, &mut Seen::new()));
            if !with_variants.is_empty() {
                self.remove(schema, direction, &names, &with_variants, at, 0);
            }
        }
        let Some(map) = schema.as_object_mut() else { return };
        for (name, property) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            match self.flags(property) {
                [true, false] => describe(property, "Read-only."),
                [false, true] => describe(property, "Write-only."),
                _ => {}
            }
            self.narrow(property, direction, &join(&format!("{at}/properties"), name));
        }
        for keyword in ["items", "additionalProperties", "not"] {
            if let Some(child) = map.get_mut(keyword) {
                self.narrow(child, direction, &join(at, keyword));
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                self.narrow(part, direction, &format!("{at}/{keyword}/{index}"));
            }
        }
        map.retain(|key, _| !KEYWORDS.contains(&key.as_str()));
        // a part that only had one of the keywords
        if let Some(Value::Array(parts)) = map.get_mut("allOf")
            && parts.iter().filter(|part| !is_empty(part)).count() == 1
            && parts.iter().any(|part| part.get("$ref").is_some())
        {
            parts.retain(|part| !is_empty(part));
        }
    }

    /// Returns whether a property is read-only and whether it is write-only: by itself, or by a schema that it
    /// references or extends.
    fn flags(&self, property: &Value) -> [bool; 2] {
        KEYWORDS.map(|keyword| self.has_flag(property, keyword, &mut Seen::new()))
    }

    fn has_flag<'v>(&'v self, schema: &'v Value, keyword: &str, seen: &mut Seen<'v>) -> bool {
        is_true(schema, keyword)
            || self.composed_of(schema, seen).into_iter().any(|part| self.has_flag(part, keyword, seen))
    }

    /// Returns the component that a schema references, unless already visited, and its `allOf` parts.
    fn composed_of<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> Vec<&'v Value> {
        let target = referenced(schema, "schemas").filter(|name| seen.insert(name));
        let target = target.and_then(|name| self.schemas.get(name));
        target.into_iter().chain(list(schema, "allOf")).collect()
    }

    /// Returns the names of properties that a direction excludes, by any `allOf` part and optionally by any variant. A
    /// property that is both read-only and write-only is not excluded.
    fn excluded<'v>(
        &'v self,
        schema: &'v Value,
        direction: Direction,
        variants: bool,
        seen: &mut Seen<'v>,
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if self.flags(property) == [direction == Direction::Request, direction == Direction::Response] {
                found.insert(name.clone());
            }
        }
        let variants_of = ["oneOf", "anyOf"].into_iter().filter(|_| variants).flat_map(|keyword| list(schema, keyword));
        for part in self.composed_of(schema, seen).into_iter().chain(variants_of) {
            found.extend(self.excluded(part, direction, variants, seen));
        }
        found
    }

    /// Removes properties from a schema and its subschemas. Properties that only some variants exclude stay, but are
    /// not required.
    fn remove(
        &mut self,
        schema: &mut Value,
        direction: Direction,
        names: &BTreeSet<String>,
        with_variants: &BTreeSet<String>,
        at: &str,
        depth: u8,
    ) {
        let Some(map) = schema.as_object_mut().filter(|_| depth < DEEPEST) else { return };
        // the component still has what is removed from its copy
        let is_copy = self.copied.iter().any(|(copy, _)| is_within(at, copy));
        let mut removed = Vec::new();
        if let Some(Value::Object(properties)) = map.get_mut("properties") {
            let at = format!("{at}/properties");
            let (excluded, kept) = std::mem::take(properties).into_iter().partition(|(name, _)| names.contains(name));
            *properties = kept;
            let excluded: Map<String, Value> = excluded;
            let excluded = excluded.into_iter();
            removed.extend(excluded.map(|(name, schema)| Removed { at: at.clone(), name, property: Some(schema) }));
        }
        if let Some(Value::Array(required)) = map.get_mut("required") {
            required.retain(|name| {
                let excluded = name.as_str().filter(|name| with_variants.contains(*name));
                removed.extend(excluded.map(|name| Removed {
                    at: at.to_owned(),
                    name: name.to_owned(),
                    property: None,
                }));
                excluded.is_none()
            });
        }
        self.removed.extend(removed.into_iter().filter(|_| !is_copy));
        // a discriminator whose property is excluded is removed
        let is_included = |tag: &Value| !with_variants.contains(text(tag, "propertyName"));
        map.retain(|key, value| match key.as_str() {
            "required" => value.as_array().is_none_or(|required| !required.is_empty()),
            "discriminator" => is_included(value),
            _ => true,
        });
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                let at = format!("{at}/{keyword}/{index}");
                if keyword == "allOf"
                    && let Some((base, schema)) = self.component_to_copy(part, direction, names)
                {
                    // only the composition excludes the property, not the component
                    self.copied.push((at.clone(), base));
                    *part = schema;
                }
                self.remove(part, direction, names, with_variants, &at, depth + 1);
            }
        }
    }

    /// Returns the component that a part references, if it has a property that only another part excludes.
    fn component_to_copy(
        &self,
        part: &Value,
        direction: Direction,
        names: &BTreeSet<String>,
    ) -> Option<(String, Value)> {
        let name = referenced(part, "schemas")?;
        let schema = self.schemas.get(name)?;
        if self.copied.len() == MOST_COPIES {
            return None;
        }
        let own = self.excluded(schema, direction, false, &mut Seen::new());
        let named = self.property_names(schema, &mut Seen::new());
        names.difference(&own).any(|name| named.contains(name)).then(|| (name.to_owned(), schema.clone()))
    }

    /// Returns the names of all properties that a composition defines or requires.
    fn property_names<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> BTreeSet<String> {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let required = list(schema, "required").filter_map(Value::as_str);
        let mut found: BTreeSet<String> = properties.map(String::as_str).chain(required).map(str::to_owned).collect();
        for part in self.composed_of(schema, seen) {
            found.extend(self.property_names(part, seen));
        }
        found
    }
}

pub(super) fn list<'v>(schema: &'v Value, keyword: &str) -> impl Iterator<Item = &'v Value> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// Adds a note to the description of a property. A reference is wrapped in `allOf`, since it has no description.
pub(super) fn describe(property: &mut Value, note: &str) {
    if property.get("$ref").is_some() {
        *property = json!({"allOf": [property.take()]});
    }
    if let Value::Object(property) = property {
        add_note(property, note);
    }
}

pub(super) fn add_note(schema: &mut Map<String, Value>, note: &str) {
    if schema.contains_key("$ref") {
        return;
    }
    let described = schema.get("description").and_then(Value::as_str).unwrap_or_default().trim_end();
    let described = if described.is_empty() { note.to_owned() } else { format!("{described}\n\n{note}") };
    schema.insert("description".to_owned(), described.into());
}

/// Returns whether a pointer is equal to another pointer, or below it.
pub(super) fn is_within(at: &str, ancestor: &str) -> bool {
    at.strip_prefix(ancestor).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

pub(super) fn is_empty(schema: &Value) -> bool {
    schema.as_object().is_some_and(Map::is_empty)
}
