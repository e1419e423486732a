//! Numbers that keep the document's rules: they cannot be made otherwise.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{multiple::Numeric, violation::BrokenRule};

/// What a type of numbers is called, and its rules. Implemented by generated code.
pub trait NumberRule<T> {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: NumberRules<T>;
}

/// Rules of a `type: integer` or `type: number` schema. Exclusive bounds of integers are written as inclusive ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NumberRules<T> {
    /// `minimum`.
    pub minimum: Option<T>,
    /// `maximum`.
    pub maximum: Option<T>,
    /// Whether the minimum itself is too small.
    pub exclusive_minimum: bool,
    /// Whether the maximum itself is too large.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<T>,
}

impl<T> NumberRules<T> {
    /// No rule.
    pub const ANY: Self =
        Self { minimum: None, maximum: None, exclusive_minimum: false, exclusive_maximum: false, multiple_of: None };
}

impl<T: Numeric> NumberRules<T> {
    /// Whether a number keeps the rules.
    ///
    /// # Errors
    /// The first broken rule, as a phrase that completes the field's name.
    pub fn check(&self, number: T) -> Result<(), String> {
        if let Some(least) = self.minimum {
            if number < least {
                return Err(format!("is less than {least}"));
            }
            if self.exclusive_minimum && number == least {
                return Err(format!("must be more than {least}"));
            }
        }
        if let Some(most) = self.maximum {
            if number > most {
                return Err(format!("is more than {most}"));
            }
            if self.exclusive_maximum && number == most {
                return Err(format!("must be less than {most}"));
            }
        }
        match self.multiple_of.filter(|of| !number.is_multiple(*of)) {
            Some(of) => Err(format!("is not a multiple of {of}")),
            None => Ok(()),
        }
    }
}

#[cfg(feature = "schemars")]
impl<T: Copy + Into<serde_json::Value>> NumberRules<T> {
    fn json_schema(&self, mut schema: schemars::Schema) -> schemars::Schema {
        use super::keywords::insert;
        let (least, most) = match (self.exclusive_minimum, self.exclusive_maximum) {
            (false, false) => ("minimum", "maximum"),
            (true, false) => ("exclusiveMinimum", "maximum"),
            (false, true) => ("minimum", "exclusiveMaximum"),
            (true, true) => ("exclusiveMinimum", "exclusiveMaximum"),
        };
        insert(&mut schema, least, self.minimum);
        insert(&mut schema, most, self.maximum);
        insert(&mut schema, "multipleOf", self.multiple_of);
        schema
    }
}

/// A number that keeps the rules `R`.
pub struct Number<R, T>(T, PhantomData<fn() -> R>);

impl<R: NumberRule<T>, T> Number<R, T> {
    /// The document's rules.
    pub const RULES: NumberRules<T> = R::RULES;
}

impl<R, T: Copy> Number<R, T> {
    /// The number.
    #[must_use]
    pub fn get(self) -> T {
        self.0
    }
}

impl<R: NumberRule<T>, T: Numeric> Number<R, T> {
    fn checked(number: T) -> Result<Self, BrokenRule> {
        match R::RULES.check(number) {
            Ok(()) => Ok(Self(number, PhantomData)),
            Err(rule) => Err(BrokenRule::new(R::NAME, rule)),
        }
    }
}

/// A literal without a type is an `i32`; it converts wherever it fits.
macro_rules! conversions {
    ($($number:ty: $($from:ty)*;)*) => { $(
        impl<R: NumberRule<$number>> TryFrom<$number> for Number<R, $number> {
            type Error = BrokenRule;

            fn try_from(number: $number) -> Result<Self, BrokenRule> {
                Self::checked(number)
            }
        }

        impl<R> From<Number<R, $number>> for $number {
            fn from(number: Number<R, $number>) -> Self {
                number.0
            }
        }

        $(impl<R: NumberRule<$number>> TryFrom<$from> for Number<R, $number> {
            type Error = BrokenRule;

            fn try_from(number: $from) -> Result<Self, BrokenRule> {
                match number.try_into() {
                    Ok(number) => Self::checked(number),
                    Err(_) => Err(BrokenRule::new(R::NAME, format!("is no number of the type {}", stringify!($number)))),
                }
            }
        })*
    )* };
}

conversions! {
    i8: i32;
    i16: i32;
    i32: ;
    i64: i32;
    u8: i32;
    u16: i32;
    u32: i32;
    u64: i32;
    f32: i16;
    f64: i32;
}

impl<R: NumberRule<T>, T: Numeric + FromStr<Err: fmt::Display>> FromStr for Number<R, T> {
    type Err = BrokenRule;

    fn from_str(text: &str) -> Result<Self, BrokenRule> {
        let number =
            text.parse().map_err(|error: T::Err| BrokenRule::new(R::NAME, format!("is not a number: {error}")))?;
        Self::checked(number)
    }
}

impl<R, T: Copy> Clone for Number<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T: Copy> Copy for Number<R, T> {}

impl<R, T: fmt::Debug> fmt::Debug for Number<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<R, T: fmt::Display> fmt::Display for Number<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<R, T: PartialEq> PartialEq for Number<R, T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<R, T: Eq> Eq for Number<R, T> {}

impl<R, T: PartialOrd> PartialOrd for Number<R, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<R, T: Ord> Ord for Number<R, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<R, T: hash::Hash> hash::Hash for Number<R, T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<R, T: Serialize> Serialize for Number<R, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, R: NumberRule<T>, T: Numeric + Deserialize<'de>> Deserialize<'de> for Number<R, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = T::deserialize(deserializer)?;
        Self::checked(number).map_err(|broken| serde::de::Error::custom(broken.with_type()))
    }
}

#[cfg(feature = "schemars")]
impl<R: NumberRule<T>, T: schemars::JsonSchema + Copy + Into<serde_json::Value>> schemars::JsonSchema for Number<R, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        R::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        R::RULES.json_schema(T::json_schema(generator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Share {}

    impl NumberRule<f64> for Share {
        const NAME: &'static str = "Share";
        const RULES: NumberRules<f64> =
            NumberRules { minimum: Some(0.0), exclusive_minimum: true, maximum: Some(1.0), ..NumberRules::ANY };
    }

    enum Five {}

    impl NumberRule<i64> for Five {
        const NAME: &'static str = "Five";
        const RULES: NumberRules<i64> =
            NumberRules { minimum: Some(-5), maximum: Some(10), multiple_of: Some(5), ..NumberRules::ANY };
    }

    #[test]
    fn numbers_are_held_against_bounds_and_steps() {
        for good in [-5, 0, 5, 10] {
            assert_eq!(Number::<Five, i64>::try_from(good).map(Number::get), Ok(i64::from(good)));
        }
        let refused = |number: i64| Number::<Five, i64>::try_from(number).unwrap_err().to_string();
        assert_eq!(refused(-6), "is less than -5");
        assert_eq!(refused(11), "is more than 10");
        assert_eq!(refused(4), "is not a multiple of 5");
        let share = |number: f64| Number::<Share, f64>::try_from(number).map_err(|broken| broken.to_string());
        assert_eq!(share(0.0).unwrap_err(), "must be more than 0");
        assert_eq!(
            (share(1.0).unwrap().get(), share(f64::MIN_POSITIVE).is_ok(), share(1.1).is_ok()),
            (1.0, true, false)
        );
    }

    #[test]
    fn a_literal_a_text_and_json_make_one() {
        let five: Number<Five, i64> = 5.try_into().unwrap();
        assert_eq!(("5".parse(), i64::from(five), five.to_string()), (Ok(five), 5, "5".to_owned()));
        assert_eq!(serde_json::to_string(&five).unwrap(), "5");
        let error = serde_json::from_str::<Number<Five, i64>>("6").unwrap_err().to_string();
        assert!(error.starts_with("breaks the rule of Five: is not a multiple of 5"), "{error}");
        assert!("x".parse::<Number<Five, i64>>().unwrap_err().to_string().starts_with("is not a number"));
    }
}
