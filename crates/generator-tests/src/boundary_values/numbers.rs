//! Boundary values of numbers: around each bound, limits of formats, multiples and numbers between them.

use serde_json::{Value, json};

use super::{schema::Schema, value::BoundaryValue};

/// Integer formats with their smallest and largest numbers.
const FORMATS: &[(&str, i128, i128)] = &[
    ("int8", -128, 127),
    ("uint8", 0, 255),
    ("int16", -32_768, 32_767),
    ("uint16", 0, 65_535),
    ("uint32", 0, 4_294_967_295),
    ("uint64", 0, 18_446_744_073_709_551_615),
];

pub(super) fn of(schema: &Schema<'_>) -> Vec<BoundaryValue> {
    let mut found = Vec::new();
    for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        for (at, bound) in schema.all(keyword) {
            let near = match (bound.as_i64(), bound.as_f64()) {
                (Some(bound), _) => [bound.checked_sub(1), Some(bound), bound.checked_add(1)]
                    .into_iter()
                    .flatten()
                    .map(|number| json!(number))
                    .chain([json!(bound as f64 - 0.5), json!(bound as f64 + 0.5)])
                    .collect(),
                (_, Some(bound)) => vec![json!(bound - 0.5), json!(bound), json!(bound + 0.5), json!(bound.floor())],
                _ => Vec::new(),
            };
            found.extend(near.into_iter().map(|number| schema.value_at(at, format!("number {number}"), number)));
        }
    }
    for (at, step) in schema.all("multipleOf") {
        if let Some(step) = step.as_i64() {
            for number in [step * 3, step * 3 + 1, -step] {
                found.push(schema.value_at(at, format!("number {number}"), json!(number)));
            }
        } else if let Some(step) = step.as_f64() {
            for number in [step * 3.0, step * 2.5] {
                found.push(schema.value_at(at, format!("number {number}"), json!(number)));
            }
        }
    }
    for (at, format) in schema.all("format") {
        let limits = FORMATS.iter().find(|(name, ..)| format == name);
        let near = limits
            .into_iter()
            .flat_map(|(_, lowest, highest)| [*lowest - 1, *lowest, *lowest + 1, *highest - 1, *highest, *highest + 1]);
        let numbers = near.filter_map(|number| serde_json::from_str::<Value>(&number.to_string()).ok());
        found.extend(numbers.map(|number| schema.value_at(at, format!("number {number}"), number)));
    }
    let mut others: Vec<(String, Value)> = Vec::new();
    for bound in [i64::from(i32::MIN), i64::from(i32::MAX), 0] {
        for number in [bound - 1, bound, bound + 1] {
            others.push((format!("number {number}"), json!(number)));
        }
    }
    others.extend([
        ("largest i64".to_owned(), json!(i64::MAX)),
        ("smallest i64".to_owned(), json!(i64::MIN)),
        ("largest u64".to_owned(), json!(u64::MAX)),
        ("fraction".to_owned(), json!(0.5)),
        ("huge number".to_owned(), json!(1e300)),
        ("number as a string".to_owned(), json!("1")),
        ("integer with a decimal point".to_owned(), json!(1.0)),
    ]);
    let here = schema.trail();
    found.extend(others.into_iter().map(|(label, value)| BoundaryValue::new(label, value, here)));
    found
}

/// Returns a number for a schema.
pub(super) fn example(schema: &Schema<'_>, is_integer: bool) -> Value {
    let largest = |keyword| schema.all(keyword).filter_map(|(_, value)| value.as_f64()).reduce(f64::max);
    let smallest = |keyword| schema.all(keyword).filter_map(|(_, value)| value.as_f64()).reduce(f64::min);
    let is_exclusive = |keyword| schema.all(keyword).any(|(_, value)| *value == true);
    let low = largest("minimum").into_iter().chain(largest("exclusiveMinimum")).reduce(f64::max);
    let high = smallest("maximum").into_iter().chain(smallest("exclusiveMaximum")).reduce(f64::min);
    let low_excluded = is_exclusive("exclusiveMinimum") || largest("exclusiveMinimum") == low && low.is_some();
    let high_excluded = is_exclusive("exclusiveMaximum") || smallest("exclusiveMaximum") == high && high.is_some();
    let step = schema.all("multipleOf").find_map(|(_, value)| value.as_f64()).filter(|step| *step > 0.0);
    let allowed = |number: f64| {
        low.is_none_or(|low| number > low || (number == low && !low_excluded))
            && high.is_none_or(|high| number < high || (number == high && !high_excluded))
            && step.is_none_or(|step| (number / step).fract() == 0.0)
            && !(is_integer && number.fract() != 0.0)
    };
    let mut candidates = vec![7.0, 0.0, 1.0];
    if let Some(step) = step {
        candidates.extend([step, low.map_or(0.0, |low| (low / step).ceil() * step)]);
        candidates.push(low.map_or(0.0, |low| ((low / step).floor() + 1.0) * step));
    }
    candidates.extend(low.into_iter().flat_map(|low| [low, low.floor() + 1.0, low + 0.001]));
    candidates.extend(high.into_iter().flat_map(|high| [high, high.ceil() - 1.0, high - 0.001]));
    candidates.extend(low.zip(high).map(|(low, high)| f64::midpoint(low, high)));
    let number = candidates.into_iter().find(|number| allowed(*number)).unwrap_or(7.0);
    if number.fract() == 0.0 && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}
