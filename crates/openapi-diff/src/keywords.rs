//! Edits of what a schema says in single keywords: bounds, formats, enums, defaults.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

use serde_json::Value;

use super::{
    at::{At, is_true},
    law::Ways,
    schemas::Place,
    walk::{Walk, values},
};

/// The types that a schema names, but for null, sorted.
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

/// Whether a schema lets null stand.
pub(super) fn nullable(schema: &Value) -> bool {
    let by_type = match schema.get("type") {
        Some(Value::String(name)) => name == "null",
        Some(Value::Array(names)) => names.iter().any(|name| name == "null"),
        _ => false,
    };
    by_type || schema.get("nullable").is_some_and(is_true)
}

/// The texts of a list, with their places.
pub(super) fn names<'d>(owner: &At<'d>, key: &str) -> Vec<At<'d>> {
    owner.get(key).map(|at| at.items().filter(|at| at.value.is_string()).collect()).unwrap_or_default()
}

/// The first place of each name.
pub(super) fn by_name<'n, 'd>(names: &'n [At<'d>]) -> HashMap<&'d str, &'n At<'d>> {
    names.iter().rev().filter_map(|at| Some((at.value.as_str()?, at))).collect()
}

/// The ids of a bound: set, taken away, moved to take fewer values, moved to take more.
type Ids = [&'static str; 4];

/// Bounds from below, with the value that says nothing.
const LOWER: &[(&str, Ids)] = &[
    ("minLength", ["min-length-set", "min-length-unset", "min-length-raised", "min-length-lowered"]),
    ("minItems", ["min-items-set", "min-items-unset", "min-items-raised", "min-items-lowered"]),
    (
        "minProperties",
        ["min-properties-set", "min-properties-unset", "min-properties-raised", "min-properties-lowered"],
    ),
    ("minContains", ["min-contains-set", "min-contains-unset", "min-contains-raised", "min-contains-lowered"]),
];

/// Bounds from above.
const UPPER: &[(&str, Ids)] = &[
    ("maxLength", ["max-length-set", "max-length-unset", "max-length-lowered", "max-length-raised"]),
    ("maxItems", ["max-items-set", "max-items-unset", "max-items-lowered", "max-items-raised"]),
    (
        "maxProperties",
        ["max-properties-set", "max-properties-unset", "max-properties-lowered", "max-properties-raised"],
    ),
    ("maxContains", ["max-contains-set", "max-contains-unset", "max-contains-lowered", "max-contains-raised"]),
];

const MINIMUM: Ids = ["minimum-set", "minimum-unset", "minimum-raised", "minimum-lowered"];
const MAXIMUM: Ids = ["maximum-set", "maximum-unset", "maximum-lowered", "maximum-raised"];

/// Formats that take all that another takes, too: the narrower one first.
const WITHIN: &[(&str, &str)] = &[("int32", "int64"), ("float", "double"), ("int32", "double"), ("int32", "float")];

/// Formats that are only a hint to people and tools.
const HINTS: &[&str] = &["password"];

pub(super) fn compare<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) {
    for (key, ids) in LOWER {
        let least = |at: &At<'d>| number(at, key).filter(|(number, _)| *number > 0.0 || *key == "minContains");
        bound(walk, (least(base), least(revision)), ids, 1.0, ways);
    }
    for (key, ids) in UPPER {
        bound(walk, (number(base, key), number(revision, key)), ids, -1.0, ways);
    }
    for (key, exclusive, ids, sign) in
        [("minimum", "exclusiveMinimum", &MINIMUM, 1.0), ("maximum", "exclusiveMaximum", &MAXIMUM, -1.0)]
    {
        limit(walk, base, revision, key, exclusive, ids, sign, ways);
    }
    multiples(walk, base, revision, ways);
    format(walk, base, revision, ways);
    pattern(walk, base, revision, ways);
    enums(walk, base, revision, ways);
    walk.flag(("unique-items-set", "unique-items-unset"), "uniqueItems", base, revision, ways);
    walk.flag(("schema-deprecated", "schema-not-deprecated"), "deprecated", base, revision, ways);
    // that something ends concerns those who call, whichever way it travels
    walk.sunset(base, revision, if ways == Ways::NONE { ways } else { Ways::REQUEST });
    for key in ["contentEncoding", "contentMediaType", "xml"] {
        let (one, other) = (base.get(key), revision.get(key));
        if values(&one) != values(&other) {
            let id = if key == "xml" { "xml-changed" } else { "content-changed" };
            walk.edit(id, ways, one.as_ref(), other.as_ref());
        }
    }
    default(walk, base, revision, ways, place);
}

/// A number, also where a loose document writes it as a text.
fn as_number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// The order of two numbers, exactly where they are whole.
fn order(one: &Value, other: &Value) -> Ordering {
    let whole = |value: &Value| value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => as_number(one).partial_cmp(&as_number(other)).unwrap_or(Ordering::Equal),
    }
}

/// A number, and where it stands.
type Number<'d> = (f64, At<'d>);

fn number<'d>(owner: &At<'d>, key: &str) -> Option<Number<'d>> {
    let at = owner.get(key)?;
    as_number(at.value).map(|number| (number, at))
}

/// `sign` is 1 for bounds from below, and -1 for bounds from above.
fn bound<'d>(walk: &mut Walk<'d>, numbers: (Option<Number<'d>>, Option<Number<'d>>), ids: &Ids, sign: f64, ways: Ways) {
    match numbers {
        (None, Some((_, at))) => walk.edit(ids[0], ways, None, Some(&at)),
        (Some((_, at)), None) => walk.edit(ids[1], ways, Some(&at), None),
        (Some((_, one)), Some((_, other))) if order(one.value, other.value) != Ordering::Equal => {
            let raised = order(one.value, other.value) == Ordering::Less;
            let id = if raised == (sign > 0.0) { ids[2] } else { ids[3] };
            walk.edit(id, ways, Some(&one), Some(&other));
        }
        _ => {}
    }
}

/// A bound of numbers, which may be exclusive: by a flag in OpenAPI 3.0, by a number in 3.1.
#[expect(clippy::too_many_arguments, reason = "two schemas, the two keywords of one bound, and what to call its edits")]
fn limit<'d>(
    walk: &mut Walk<'d>,
    base: &At<'d>,
    revision: &At<'d>,
    key: &str,
    exclusive: &str,
    ids: &Ids,
    sign: f64,
    ways: Ways,
) {
    // the number, whether it is left out itself, and where it stands
    let of = |at: &At<'d>| -> Option<(f64, bool, At<'d>)> {
        let plain = number(at, key).map(|(number, place)| (number, at.is_true(exclusive), place));
        let own = at.get(exclusive).filter(|place| place.value.is_number());
        let own = own.and_then(|place| as_number(place.value).map(|number| (number, true, place)));
        match (plain, own) {
            (Some(plain), Some(own)) => Some(if (own.0 - plain.0) * sign >= 0.0 { own } else { plain }),
            (one, other) => one.or(other),
        }
    };
    match (of(base), of(revision)) {
        (None, Some((_, _, at))) => walk.edit(ids[0], ways, None, Some(&at)),
        (Some((_, _, at)), None) => walk.edit(ids[1], ways, Some(&at), None),
        (Some((_, was, one)), Some((_, is, other)))
            if order(one.value, other.value) != Ordering::Equal || was != is =>
        {
            let moved = order(one.value, other.value);
            let narrower = match moved {
                Ordering::Less => sign > 0.0,
                Ordering::Greater => sign < 0.0,
                Ordering::Equal => is,
            };
            // where only the flag is another, the flag is what was edited
            let (one, other) = if moved == Ordering::Equal && one.pointer.ends_with(key) && other.pointer.ends_with(key)
            {
                (base.get(exclusive), revision.get(exclusive))
            } else {
                (Some(one), Some(other))
            };
            walk.edit(if narrower { ids[2] } else { ids[3] }, ways, one.as_ref(), other.as_ref());
        }
        _ => {}
    }
}

fn multiples<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways) {
    let (one, other) = (number(base, "multipleOf"), number(revision, "multipleOf"));
    let divides = |small: f64, large: f64| small != 0.0 && (large / small).fract() == 0.0;
    match (one, other) {
        (None, Some((_, at))) => walk.edit("multiple-of-set", ways, None, Some(&at)),
        (Some((_, at)), None) => walk.edit("multiple-of-unset", ways, Some(&at), None),
        (Some((from, one)), Some((to, other))) if from != to => {
            let id = match (divides(from, to), divides(to, from)) {
                (true, _) => "multiple-of-coarser",
                (_, true) => "multiple-of-finer",
                _ => "multiple-of-changed",
            };
            walk.edit(id, ways, Some(&one), Some(&other));
        }
        _ => {}
    }
}

fn format<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways) {
    let (one, other) = (base.given("format"), revision.given("format"));
    let text = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.value.as_str()).filter(|text| !text.is_empty());
    let (from, to) = (text(&one), text(&other));
    if from == to {
        return;
    }
    let hint = |format: Option<&str>| format.is_none_or(|format| HINTS.contains(&format));
    let numbers = |at: &At<'d>| types(at.value).iter().any(|ty| matches!(*ty, "integer" | "number"));
    let id = match (from, to) {
        (from, to) if hint(from) && hint(to) => "format-hint-changed",
        (None, _) => "format-set",
        (_, None) => "format-unset",
        (Some(from), Some(to)) if WITHIN.contains(&(from, to)) => "format-widened",
        (Some(from), Some(to)) if WITHIN.contains(&(to, from)) => "format-narrowed",
        // an integer that becomes a number takes its format along
        (Some("int32" | "int64"), Some("float" | "double")) if numbers(base) => "format-widened",
        _ => "format-changed",
    };
    walk.edit(id, ways, one.as_ref(), other.as_ref());
}

fn pattern<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways) {
    let takes_all =
        |at: &At<'d>| at.value.as_str().is_none_or(|text| matches!(text, "" | ".*" | "^.*$" | "^.*" | ".*$"));
    let (one, other) = (base.given("pattern"), revision.given("pattern"));
    if values(&one) == values(&other) {
        return;
    }
    let id = match (one.as_ref().is_none_or(takes_all), other.as_ref().is_none_or(takes_all)) {
        (true, true) => "schema-restated",
        (true, false) => "pattern-set",
        (false, true) => "pattern-unset",
        (false, false) => "pattern-changed",
    };
    walk.edit(id, ways, one.as_ref(), other.as_ref());
}

/// The values that `enum` or `const` name, and where that stands.
fn listed<'d>(owner: &At<'d>) -> Option<(Vec<At<'d>>, At<'d>)> {
    match (owner.get("enum").filter(|at| at.value.is_array()), owner.get("const")) {
        (_, Some(at)) => Some((vec![at.clone()], at)),
        (Some(at), None) => Some((at.items().collect(), at)),
        (None, None) => None,
    }
}

fn enums<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways) {
    match (listed(base), listed(revision)) {
        (None, Some((_, at))) => walk.edit("enum-set", ways, None, Some(&at)),
        (Some((_, at)), None) => walk.edit("enum-unset", ways, Some(&at), None),
        (Some((from, at)), Some((to, other))) if at.pointer.ends_with("const") && other.pointer.ends_with("const") => {
            if from[0].value != to[0].value {
                walk.edit("const-changed", ways, Some(&at), Some(&other));
            }
        }
        (Some((from, at)), Some((to, other))) => {
            let (old, new) = (set(&from), set(&to));
            // one value less of several that are equal
            if from.len() != to.len() && old == new {
                walk.edit("schema-restated", ways, Some(&at), Some(&other));
            }
            for value in from.iter().filter(|value| !new.contains(value.value)) {
                walk.edit_of("enum-value-removed", ways, Some(value), None, &shown(value.value));
            }
            for value in to.iter().filter(|value| !old.contains(value.value)) {
                walk.edit_of("enum-value-added", ways, None, Some(value), &shown(value.value));
            }
        }
        (None, None) => {}
    }
    let list = |at: &At<'d>| at.get("x-extensible-enum").map(|at| at.items().collect::<Vec<_>>());
    let (from, to) = (list(base).unwrap_or_default(), list(revision).unwrap_or_default());
    let (old, new) = (set(&from), set(&to));
    for value in from.iter().filter(|value| !new.contains(value.value)) {
        walk.edit_of("extensible-enum-value-removed", ways, Some(value), None, &shown(value.value));
    }
    for value in to.iter().filter(|value| !old.contains(value.value)) {
        walk.edit_of("extensible-enum-value-added", ways, None, Some(value), &shown(value.value));
    }
}

/// The values at some places.
pub(super) fn set<'d>(places: &[At<'d>]) -> HashSet<&'d Value> {
    places.iter().map(|at| at.value).collect()
}

/// A value as a name.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn default<'d>(walk: &mut Walk<'d>, base: &At<'d>, revision: &At<'d>, ways: Ways, place: Place) {
    let (one, other) = (base.get("default"), revision.get("default"));
    if one.as_ref().map(|at| at.value) == other.as_ref().map(|at| at.value) {
        return;
    }
    let id = if place == Place::Parameter { "parameter-default-changed" } else { "default-changed" };
    walk.edit(id, ways, one.as_ref(), other.as_ref());
}
