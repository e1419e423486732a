//! YAML 1.2 to JSON values, with places. OpenAPI allows the part of YAML that JSON can express.

use std::collections::HashMap;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use serde_json::{Map, Number, Value};

use crate::{Location, Problem, pointer};

pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) places: HashMap<String, Location>,
}

/// Deeper than any real document, and shallow enough for every stack.
const DEEPEST: usize = 128;

pub(crate) fn parse(text: &str) -> Result<Parsed, Problem> {
    let mut documents = MarkedYaml::load_from_str(text).map_err(|error| {
        let marker = error.marker();
        let what = if error.info().contains("duplicate") {
            format!("this key occurs twice in one mapping: {}", error.info())
        } else {
            format!("not valid YAML: {}", error.info())
        };
        Problem::new(what, "mend the YAML at this place")
            .at(Some(Location { line: marker.line(), column: marker.col() + 1 }))
    })?;
    if documents.len() > 1 {
        return Err(Problem::new("the file holds several YAML documents", "keep one document a file"));
    }
    let Some(root) = documents.pop() else {
        return Err(Problem::new("the file is empty", "name a file that holds a document"));
    };
    let mut places = HashMap::new();
    let value = convert(&root, "", 0, &mut places)?;
    Ok(Parsed { value, places })
}

fn convert(
    node: &MarkedYaml<'_>,
    at: &str,
    depth: usize,
    places: &mut HashMap<String, Location>,
) -> Result<Value, Problem> {
    let place = Location { line: node.span.start.line(), column: node.span.start.col() + 1 };
    let refuse = |what: &str| Problem::new(what, "write it as JSON could express it").at(Some(place)).pointing_to(at);
    if depth > DEEPEST {
        return Err(refuse("nested too deeply"));
    }
    places.insert(at.to_owned(), place);
    match &node.data {
        YamlData::Value(scalar) => scalar_value(scalar).ok_or_else(|| refuse("this number cannot be written in JSON")),
        YamlData::Sequence(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| convert(item, &format!("{at}/{index}"), depth + 1, places))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        YamlData::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let name = match &key.data {
                    YamlData::Value(scalar) => key_text(scalar),
                    _ => return Err(refuse("a key must be a plain value")),
                };
                let value = convert(value, &pointer::join(at, &name), depth + 1, places)?;
                if map.insert(name, value).is_some() {
                    return Err(refuse("two keys of this mapping are the same text, so it occurs twice"));
                }
            }
            Ok(Value::Object(map))
        }
        YamlData::Tagged(_, inner) => convert(inner, at, depth + 1, places),
        YamlData::Representation(text, ..) => Ok(Value::String(text.to_string())),
        YamlData::Alias(_) | YamlData::BadValue => Err(refuse("this value is not complete YAML")),
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Bool(*value),
        Scalar::Integer(value) => Value::Number((*value).into()),
        Scalar::FloatingPoint(value) => Value::Number(Number::from_f64(value.into_inner())?),
        Scalar::String(value) => Value::String(value.to_string()),
    })
}

fn key_text(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Null => "null".to_owned(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::FloatingPoint(value) => value.to_string(),
        Scalar::String(value) => value.to_string(),
    }
}
