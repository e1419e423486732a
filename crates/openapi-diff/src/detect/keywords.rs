//! Changes of keywords without subschemas: formats, patterns, enums, defaults.

use serde_json::Value;

use super::{
    bounds,
    context::Context,
    lifecycle::sunset,
    pair::{Pair, value},
    types::{Owner, types},
};
use crate::{
    at::{At, values},
    change_kind::ChangeKind,
    variance::{Directions, NO_DIRECTION, REQUEST},
};

/// Formats that accept all values of another one: the narrower first.
const WIDER_FORMATS: &[(&str, &str)] =
    &[("int32", "int64"), ("float", "double"), ("int32", "double"), ("int32", "float")];

/// Formats that do not constrain values.
const HINTS: &[&str] = &["password"];

pub(super) fn compare<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) {
    bounds::compare(context, pair, directions);
    format(context, pair, directions);
    pattern(context, pair, directions);
    listed_values(context, pair, directions);
    extensible_enum(context, pair, directions);
    context.flag((ChangeKind::UniqueItemsSet, ChangeKind::UniqueItemsUnset), "uniqueItems", pair, directions);
    context.flag((ChangeKind::SchemaDeprecated, ChangeKind::SchemaNotDeprecated), "deprecated", pair, directions);
    // a sunset date concerns callers, whatever the direction
    sunset(context, pair, if directions == NO_DIRECTION { NO_DIRECTION } else { REQUEST });
    context.value(ChangeKind::ContentChanged, "contentEncoding", pair, directions);
    context.value(ChangeKind::ContentChanged, "contentMediaType", pair, directions);
    context.value(ChangeKind::XmlChanged, "xml", pair, directions);
    default(context, pair, directions, owner);
}

fn format<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let (one, other) = pair.present("format");
    let text = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.value.as_str()).filter(|text| !text.is_empty());
    let (from, to) = (text(&one), text(&other));
    if from == to {
        return;
    }
    let is_hint = |format: Option<&str>| format.is_none_or(|format| HINTS.contains(&format));
    let is_numeric = |at: &At<'d>| types(at.value).iter().any(|ty| matches!(*ty, "integer" | "number"));
    let kind = match (from, to) {
        (from, to) if is_hint(from) && is_hint(to) => ChangeKind::FormatHintChanged,
        (None, _) => ChangeKind::FormatSet,
        (_, None) => ChangeKind::FormatUnset,
        (Some(from), Some(to)) if WIDER_FORMATS.contains(&(from, to)) => ChangeKind::FormatWidened,
        (Some(from), Some(to)) if WIDER_FORMATS.contains(&(to, from)) => ChangeKind::FormatNarrowed,
        // an integer that becomes a number
        (Some("int32" | "int64"), Some("float" | "double")) if is_numeric(&pair.base) => ChangeKind::FormatWidened,
        _ => ChangeKind::FormatChanged,
    };
    context.record(kind, directions, one.as_ref(), other.as_ref());
}

fn pattern<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let accepts_all = |at: &Option<At<'d>>| {
        let text = at.as_ref().and_then(|at| at.value.as_str());
        text.is_none_or(|text| matches!(text, "" | ".*" | "^.*$" | "^.*" | ".*$"))
    };
    let (one, other) = pair.present("pattern");
    if value(&one) == value(&other) {
        return;
    }
    let kind = match (accepts_all(&one), accepts_all(&other)) {
        (true, true) => ChangeKind::SchemaRestated,
        (true, false) => ChangeKind::PatternSet,
        (false, true) => ChangeKind::PatternUnset,
        (false, false) => ChangeKind::PatternChanged,
    };
    context.record(kind, directions, one.as_ref(), other.as_ref());
}

/// The only values that a schema accepts.
enum Listed<'d> {
    /// The value of `const`.
    Const(At<'d>),
    /// `enum`.
    Enum(At<'d>),
}

impl<'d> Listed<'d> {
    fn read(owner: &At<'d>) -> Option<Self> {
        let listed = owner.get("enum").filter(|at| at.value.is_array());
        owner.get("const").map(Self::Const).or(listed.map(Self::Enum))
    }

    fn at(&self) -> &At<'d> {
        match self {
            Self::Const(at) | Self::Enum(at) => at,
        }
    }

    fn values(&self) -> Vec<At<'d>> {
        match self {
            Self::Const(at) => vec![at.clone()],
            Self::Enum(at) => at.items().collect(),
        }
    }
}

fn listed_values<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    match (Listed::read(&pair.base), Listed::read(&pair.revision)) {
        (None, Some(other)) => context.record(ChangeKind::EnumSet, directions, None, Some(other.at())),
        (Some(one), None) => context.record(ChangeKind::EnumUnset, directions, Some(one.at()), None),
        (Some(Listed::Const(one)), Some(Listed::Const(other))) => {
            if one.value != other.value {
                context.record(ChangeKind::ConstChanged, directions, Some(&one), Some(&other));
            }
        }
        (Some(one), Some(other)) => {
            let (from, to) = (one.values(), other.values());
            // one side has a duplicate
            if from.len() != to.len() && values(&from) == values(&to) {
                context.record(ChangeKind::SchemaRestated, directions, Some(one.at()), Some(other.at()));
            }
            let kinds = (ChangeKind::EnumValueAdded, ChangeKind::EnumValueRemoved);
            list(context, kinds, &from, &to, directions);
        }
        (None, None) => {}
    }
}

fn extensible_enum<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let (from, to) = pair.lists("x-extensible-enum");
    let kinds = (ChangeKind::ExtensibleEnumValueAdded, ChangeKind::ExtensibleEnumValueRemoved);
    list(context, kinds, &from, &to, directions);
}

/// Records the values that only one list has.
fn list<'d>(
    context: &mut Context<'d>,
    (added, removed): (ChangeKind, ChangeKind),
    from: &[At<'d>],
    to: &[At<'d>],
    directions: Directions,
) {
    let name = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (old, new) = (values(from), values(to));
    for at in from.iter().filter(|at| !new.contains(at.value)) {
        context.record_named(removed, directions, Some(at), None, &name(at.value));
    }
    for at in to.iter().filter(|at| !old.contains(at.value)) {
        context.record_named(added, directions, None, Some(at), &name(at.value));
    }
}

fn default<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) {
    let (one, other) = pair.get("default");
    // a default of null is not the same as none
    if one.as_ref().map(|at| at.value) == other.as_ref().map(|at| at.value) {
        return;
    }
    let is_parameter = owner == Owner::Parameter;
    let kind = if is_parameter { ChangeKind::ParameterDefaultChanged } else { ChangeKind::DefaultChanged };
    context.record(kind, directions, one.as_ref(), other.as_ref());
}
