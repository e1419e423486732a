//! Combines the keywords of two schemas that both apply to a value.

use openapi::queries::is_true;
use serde_json::{Map, Value, json};

use crate::annotation::is_annotation;

/// Why a keyword of a part is not in the combined schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// No value satisfies both parts.
    Contradiction,
    /// The keyword has no effect on values of the combined type.
    OtherType,
    /// One schema cannot express both keywords.
    Inexpressible,
    /// The merge exceeds a limit.
    Limit,
    /// The merged schema would contain itself.
    Recursion,
    /// `nullable` beside subschemas that exclude null.
    Null,
    /// Another part has this annotation.
    Annotation,
}

impl Loss {
    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::Contradiction => {
                "not enforced: it contradicts another subschema of the composition, which is enforced"
            }
            Self::OtherType => "does not apply to values of the type that the composition has",
            Self::Inexpressible => {
                "not enforced: one schema cannot express it together with that of another subschema, which is enforced"
            }
            Self::Limit => "not enforced: merging it with the other subschemas of the composition exceeds a limit",
            Self::Recursion => "not enforced: merging it with the other subschemas of the composition requires itself",
            Self::Null => "has no effect: other subschemas of the composition exclude null",
            Self::Annotation => "not documented: another subschema of the composition has this annotation, which is",
        }
    }
}

/// Adds a keyword of a part to the combined schema, which has the type of all parts and the keywords of those before.
pub(super) fn add(combined: &mut Map<String, Value>, keyword: &str, value: &Value) -> Result<(), Loss> {
    if keyword == "enum" {
        return add_values(combined, value);
    }
    let Some(known) = combined.get(keyword).cloned() else {
        return add_limit(combined, keyword, value);
    };
    if known == *value {
        return Ok(());
    }
    match keyword {
        "required" => {
            let mut names = list(&known);
            names.extend(list(value).into_iter().filter(|name| !list(&known).contains(name)));
            combined.insert(keyword.to_owned(), names.into());
            Ok(())
        }
        "uniqueItems" => {
            combined.insert(keyword.to_owned(), (known == true || *value == true).into());
            Ok(())
        }
        "minLength" | "minItems" | "minProperties" | "maxLength" | "maxItems" | "maxProperties" => {
            let (Some(old), Some(new)) = (known.as_f64(), value.as_f64()) else { return Err(Loss::Inexpressible) };
            let is_tighter = if keyword.starts_with("min") { new > old } else { new < old };
            if is_tighter { add_limit(combined, keyword, value) } else { Ok(()) }
        }
        "multipleOf" => {
            let step = common_multiple(&known, value).ok_or(Loss::Inexpressible)?;
            combined.insert(keyword.to_owned(), step);
            Ok(())
        }
        "format" => {
            let format = narrower(known.as_str(), value.as_str()).ok_or(Loss::Inexpressible)?;
            combined.insert(keyword.to_owned(), format.into());
            Ok(())
        }
        "pattern" => {
            // a string matches both: the only keyword that has to stay in a part of its own
            let part = json!({"type": "string", "pattern": value});
            let mut parts = combined.get("allOf").map(list).unwrap_or_default();
            if !parts.contains(&part) {
                parts.push(part);
            }
            combined.insert("allOf".to_owned(), parts.into());
            Ok(())
        }
        "not" => {
            let excluded = excluded_by_both(&known, value).ok_or(Loss::Inexpressible)?;
            combined.insert(keyword.to_owned(), excluded);
            Ok(())
        }
        _ => Err(Loss::Inexpressible),
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Adds a keyword that the combined schema does not have, unless it contradicts the opposite limit.
fn add_limit(combined: &mut Map<String, Value>, keyword: &str, value: &Value) -> Result<(), Loss> {
    let opposite = match keyword {
        "minLength" => combined.get("maxLength"),
        "minItems" => combined.get("maxItems"),
        "minProperties" => combined.get("maxProperties"),
        "maxLength" => combined.get("minLength"),
        "maxItems" => combined.get("minItems"),
        "maxProperties" => combined.get("minProperties"),
        _ => None,
    };
    let is_minimum = keyword.starts_with("min");
    let contradicts = opposite
        .and_then(Value::as_f64)
        .zip(value.as_f64())
        .is_some_and(|(opposite, value)| if is_minimum { value > opposite } else { value < opposite });
    if contradicts {
        return Err(Loss::Contradiction);
    }
    combined.insert(keyword.to_owned(), value.clone());
    Ok(())
}

/// Adds the values of an `enum` that have the type of the combined schema, and are values of its `enum`.
fn add_values(combined: &mut Map<String, Value>, value: &Value) -> Result<(), Loss> {
    let given = list(value);
    let mut values = given.clone();
    if let Some(ty) = combined.get("type").and_then(Value::as_str) {
        values.retain(|value| value.is_null() || is_of_type(value, ty));
    }
    if let Some(known) = combined.get("enum").map(list) {
        values.retain(|one| known.iter().any(|other| is_same(one, other)));
    }
    // null is a value of the type only if `nullable` says so
    if values.iter().all(Value::is_null) && !given.iter().all(Value::is_null) {
        return Err(Loss::Contradiction);
    }
    combined.insert("enum".to_owned(), values.into());
    Ok(())
}

fn is_of_type(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Keeps the values of an `enum` that satisfy the lengths and bounds beside it, if there are any.
pub(super) fn keep_satisfying(combined: &mut Map<String, Value>) {
    let Some(values) = combined.get("enum").map(list) else { return };
    let limit = |keyword: &str| combined.get(keyword).and_then(Value::as_f64);
    let is_within = |measure: f64, least: &str, most: &str| {
        limit(least).is_none_or(|least| measure >= least) && limit(most).is_none_or(|most| measure <= most)
    };
    let satisfies = |value: &&Value| match value {
        Value::String(text) => {
            is_within(u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from), "minLength", "maxLength")
        }
        Value::Number(number) => number.as_f64().is_none_or(|number| is_within(number, "minimum", "maximum")),
        _ => true,
    };
    let kept: Vec<Value> = values.iter().filter(satisfies).cloned().collect();
    if !kept.iter().all(Value::is_null) {
        combined.insert("enum".to_owned(), kept.into());
    }
}

/// Whether two values are equal in JSON Schema, where 1 and 1.0 are one number.
fn is_same(one: &Value, other: &Value) -> bool {
    let both = one.as_f64().zip(other.as_f64());
    one == other || (one.is_f64() || other.is_f64()) && both.is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
}

/// Returns the smallest number of which a multiple of both is a multiple.
fn common_multiple(one: &Value, other: &Value) -> Option<Value> {
    if let (Some(one), Some(other)) = (one.as_u64().filter(|one| *one > 0), other.as_u64().filter(|one| *one > 0)) {
        let (mut divisor, mut rest) = (one, other);
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        return (one / divisor).checked_mul(other).map(Value::from);
    }
    let is_multiple = |of: &Value, step: &Value| Some((of.as_f64()? / step.as_f64()?).fract() == 0.0);
    if is_multiple(one, other)? {
        return Some(one.clone());
    }
    is_multiple(other, one)?.then(|| other.clone())
}

/// Returns the format whose values are of the other format too.
fn narrower<'f>(one: Option<&'f str>, other: Option<&'f str>) -> Option<&'f str> {
    const NARROWER: &[(&str, &str)] = &[
        ("int32", "int64"),
        ("float", "double"),
        ("ipv4", "ip"),
        ("ipv6", "ip"),
        ("uri", "uri-reference"),
        ("uri", "iri"),
        ("uri", "iri-reference"),
        ("hostname", "idn-hostname"),
        ("email", "idn-email"),
    ];
    let (one, other) = (one?, other?);
    let is_narrower = |narrow: &str, wide: &str| NARROWER.contains(&(narrow, wide));
    if is_narrower(one, other) {
        return Some(one);
    }
    is_narrower(other, one).then_some(other)
}

/// Returns `not` for the values that two exclude, if both exclude values only.
fn excluded_by_both(one: &Value, other: &Value) -> Option<Value> {
    let values = |not: &Value| {
        let not = not.as_object()?;
        not.keys().all(|key| key == "enum" || key == "type").then(|| not.get("enum").map(list))?
    };
    let mut excluded = values(one)?;
    excluded.extend(values(other)?);
    let mut both = one.clone();
    both["enum"] = excluded.into();
    (one.get("type") == other.get("type")).then_some(both)
}

/// A bound of numbers.
#[derive(Clone)]
struct Bound {
    value: Value,
    float: f64,
    exclusive: bool,
}

/// Adds the bounds of a part. An exclusive bound is a boolean beside the bound, or a number of its own.
pub(super) fn add_bounds(combined: &mut Map<String, Value>, part: &Map<String, Value>) -> Vec<(&'static str, Loss)> {
    let mut losses = Vec::new();
    for (inclusive, exclusive, sign) in [("minimum", "exclusiveMinimum", 1.0), ("maximum", "exclusiveMaximum", -1.0)] {
        let Some(new) = bound(part, inclusive, exclusive, sign) else { continue };
        let opposite = match inclusive {
            "minimum" => bound(combined, "maximum", "exclusiveMaximum", -1.0),
            _ => bound(combined, "minimum", "exclusiveMinimum", 1.0),
        };
        let contradicts = opposite.is_some_and(|opposite| {
            let distance = (opposite.float - new.float) * sign;
            distance < 0.0 || distance == 0.0 && (opposite.exclusive || new.exclusive)
        });
        let written = if part.contains_key(inclusive) { inclusive } else { exclusive };
        if contradicts {
            losses.push((written, Loss::Contradiction));
            continue;
        }
        let known = bound(combined, inclusive, exclusive, sign);
        let tightest = known.map_or(new.clone(), |known| tighter(known, new, sign));
        combined.insert(inclusive.to_owned(), tightest.value);
        combined.remove(exclusive);
        if tightest.exclusive {
            combined.insert(exclusive.to_owned(), true.into());
        }
    }
    losses
}

/// Returns the tighter bound of a schema; `sign` is 1 for lower bounds and -1 for upper ones.
fn bound(schema: &Map<String, Value>, inclusive: &str, exclusive: &str, sign: f64) -> Option<Bound> {
    let number = |keyword: &str, exclusive: bool| {
        let value = schema.get(keyword)?.clone();
        Some(Bound { float: value.as_f64()?, value, exclusive })
    };
    let is_exclusive = schema.get(exclusive) == Some(&Value::Bool(true));
    match (number(inclusive, is_exclusive), number(exclusive, true)) {
        (Some(one), Some(other)) => Some(tighter(one, other, sign)),
        (one, other) => one.or(other),
    }
}

fn tighter(one: Bound, other: Bound, sign: f64) -> Bound {
    let distance = (other.float - one.float) * sign;
    if distance > 0.0 || distance == 0.0 && other.exclusive { other } else { one }
}

/// Whether a keyword is a bound of numbers.
pub(super) fn is_bound(keyword: &str) -> bool {
    matches!(keyword, "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum")
}

/// Adds the annotations of a schema that the combined one lacks. A description is added to the one that is there.
/// Returns the annotations that were not added.
pub(super) fn annotate(combined: &mut Map<String, Value>, annotations: &Map<String, Value>) -> Vec<String> {
    let mut left = Vec::new();
    for (keyword, value) in annotations.iter().filter(|(keyword, _)| is_annotation(keyword)) {
        match (keyword.as_str(), combined.get_mut(keyword)) {
            ("nullable", _) => {}
            (_, None) => drop(combined.insert(keyword.clone(), value.clone())),
            ("description", Some(Value::String(known))) => {
                let added = value.as_str().unwrap_or_default().trim();
                if !added.is_empty() && !known.contains(added) {
                    *known = format!("{}\n\n{added}", known.trim_end());
                }
            }
            ("deprecated" | "readOnly" | "writeOnly", Some(known)) => {
                *known = (*known == true || *value == true).into();
            }
            (_, Some(known)) if known == value => {}
            _ => left.push(keyword.clone()),
        }
    }
    left
}

/// Returns a schema without its annotations. An `allOf` of one reference is that reference.
pub(super) fn bare(schema: &Value) -> Value {
    let Some(map) = schema.as_object() else { return schema.clone() };
    if map.contains_key("$ref") {
        return json!({"$ref": map["$ref"]});
    }
    let bare: Map<_, _> =
        map.iter().filter(|(key, _)| !is_annotation(key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    match bare.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([part]) if bare.len() == 1 && !is_true(schema, "nullable") && part.get("$ref").is_some() => {
            self::bare(part)
        }
        _ => Value::Object(bare),
    }
}
