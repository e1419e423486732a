//! Texts that keep the document's rules: they cannot be made otherwise.
//!
//! Generated code names each by an alias, `types::Name = Text<rules::Name>`, and gives it its rules.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{format::Format, keywords::counted, violation::BrokenRule};

/// Rules of a `type: string` schema. Lengths count Unicode characters, as JSON Schema says, not bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextRules {
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `format`, where it is one that is checked.
    pub format: Option<Format>,
}

impl TextRules {
    /// No rule.
    pub const ANY: Self = Self { min_length: None, max_length: None, format: None };

    /// Whether `text` keeps the rules.
    ///
    /// # Errors
    /// The first broken rule, as a phrase that completes the field's name.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let length = text.chars().count();
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(match (least, length) {
                (1, _) => "must not be empty".to_owned(),
                _ => format!("is shorter than {least} characters ({length})"),
            });
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            return Err(format!("is longer than {} ({length})", counted(most, "character")));
        }
        if let Some(format) = self.format {
            format.check(text)?;
        }
        Ok(())
    }

    /// The rules as JSON Schema.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self) -> schemars::Schema {
        let mut schema = schemars::json_schema!({"type": "string"});
        super::keywords::insert(&mut schema, "minLength", self.min_length);
        super::keywords::insert(&mut schema, "maxLength", self.max_length);
        super::keywords::insert(&mut schema, "format", self.format.map(Format::name));
        schema
    }
}

/// What a type of texts is called, and its rules. Implemented by generated code.
pub trait TextRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: TextRules;
}

/// A text that keeps the rules `R`.
pub struct Text<R>(String, PhantomData<fn() -> R>);

impl<R: TextRule> Text<R> {
    /// The document's rules.
    pub const RULES: TextRules = R::RULES;
}

impl<R> Text<R> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<R: TextRule> TryFrom<String> for Text<R> {
    type Error = BrokenRule;

    fn try_from(text: String) -> Result<Self, BrokenRule> {
        match R::RULES.check(&text) {
            Ok(()) => Ok(Self(text, PhantomData)),
            Err(rule) => Err(BrokenRule::new(R::NAME, rule)),
        }
    }
}

impl<R: TextRule> TryFrom<&str> for Text<R> {
    type Error = BrokenRule;

    fn try_from(text: &str) -> Result<Self, BrokenRule> {
        Self::try_from(text.to_owned())
    }
}

impl<R: TextRule> FromStr for Text<R> {
    type Err = BrokenRule;

    fn from_str(text: &str) -> Result<Self, BrokenRule> {
        Self::try_from(text)
    }
}

impl<R> Clone for Text<R> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<R> fmt::Debug for Text<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<R> fmt::Display for Text<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<R> PartialEq for Text<R> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<R> Eq for Text<R> {}

impl<R> PartialOrd for Text<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<R> Ord for Text<R> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<R> Hash for Text<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<R> Serialize for Text<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, R: TextRule> Deserialize<'de> for Text<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from(text).map_err(|broken| serde::de::Error::custom(broken.with_type()))
    }
}

#[cfg(feature = "schemars")]
impl<R: TextRule> schemars::JsonSchema for Text<R> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        R::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        R::RULES.json_schema()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes_at_both_bounds() {
        let rules = TextRules { min_length: Some(1), max_length: Some(64), format: None };
        assert_eq!(rules.check(""), Err("must not be empty".into()));
        assert_eq!(rules.check("a"), Ok(()));
        assert_eq!(rules.check(&"🌱".repeat(64)), Ok(()));
        assert_eq!(rules.check(&"🌱".repeat(65)), Err("is longer than 64 characters (65)".into()));
    }

    #[test]
    fn knows_a_uri_from_other_text() {
        let rules = TextRules { format: Some(Format::Uri), ..TextRules::ANY };
        for text in ["https://greenhouse.example/callback?a=b#c", "myapp:/cb", "urn:x:y", "http://[::1]:80/"] {
            assert_eq!(rules.check(text), Ok(()), "{text}");
        }
        for text in ["", "/callback", "greenhouse.example", "https://a b", "https://é.example", "http://[::1", "1a:b"]
        {
            assert!(rules.check(text).is_err(), "{text}");
        }
    }

    enum Short {}

    impl TextRule for Short {
        const NAME: &'static str = "Short";
        const RULES: TextRules = TextRules { min_length: None, max_length: Some(2), ..TextRules::ANY };
    }

    #[test]
    fn a_text_keeps_its_rules() {
        let text = Text::<Short>::try_from("éü").unwrap();
        assert_eq!(
            (text.as_str(), text.to_string(), format!("{text:?}")),
            ("éü", "éü".to_owned(), "\"éü\"".to_owned())
        );
        assert_eq!(Text::<Short>::try_from("abc").unwrap_err().to_string(), "is longer than 2 characters (3)");
        let error = serde_json::from_str::<Text<Short>>("\"abc\"").unwrap_err().to_string();
        assert!(error.starts_with("breaks the rule of Short: is longer"), "{error}");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"éü\"");
    }
}
