//! A value of one side and the place where it stands; references are followed here.

use openapi::pointer;
use serde_json::Value;

/// More references in a row, or wrappers in one another, than any honest document has.
const DEEPEST: usize = 64;

/// A value and its pointer.
#[derive(Clone, Debug)]
pub(super) struct At<'d> {
    pub(super) value: &'d Value,
    pub(super) pointer: String,
}

impl<'d> At<'d> {
    pub(super) fn root(value: &'d Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// What stands under a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { value, pointer: pointer::join(&self.pointer, key) })
    }

    /// What stands under a key and is not null: loose documents write nulls for what is not there.
    pub(super) fn given(&self, key: &str) -> Option<Self> {
        self.get(key).filter(|at| !at.value.is_null())
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    pub(super) fn is_true(&self, key: &str) -> bool {
        self.value.get(key).is_some_and(is_true)
    }

    /// The keys of an object with their values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d, '_> {
        let map = self.value.as_object();
        map.into_iter()
            .flatten()
            .map(|(key, value)| (key.as_str(), Self { value, pointer: pointer::join(&self.pointer, key) }))
    }

    /// The items of a list.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> + use<'d, '_> {
        let items = self.value.as_array();
        items
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| Self { value, pointer: format!("{}/{index}", self.pointer) })
    }
}

/// A flag, also where a loose document writes it as a text.
pub(super) fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true) || value == "true"
}

/// Where a reference of this document leads.
pub(super) fn target<'d>(document: &'d Value, reference: &str) -> Option<At<'d>> {
    let fragment = reference.strip_prefix('#')?;
    let value = document.pointer(fragment);
    if let Some(value) = value {
        return Some(At { value, pointer: fragment.to_owned() });
    }
    // an address may be written with escapes
    let decoded = percent_decoded(fragment)?;
    document.pointer(&decoded).map(|value| At { value, pointer: decoded })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).filter(|_| *first == b'%');
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// The text of the reference that stands here.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// What stands here once references are followed; one that leads nowhere, or in a circle, stands for itself.
pub(super) fn resolved<'d>(document: &'d Value, at: &At<'d>) -> At<'d> {
    let mut here = at.clone();
    for _ in 0..DEEPEST {
        match reference(here.value).and_then(|reference| target(document, reference)) {
            Some(next) => here = next,
            None => return here,
        }
    }
    at.clone()
}

/// Keywords of a schema that say nothing about values.
pub(super) const WORDS: &[&str] =
    &["description", "title", "summary", "example", "examples", "externalDocs", "$comment"];

/// A schema as it means: behind references, and out of compositions of one.
#[derive(Clone, Debug)]
pub(super) struct View<'d> {
    pub(super) at: At<'d>,
    /// Whether a wrapper says that null is a value too.
    pub(super) nullable: bool,
    /// Whether a wrapper was taken off.
    pub(super) unwrapped: bool,
    /// The last reference that leads nowhere.
    pub(super) broken: bool,
}

/// The view of a schema.
pub(super) fn view<'d>(document: &'d Value, at: &At<'d>) -> View<'d> {
    let mut view = View { at: at.clone(), nullable: false, unwrapped: false, broken: false };
    for _ in 0..DEEPEST {
        if let Some(reference) = reference(view.at.value) {
            match target(document, reference) {
                // beside a reference, loose documents say that it may be null
                Some(next) => {
                    view.nullable |= view.at.is_true("nullable");
                    view.at = next;
                }
                None => {
                    view.broken = true;
                    return view;
                }
            }
            continue;
        }
        match wrapped(document, &view.at) {
            Some((inner, nullable)) => {
                view.nullable |= nullable;
                view.at = inner;
                view.unwrapped = true;
            }
            None => return view,
        }
    }
    View { at: at.clone(), nullable: false, unwrapped: false, broken: true }
}

/// The one schema in a composition that has nothing else beside it but words, and whether null may stand in its place.
fn wrapped<'d>(document: &'d Value, at: &At<'d>) -> Option<(At<'d>, bool)> {
    let map = at.value.as_object()?;
    let meaning: Vec<&str> = map
        .keys()
        .map(String::as_str)
        .filter(|key| !WORDS.contains(key) && *key != "nullable" && *key != "default" && !key.starts_with("x-"))
        .collect();
    let [keyword @ ("allOf" | "oneOf" | "anyOf")] = meaning.as_slice() else { return None };
    let branches: Vec<At<'d>> = at.get(keyword)?.items().collect();
    let mut rest: Vec<_> = branches.iter().filter(|branch| !is_null(resolved(document, branch).value)).collect();
    let has_null = *keyword != "allOf" && rest.len() < branches.len();
    let one = if rest.len() == 1 { rest.pop()?.clone() } else { return None };
    (branches.len() == 1 || has_null).then(|| (one, has_null || at.is_true("nullable")))
}

/// Whether a schema takes null and nothing else.
pub(super) fn is_null(schema: &Value) -> bool {
    let only_null = |value: &Value| value.as_array().is_some_and(|values| values.len() == 1 && values[0].is_null());
    match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names.len() == 1 && names[0] == "null",
        _ => {
            schema.get("enum").is_some_and(only_null)
                || schema.as_object().is_some_and(|map| map.len() == 1 && map.get("const") == Some(&Value::Null))
        }
    }
}
