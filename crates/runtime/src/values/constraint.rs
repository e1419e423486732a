//! Constraints of the document, and values that violate one.

use std::{cell::RefCell, fmt};

use serde::{Deserialize, Serialize};

/// A constraint of the document that a value can violate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Constraint {
    /// `type`, as the range or the written form of a number.
    Type,
    /// `minLength`.
    MinLength,
    /// `maxLength`.
    MaxLength,
    /// `format`.
    Format,
    /// `format: binary` of a part of a form: a file, which has no JSON form.
    Binary,
    /// `minimum`.
    Minimum,
    /// `maximum`.
    Maximum,
    /// `exclusiveMinimum`.
    ExclusiveMinimum,
    /// `exclusiveMaximum`.
    ExclusiveMaximum,
    /// `multipleOf`.
    MultipleOf,
    /// `minItems`.
    MinItems,
    /// `maxItems`.
    MaxItems,
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties,
    /// `maxProperties`.
    MaxProperties,
    /// `oneOf` or `anyOf`.
    OneOf,
    /// `discriminator`.
    Discriminator,
}

impl Constraint {
    /// Returns the keyword of the document.
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

/// A value that violates a constraint of the document.
///
/// `Display` reads `violates maxLength 64 (65 characters)`; whoever set the value adds the field. The value is not
/// shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintViolation {
    type_name: Option<&'static str>,
    constraint: Constraint,
    /// What follows the keyword.
    detail: String,
}

thread_local! {
    /// The last violation that became an error of serde, which keeps nothing but a message.
    static LAST: RefCell<Option<ConstraintViolation>> = const { RefCell::new(None) };
}

impl ConstraintViolation {
    /// `detail` follows the keyword, such as `64 (65 characters)`.
    pub(crate) fn new(constraint: Constraint, detail: impl Into<String>) -> Self {
        Self { type_name: None, constraint, detail: detail.into() }
    }

    /// A violated limit on a count, and the count of the value.
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

    /// Returns the message where no field is known: `CreateOAuthClientRequestName violates minLength 1 (0 characters)`.
    #[must_use]
    pub fn with_type(&self) -> String {
        self.type_name.map_or_else(|| self.to_string(), |name| format!("{name} {self}"))
    }

    /// Returns an error of serde, in which [`Self::behind`] finds this violation again.
    pub(crate) fn into_error<E: serde::de::Error>(self) -> E {
        let error = E::custom(self.with_type());
        LAST.set(Some(self));
        error
    }

    /// Returns the violation that an error of serde stands for, by the error's message. `None` for any other error,
    /// whose message may quote a value.
    pub(crate) fn behind(message: &str) -> Option<Self> {
        // one that a union or an untagged enum has passed over may still be here
        LAST.take().filter(|last| last.with_type() == message)
    }
}

impl fmt::Display for ConstraintViolation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "violates {} {}", self.constraint, self.detail)
    }
}

impl std::error::Error for ConstraintViolation {}

/// Why a type refuses a value, for tests that compare types with the document.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The violated constraint, where it is one that types of the runtime check.
    pub constraint: Option<Constraint>,
    /// The message of the error.
    pub message: String,
}

impl Refusal {
    /// Returns the refusal behind an error of serde, which must be the last one of this thread.
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
    fn an_error_of_serde_keeps_its_constraint_and_no_other_one_does() {
        let violation = || ConstraintViolation::counted(Constraint::MaxLength, 1, 2, ["character", "characters"]);
        let error: serde_json::Error = violation().of_type("Name").into_error();
        let refusal = Refusal::of(&error);
        assert_eq!(refusal.message, "Name violates maxLength 1 (2 characters)");
        assert_eq!(refusal.constraint, Some(Constraint::MaxLength));
        assert_eq!(Refusal::of(&error).constraint, None, "it was taken");
        let _: serde_json::Error = violation().into_error();
        assert_eq!(Refusal::of(&serde_json::Error::custom("violates maxLength of another kind")).constraint, None);
    }

    #[test]
    fn constraints_are_named_by_their_keywords() {
        for constraint in [Constraint::MinLength, Constraint::ExclusiveMaximum, Constraint::UniqueItems] {
            assert_eq!(serde_json::to_string(&constraint).unwrap(), format!("\"{constraint}\""));
        }
        assert_eq!((Constraint::Binary.keyword(), Constraint::Format.keyword()), ("format", "format"));
    }
}
