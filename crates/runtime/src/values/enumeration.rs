//! Enums of the document: each value that the document lists is a variant of a generated enum.

use std::fmt::{self, Display as _};

use serde::{Deserializer, Serialize as _, Serializer, ser::Error as _};

use super::{
    constraint::{Constraint, ConstraintViolation},
    enum_value::EnumValue,
    unknown::Unknown,
};

/// Name and values of an enum. Implemented by generated code.
pub trait EnumSchema: Clone + PartialEq + 'static {
    /// The type of the values.
    type Value: EnumValue;
    /// Name of the type, used in errors.
    const NAME: &'static str;
    /// The values that the document lists, each with its variant.
    const VALUES: &'static [(Self::Value, Self)];
}

/// A value that a response may contain.
type Owned<E> = <<E as EnumSchema>::Value as EnumValue>::Owned;

/// The value of the variant of an enum for values that the document does not list.
#[doc(hidden)]
pub type UnknownOf<E> = Unknown<Owned<E>>;

/// Maximum number of values that an error lists.
const NAMED: usize = 12;

/// Conversions of an enum from and to its values. Implemented by generated code, which calls them in the
/// implementations of the traits of the standard library and of serde.
#[doc(hidden)]
pub trait Enumeration: EnumSchema {
    /// Whether a value that the document does not list can be sent: no request has this enum.
    const SENDS_UNKNOWN: bool = false;

    /// Returns the variant of values that the document does not list. `None` if the enum is closed.
    fn from_unknown(_: UnknownOf<Self>) -> Option<Self> {
        None
    }

    /// Returns the value, if the document does not list it.
    fn as_unknown(&self) -> Option<&UnknownOf<Self>> {
        None
    }

    /// Returns the value, unless the document does not list it.
    fn listed(&self) -> Option<Self::Value> {
        Self::VALUES.iter().find(|(_, variant)| variant == self).map(|(value, _)| *value)
    }

    /// Returns the value, listed or not.
    fn value(&self) -> Owned<Self> {
        let unknown = || self.as_unknown().map(|unknown| unknown.get().clone());
        self.listed().map(EnumValue::owned).or_else(unknown).unwrap_or_default()
    }

    /// Returns the variant of a value.
    ///
    /// # Errors
    /// When the document does not list the value.
    fn of_value(value: impl Into<Owned<Self>>) -> Result<Self, ConstraintViolation> {
        let value = value.into();
        Self::found(|listed| listed.is(&value))
    }

    /// Returns the variant of a value as `Display` writes it.
    ///
    /// # Errors
    /// When the document does not list the value.
    fn of_text(text: &str) -> Result<Self, ConstraintViolation> {
        Self::found(|listed| listed.is_written(text))
    }

    /// Returns the variant of the first value that meets a condition.
    ///
    /// # Errors
    /// When no value does.
    fn found(is_meant: impl Fn(Self::Value) -> bool) -> Result<Self, ConstraintViolation> {
        let found = Self::VALUES.iter().find(|(value, _)| is_meant(*value));
        found.map(|(_, variant)| variant.clone()).ok_or_else(not_listed::<Self>)
    }

    /// Writes the value as text.
    ///
    /// # Errors
    /// Those of the formatter.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.listed(), self.as_unknown()) {
            (Some(value), _) => value.fmt(f),
            (None, Some(unknown)) => unknown.fmt(f),
            (None, None) => Ok(()),
        }
    }

    /// Serializes the value.
    ///
    /// # Errors
    /// When the document does not list the value, and a request has this enum.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.listed(), self.as_unknown()) {
            (Some(value), _) => value.serialize(serializer),
            (None, Some(unknown)) if Self::SENDS_UNKNOWN => unknown.get().serialize(serializer),
            _ => Err(S::Error::custom("violates enum (the document does not list this value, so it cannot be sent)")),
        }
    }

    /// Deserializes a value.
    ///
    /// # Errors
    /// When the value is of another type, or the document does not list it and the enum is closed.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Self::Value::read(deserializer)?;
        match Self::VALUES.iter().find(|(listed, _)| listed.is(&value)) {
            Some((_, variant)) => Ok(variant.clone()),
            None => Self::VALUES
                .iter()
                .any(|(listed, _)| listed.is_of_type(&value))
                .then(|| Self::from_unknown(Unknown(value)))
                .flatten()
                .ok_or_else(|| not_listed::<Self>().into_error()),
        }
    }

    /// Returns the values as JSON Schema.
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        let values: Vec<_> = Self::VALUES.iter().map(|(value, _)| serde_json::json!(value)).collect();
        let mut schema = schemars::json_schema!({"enum": values});
        super::constraint::insert(&mut schema, Constraint::Type, Self::Value::TYPE);
        schema
    }
}

/// Returns the violation of a value that the document does not list.
fn not_listed<E: EnumSchema>() -> ConstraintViolation {
    let named = E::VALUES.iter().take(NAMED).map(|(value, _)| value.to_string().escape_debug().to_string());
    let named = named.collect::<Vec<_>>().join(", ");
    let more = match E::VALUES.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    ConstraintViolation::new(Constraint::Enum, format!("(allowed: {named}{more})")).of_type(E::NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::enum_value::Scalar;
    use serde_json::{Value, json};

    /// Implements the traits as generated code does.
    macro_rules! enumeration {
        ($name:ident $value:ty: $($listed:expr => $variant:ident),*; $owned:ty, $is_sent:literal) => {
            #[derive(Clone, Debug, PartialEq)]
            enum $name {
                $($variant,)*
                Unknown(Unknown<$owned>),
            }

            impl EnumSchema for $name {
                type Value = $value;
                const NAME: &'static str = stringify!($name);
                const VALUES: &'static [($value, Self)] = &[$(($listed, Self::$variant)),*];
            }

            impl Enumeration for $name {
                const SENDS_UNKNOWN: bool = $is_sent;

                fn from_unknown(value: UnknownOf<Self>) -> Option<Self> {
                    Some(Self::Unknown(value))
                }

                fn as_unknown(&self) -> Option<&UnknownOf<Self>> {
                    if let Self::Unknown(value) = self { Some(value) } else { None }
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.show(f)
                }
            }
        };
    }

    enumeration!(Color &'static str: "red" => Red, "" => Empty, "\u{1b}" => Escape; String, false);
    enumeration!(Level i64: -1 => MinusOne, 2 => X2; i64, true);
    enumeration!(Large u64: 1 => X1, u64::MAX => Most; u64, true);
    enumeration!(Share f64: 0.5 => X0_5, 1.0 => X1; f64, true);
    enumeration!(On bool: true => True; bool, true);
    enumeration!(Mode Scalar: Scalar::Text("auto") => Auto, Scalar::Float(0.5) => X0_5; Value, true);
    enumeration!(Any Scalar: Scalar::Text("auto") => Auto, Scalar::Int(1) => X1, Scalar::Bool(true) => True,
        Scalar::Float(0.5) => X0_5, Scalar::Null => Null; Value, true);

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Closed {
        A,
    }

    impl EnumSchema for Closed {
        type Value = &'static str;
        const NAME: &'static str = "Closed";
        const VALUES: &'static [(&'static str, Self)] = &[("a", Self::A)];
    }

    impl Enumeration for Closed {}

    fn read<E: Enumeration>(value: Value) -> Result<E, String> {
        E::read(value).map_err(|error: serde_json::Error| error.to_string())
    }

    fn write<E: Enumeration>(value: &E) -> Result<Value, String> {
        value.write(serde_json::value::Serializer).map_err(|error| error.to_string())
    }

    #[test]
    fn listed_values_round_trip() {
        fn check<E: Enumeration + fmt::Debug>(values: &[Value]) {
            assert_eq!(values.len(), E::VALUES.len());
            for (value, (listed, variant)) in values.iter().zip(E::VALUES) {
                assert_eq!(read::<E>(value.clone()).as_ref(), Ok(variant));
                assert_eq!(write(variant).as_ref(), Ok(value));
                assert_eq!(json!(variant.value()), *value);
                assert_eq!(E::of_text(&listed.to_string()).as_ref(), Ok(variant));
                assert_eq!(E::of_value(variant.value()).as_ref(), Ok(variant));
            }
        }
        check::<Color>(&[json!("red"), json!(""), json!("\u{1b}")]);
        check::<Level>(&[json!(-1), json!(2)]);
        check::<Large>(&[json!(1), json!(u64::MAX)]);
        check::<Share>(&[json!(0.5), json!(1.0)]);
        check::<On>(&[json!(true)]);
        check::<Any>(&[json!("auto"), json!(1), json!(true), json!(0.5), json!(null)]);
    }

    #[test]
    fn numbers_are_equal_in_every_notation() {
        assert_eq!(read(json!(2.0)), Ok(Level::X2));
        assert_eq!(read(json!(1)), Ok(Share::X1));
        assert_eq!(read(json!(1.0)), Ok(Any::X1));
        assert!(read::<Level>(json!(2.5)).is_err() && read::<Level>(json!(1e300)).is_err());
    }

    #[test]
    fn unlisted_values_are_read_but_sent_only_if_no_request_has_the_enum() {
        let level = read::<Level>(json!(7)).unwrap();
        assert_eq!((level.value(), level.to_string(), write(&level)), (7, "7".to_owned(), Ok(json!(7))));
        let color = read::<Color>(json!("blue")).unwrap();
        assert_eq!((color.value(), color.to_string()), ("blue".to_owned(), "blue".to_owned()));
        assert!(write(&color).unwrap_err().starts_with("violates enum (the document does not list this value"));
        assert_eq!(read::<Closed>(json!("b")), Err("Closed violates enum (allowed: a)".to_owned()));
    }

    #[test]
    fn values_of_another_type_are_rejected() {
        for value in [json!(null), json!("1"), json!(true), json!([1]), json!({})] {
            assert!(read::<Level>(value.clone()).is_err(), "{value}");
        }
        assert!(read::<Color>(json!(1)).is_err() && read::<On>(json!("true")).is_err());
        assert!(read::<Any>(json!([])).is_err() && read::<Any>(json!({})).is_err());
        assert!(read::<Mode>(json!("manual")).is_ok() && read::<Mode>(json!(7)).is_ok());
        assert!(read::<Mode>(json!(null)).is_err() && read::<Mode>(json!(true)).is_err());
    }

    #[test]
    fn setters_accept_listed_values_only() {
        assert_eq!((Level::of_value(2), Color::of_value("red")), (Ok(Level::X2), Ok(Color::Red)));
        assert_eq!(Level::of_value(3).unwrap_err().to_string(), "violates enum (allowed: -1, 2)");
        assert_eq!(Color::of_text("x").unwrap_err().to_string(), "violates enum (allowed: red, , \\u{1b})");
    }
}
