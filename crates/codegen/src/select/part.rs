//! Builds a document of some operations and what they reference.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Method, free_name,
    kind::{Kind, change_each, push, reference},
    pointer,
    queries::object_at,
    references::{Resolver, merge_siblings, name_of},
};
use serde_json::{Map, Value};

use super::reached::{Reached, component};
use crate::moved::Moved;

/// A part of a document, as a document.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) document: Value,
    /// Pointers in the original document of the values that have other pointers in the part.
    pub(crate) moved: Moved,
}

/// An operation: its path item and its key there.
pub(crate) type Key<'a> = (&'a str, &'a str, &'a str);

/// Returns the document without the operations that `keeps` excludes, and without everything that then nothing
/// references. `keeps` is called with the section (`paths` or `webhooks`), the path and the method. The components
/// `also` are kept in any case.
pub(crate) fn part(document: &Value, keeps: impl Fn(Key<'_>) -> bool, also: &[String]) -> Part {
    let mut moved = Moved::default();
    let whole = with_inline_items(document, &mut moved);
    let kept = Kept::of(&whole, keeps);
    let mut reached = Reached::new(&whole);
    kept.operations.iter().for_each(|at| reached.add(at));
    kept.items.iter().for_each(|(at, keys)| keys.iter().for_each(|key| reached.add(&pointer::join(at, key))));
    also.iter().for_each(|at| reached.add(at));
    if kept.uses_security {
        whole.get("security").into_iter().for_each(|requirements| reached.add_requirements(requirements));
    }
    let mut result = Map::new();
    for (key, value) in whole.as_object().into_iter().flatten() {
        let value = match key.as_str() {
            "paths" | "webhooks" => kept.section(key, value),
            "components" => components(value, &reached.components),
            "tags" => kept.tags(value, &mut moved),
            "security" => Some(value.clone()).filter(|_| kept.uses_security),
            "servers" => Some(value.clone()).filter(|_| kept.uses_servers),
            _ => Some(value.clone()),
        };
        if let Some(value) = value {
            result.insert(key.clone(), value);
        }
    }
    result.entry("paths").or_insert_with(|| Value::Object(Map::new()));
    let mut document = Value::Object(result);
    let missing = reached.others.iter().filter(|(at, _)| document.pointer(at).is_none());
    let missing: Vec<_> = missing.map(|(at, section)| (at.clone(), *section)).collect();
    hoist(&mut document, &whole, &reached, missing, &mut moved);
    Part { document, moved }
}

/// Inlines references to path items, since some of their operations may be excluded.
fn with_inline_items(document: &Value, moved: &mut Moved) -> Value {
    let mut result = document.clone();
    let resolver = Resolver::new(document);
    for section in ["paths", "webhooks"] {
        let Some(items) = result.get_mut(section).and_then(Value::as_object_mut) else { continue };
        for (path, item) in items {
            let at = pointer::join(&pointer::join("", section), path);
            let Some(target) = item.get("$ref").and_then(|_| resolver.dereference(&at)) else { continue };
            let mut inlined = target.value.clone();
            let siblings = item.as_object().cloned().unwrap_or_default();
            // a conflict or a reference without a target is reported when the part is generated
            if inlined.get("$ref").is_none() && merge_siblings(&mut inlined, siblings, Kind::PathItem).is_ok() {
                *item = inlined;
                moved.insert(at, target.pointer);
            }
        }
    }
    result
}

/// What is kept outside of the components.
#[derive(Default)]
struct Kept {
    /// Pointers of operations.
    operations: BTreeSet<String>,
    /// Keys of the path items that have such operations, apart from methods.
    items: BTreeMap<String, Vec<String>>,
    tags: BTreeSet<String>,
    uses_servers: bool,
    uses_security: bool,
}

impl Kept {
    fn of(document: &Value, keeps: impl Fn(Key<'_>) -> bool) -> Self {
        let mut kept = Self::default();
        for section in ["paths", "webhooks"] {
            for (path, item) in document.get(section).and_then(Value::as_object).into_iter().flatten() {
                let at = pointer::join(&pointer::join("", section), path);
                let methods = Method::ALL.iter().map(|method| method.key());
                for method in methods.filter(|method| item.get(method).is_some() && keeps((section, path, method))) {
                    kept.add(item, &at, method);
                }
            }
        }
        kept
    }

    fn add(&mut self, item: &Value, at: &str, method: &str) {
        let operation = item.get(method).unwrap_or(&Value::Null);
        self.operations.insert(pointer::join(at, method));
        let keys = item.as_object().into_iter().flat_map(Map::keys).filter(|key| Method::of_key(key).is_none());
        self.items.entry(at.to_owned()).or_insert_with(|| keys.cloned().collect());
        let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
        self.tags.extend(tags.filter_map(Value::as_str).map(str::to_owned));
        let has_servers =
            |value: &Value| value.get("servers").and_then(Value::as_array).is_some_and(|servers| !servers.is_empty());
        self.uses_servers |= at.starts_with("/paths/") && !has_servers(operation) && !has_servers(item);
        self.uses_security |= operation.get("security").is_none_or(Value::is_null);
    }

    /// Returns `paths` or `webhooks` without excluded operations.
    fn section(&self, section: &str, items: &Value) -> Option<Value> {
        let mut result = Map::new();
        for (path, item) in items.as_object()? {
            let at = pointer::join(&pointer::join("", section), path);
            if path.starts_with("x-") {
                result.insert(path.clone(), item.clone());
            }
            if self.items.contains_key(&at) {
                let mut item = item.clone();
                if let Some(item) = item.as_object_mut() {
                    item.retain(|key, _| {
                        Method::of_key(key).is_none() || self.operations.contains(&pointer::join(&at, key))
                    });
                }
                result.insert(path.clone(), item);
            }
        }
        Some(Value::Object(result)).filter(|items| section == "paths" || *items != Value::Object(Map::new()))
    }

    /// Returns the Tag Objects that operations use.
    fn tags(&self, tags: &Value, moved: &mut Moved) -> Option<Value> {
        let mut result = Vec::new();
        for (index, tag) in tags.as_array()?.iter().enumerate() {
            if tag.get("name").and_then(Value::as_str).is_some_and(|name| self.tags.contains(name)) {
                if index != result.len() {
                    moved.insert(format!("/tags/{}", result.len()), format!("/tags/{index}"));
                }
                result.push(tag.clone());
            }
        }
        Some(Value::Array(result)).filter(|tags| *tags != Value::Array(Vec::new()))
    }
}

/// Returns the components that are reached.
fn components(components: &Value, reached: &BTreeSet<String>) -> Option<Value> {
    let mut result = Map::new();
    for (section, entries) in components.as_object()? {
        let at = pointer::join("/components", section);
        let Some(entries) = entries.as_object().filter(|_| !section.starts_with("x-")) else {
            result.insert(section.clone(), entries.clone());
            continue;
        };
        let kept = entries.iter().filter(|(name, _)| reached.contains(&pointer::join(&at, name)));
        let kept: Map<String, Value> = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
        if !kept.is_empty() {
            result.insert(section.clone(), Value::Object(kept));
        }
    }
    Some(Value::Object(result)).filter(|components| *components != Value::Object(Map::new()))
}

/// Copies targets of references that are in excluded parts into components, and rewrites the references to them.
fn hoist(
    document: &mut Value,
    whole: &Value,
    reached: &Reached<'_>,
    missing: Vec<(String, &'static str)>,
    moved: &mut Moved,
) {
    if missing.is_empty() {
        return;
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (at, section) in missing {
        let Some(value) = whole.pointer(&at) else { continue };
        let known = whole.pointer(&format!("/components/{section}"));
        let added = object_at(document, &["components", section]);
        let is_taken = |name: &str| added.contains_key(name) || known.is_some_and(|known| known.get(name).is_some());
        let name = free_name(&name_of(&at, "Schema"), is_taken);
        added.insert(name.clone(), value.clone());
        let mut to = format!("/components/{section}");
        push(&mut to, &name);
        moved.insert(to.clone(), at.clone());
        names.insert(at, to);
    }
    change_each(document, Kind::Root, &mut |value, kind| {
        let Some(target) = reference(value, kind).and_then(|text| reached.target(text)) else { return };
        if component(&target.pointer).is_none()
            && let (Some(to), Some(value)) = (names.get(&target.pointer), value.as_object_mut())
        {
            value.insert("$ref".to_owned(), format!("#{to}").into());
        }
    });
}
