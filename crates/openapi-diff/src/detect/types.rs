//! Changes of the types that a schema accepts, including null.

use serde_json::Value;

use super::{context::Context, pair::Pair, view::View};
use crate::{at::is_true, change_kind::ChangeKind, variance::Directions};

/// The owner of a schema, where the comparison depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A parameter, which is sent as a string.
    Parameter,
    /// A property, whose flags are compared with it.
    Property,
    /// Anything else.
    Other,
}

/// Whether the other keywords of two schemas are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// They are compared.
    Comparable,
    /// They are not compared, since the types are unrelated.
    Unrelated,
}

/// The types that a schema names, except for null, sorted.
pub(super) fn types(schema: &Value) -> Vec<&str> {
    let mut types: Vec<&str> = match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    types.retain(|ty| *ty != "null");
    types.sort_unstable();
    types.dedup();
    types
}

/// Whether a schema itself accepts null.
fn is_nullable(schema: &Value) -> bool {
    let by_type = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names.iter().any(|name| name == "null"),
        _ => false,
    };
    by_type || schema.get("nullable").is_some_and(is_true)
}

/// Whether a schema, or a reference or composition around it, accepts null.
pub(super) fn accepts_null(view: &View<'_>) -> bool {
    view.nullable || is_nullable(view.at.value)
}

/// The kind of change of a schema that becomes nullable, or is no longer nullable.
pub(super) fn null_kind(is_accepted: bool) -> ChangeKind {
    if is_accepted { ChangeKind::NullAllowed } else { ChangeKind::NullRefused }
}

/// Compares the types of two schemas.
pub(super) fn compare<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) -> Rest {
    let (base, revision) = (pair.base.value, pair.revision.value);
    let (from, to) = (types(base), types(revision));
    let (one, other) = pair.get("type");
    let is_accepted = is_nullable(revision);
    let is_own_change = !from.is_empty() && !to.is_empty() || one.is_none() && other.is_none();
    if is_nullable(base) != is_accepted && is_own_change {
        let flags = pair.get("nullable");
        let (one, other) = if flags.0.is_some() || flags.1.is_some() { flags } else { (one.clone(), other.clone()) };
        context.record(null_kind(is_accepted), directions, one.as_ref(), other.as_ref());
    }
    let is_string = |schema: &Value, types: &[&str]| {
        owner == Owner::Parameter && types == ["string"] && !is_constrained_string(schema)
    };
    let (kind, rest) = match (is_within(&from, &to), is_within(&to, &from)) {
        (true, true) => return Rest::Comparable,
        (true, false) => (ChangeKind::TypeWidened, Rest::Comparable),
        (false, true) => (ChangeKind::TypeNarrowed, Rest::Comparable),
        (false, false) if is_string(revision, &to) => (ChangeKind::TypeWidened, Rest::Unrelated),
        (false, false) if is_string(base, &from) => (ChangeKind::TypeNarrowed, Rest::Unrelated),
        (false, false) => (ChangeKind::TypeChanged, Rest::Unrelated),
    };
    context.record(kind, directions, one.as_ref().or(Some(&pair.base)), other.as_ref().or(Some(&pair.revision)));
    rest
}

/// Whether one set of types is a subset of another. An empty set means all types.
fn is_within(inner: &[&str], outer: &[&str]) -> bool {
    let has = |ty: &&str| outer.contains(ty) || *ty == "integer" && outer.contains(&"number");
    outer.is_empty() || !inner.is_empty() && inner.iter().all(has)
}

fn is_constrained_string(schema: &Value) -> bool {
    let constraints = ["format", "pattern", "enum", "const", "minLength", "maxLength"];
    constraints.iter().any(|key| schema.get(key).is_some())
}
