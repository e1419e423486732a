//! The bounds of numbers.

use std::cmp::Ordering;

use serde_json::{Map, Value};

/// Inserts the bounds of numbers: those of the schema, and those that its integer format implies.
pub(super) fn insert_bounds(schema: &Map<String, Value>, view: &mut Map<String, Value>) {
    let format = schema.get("format").and_then(Value::as_str);
    let range = format.and_then(integer_range).filter(|_| allows_numbers(schema));
    if range.is_some() {
        // JSON Schema does not have these formats
        view.remove("format");
    }
    let (lowest, highest) = range.unzip();
    insert_bound(schema, ("minimum", "exclusiveMinimum"), lowest, Ordering::Greater, view);
    insert_bound(schema, ("maximum", "exclusiveMaximum"), highest, Ordering::Less, view);
}

/// Returns the smallest and largest number of an integer format of the format registry of OpenAPI.
fn integer_range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "uint8" => (u8::MIN.into(), u8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "uint16" => (u16::MIN.into(), u16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint32" => (u32::MIN.into(), u32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint64" => (u64::MIN.into(), u64::MAX.into()),
        _ => return None,
    })
}

/// Whether a schema allows numbers, to which integer formats apply.
fn allows_numbers(schema: &Map<String, Value>) -> bool {
    let is_number = |ty: &Value| matches!(ty.as_str(), Some("integer" | "number"));
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(is_number),
        Some(ty) => is_number(ty),
        None => true,
    }
}

/// Inserts one bound: the `tighter` of the schema's own and the one that its format implies.
fn insert_bound(
    schema: &Map<String, Value>,
    (inclusive, exclusive): (&str, &str),
    implied: Option<i128>,
    tighter: Ordering,
    view: &mut Map<String, Value>,
) {
    let mut named = schema.get(inclusive).filter(|value| value.is_number());
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => {
            if let Some(bound) = named.take() {
                view.insert(exclusive.into(), bound.clone());
            }
        }
        // a number is OpenAPI 3.1, and accepted in 3.0
        Some(bound @ Value::Number(_)) => {
            view.insert(exclusive.into(), bound.clone());
        }
        _ => {}
    }
    let bound = match (named, implied) {
        (Some(named), Some(implied)) if compare(named, implied) == Some(tighter) => named.clone(),
        (_, Some(implied)) => {
            let signed = i64::try_from(implied).map(Value::from);
            signed.or_else(|_| u64::try_from(implied).map(Value::from)).unwrap_or_default()
        }
        (Some(named), None) => named.clone(),
        (None, None) => return,
    };
    view.insert(inclusive.into(), bound);
}

/// Compares as integers if both are: near the limits of `int64`, neighboring integers have the same float.
fn compare(number: &Value, limit: i128) -> Option<Ordering> {
    match number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from)) {
        Some(integer) => Some(integer.cmp(&limit)),
        None => number.as_f64()?.partial_cmp(&(limit as f64)),
    }
}
