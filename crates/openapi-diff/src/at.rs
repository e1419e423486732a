//! A value of one document and its JSON Pointer.

use std::collections::HashSet;

use openapi::{pointer, references::Target};
use serde_json::Value;

/// A value and its JSON Pointer.
#[derive(Clone, Debug)]
pub(crate) struct At<'d> {
    pub(crate) value: &'d Value,
    pub(crate) pointer: String,
}

impl<'d> From<Target<'d>> for At<'d> {
    fn from(target: Target<'d>) -> Self {
        Self { value: target.value, pointer: target.pointer }
    }
}

impl<'d> At<'d> {
    pub(crate) fn root(value: &'d Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// The member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { value, pointer: pointer::join(&self.pointer, key) })
    }

    /// The member of an object unless it is null, which lenient documents write for an absent one.
    pub(crate) fn present(&self, key: &str) -> Option<Self> {
        self.get(key).filter(|at| !at.value.is_null())
    }

    /// The member of an object; null in place of an absent one.
    pub(crate) fn member(&self, key: &str) -> Self {
        self.present(key).unwrap_or_else(|| Self { value: &Value::Null, pointer: pointer::join(&self.pointer, key) })
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.value.get(key).is_some_and(is_true)
    }

    /// The members of an object.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d, '_> {
        let map = self.value.as_object();
        map.into_iter()
            .flatten()
            .map(|(key, value)| (key.as_str(), Self { value, pointer: pointer::join(&self.pointer, key) }))
    }

    /// The items of an array.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'d, '_> {
        let items = self.value.as_array();
        items
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| Self { value, pointer: format!("{}/{index}", self.pointer) })
    }

    /// The items of the array under a key.
    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|at| at.items().collect()).unwrap_or_default()
    }
}

/// Whether a flag is set. Lenient documents write it as a string.
pub(crate) fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true) || value == "true"
}

/// Whether a key is an extension's.
pub(crate) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

/// The distinct values.
pub(crate) fn values<'d>(all: &[At<'d>]) -> HashSet<&'d Value> {
    all.iter().map(|at| at.value).collect()
}
