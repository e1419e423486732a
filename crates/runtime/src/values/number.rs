//! Numbers that are checked against the document's constraints when they are constructed.

use std::{cmp::Ordering, fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer};

use super::{
    constraint::{Constraint, ConstraintViolation},
    delegate::delegate,
    multiple::Numeric,
};

/// Name and constraints of a constrained number type. Implemented by generated code.
pub trait NumberSchema<T> {
    /// Name of the type, used in errors.
    const NAME: &'static str;
    /// The document's constraints.
    const CONSTRAINTS: NumberConstraints<T>;
}

/// Constraints of a `type: integer` or `type: number` schema. Generated code writes exclusive bounds of integers as
/// inclusive ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NumberConstraints<T> {
    /// `minimum`, or `exclusiveMinimum` if [`exclusive_minimum`](Self::exclusive_minimum) is set.
    pub minimum: Option<T>,
    /// `maximum`, or `exclusiveMaximum` if [`exclusive_maximum`](Self::exclusive_maximum) is set.
    pub maximum: Option<T>,
    /// Whether `minimum` itself is not allowed.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is not allowed.
    pub exclusive_maximum: bool,
    /// `multipleOf`: 0.3 is a multiple of 0.1.
    pub multiple_of: Option<T>,
}

impl<T> NumberConstraints<T> {
    /// No constraints.
    pub const ANY: Self =
        Self { minimum: None, maximum: None, exclusive_minimum: false, exclusive_maximum: false, multiple_of: None };

    fn lower(&self) -> Constraint {
        if self.exclusive_minimum { Constraint::ExclusiveMinimum } else { Constraint::Minimum }
    }

    fn upper(&self) -> Constraint {
        if self.exclusive_maximum { Constraint::ExclusiveMaximum } else { Constraint::Maximum }
    }
}

impl<T: Numeric> NumberConstraints<T> {
    /// Checks a number.
    ///
    /// # Errors
    /// The first violated constraint.
    pub fn check(&self, number: T) -> Result<(), ConstraintViolation> {
        let violates = |constraint, limit: T| Err(ConstraintViolation::new(constraint, limit.to_string()));
        let is_below = |limit: &T| number < *limit || (self.exclusive_minimum && number == *limit);
        let is_above = |limit: &T| number > *limit || (self.exclusive_maximum && number == *limit);
        if let Some(limit) = self.minimum.filter(is_below) {
            return violates(self.lower(), limit);
        }
        if let Some(limit) = self.maximum.filter(is_above) {
            return violates(self.upper(), limit);
        }
        match self.multiple_of.filter(|of| !number.is_multiple(*of)) {
            Some(of) => violates(Constraint::MultipleOf, of),
            None => Ok(()),
        }
    }
}

#[cfg(feature = "schemars")]
impl<T: Copy + Into<serde_json::Value>> NumberConstraints<T> {
    fn json_schema(&self, mut schema: schemars::Schema) -> schemars::Schema {
        use super::constraint::insert;
        insert(&mut schema, self.lower(), self.minimum);
        insert(&mut schema, self.upper(), self.maximum);
        insert(&mut schema, Constraint::MultipleOf, self.multiple_of);
        schema
    }
}

/// A number that satisfies the constraints of `S`.
///
/// Construct it with `TryFrom` or `FromStr`; [`ConstrainedNumber::get`] returns the number.
pub struct ConstrainedNumber<S, T>(T, PhantomData<fn() -> S>);

impl<S: NumberSchema<T>, T> ConstrainedNumber<S, T> {
    /// The document's constraints.
    pub const CONSTRAINTS: NumberConstraints<T> = S::CONSTRAINTS;
}

impl<S, T: Copy> ConstrainedNumber<S, T> {
    /// Returns the number.
    #[must_use]
    pub fn get(self) -> T {
        self.0
    }
}

impl<S: NumberSchema<T>, T: Numeric> ConstrainedNumber<S, T> {
    fn checked(number: T) -> Result<Self, ConstraintViolation> {
        match S::CONSTRAINTS.check(number) {
            Ok(()) => Ok(Self(number, PhantomData)),
            Err(violation) => Err(violation.of_type(S::NAME)),
        }
    }
}

/// Conversions from and to the number type, and from `i32`, the type of a literal without a suffix.
macro_rules! conversions {
    ($($number:ty: $($from:ty)*;)*) => { $(
        impl<S: NumberSchema<$number>> TryFrom<$number> for ConstrainedNumber<S, $number> {
            type Error = ConstraintViolation;

            fn try_from(number: $number) -> Result<Self, ConstraintViolation> {
                Self::checked(number)
            }
        }

        impl<S> From<ConstrainedNumber<S, $number>> for $number {
            fn from(number: ConstrainedNumber<S, $number>) -> Self {
                number.0
            }
        }

        impl<S> PartialEq<$number> for ConstrainedNumber<S, $number> {
            fn eq(&self, other: &$number) -> bool {
                self.0 == *other
            }
        }

        impl<S> PartialEq<ConstrainedNumber<S, $number>> for $number {
            fn eq(&self, other: &ConstrainedNumber<S, $number>) -> bool {
                *self == other.0
            }
        }

        impl<S> PartialOrd<$number> for ConstrainedNumber<S, $number> {
            fn partial_cmp(&self, other: &$number) -> Option<Ordering> {
                self.0.partial_cmp(other)
            }
        }

        impl<S> PartialOrd<ConstrainedNumber<S, $number>> for $number {
            fn partial_cmp(&self, other: &ConstrainedNumber<S, $number>) -> Option<Ordering> {
                self.partial_cmp(&other.0)
            }
        }

        $(impl<S: NumberSchema<$number>> TryFrom<$from> for ConstrainedNumber<S, $number> {
            type Error = ConstraintViolation;

            fn try_from(number: $from) -> Result<Self, ConstraintViolation> {
                let out_of_range = concat!("(out of range for ", stringify!($number), ")");
                number.try_into().map_err(|_| not_a_number::<S, _>(out_of_range)).and_then(Self::checked)
            }
        })*
    )* };
}

fn not_a_number<S: NumberSchema<T>, T>(detail: impl Into<String>) -> ConstraintViolation {
    ConstraintViolation::new(Constraint::Type, detail).of_type(S::NAME)
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

impl<S: NumberSchema<T>, T: Numeric + FromStr<Err: fmt::Display>> FromStr for ConstrainedNumber<S, T> {
    type Err = ConstraintViolation;

    fn from_str(text: &str) -> Result<Self, ConstraintViolation> {
        let number = text.parse().map_err(|error: T::Err| not_a_number::<S, _>(format!("(not a number: {error})")))?;
        Self::checked(number)
    }
}

delegate!((ConstrainedNumber, T): Debug Display PartialEq Eq Hash Serialize);

impl<S, T: Copy> Clone for ConstrainedNumber<S, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T: Copy> Copy for ConstrainedNumber<S, T> {}

impl<S, T: PartialOrd> PartialOrd for ConstrainedNumber<S, T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl<S, T: Ord> Ord for ConstrainedNumber<S, T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<'de, S: NumberSchema<T>, T: Numeric + Deserialize<'de>> Deserialize<'de> for ConstrainedNumber<S, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = T::deserialize(deserializer)?;
        Self::checked(number).map_err(ConstraintViolation::into_error)
    }
}

#[cfg(feature = "schemars")]
impl<S: NumberSchema<T>, T: schemars::JsonSchema + Copy + Into<serde_json::Value>> schemars::JsonSchema
    for ConstrainedNumber<S, T>
{
    fn schema_name() -> std::borrow::Cow<'static, str> {
        S::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        S::CONSTRAINTS.json_schema(T::json_schema(generator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Share {}

    impl NumberSchema<f64> for Share {
        const NAME: &'static str = "Share";
        const CONSTRAINTS: NumberConstraints<f64> = NumberConstraints {
            minimum: Some(0.0),
            exclusive_minimum: true,
            maximum: Some(1.0),
            ..NumberConstraints::ANY
        };
    }

    enum Five {}

    impl NumberSchema<i64> for Five {
        const NAME: &'static str = "Five";
        const CONSTRAINTS: NumberConstraints<i64> =
            NumberConstraints { minimum: Some(-5), maximum: Some(10), multiple_of: Some(5), ..NumberConstraints::ANY };
    }

    enum Small {}

    impl NumberSchema<u8> for Small {
        const NAME: &'static str = "Small";
        const CONSTRAINTS: NumberConstraints<u8> =
            NumberConstraints { maximum: Some(9), exclusive_maximum: true, ..NumberConstraints::ANY };
    }

    type ConstrainedFive = ConstrainedNumber<Five, i64>;

    #[test]
    fn checks_every_bound() {
        for valid in [-5, 0, 5, 10] {
            assert_eq!(ConstrainedFive::try_from(valid).map(ConstrainedNumber::get), Ok(i64::from(valid)));
        }
        let refused = |number: i64| ConstrainedFive::try_from(number).unwrap_err().to_string();
        assert_eq!(refused(-6), "violates minimum -5");
        assert_eq!(refused(11), "violates maximum 10");
        assert_eq!(refused(4), "violates multipleOf 5");
        let share = |number: f64| ConstrainedNumber::<Share, f64>::try_from(number).map(ConstrainedNumber::get);
        let reason = |number: f64| share(number).map_err(|violation| violation.to_string());
        assert_eq!((share(f64::MIN_POSITIVE), share(1.0)), (Ok(f64::MIN_POSITIVE), Ok(1.0)));
        assert_eq!(reason(0.0), Err("violates exclusiveMinimum 0".to_owned()));
        assert_eq!(reason(-1.0), Err("violates exclusiveMinimum 0".to_owned()));
        assert_eq!(reason(1.1), Err("violates maximum 1".to_owned()));
        let small = |number: i32| ConstrainedNumber::<Small, u8>::try_from(number).map_err(|one| one.to_string());
        assert_eq!(small(8).map(u8::from), Ok(8));
        assert_eq!(small(9).map(drop), Err("violates exclusiveMaximum 9".to_owned()));
        assert_eq!(small(256).map(drop), Err("violates type (out of range for u8)".to_owned()));
    }

    #[test]
    fn converts_from_literals_strings_and_json() {
        let five: ConstrainedFive = 5.try_into().unwrap();
        assert_eq!(("5".parse(), i64::from(five), five.to_string()), (Ok(five), 5, "5".to_owned()));
        assert_eq!(five, 5);
        assert_eq!(5, five);
        assert_ne!(five, 6);
        assert!(five > 4 && 6 > five);
        assert_eq!(serde_json::to_string(&five).unwrap(), "5");
        let error = serde_json::from_str::<ConstrainedFive>("6").unwrap_err().to_string();
        assert!(error.starts_with("Five violates multipleOf 5"), "{error}");
        let error = "x".parse::<ConstrainedFive>().unwrap_err();
        assert!(error.to_string().starts_with("violates type (not a number: "), "{error}");
        assert_eq!(error.constraint(), Constraint::Type);
    }
}
