//! Types of the values of enums: strings, numbers, booleans, and values of several types.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use serde_json::Value;

/// A type of values of an enum.
pub trait EnumValue: Copy + fmt::Display + Serialize + 'static {
    /// The type of values that a response may contain.
    type Owned: Clone + Default + fmt::Display + Serialize;
    /// The JSON type. `None` if the values are of several types.
    const TYPE: Option<&'static str>;

    /// Whether the two are the same value.
    fn is(self, value: &Self::Owned) -> bool;

    /// Whether the two are of the same JSON type.
    fn is_of_type(self, _: &Self::Owned) -> bool {
        true
    }

    /// Whether `Display` writes the value like this.
    fn is_written(self, text: &str) -> bool {
        self.to_string() == text
    }

    /// Converts to the type of values that a response may contain.
    fn owned(self) -> Self::Owned;

    /// Deserializes a value, listed or not.
    ///
    /// # Errors
    /// When it is of another type.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self::Owned, D::Error>;
}

impl EnumValue for &'static str {
    type Owned = String;
    const TYPE: Option<&'static str> = Some("string");

    fn is(self, value: &String) -> bool {
        self == value
    }

    fn is_written(self, text: &str) -> bool {
        self == text
    }

    fn owned(self) -> String {
        self.to_owned()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        String::deserialize(deserializer)
    }
}

macro_rules! of_primitive {
    ($($type:ty: $json:literal, $read:expr;)*) => { $(
        impl EnumValue for $type {
            type Owned = Self;
            const TYPE: Option<&'static str> = Some($json);

            fn is(self, value: &Self) -> bool {
                self == *value
            }

            fn owned(self) -> Self {
                self
            }

            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(deserializer)
            }
        }
    )* };
}

of_primitive! {
    bool: "boolean", bool::deserialize;
    f64: "number", f64::deserialize;
    i64: "integer", |deserializer: D| deserializer.deserialize_i64(Integer(std::marker::PhantomData));
    u64: "integer", |deserializer: D| deserializer.deserialize_u64(Integer(std::marker::PhantomData));
}

/// Reads an integer, also one that is written with a fraction of zero.
struct Integer<T>(std::marker::PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Integer<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::custom("integer out of range"))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::custom("integer out of range"))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        // integers up to this limit have exactly one representation
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() != 0.0 || number.abs() > EXACT {
            return Err(E::invalid_type(de::Unexpected::Float(number), &self));
        }
        #[allow(clippy::cast_possible_truncation, reason = "within the limit above")]
        self.visit_i64(number as i64)
    }
}

/// A value of an enum whose values are of several types.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string.
    Text(&'static str),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => value.serialize(serializer),
            Self::Int(value) => value.serialize(serializer),
            Self::Float(value) => value.serialize(serializer),
            Self::Text(value) => value.serialize(serializer),
        }
    }
}

impl EnumValue for Scalar {
    type Owned = Value;
    const TYPE: Option<&'static str> = None;

    fn is(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Bool(listed) => value.as_bool() == Some(listed),
            #[allow(clippy::cast_precision_loss, reason = "compared as JSON compares numbers")]
            Self::Int(listed) => {
                value.as_i64().map_or_else(|| value.as_f64() == Some(listed as f64), |it| it == listed)
            }
            Self::Float(listed) => value.as_f64() == Some(listed),
            Self::Text(listed) => value.as_str() == Some(listed),
        }
    }

    fn is_of_type(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Bool(_) => value.is_boolean(),
            Self::Int(_) | Self::Float(_) => value.is_number(),
            Self::Text(_) => value.is_string(),
        }
    }

    fn owned(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::Int(value) => value.into(),
            Self::Float(value) => value.into(),
            Self::Text(value) => value.into(),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }
}
