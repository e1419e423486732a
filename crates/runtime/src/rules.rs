//! The document's rules for texts and lists, checked by the types that the generator writes.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};

use super::{Format, node::Node};

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
        insert(&mut schema, "minLength", self.min_length);
        insert(&mut schema, "maxLength", self.max_length);
        insert(&mut schema, "format", self.format.map(Format::name));
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
    /// `uniqueItems`: no two items are the same value of JSON.
    pub unique_items: bool,
}

impl ListRules {
    /// No rule.
    pub const ANY: Self = Self { min_items: None, max_items: None, unique_items: false };

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
        insert(&mut schema, "uniqueItems", self.unique_items.then_some(true));
        schema
    }

    /// Whether no two items are the same, where the rules say so.
    ///
    /// # Errors
    /// Which item repeats an earlier one, as a phrase that completes the field's name.
    pub(super) fn check_unique(&self, items: &[Node]) -> Result<(), String> {
        #[expect(clippy::mutable_key_type, reason = "what changes inside a node is that it keeps its hash")]
        let mut seen = HashMap::new();
        for (index, item) in items.iter().enumerate().filter(|_| self.unique_items) {
            if let Some(earlier) = seen.insert(item, index) {
                return Err(format!("repeats an item: [{index}] is the same as [{earlier}]"));
            }
        }
        Ok(())
    }
}

/// Rules of a `type: object` schema without properties of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MapRules {
    /// `minProperties`.
    pub min_properties: Option<usize>,
    /// `maxProperties`.
    pub max_properties: Option<usize>,
}

impl MapRules {
    /// No rule.
    pub const ANY: Self = Self { min_properties: None, max_properties: None };

    /// Whether a map of `count` entries keeps the rules.
    ///
    /// # Errors
    /// The first broken rule, as a phrase that completes the field's name.
    pub fn check(&self, count: usize) -> Result<(), String> {
        let properties = |count| if count == 1 { "1 property".to_owned() } else { format!("{count} properties") };
        if let Some(least) = self.min_properties.filter(|least| count < *least) {
            return Err(format!("has fewer than {} ({count})", properties(least)));
        }
        if let Some(most) = self.max_properties.filter(|most| count > *most) {
            return Err(format!("has more than {} ({count})", properties(most)));
        }
        Ok(())
    }

    /// The rules as JSON Schema, for a map of `values`.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self, values: schemars::Schema) -> schemars::Schema {
        let mut schema = schemars::json_schema!({"type": "object", "additionalProperties": values});
        insert(&mut schema, "minProperties", self.min_properties);
        insert(&mut schema, "maxProperties", self.max_properties);
        schema
    }
}

#[cfg(feature = "schemars")]
pub(super) fn insert(schema: &mut schemars::Schema, keyword: &str, value: Option<impl Into<serde_json::Value>>) {
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

    #[test]
    fn counts_items_at_both_bounds() {
        let rules = ListRules { min_items: Some(1), max_items: Some(10), unique_items: false };
        assert_eq!(rules.check(0), Err("has fewer than 1 item (0)".into()));
        assert_eq!((rules.check(1), rules.check(10)), (Ok(()), Ok(())));
        assert_eq!(rules.check(11), Err("has more than 10 items (11)".into()));
    }
    #[test]
    fn items_are_the_same_by_their_value_and_not_by_how_it_is_written() {
        let rules = ListRules { unique_items: true, ..ListRules::ANY };
        let check = |text: &str| rules.check_unique(&serde_json::from_str::<Vec<Node>>(text).unwrap());
        for different in ["[]", "[1,2]", "[1,\"1\"]", "[null,false,0,\"\",[],{}]", "[[1,2],[2,1]]", "[\"a\",[\"a\"]]"] {
            assert_eq!(check(different), Ok(()), "{different}");
        }
        for same in ["[2,2]", "[1,1.0]", "[{\"a\":1,\"b\":[2]},{\"b\":[2],\"a\":1}]"] {
            assert_eq!(check(same), Err("repeats an item: [1] is the same as [0]".into()), "{same}");
        }
        assert_eq!(ListRules::ANY.check_unique(&[Node::Null, Node::Null]), Ok(()));
    }

    #[test]
    fn counts_properties_at_both_bounds() {
        let rules = MapRules { min_properties: Some(1), max_properties: Some(2) };
        assert_eq!(rules.check(0), Err("has fewer than 1 property (0)".into()));
        assert_eq!((rules.check(1), rules.check(2)), (Ok(()), Ok(())));
        assert_eq!(rules.check(3), Err("has more than 2 properties (3)".into()));
    }
}
