//! Serialization of values by the `style` of a parameter.
//!
//! The results are those of the table in OpenAPI 3.0.4, which are expansions of RFC 6570. Where that table leaves a
//! case open, most servers decide: a list or object inside of another one is JSON, and `deepObject` continues into
//! deeper objects and repeats the name for the items of a list.

use percent_encoding::AsciiSet;
use serde_json::Value;

use super::{
    super::{
        call::percent::{ENCODED, ENCODED_BUT_RESERVED, encode, encoded},
        metadata::parameter::{Parameter, Style},
    },
    media_type::is_json,
};

/// A value as OpenAPI's table of styles sees it.
pub(crate) enum Shape {
    One(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

impl Shape {
    pub(crate) fn of(parameter: &Parameter, value: &Value) -> Self {
        match (parameter.content_type, value) {
            (Some(content_type), Value::String(text)) if !is_json(content_type) => Self::One(text.clone()),
            (Some(_), value) => Self::One(value.to_string()),
            (None, Value::Array(items)) => Self::List(items.iter().filter(|item| !item.is_null()).map(text).collect()),
            (None, Value::Object(map)) => {
                let present = map.iter().filter(|(_, value)| !value.is_null());
                Self::Pairs(present.map(|(key, value)| (key.clone(), text(value))).collect())
            }
            (None, value) => Self::One(text(value)),
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

/// Joins items by a separator.
fn list(items: &[String], separator: &str, write: impl Fn(&str) -> String) -> String {
    items.iter().map(|item| write(item)).collect::<Vec<_>>().join(separator)
}

/// Joins the pairs of an object by a separator, with `between` between key and value.
fn object(pairs: &[(String, String)], between: &str, separator: &str, write: impl Fn(&str) -> String) -> String {
    let pair = |(key, value): &(String, String)| format!("{}{between}{}", write(key), write(value));
    pairs.iter().map(pair).collect::<Vec<_>>().join(separator)
}

pub(crate) fn simple(shape: &Shape, explode: bool, write: impl Fn(&str) -> String) -> String {
    match shape {
        Shape::One(text) => write(text),
        Shape::List(items) => list(items, ",", write),
        Shape::Pairs(pairs) => object(pairs, if explode { "=" } else { "," }, ",", write),
    }
}

pub(crate) fn in_path(parameter: &Parameter, value: &Value) -> String {
    let write = encoded;
    let (name, explode) = (write(parameter.name), parameter.explode);
    let shape = Shape::of(parameter, value);
    match (parameter.style, &shape) {
        (Style::Label, Shape::List(items)) if explode => format!(".{}", list(items, ".", write)),
        (Style::Label, Shape::Pairs(pairs)) if explode => format!(".{}", object(pairs, "=", ".", write)),
        (Style::Label, shape) => format!(".{}", simple(shape, false, write)),
        (Style::Matrix, Shape::One(text)) if text.is_empty() => format!(";{name}"),
        (Style::Matrix, Shape::List(items)) if explode => {
            items.iter().map(|item| format!(";{name}={}", write(item))).collect()
        }
        (Style::Matrix, Shape::Pairs(pairs)) if explode => format!(";{}", object(pairs, "=", ";", write)),
        (Style::Matrix, shape) => format!(";{name}={}", simple(shape, false, write)),
        (_, shape) => simple(shape, explode, write),
    }
}

/// Serializes a value as `name=value` pairs of a query or form.
pub(crate) fn in_query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let set = if parameter.allow_reserved { ENCODED_BUT_RESERVED } else { ENCODED };
    pairs(parameter, value, set).into_iter().map(joined).collect()
}

/// Serializes a value as names and values of a query or of cookies, each encoded.
pub(crate) fn pairs(parameter: &Parameter, value: &Value, set: &'static AsciiSet) -> Vec<(String, String)> {
    let write = |text: &str| encode(text, set);
    let name = encoded(parameter.name);
    if let (Style::DeepObject, None, Value::Object(_)) = (parameter.style, parameter.content_type, value) {
        let mut found = Vec::new();
        deep(parameter.name, value, &mut |name, text| found.push((encoded(name), write(text))));
        return found;
    }
    // encoded, since neither a space nor a bar can stand in a URL
    let separator = match parameter.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match Shape::of(parameter, value) {
        Shape::One(text) => vec![(name, write(&text))],
        // nothing to send: RFC 6570 leaves an empty list out
        Shape::List(items) if items.is_empty() => Vec::new(),
        Shape::Pairs(pairs) if pairs.is_empty() => Vec::new(),
        Shape::List(items) if parameter.explode || parameter.style == Style::DeepObject => {
            items.iter().map(|item| (name.clone(), write(item))).collect()
        }
        Shape::List(items) => vec![(name, list(&items, separator, write))],
        Shape::Pairs(pairs) if parameter.explode => {
            pairs.iter().map(|(key, value)| (encoded(key), write(value))).collect()
        }
        Shape::Pairs(pairs) => vec![(name, object(&pairs, separator, separator, write))],
    }
}

/// Visits `name[key]` and value of each leaf of an object.
fn deep(name: &str, value: &Value, take: &mut impl FnMut(&str, &str)) {
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, take)),
        Value::Array(items) => items.iter().for_each(|item| deep(name, item, take)),
        value => take(name, &text(value)),
    }
}
