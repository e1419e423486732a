//! The constraints of a number, converted to the Rust type of the number.

use openapi::queries::{is_true, text};
use serde_json::Value;

use crate::model::NumberConstraints;

/// Returns the Rust type that typify makes of an integer without bounds.
pub(super) fn integer_type(format: &str) -> &'static str {
    match format {
        "int8" => "i8",
        "uint8" => "u8",
        "int16" => "i16",
        "uint16" => "u16",
        "int" | "int32" => "i32",
        "uint" | "uint32" => "u32",
        "uint64" => "u64",
        _ => "i64",
    }
}

/// Whether the type of a number checks a keyword, or implies it.
pub(super) fn is_checked(schema: &Value, constraints: &NumberConstraints, keyword: &str) -> bool {
    match keyword {
        "multipleOf" => multiple_of(schema, constraints.ty).is_some(),
        // in OpenAPI 3.0 a boolean about the bound beside it
        "exclusiveMinimum" if schema[keyword].is_boolean() => schema.get("minimum").is_some(),
        "exclusiveMaximum" if schema[keyword].is_boolean() => schema.get("maximum").is_some(),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => true,
        _ => false,
    }
}

/// Returns the constraints of a number; `None` if it has none, or no number of the Rust type satisfies them.
pub(super) fn number_constraints(schema: &Value) -> Option<NumberConstraints> {
    let is_integer = text(schema, "type") == "integer";
    let (least, most) =
        (Bound::of(schema, "minimum", "exclusiveMinimum"), Bound::of(schema, "maximum", "exclusiveMaximum"));
    let format = text(schema, "format");
    let is_large = format.is_empty() && most.as_ref().is_some_and(|most| most.float > i64::MAX as f64);
    let is_positive = least.as_ref().is_some_and(|least| least.float >= 0.0);
    let ty = match format {
        "float" if !is_integer => "f32",
        _ if !is_integer => "f64",
        _ if is_large && is_positive => "u64",
        _ => integer_type(format),
    };
    let mut descriptions = Vec::new();
    if let Some(Bound { written, exclusive, .. }) = &least {
        descriptions.push(if *exclusive { format!("more than {written}") } else { format!("at least {written}") });
    }
    if let Some(Bound { written, exclusive, .. }) = &most {
        descriptions.push(if *exclusive { format!("less than {written}") } else { format!("at most {written}") });
    }
    let step = schema.get("multipleOf").and_then(|_| multiple_of(schema, ty));
    if let Some(step) = &step {
        descriptions.push(format!("a multiple of {}", step.written));
    }
    if descriptions.is_empty() {
        return None;
    }
    let multiple_of = step.and_then(|step| step.literal);
    let mut constraints = NumberConstraints { ty, descriptions, multiple_of, ..NumberConstraints::default() };
    if is_integer {
        let (lowest, highest) = range(ty);
        let least = least.map_or(Some(lowest), |least| least.least_integer())?;
        let most = most.map_or(Some(highest), |most| most.most_integer())?;
        if least > most || least > highest || most < lowest {
            return None;
        }
        // a bound outside the range of the type needs no check
        constraints.minimum = (least > lowest).then(|| least.to_string());
        constraints.maximum = (most < highest).then(|| most.to_string());
    } else {
        constraints.exclusive_minimum = least.as_ref().is_some_and(|least| least.exclusive);
        constraints.exclusive_maximum = most.as_ref().is_some_and(|most| most.exclusive);
        constraints.minimum = least.map_or(Some(None), |least| float_literal(least.float, ty).map(Some))?;
        constraints.maximum = most.map_or(Some(None), |most| float_literal(most.float, ty).map(Some))?;
    }
    Some(constraints)
}

/// A bound as the document writes it.
struct Bound {
    written: String,
    float: f64,
    integer: Option<i128>,
    exclusive: bool,
}

impl Bound {
    /// Reads the bound from the inclusive or the exclusive keyword; the tighter one, if both are numbers.
    fn of(schema: &Value, inclusive: &str, exclusive: &str) -> Option<Self> {
        let number = |keyword: &str| schema.get(keyword).filter(|value| value.is_number());
        let (least, other) = (number(inclusive), number(exclusive));
        let is_exclusive = match (least.and_then(Value::as_f64), other.and_then(Value::as_f64)) {
            (None, Some(_)) => true,
            (Some(one), Some(other)) if inclusive == "minimum" => other >= one,
            (Some(one), Some(other)) => other <= one,
            _ => false,
        };
        let value = if is_exclusive { other? } else { least? };
        Some(Self {
            written: value.to_string(),
            float: value.as_f64()?,
            integer: value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from)),
            exclusive: is_exclusive || is_true(schema, exclusive),
        })
    }

    fn least_integer(&self) -> Option<i128> {
        let whole = self.integer.or_else(|| to_integer(self.float.ceil()))?;
        Some(if self.exclusive && self.is_whole() { whole + 1 } else { whole })
    }

    fn most_integer(&self) -> Option<i128> {
        let whole = self.integer.or_else(|| to_integer(self.float.floor()))?;
        Some(if self.exclusive && self.is_whole() { whole - 1 } else { whole })
    }

    fn is_whole(&self) -> bool {
        self.integer.is_some() || self.float.fract() == 0.0
    }
}

fn to_integer(float: f64) -> Option<i128> {
    (float.abs() < 1e30).then(|| format!("{float:.0}").parse().ok())?
}

/// The value of `multipleOf`.
struct Step {
    written: String,
    /// The Rust literal; `None` if every number of the type is a multiple.
    literal: Option<String>,
}

/// Returns the `multipleOf` of a number, if its type can check it.
fn multiple_of(schema: &Value, ty: &str) -> Option<Step> {
    let value = schema.get("multipleOf").filter(|value| value.as_f64().is_some_and(|step| step > 0.0))?;
    let float = value.as_f64()?;
    let written = value.to_string();
    if ty.starts_with('f') {
        return Some(Step { written, literal: Some(float_literal(float, ty)?) });
    }
    if (1.0 / float).fract() == 0.0 {
        return Some(Step { written, literal: None });
    }
    let whole = value.as_u64().map(i128::from).or_else(|| to_integer(float).filter(|_| float.fract() == 0.0))?;
    (whole <= range(ty).1).then(|| Step { written, literal: Some(whole.to_string()) })
}

/// Returns the Rust literal of a number, if the type can represent it.
fn float_literal(float: f64, ty: &str) -> Option<String> {
    if ty == "f32" {
        let narrow: f32 = float.to_string().parse().ok()?;
        return narrow.is_finite().then(|| format!("{narrow:?}"));
    }
    float.is_finite().then(|| format!("{float:?}"))
}

fn range(ty: &str) -> (i128, i128) {
    let bits = ty[1..].parse::<u32>().unwrap_or(64);
    if ty.starts_with('u') { (0, (1 << bits) - 1) } else { (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn converts_bounds_to_the_type() {
        for (schema, ty, minimum, maximum, description) in [
            (json!({"minimum": 1}), "i64", Some("1"), None, "at least 1"),
            (json!({"minimum": 1, "exclusiveMinimum": true}), "i64", Some("2"), None, "more than 1"),
            (json!({"minimum": 0.5, "maximum": 9.5}), "i64", Some("1"), Some("9"), "at least 0.5, at most 9.5"),
            (json!({"exclusiveMaximum": 10}), "i64", None, Some("9"), "less than 10"),
            (json!({"exclusiveMaximum": 9.5}), "i64", None, Some("9"), "less than 9.5"),
            (json!({"minimum": 3, "exclusiveMinimum": 3}), "i64", Some("4"), None, "more than 3"),
            (json!({"maximum": 1e3}), "i64", None, Some("1000"), "at most 1000.0"),
            (json!({"format": "int32", "minimum": i32::MIN}), "i32", None, None, "at least -2147483648"),
            (json!({"format": "int32", "maximum": 3_000_000_000_u64}), "i32", None, None, "at most 3000000000"),
            (json!({"minimum": 0, "maximum": u64::MAX}), "u64", None, None, "at least 0, at most 18446744073709551615"),
            (json!({"multipleOf": 0.01}), "i64", None, None, "a multiple of 0.01"),
        ] {
            let mut integer = schema.clone();
            integer["type"] = json!("integer");
            let found = number_constraints(&integer).unwrap();
            let found = (found.ty, found.minimum.as_deref(), found.maximum.as_deref(), found.descriptions.join(", "));
            assert_eq!(found, (ty, minimum, maximum, description.to_owned()), "{schema}");
        }
        for impossible in [
            json!({"type": "integer"}),
            json!({"type": "number", "format": "double"}),
            json!({"type": "integer", "format": "int32", "minimum": 3_000_000_000_u64}),
            json!({"type": "integer", "minimum": 2, "maximum": 1}),
            json!({"type": "integer", "exclusiveMinimum": true}),
            json!({"type": "integer", "multipleOf": 2.5}),
            json!({"type": "integer", "multipleOf": 0}),
            json!({"type": "number", "format": "float", "maximum": 1e300}),
        ] {
            assert_eq!(number_constraints(&impossible), None, "{impossible}");
        }
    }

    #[test]
    fn writes_literals_of_the_type() {
        let constraints =
            number_constraints(&json!({"type": "number", "format": "float", "minimum": 0.1, "multipleOf": 1})).unwrap();
        assert_eq!(
            (constraints.ty, constraints.minimum.as_deref(), constraints.multiple_of.as_deref()),
            ("f32", Some("0.1"), Some("1.0"))
        );
        let constraints =
            number_constraints(&json!({"type": "number", "maximum": 1e300, "minimum": -7, "exclusiveMinimum": true}))
                .unwrap();
        assert_eq!((constraints.minimum.as_deref(), constraints.maximum.as_deref()), (Some("-7.0"), Some("1e300")));
        assert!(constraints.exclusive_minimum && !constraints.exclusive_maximum);
        let constraints = number_constraints(&json!({"type": "integer", "multipleOf": 5})).unwrap();
        assert_eq!(constraints.multiple_of.as_deref(), Some("5"));
    }
}
