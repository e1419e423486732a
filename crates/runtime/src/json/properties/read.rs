//! Reading of objects.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor, value::MapDeserializer},
    forward_to_deserialize_any,
};

/// What happens to a property that the document does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Its value is skipped.
    Ignored,
    /// It is an error.
    Denied,
    /// A field collects it.
    Collected,
}

/// A struct that is read from an object, property by property.
pub trait Object<'de>: Sized {
    /// JSON names of the properties, by number.
    const PROPERTIES: &'static [&'static str];
    /// What happens to other properties.
    const UNKNOWN: Unknown;

    /// Reads all properties. `None` after an error, which the reader keeps.
    fn read<A: MapAccess<'de>>(map: &mut Reader<'de, A>) -> Option<Self>;
}

/// Reads a struct.
///
/// # Errors
/// When the value is not an object, a property has a wrong type, or a required one is missing.
pub fn read<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D, name: &'static str) -> Result<T, D::Error> {
    deserializer.deserialize_struct(name, T::PROPERTIES, ObjectVisitor { name, of: PhantomData })
}

struct ObjectVisitor<T> {
    name: &'static str,
    of: PhantomData<T>,
}

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", self.name)
    }

    /// Reads an empty array as an empty object: some servers send it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        match items.next_element::<IgnoredAny>()? {
            Some(_) => Err(A::Error::invalid_type(Unexpected::Seq, &self)),
            None => self.visit_map(MapDeserializer::new(std::iter::empty::<((), ())>())),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let (properties, unknown) = (T::PROPERTIES, T::UNKNOWN);
        let mut reader = Reader { map, properties, unknown, next: 0, other: None, error: None, of: PhantomData };
        match (T::read(&mut reader), reader.error) {
            (Some(value), None) => Ok(value),
            (_, Some(error)) => Err(error),
            (None, None) => Err(A::Error::custom(format_args!("invalid {}", self.name))),
        }
    }
}

/// An object that is being read.
pub struct Reader<'de, A: MapAccess<'de>> {
    map: A,
    properties: &'static [&'static str],
    unknown: Unknown,
    /// The number that is compared first: most servers send properties in one order.
    next: usize,
    /// Name of the current property, if it is not listed and is collected.
    other: Option<String>,
    error: Option<A::Error>,
    of: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// Returns the number of the next property; `usize::MAX` if it is not listed. `None` at the end or after an error.
    #[expect(clippy::should_implement_trait, reason = "an iterator's items could not refer to the reader")]
    pub fn next(&mut self) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        let name =
            Name { properties: self.properties, unknown: self.unknown, first: self.next, other: &mut self.other };
        let number = self.map.next_key_seed(name);
        let number = self.keep(number).flatten()?;
        self.next = if number < self.properties.len() { number + 1 } else { self.next };
        Some(number)
    }

    fn value<T: Deserialize<'de>>(&mut self) -> Option<T> {
        let value = self.map.next_value();
        self.keep(value)
    }

    /// Returns the value, or keeps the error.
    fn keep<T>(&mut self, result: Result<T, A::Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }
}

/// Where the value of a property goes that is not listed.
pub trait Rest<'de> {
    /// Reads the value.
    fn take<A: MapAccess<'de>>(self, map: &mut Reader<'de, A>);
}

impl<'de> Rest<'de> for () {
    fn take<A: MapAccess<'de>>(self, map: &mut Reader<'de, A>) {
        map.value::<IgnoredAny>();
    }
}

impl<'de, M: Extend<(String, T)> + IntoIterator<Item = (String, T)>, T: Deserialize<'de>> Rest<'de> for &mut M {
    fn take<A: MapAccess<'de>>(self, map: &mut Reader<'de, A>) {
        let name = map.other.take();
        self.extend(name.zip(map.value()));
    }
}

/// Reads the value of a property that is not listed.
pub fn unknown<'de, A: MapAccess<'de>>(map: &mut Reader<'de, A>, rest: impl Rest<'de>) {
    rest.take(map);
}

/// Finds the number of a property by its name.
struct Name<'a> {
    properties: &'static [&'static str],
    unknown: Unknown,
    first: usize,
    other: &'a mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<usize, E> {
        if self.properties.get(self.first) == Some(&name) {
            return Ok(self.first);
        }
        if let Some(number) = self.properties.iter().position(|property| *property == name) {
            return Ok(number);
        }
        match self.unknown {
            Unknown::Ignored => {}
            Unknown::Denied => return Err(E::unknown_field(name, self.properties)),
            Unknown::Collected => *self.other = Some(name.to_owned()),
        }
        Ok(usize::MAX)
    }
}

/// Reads a value.
pub fn value<'de, A: MapAccess<'de>, T: Deserialize<'de>>(map: &mut Reader<'de, A>, field: &mut Option<T>) {
    *field = map.value();
}

/// Reads a value that may not be null.
pub fn present<'de, A: MapAccess<'de>, T: Deserialize<'de>>(map: &mut Reader<'de, A>, field: &mut Option<Option<T>>) {
    *field = map.value().map(Some);
}

/// Reads a value, with null as its default.
pub fn null_as_default<'de, A: MapAccess<'de>, T: Deserialize<'de> + Default>(
    map: &mut Reader<'de, A>,
    field: &mut Option<T>,
) {
    *field = map.value().map(Option::<T>::unwrap_or_default);
}

/// Returns the value of a required property. Absent counts as null, if the type has a value for it.
pub fn take_required<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    map: &mut Reader<'de, A>,
    field: Option<T>,
    name: &'static str,
) -> Option<T> {
    field.or_else(|| T::deserialize(Absent).ok()).or_else(|| missing(map, name))
}

/// Returns the value of a required property.
pub fn take_present<'de, A: MapAccess<'de>, T>(
    map: &mut Reader<'de, A>,
    field: Option<T>,
    name: &'static str,
) -> Option<T> {
    field.or_else(|| missing(map, name))
}

/// Returns the value of an optional property.
pub fn take_or_default<'de, A: MapAccess<'de>, T: Default>(
    _: &mut Reader<'de, A>,
    field: Option<T>,
    _: &'static str,
) -> Option<T> {
    Some(field.unwrap_or_default())
}

fn missing<'de, A: MapAccess<'de>, T>(map: &mut Reader<'de, A>, name: &'static str) -> Option<T> {
    map.error.get_or_insert_with(|| A::Error::missing_field(name));
    None
}

/// A required property.
pub mod required {
    pub use super::{take_required as take, value as read};
}

/// A required property that may be null.
pub mod nullable {
    pub use super::{take_present as take, value as read};
}

/// An optional property. Null counts as absent, if the type is an `Option`.
pub mod optional {
    pub use super::{take_or_default as take, value as read};
}

/// An optional property that may not be null.
pub mod strict {
    pub use super::{present as read, take_or_default as take};
}

/// An optional array or map of a response, for which null counts as absent.
pub mod lenient {
    pub use super::{null_as_default as read, take_or_default as take};
}

/// The value of an absent property: null for types that accept null, an error for others.
struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = IsRequired;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, IsRequired> {
        Err(IsRequired)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, IsRequired> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[derive(Debug, thiserror::Error)]
#[error("is required")]
struct IsRequired;

impl serde::de::Error for IsRequired {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
