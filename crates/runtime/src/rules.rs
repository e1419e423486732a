//! The document's rules for texts and lists, checked by the types that the generator writes.

use serde::{Deserialize, Deserializer};

/// Rules of a `type: string` schema. Lengths count Unicode characters, as JSON Schema says, not bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextRules {
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `format: uri`, RFC 3986.
    pub uri: bool,
}

impl TextRules {
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
        if self.uri && fluent_uri::Uri::parse(text).is_err() {
            return Err(
                "is not a URI (RFC 3986); it needs a scheme such as https:, and other characters percent-encoded"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// The rules as JSON Schema.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self) -> schemars::Schema {
        let mut schema = schemars::json_schema!({"type": "string"});
        insert(&mut schema, "minLength", self.min_length);
        insert(&mut schema, "maxLength", self.max_length);
        insert(&mut schema, "format", self.uri.then_some("uri"));
        schema
    }
}

/// Rules of a `type: array` schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListRules {
    /// `minItems`.
    pub min_items: Option<usize>,
    /// `maxItems`.
    pub max_items: Option<usize>,
}

impl ListRules {
    /// Whether a list of `length` items keeps the rules.
    ///
    /// # Errors
    /// The first broken rule, as a phrase that completes the field's name.
    pub fn check(&self, length: usize) -> Result<(), String> {
        if let Some(least) = self.min_items.filter(|least| length < *least) {
            return Err(format!("has fewer than {} ({length})", counted(least, "item")));
        }
        if let Some(most) = self.max_items.filter(|most| length > *most) {
            return Err(format!("has more than {} ({length})", counted(most, "item")));
        }
        Ok(())
    }

    /// The rules as JSON Schema, for a list of `items`.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self, items: schemars::Schema) -> schemars::Schema {
        let mut schema = schemars::json_schema!({"type": "array", "items": items});
        insert(&mut schema, "minItems", self.min_items);
        insert(&mut schema, "maxItems", self.max_items);
        schema
    }
}

#[cfg(feature = "schemars")]
fn insert(schema: &mut schemars::Schema, keyword: &str, value: Option<impl Into<serde_json::Value>>) {
    if let Some(value) = value {
        schema.insert(keyword.to_owned(), value.into());
    }
}

fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Reads an optional property that the document does not let be null: absent is `None`, null is an error.
///
/// # Errors
/// When the value is null or not a `T`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Reads a list or map of a response where a server sends null for nothing: refusing would lose the whole answer.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_not_bytes_at_both_bounds() {
        let rules = TextRules { min_length: Some(1), max_length: Some(64), uri: false };
        assert_eq!(rules.check(""), Err("must not be empty".into()));
        assert_eq!(rules.check("a"), Ok(()));
        assert_eq!(rules.check(&"🌱".repeat(64)), Ok(()));
        assert_eq!(rules.check(&"🌱".repeat(65)), Err("is longer than 64 characters (65)".into()));
    }

    #[test]
    fn knows_a_uri_from_other_text() {
        let rules = TextRules { uri: true, ..TextRules::default() };
        for text in ["https://greenhouse.example/callback?a=b#c", "myapp:/cb", "urn:x:y", "http://[::1]:80/"] {
            assert_eq!(rules.check(text), Ok(()), "{text}");
        }
        for text in ["", "/callback", "greenhouse.example", "https://a b", "https://é.example", "http://[::1", "1a:b"]
        {
            assert!(rules.check(text).is_err(), "{text}");
        }
    }

    #[test]
    fn counts_items_at_both_bounds() {
        let rules = ListRules { min_items: Some(1), max_items: Some(10) };
        assert_eq!(rules.check(0), Err("has fewer than 1 item (0)".into()));
        assert_eq!((rules.check(1), rules.check(10)), (Ok(()), Ok(())));
        assert_eq!(rules.check(11), Err("has more than 10 items (11)".into()));
    }
}
