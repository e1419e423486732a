//! Strings that are checked against the document's constraints when they are constructed.
//!
//! Generated code declares an alias for each, `types::Name = ConstrainedString<constraints::Name>`.

use std::{borrow::Borrow, cmp::Ordering, marker::PhantomData, ops::Deref, str::FromStr};

use serde::{Deserialize, Deserializer};

use super::{
    constraint::{Constraint, ConstraintViolation},
    delegate::delegate,
    format::Format,
};

/// Constraints of a `type: string` schema. Lengths are in Unicode characters, as in JSON Schema, not in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StringConstraints {
    /// `minLength`: the smallest number of characters.
    pub min_length: Option<usize>,
    /// `maxLength`: the largest number of characters.
    pub max_length: Option<usize>,
    /// `format`, if it is one that is checked.
    pub format: Option<Format>,
}

impl StringConstraints {
    /// No constraints.
    pub const ANY: Self = Self { min_length: None, max_length: None, format: None };

    /// Checks a string.
    ///
    /// # Errors
    /// The first violated constraint.
    pub fn check(&self, text: &str) -> Result<(), ConstraintViolation> {
        const UNIT: [&str; 2] = ["character", "characters"];
        let length = text.chars().count();
        if let Some(limit) = self.min_length.filter(|limit| length < *limit) {
            return Err(ConstraintViolation::counted(Constraint::MinLength, limit, length, UNIT));
        }
        if let Some(limit) = self.max_length.filter(|limit| length > *limit) {
            return Err(ConstraintViolation::counted(Constraint::MaxLength, limit, length, UNIT));
        }
        self.format.map_or(Ok(()), |format| format.check(text))
    }

    /// Returns the constraints as JSON Schema.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self) -> schemars::Schema {
        use super::constraint::insert;
        let mut schema = schemars::json_schema!({"type": "string"});
        insert(&mut schema, Constraint::MinLength, self.min_length);
        insert(&mut schema, Constraint::MaxLength, self.max_length);
        insert(&mut schema, Constraint::Format, self.format.map(Format::name));
        schema
    }
}

/// Name and constraints of a constrained string type. Implemented by generated code.
pub trait StringSchema {
    /// Name of the type, used in errors.
    const NAME: &'static str;
    /// The document's constraints.
    const CONSTRAINTS: StringConstraints;
}

/// A string that satisfies the constraints of `S`.
///
/// Construct it with `TryFrom` or `FromStr`. Dereferences to `str`, whose `len` is in bytes; `minLength` and
/// `maxLength` are in characters.
pub struct ConstrainedString<S>(String, PhantomData<fn() -> S>);

impl<S: StringSchema> ConstrainedString<S> {
    /// The document's constraints.
    pub const CONSTRAINTS: StringConstraints = S::CONSTRAINTS;
}

impl<S> ConstrainedString<S> {
    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the string without its constraints.
    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl<S: StringSchema> TryFrom<String> for ConstrainedString<S> {
    type Error = ConstraintViolation;

    fn try_from(text: String) -> Result<Self, ConstraintViolation> {
        match S::CONSTRAINTS.check(&text) {
            Ok(()) => Ok(Self(text, PhantomData)),
            Err(violation) => Err(violation.of_type(S::NAME)),
        }
    }
}

impl<S: StringSchema> TryFrom<&str> for ConstrainedString<S> {
    type Error = ConstraintViolation;

    fn try_from(text: &str) -> Result<Self, ConstraintViolation> {
        Self::try_from(text.to_owned())
    }
}

impl<S: StringSchema> FromStr for ConstrainedString<S> {
    type Err = ConstraintViolation;

    fn from_str(text: &str) -> Result<Self, ConstraintViolation> {
        Self::try_from(text)
    }
}

impl<S> From<ConstrainedString<S>> for String {
    fn from(text: ConstrainedString<S>) -> Self {
        text.0
    }
}

impl<S> Deref for ConstrainedString<S> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<S> AsRef<str> for ConstrainedString<S> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<S> Borrow<str> for ConstrainedString<S> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

delegate!((ConstrainedString): Clone Debug Display PartialEq Eq Hash Serialize);

macro_rules! comparisons {
    ($($other:ty)*) => { $(
        impl<S> PartialEq<$other> for ConstrainedString<S> {
            fn eq(&self, other: &$other) -> bool {
                let other: &str = other.as_ref();
                self.0 == other
            }
        }

        impl<S> PartialEq<ConstrainedString<S>> for $other {
            fn eq(&self, other: &ConstrainedString<S>) -> bool {
                other == self
            }
        }
    )* };
}

comparisons!(str &str String);

impl<S> PartialOrd for ConstrainedString<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> Ord for ConstrainedString<S> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<'de, S: StringSchema> Deserialize<'de> for ConstrainedString<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from(text).map_err(ConstraintViolation::into_error)
    }
}

#[cfg(feature = "schemars")]
impl<S: StringSchema> schemars::JsonSchema for ConstrainedString<S> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        S::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        S::CONSTRAINTS.json_schema()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    enum Name {}

    impl StringSchema for Name {
        const NAME: &'static str = "Name";
        const CONSTRAINTS: StringConstraints =
            StringConstraints { min_length: Some(1), max_length: Some(64), ..StringConstraints::ANY };
    }

    type Constrained = ConstrainedString<Name>;

    #[test]
    fn lengths_are_in_characters() {
        let refused = |text: &str| Constrained::try_from(text).map(drop).map_err(|violation| violation.to_string());
        assert_eq!(refused(""), Err("violates minLength 1 (0 characters)".to_owned()));
        assert_eq!((refused("a"), refused(&"🌱".repeat(64))), (Ok(()), Ok(())));
        assert_eq!(refused(&"🌱".repeat(65)), Err("violates maxLength 64 (65 characters)".to_owned()));
    }

    #[test]
    fn every_constructor_checks() {
        let long = "a".repeat(65);
        let expected = || {
            let violation = ConstraintViolation::new(Constraint::MaxLength, "64 (65 characters)");
            Err(violation.of_type("Name"))
        };
        assert_eq!(Constrained::try_from(long.clone()), expected());
        assert_eq!(Constrained::try_from(&*long), expected());
        assert_eq!(long.parse::<Constrained>(), expected());
        let error = serde_json::from_str::<Constrained>(&format!("\"{long}\"")).unwrap_err().to_string();
        assert!(error.starts_with("Name violates maxLength 64 (65 characters)"), "{error}");
    }

    #[test]
    fn behaves_like_a_string() {
        let name: Constrained = "éü".parse().unwrap();
        assert_eq!(name, "éü");
        assert_eq!("éü", name);
        assert_eq!(name, *"éü");
        assert_eq!(name, String::from("éü"));
        assert_ne!(name, "e");
        assert_eq!((name.len(), name.chars().count(), name.is_empty(), name.starts_with('é')), (4, 2, false, true));
        assert_eq!((format!("{name:>3}"), format!("{name:?}")), (" éü".to_owned(), "\"éü\"".to_owned()));
        let names: HashSet<Constrained> = [name.clone()].into();
        assert!(names.contains("éü"));
        let text: &str = name.as_ref();
        assert_eq!((text, serde_json::to_string(&name).unwrap()), ("éü", "\"éü\"".to_owned()));
        assert_eq!((String::from(name.clone()), name.into_inner()), ("éü".to_owned(), "éü".to_owned()));
    }

    #[test]
    fn checks_uris() {
        let constraints = StringConstraints { format: Some(Format::Uri), ..StringConstraints::ANY };
        for text in ["https://greenhouse.example/callback?a=b#c", "myapp:/cb", "urn:x:y", "http://[::1]:80/"] {
            assert_eq!(constraints.check(text), Ok(()), "{text}");
        }
        for text in ["", "/callback", "greenhouse.example", "https://a b", "https://é.example", "http://[::1", "1a:b"]
        {
            let violated = constraints.check(text).unwrap_err().constraint();
            assert_eq!(violated, Constraint::Format, "{text}");
        }
    }
}
