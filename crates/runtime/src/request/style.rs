//! Serialization of values by the `style` of a parameter.
//!
//! The results are those of the style table of OpenAPI 3.0.4, which are expansions of RFC 6570. Cases that the table
//! leaves undefined follow common practice: an array in an exploded object repeats the name of its property, other
//! nested arrays and objects are JSON, and `deepObject` recurses into nested objects and repeats the name for the items
//! of an array.

use percent_encoding::AsciiSet;
use serde_json::Value;

use super::{
    super::{
        call::percent::{ENCODED, ENCODED_BUT_RESERVED, encode, encoded},
        metadata::parameter::{Parameter, Style},
    },
    media_type::is_json,
};

/// The shape of a value in OpenAPI's style table.
pub(crate) enum Shape {
    Primitive(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Shape {
    pub(crate) fn of<'v>(parameter: &Parameter, value: &'v Value) -> Self {
        match (parameter.content_type, value) {
            (Some(content_type), Value::String(text)) if !is_json(content_type) => Self::Primitive(text.clone()),
            (Some(_), value) => Self::Primitive(value.to_string()),
            (None, Value::Array(items)) => Self::Array(items.iter().filter(|item| !item.is_null()).map(text).collect()),
            (None, Value::Object(map)) => {
                let values = |value: &'v Value| match value {
                    Value::Array(items) if parameter.explode => items.as_slice(),
                    value => std::slice::from_ref(value),
                };
                let pairs = map.iter().flat_map(|(key, value)| values(value).iter().map(move |value| (key, value)));
                let present = pairs.filter(|(_, value)| !value.is_null());
                Self::Object(present.map(|(key, value)| (key.clone(), text(value))).collect())
            }
            (None, value) => Self::Primitive(text(value)),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(crate) fn joined((name, value): (String, String)) -> String {
    format!("{name}={value}")
}

/// Joins items with a separator.
fn list(items: &[String], separator: &str, write: impl Fn(&str) -> String) -> String {
    items.iter().map(|item| write(item)).collect::<Vec<_>>().join(separator)
}

/// Joins the properties of an object with a separator, and `between` between key and value.
fn object(pairs: &[(String, String)], between: &str, separator: &str, write: impl Fn(&str) -> String) -> String {
    let pair = |(key, value): &(String, String)| format!("{}{between}{}", write(key), write(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join(separator)
}

pub(crate) fn simple(shape: &Shape, explode: bool, write: impl Fn(&str) -> String) -> String {
    match shape {
        Shape::Primitive(text) => write(text),
        Shape::Array(items) => list(items, ",", write),
        Shape::Object(pairs) => object(pairs, if explode { "=" } else { "," }, ",", write),
    }
}

pub(crate) fn in_path(parameter: &Parameter, value: &Value) -> String {
    let write = encoded;
    let (name, explode) = (write(parameter.name), parameter.explode);
    let shape = Shape::of(parameter, value);
    match (parameter.style, &shape) {
        (Style::Label, Shape::Array(items)) if explode => format!(".{}", list(items, ".", write)),
        (Style::Label, Shape::Object(pairs)) if explode => format!(".{}", object(pairs, "=", ".", write)),
        (Style::Label, shape) => format!(".{}", simple(shape, false, write)),
        (Style::Matrix, Shape::Primitive(text)) if text.is_empty() => format!(";{name}"),
        (Style::Matrix, Shape::Array(items)) if explode => {
            items.iter().map(|item| format!(";{name}={}", write(item))).collect()
        }
        (Style::Matrix, Shape::Object(pairs)) if explode => format!(";{}", object(pairs, "=", ";", write)),
        (Style::Matrix, shape) => format!(";{name}={}", simple(shape, false, write)),
        (_, shape) => simple(shape, explode, write),
    }
}

/// Serializes a value as encoded `name=value` pairs of a query or form.
pub(crate) fn in_query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let set = if parameter.allow_reserved { ENCODED_BUT_RESERVED } else { ENCODED };
    pairs(parameter, value, set).into_iter().map(joined).collect()
}

/// Serializes a value as encoded names and values of a query or of cookies.
pub(crate) fn pairs(parameter: &Parameter, value: &Value, set: &'static AsciiSet) -> Vec<(String, String)> {
    let write = |text: &str| encode(text, set);
    let name = encoded(parameter.name);
    if let (Style::DeepObject, None, Value::Object(_)) = (parameter.style, parameter.content_type, value) {
        let mut found = Vec::new();
        deep(parameter.name, value, &mut |name, text| found.push((encoded(name), write(text))));
        return found;
    }
    // encoded, because spaces and bars are not allowed in a URL
    let separator = match parameter.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match Shape::of(parameter, value) {
        Shape::Primitive(text) => vec![(name, write(&text))],
        // RFC 6570 omits empty arrays and objects
        Shape::Array(items) if items.is_empty() => Vec::new(),
        Shape::Object(pairs) if pairs.is_empty() => Vec::new(),
        Shape::Array(items) if parameter.explode || parameter.style == Style::DeepObject => {
            items.iter().map(|item| (name.clone(), write(item))).collect()
        }
        Shape::Array(items) => vec![(name, list(&items, separator, write))],
        Shape::Object(pairs) if parameter.explode => {
            pairs.iter().map(|(key, value)| (encoded(key), write(value))).collect()
        }
        Shape::Object(pairs) => vec![(name, object(&pairs, separator, separator, write))],
    }
}

/// Calls `take` with `name[key]` and the value of each leaf of an object.
fn deep(name: &str, value: &Value, take: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, take)),
        Value::Array(items) => items.iter().for_each(|item| deep(name, item, take)),
        value => take(name, &text(value)),
    }
}
