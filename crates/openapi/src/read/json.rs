//! Reads JSON to values, with bounded memory. Rejects duplicate keys.

use std::{cell::RefCell, collections::HashSet, fmt};

use jsonc_parser::{CollectOptions, ParseOptions, ast};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{
    budget::{Budget, Exhausted, TOO_MUCH, TOO_MUCH_FIX},
    locations::{Inner, LocationTree},
};
use crate::{Location, Problem, plain::quoted, pointer};

pub(crate) fn parse(text: &str, budget: Budget) -> Result<Value, Problem> {
    let reading = RefCell::new(Reading { budget, rejected: None });
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Seed(&reading).deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| {
        let line_start = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let location = Location::of_offset(text, line_start + error.column().saturating_sub(1));
        match reading.into_inner().rejected {
            Some(Rejected::TooMuch) => Problem::new(TOO_MUCH, TOO_MUCH_FIX).at(Some(location)),
            Some(Rejected::DuplicateKey) => duplicate(text, location),
            None => syntax_error(&error).at(Some(location)),
        }
    })
}

fn syntax_error(error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    if message.starts_with("recursion limit") {
        return Problem::new("the value is nested too deeply, the limit is 128 levels", "nest less deeply");
    }
    // the problem has the location
    let at = format!(" at line {} column {}", error.line(), error.column());
    let reason = message.strip_suffix(&at).unwrap_or(&message);
    Problem::new(format!("not valid JSON: {reason}"), "correct the JSON at this location")
}

/// Returns the problem of a duplicate key. `serde_json` stops after the key, and has no pointers.
fn duplicate(text: &str, after: Location) -> Problem {
    let problem = |key: &str| Problem::new(format!("key {key}occurs twice in one object"), "remove one of the two");
    match syntax_tree(text).as_ref().and_then(duplicate_key) {
        Some((segments, offset)) => {
            let at = segments.iter().rev().fold(String::new(), |at, segment| pointer::join(&at, segment));
            let key = segments.first().map(|key| format!("{} ", quoted(key))).unwrap_or_default();
            problem(&key).at(Some(Location::of_offset(text, offset))).pointing_to(at)
        }
        None => problem("").at(Some(after)),
    }
}

enum Rejected {
    TooMuch,
    DuplicateKey,
}

/// The state of reading a text.
struct Reading {
    budget: Budget,
    rejected: Option<Rejected>,
}

#[derive(Clone, Copy)]
struct Seed<'r>(&'r RefCell<Reading>);

impl Seed<'_> {
    fn pay<E: Error>(self, pay: impl FnOnce(&mut Budget) -> Result<(), Exhausted>) -> Result<(), E> {
        let paid = pay(&mut self.0.borrow_mut().budget);
        paid.map_err(|Exhausted| self.reject(Rejected::TooMuch))
    }

    fn reject<E: Error>(self, why: Rejected) -> E {
        self.0.borrow_mut().rejected = Some(why);
        E::custom("rejected")
    }

    fn scalar<E: Error>(self, value: Value) -> Result<Value, E> {
        self.pay(Budget::value).map(|()| value)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.scalar(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.pay(|budget| budget.text(value))?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.pay(Budget::value)?;
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.pay(Budget::object)?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.pay(|budget| budget.entry(&key))?;
            if map.contains_key(&key) {
                return Err(self.reject(Rejected::DuplicateKey));
            }
            let value = entries.next_value_seed(self)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

fn syntax_tree(text: &str) -> Option<ast::Value<'_>> {
    jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &STRICT).ok()?.value
}

/// Returns the segments of the pointer of the first duplicate key, the last segment first, and the key's offset.
fn duplicate_key(value: &ast::Value<'_>) -> Option<(Vec<String>, usize)> {
    match value {
        ast::Value::Object(object) => {
            let mut seen = HashSet::new();
            object.properties.iter().find_map(|property| {
                let name = property.name.as_str();
                let (mut segments, offset) = if seen.insert(name) {
                    duplicate_key(&property.value)?
                } else {
                    (Vec::new(), property.range.start)
                };
                segments.push(name.to_owned());
                Some((segments, offset))
            })
        }
        ast::Value::Array(array) => array.elements.iter().enumerate().find_map(|(index, element)| {
            let (mut segments, offset) = duplicate_key(element)?;
            segments.push(index.to_string());
            Some((segments, offset))
        }),
        _ => None,
    }
}

/// Returns the locations of all values of a JSON text.
pub(crate) fn locations(text: &str) -> Option<LocationTree> {
    let mut cursor = Cursor { text, offset: 0, location: Location { line: 1, column: 1 } };
    Some(cursor.locate(&syntax_tree(text)?))
}

/// Values come in text order, so one pass over the text locates all of them.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    location: Location,
}

impl Cursor<'_> {
    fn locate(&mut self, value: &ast::Value<'_>) -> LocationTree {
        use jsonc_parser::common::Ranged;
        let location = self.walk_to(value.range().start);
        let inner = match value {
            ast::Value::Object(object) => {
                let entry =
                    |property: &ast::ObjectProp<'_>| (property.name.as_str().into(), self.locate(&property.value));
                Inner::keys(object.properties.iter().map(entry).collect())
            }
            ast::Value::Array(array) => {
                Inner::Items(array.elements.iter().map(|element| self.locate(element)).collect())
            }
            _ => Inner::Nothing,
        };
        LocationTree::new(location, inner)
    }

    fn walk_to(&mut self, offset: usize) -> Location {
        for c in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            self.location = match c {
                '\n' => Location { line: self.location.line + 1, column: 1 },
                _ => Location { column: self.location.column + 1, ..self.location },
            };
        }
        self.offset = offset;
        self.location
    }
}
