//! Constraints of the document, and violations of them.

use std::{cell::RefCell, fmt};

use serde::{Deserialize, Serialize};

/// A kind of constraint that a value can violate. `Display` writes the [keyword](Self::keyword).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Constraint {
    /// `type`: a number that is out of range or cannot be parsed.
    Type,
    /// `minLength`: a string has fewer characters.
    MinLength,
    /// `maxLength`: a string has more characters.
    MaxLength,
    /// `format`: a string does not have the format, such as `uri`.
    Format,
    /// `format: binary` of a multipart form: a file, which cannot be JSON.
    Binary,
    /// `minimum`: a number is smaller.
    Minimum,
    /// `maximum`: a number is greater.
    Maximum,
    /// `exclusiveMinimum`: a number is smaller or equal.
    ExclusiveMinimum,
    /// `exclusiveMaximum`: a number is greater or equal.
    ExclusiveMaximum,
    /// `multipleOf`: a number is not a multiple, in decimal.
    MultipleOf,
    /// `minItems`: an array has fewer items.
    MinItems,
    /// `maxItems`: an array has more items.
    MaxItems,
    /// `uniqueItems`: two items of an array are equal.
    UniqueItems,
    /// `minProperties`: an object has fewer properties.
    MinProperties,
    /// `maxProperties`: an object has more properties.
    MaxProperties,
    /// `enum`: the document does not list a value.
    Enum,
    /// `oneOf` or `anyOf`: a value matches no variant.
    OneOf,
    /// `discriminator`: its value selects no variant, or a variant that does not match.
    Discriminator,
}

impl Constraint {
    /// Returns the keyword as written in the document, such as `maxLength`.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::Format | Self::Binary => "format",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::ExclusiveMinimum => "exclusiveMinimum",
            Self::ExclusiveMaximum => "exclusiveMaximum",
            Self::MultipleOf => "multipleOf",
            Self::MinItems => "minItems",
            Self::MaxItems => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties => "minProperties",
            Self::MaxProperties => "maxProperties",
            Self::Enum => "enum",
            Self::OneOf => "oneOf",
            Self::Discriminator => "discriminator",
        }
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.keyword())
    }
}

/// The error of a value that violates a constraint of the document.
///
/// `Display` writes keyword, limit and actual count, such as `violates maxLength 64 (65 characters)`, but not the
/// value, which may be a secret. [`Violation`](super::violation::Violation) adds the name of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintViolation {
    type_name: Option<&'static str>,
    constraint: Constraint,
    /// Text after the keyword.
    detail: String,
}

thread_local! {
    /// The last violation that became a serde error, which keeps only a message.
    static LAST: RefCell<Option<ConstraintViolation>> = const { RefCell::new(None) };
}

impl ConstraintViolation {
    /// Returns a violation. `detail` follows the keyword, such as `64 (65 characters)`.
    pub(crate) fn new(constraint: Constraint, detail: impl Into<String>) -> Self {
        Self { type_name: None, constraint, detail: detail.into() }
    }

    /// Returns the violation of a limit on a count.
    pub(crate) fn counted(constraint: Constraint, limit: usize, count: usize, [one, many]: [&str; 2]) -> Self {
        Self::new(constraint, format!("{limit} ({count} {})", if count == 1 { one } else { many }))
    }

    pub(crate) fn of_type(self, name: &'static str) -> Self {
        Self { type_name: Some(name), ..self }
    }

    /// Returns the violated constraint.
    #[must_use]
    pub fn constraint(&self) -> Constraint {
        self.constraint
    }

    /// Returns the message with the name of the type, such as `DeviceName violates minLength 1 (0 characters)`.
    #[must_use]
    pub fn with_type(&self) -> String {
        self.type_name.map_or_else(|| self.to_string(), |name| format!("{name} {self}"))
    }

    /// Converts to a serde error, from which [`Self::behind`] recovers the violation.
    pub(crate) fn into_error<E: serde::de::Error>(self) -> E {
        let error = E::custom(self.with_type());
        LAST.set(Some(self));
        error
    }

    /// Converts to an error of serialization, from which [`Self::behind`] recovers the violation.
    pub(crate) fn into_serialize_error<E: serde::ser::Error>(self) -> E {
        let error = E::custom(self.with_type());
        LAST.set(Some(self));
        error
    }

    /// Returns the violation that became a serde error with this message. `None` for other errors, whose messages may
    /// quote values.
    pub(crate) fn behind(message: &str) -> Option<Self> {
        // this may be an earlier violation, in a variant that did not match
        LAST.take().filter(|last| last.with_type() == message)
    }
}

impl fmt::Display for ConstraintViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "violates {} {}", self.constraint, self.detail)
    }
}

impl std::error::Error for ConstraintViolation {}

/// The error of a value that a type rejects, for tests that compare types with the document.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The violated constraint, if a constrained type rejected the value.
    pub constraint: Option<Constraint>,
    /// The message of the error.
    pub message: String,
}

impl Refusal {
    /// Converts a serde error, which must be the last one of this thread.
    pub fn of(error: &impl fmt::Display) -> Self {
        let message = error.to_string();
        Self { constraint: ConstraintViolation::behind(&message).map(|violation| violation.constraint), message }
    }
}

#[cfg(feature = "schemars")]
pub(crate) fn insert(schema: &mut schemars::Schema, keyword: Constraint, value: Option<impl Into<serde_json::Value>>) {
    if let Some(value) = value {
        schema.insert(keyword.keyword().to_owned(), value.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::Error as _;

    #[test]
    fn serde_errors_of_violations_keep_the_constraint() {
        let violation = || ConstraintViolation::counted(Constraint::MaxLength, 1, 2, ["character", "characters"]);
        let error: serde_json::Error = violation().of_type("Name").into_error();
        let refusal = Refusal::of(&error);
        assert_eq!(refusal.message, "Name violates maxLength 1 (2 characters)");
        assert_eq!(refusal.constraint, Some(Constraint::MaxLength));
        assert_eq!(Refusal::of(&error).constraint, None, "a violation is returned once");
        let _: serde_json::Error = violation().into_error();
        assert_eq!(Refusal::of(&serde_json::Error::custom("violates maxLength of another kind")).constraint, None);
    }

    #[test]
    fn constraints_display_as_keywords() {
        for constraint in [Constraint::MinLength, Constraint::ExclusiveMaximum, Constraint::UniqueItems] {
            assert_eq!(serde_json::to_string(&constraint).unwrap(), format!("\"{constraint}\""));
        }
        assert_eq!((Constraint::Binary.keyword(), Constraint::Format.keyword()), ("format", "format"));
    }
}
