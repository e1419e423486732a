//! A schema with references resolved and without compositions of one variant around it.

use openapi::references::Resolver;
use serde_json::Value;

use crate::{
    at::{At, is_extension},
    reference::{reference, resolved, target},
};

/// References and compositions around a schema, at most.
const MAX_WRAPPERS: usize = 64;

/// Keywords of a schema that do not constrain values.
pub(super) const ANNOTATIONS: &[&str] =
    &["description", "title", "summary", "example", "examples", "externalDocs", "$comment"];

/// Whether a keyword of a schema does not constrain values.
pub(super) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || is_extension(key)
}

/// Whether two schemas differ in annotations only, their own and those of their subschemas in compositions.
pub(super) fn differ_in_annotations(one: &Value, other: &Value) -> bool {
    let (Value::Object(from), Value::Object(to)) = (one, other) else { return one == other };
    let mut keys = from.keys().chain(to.keys()).filter(|key| !is_annotation(key));
    keys.all(|key| match (key.as_str(), from.get(key), to.get(key)) {
        ("allOf" | "oneOf" | "anyOf", Some(Value::Array(from)), Some(Value::Array(to))) => {
            from.len() == to.len() && from.iter().zip(to).all(|(one, other)| differ_in_annotations(one, other))
        }
        (_, one, other) => one == other,
    })
}

/// A schema with references resolved and without compositions of one variant around it.
#[derive(Clone, Debug)]
pub(super) struct View<'d> {
    pub(super) at: At<'d>,
    /// Whether a reference or composition around it accepts null.
    pub(super) nullable: bool,
    /// Whether it is the only variant of a composition.
    pub(super) unwrapped: bool,
    /// Whether a reference has no target.
    pub(super) broken: bool,
}

impl<'d> View<'d> {
    pub(super) fn of(resolver: &Resolver<'d>, at: &At<'d>) -> Self {
        let mut view = Self { at: at.clone(), nullable: false, unwrapped: false, broken: false };
        for _ in 0..MAX_WRAPPERS {
            if let Some(reference) = reference(view.at.value) {
                let Some(next) = target(resolver, reference) else {
                    view.broken = true;
                    return view;
                };
                // lenient documents have `nullable` beside a reference
                view.nullable |= view.at.is_true("nullable");
                view.at = next;
                continue;
            }
            match only_variant(resolver, &view.at) {
                Some((inner, nullable)) => {
                    view.nullable |= nullable;
                    view.at = inner;
                    view.unwrapped = true;
                }
                None => return view,
            }
        }
        Self { at: at.clone(), nullable: false, unwrapped: false, broken: true }
    }
}

/// The only variant, except for null, of a composition without other constraints, and whether null is accepted.
fn only_variant<'d>(resolver: &Resolver<'d>, at: &At<'d>) -> Option<(At<'d>, bool)> {
    let keys = at.value.as_object()?.keys().map(String::as_str);
    let constraints: Vec<&str> =
        keys.filter(|key| !is_annotation(key) && *key != "nullable" && *key != "default").collect();
    let [keyword @ ("allOf" | "oneOf" | "anyOf")] = constraints.as_slice() else { return None };
    let variants = at.list(keyword);
    let count = variants.len();
    let mut others = variants.into_iter().filter(|variant| !is_null(resolved(resolver, variant).value));
    let (one, more) = (others.next()?, others.next());
    let has_null = *keyword != "allOf" && count > 1;
    (more.is_none() && (count == 1 || has_null)).then(|| (one, has_null || at.is_true("nullable")))
}

/// Whether a schema accepts null only.
fn is_null(schema: &Value) -> bool {
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
