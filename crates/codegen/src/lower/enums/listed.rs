//! The values of an enum, as far as one Rust enum can have them.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{lenient::lenient_type, queries::text};
use serde_json::{Map, Value};

use crate::model::EnumKind;

/// The key under which an enum keeps names and descriptions of its values. It is no OpenAPI keyword.
pub(crate) const NAMES: &str = "names of its values";

/// Extensions with the names of the values of an enum, and with their descriptions.
const GIVEN_NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
const GIVEN_DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Constraints that an enum enforces by leaving out values.
const CONSTRAINTS: [&str; 7] =
    ["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// The reason of an enum with values that no Rust type can have.
const NO_VARIANTS: &str =
    "not enforced: a value is an array, an object or too large an integer, so every value of the type is accepted";
const NO_VALUE: &str = "not enforced: no value is of the `type`, so every value of the type is accepted";
const LEFT_OUT: &str = "values that are not of the `type` are left out: no value can be both";

/// The values of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    /// The values, each once, without null unless it is the only one.
    pub(crate) values: Vec<Value>,
    pub(crate) kind: EnumKind,
    /// Whether null is a value beside others.
    pub(crate) nullable: bool,
    /// Name and description of values, by their JSON text.
    pub(crate) names: BTreeMap<String, (String, String)>,
    /// Why some values are left out.
    pub(crate) left_out: Option<&'static str>,
}

impl Listed {
    /// Returns the values of a schema with `enum`.
    ///
    /// # Errors
    /// The reason why a Rust enum cannot have the values.
    pub(crate) fn of(schema: &Map<String, Value>) -> Result<Self, &'static str> {
        let Some(Value::Array(all)) = schema.get("enum") else { return Err("not enforced: not an array") };
        if all.iter().any(|value| value.is_array() || value.is_object()) {
            return Err(NO_VARIANTS);
        }
        let ty = schema.get("type").and_then(Value::as_str).map(|ty| lenient_type(ty).unwrap_or(ty));
        let scalars = all.iter().filter(|value| !value.is_null()).count();
        let mut seen = BTreeSet::new();
        let of_type = || all.iter().filter(|value| !value.is_null() && is_of(value, ty)).map(normal);
        let left_out = (of_type().count() < scalars).then_some(LEFT_OUT);
        let mut values: Vec<Value> = of_type().filter(|value| seen.insert(value.to_string())).collect();
        let has_null = scalars < all.len();
        if values.is_empty() {
            let allows_null = has_null && (ty.is_none() || schema.get("nullable") == Some(&Value::Bool(true)));
            return match allows_null {
                true => Ok(Self::null()),
                false => Err(NO_VALUE),
            };
        }
        let kind = kind_of(&values, ty).ok_or(NO_VARIANTS)?;
        let valid: Vec<Value> = values.iter().filter(|value| satisfies(schema, value)).cloned().collect();
        if !valid.is_empty() {
            values = valid;
        }
        Ok(Self { values, kind, nullable: has_null && ty.is_none(), names: given(schema, all), left_out })
    }

    /// Returns the enum of null alone.
    pub(super) fn null() -> Self {
        Self {
            values: vec![Value::Null],
            kind: EnumKind::Mixed,
            nullable: false,
            names: BTreeMap::new(),
            left_out: None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        self.values == [Value::Null]
    }

    /// Whether the values are all values of the type.
    pub(super) fn is_complete(&self) -> bool {
        self.kind == EnumKind::Boolean && self.values.len() == 2
    }
}

/// Whether a constraint beside an enum leaves out values; some value has to satisfy all constraints.
pub(super) fn is_enforced(schema: &Map<String, Value>, keyword: &str) -> Option<bool> {
    let listed = CONSTRAINTS.contains(&keyword).then(|| Listed::of(schema).ok())??;
    Some(listed.values.iter().all(|value| satisfies(schema, value)))
}

/// Whether an extension gives the values of an enum their names or descriptions.
pub(super) fn is_given(schema: &Map<String, Value>, keyword: &str) -> bool {
    let is_known = GIVEN_NAMES.contains(&keyword) || GIVEN_DESCRIPTIONS.contains(&keyword);
    is_known && schema.get("enum").and_then(Value::as_array).is_some_and(|all| texts(schema, &[keyword], all).is_some())
}

/// Returns the kind of values; `None` if a Rust type cannot have them.
fn kind_of(values: &[Value], ty: Option<&str>) -> Option<EnumKind> {
    let all = |is: fn(&Value) -> bool| values.iter().all(is);
    let is_large = |value: &Value| value.as_i64().is_none() && value.as_f64().is_some_and(|float| float.fract() == 0.0);
    Some(if all(Value::is_string) {
        EnumKind::Text
    } else if all(Value::is_boolean) {
        EnumKind::Boolean
    } else if ty == Some("number") {
        EnumKind::Number
    } else if all(Value::is_i64) {
        EnumKind::Integer
    } else if all(Value::is_u64) {
        EnumKind::Unsigned
    } else if values.iter().any(is_large) {
        return None;
    } else if all(Value::is_number) {
        EnumKind::Number
    } else {
        EnumKind::Mixed
    })
}

fn is_of(value: &Value, ty: Option<&str>) -> bool {
    match ty {
        None => true,
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_number() && value.as_f64().is_some_and(|float| float.fract() == 0.0),
        Some("number") => value.is_number(),
        Some(_) => false,
    }
}

/// Returns a number without a fraction as an integer.
fn normal(value: &Value) -> Value {
    // integers up to this limit have exactly one representation
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.as_f64() {
        #[allow(clippy::cast_possible_truncation, reason = "within the limit above")]
        Some(float) if value.is_f64() && float.fract() == 0.0 && float.abs() <= EXACT => Value::from(float as i64),
        _ => value.clone(),
    }
}

/// Whether a value satisfies the length and the bounds of its schema.
fn satisfies(schema: &Map<String, Value>, value: &Value) -> bool {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let exclusive = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    if let Some(text) = value.as_str() {
        let length = text.chars().count() as f64;
        return bound("minLength").is_none_or(|least| length >= least)
            && bound("maxLength").is_none_or(|most| length <= most);
    }
    let Some(number) = value.as_f64().filter(|_| value.is_number()) else { return true };
    let is_multiple = |of: f64| of <= 0.0 || (number / of - (number / of).round()).abs() < 1e-9;
    bound("minimum").is_none_or(|least| number > least || (number == least && !exclusive("exclusiveMinimum")))
        && bound("maximum").is_none_or(|most| number < most || (number == most && !exclusive("exclusiveMaximum")))
        && bound("multipleOf").is_none_or(is_multiple)
}

/// Returns the names and descriptions that the document gives the values, by their JSON text.
fn given(schema: &Map<String, Value>, all: &[Value]) -> BTreeMap<String, (String, String)> {
    let mut found: BTreeMap<String, (String, String)> = BTreeMap::new();
    if let Some(Value::Object(names)) = schema.get(NAMES) {
        found.extend(names.iter().map(|(value, given)| {
            (value.clone(), (text(given, "name").to_owned(), text(given, "description").to_owned()))
        }));
    }
    let names =
        texts(schema, &GIVEN_NAMES, all).filter(|names| names.iter().all(|name| crate::naming::has_words(name)));
    for (value, name) in all.iter().zip(names.unwrap_or_default()) {
        found.entry(normal(value).to_string()).or_default().0 = name;
    }
    for (value, description) in all.iter().zip(texts(schema, &GIVEN_DESCRIPTIONS, all).unwrap_or_default()) {
        found.entry(normal(value).to_string()).or_default().1 = description;
    }
    found
}

/// Returns the texts of the first of some extensions that has one for each value.
fn texts(schema: &Map<String, Value>, keywords: &[&str], all: &[Value]) -> Option<Vec<String>> {
    keywords.iter().find_map(|keyword| {
        let texts = schema.get(*keyword)?.as_array().filter(|texts| texts.len() == all.len())?;
        texts.iter().map(|text| text.as_str().map(str::to_owned)).collect()
    })
}
