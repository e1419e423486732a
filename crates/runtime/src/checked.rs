//! Texts and lists that keep the document's rules: they cannot be made otherwise.
//!
//! Generated code names each by an alias, `types::Name = Text<rules::Name>`, and gives it its rules.

use std::{
    cmp::Ordering,
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
};

use super::{BrokenRule, ListRules, MapRules, TextRules, node::Node};

/// What a type of texts is called, and its rules. Implemented by generated code.
pub trait TextRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: TextRules;
}

/// What a type of lists is called, and its rules. Implemented by generated code.
pub trait ListRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: ListRules;
}

/// What a type of maps is called, and its rules. Implemented by generated code.
pub trait MapRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: MapRules;
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

/// A list that keeps the rules `R`.
pub struct List<R, T>(Vec<T>, PhantomData<fn() -> R>);

impl<R: ListRule, T> List<R, T> {
    /// The document's rules.
    pub const RULES: ListRules = R::RULES;
}

impl<R, T> List<R, T> {
    /// The items.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

impl<R: ListRule, T: Serialize> TryFrom<Vec<T>> for List<R, T> {
    type Error = BrokenRule;

    fn try_from(items: Vec<T>) -> Result<Self, BrokenRule> {
        let broken = |rule| BrokenRule::new(R::NAME, rule);
        R::RULES.check(items.len()).map_err(broken)?;
        if R::RULES.unique_items {
            let written = serde_json::to_value(&items).and_then(Node::deserialize);
            let written = written.map_err(|error| broken(format!("cannot be written: {error}")))?;
            R::RULES.check_unique(written.items().unwrap_or_default()).map_err(broken)?;
        }
        Ok(Self(items, PhantomData))
    }
}

impl<R, T> IntoIterator for List<R, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<R, T: Clone> Clone for List<R, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<R, T: fmt::Debug> fmt::Debug for List<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<R, T: Serialize> Serialize for List<R, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, R: ListRule, T: DeserializeOwned> Deserialize<'de> for List<R, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refuse = |rule| D::Error::custom(BrokenRule::new(R::NAME, rule).with_type());
        if !R::RULES.unique_items {
            let items = Vec::deserialize(deserializer)?;
            R::RULES.check(items.len()).map_err(refuse)?;
            return Ok(Self(items, PhantomData));
        }
        let value = Node::deserialize(deserializer)?;
        let items = value.items().ok_or_else(|| D::Error::custom("is not a list"))?;
        R::RULES.check(items.len()).and_then(|()| R::RULES.check_unique(items)).map_err(refuse)?;
        // a violation in an item is reported as if it were read from the text itself
        let items = items.iter().map(T::deserialize).collect::<Result<Vec<T>, _>>().map_err(D::Error::custom)?;
        Ok(Self(items, PhantomData))
    }
}

#[cfg(feature = "schemars")]
impl<R: ListRule, T: schemars::JsonSchema> schemars::JsonSchema for List<R, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        R::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        R::RULES.json_schema(generator.subschema_for::<T>())
    }
}

/// A map that keeps the rules `R`.
pub struct Map<R, T>(HashMap<String, T>, PhantomData<fn() -> R>);

impl<R: MapRule, T> Map<R, T> {
    /// The document's rules.
    pub const RULES: MapRules = R::RULES;
}

impl<R, T> Map<R, T> {
    /// The entries.
    #[must_use]
    pub fn as_map(&self) -> &HashMap<String, T> {
        &self.0
    }
}

impl<R: MapRule, T> TryFrom<HashMap<String, T>> for Map<R, T> {
    type Error = BrokenRule;

    fn try_from(entries: HashMap<String, T>) -> Result<Self, BrokenRule> {
        match R::RULES.check(entries.len()) {
            Ok(()) => Ok(Self(entries, PhantomData)),
            Err(rule) => Err(BrokenRule::new(R::NAME, rule)),
        }
    }
}

impl<R, T> IntoIterator for Map<R, T> {
    type Item = (String, T);
    type IntoIter = std::collections::hash_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<R, T: Clone> Clone for Map<R, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<R, T: fmt::Debug> fmt::Debug for Map<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<R, T: Serialize> Serialize for Map<R, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, R: MapRule, T: Deserialize<'de>> Deserialize<'de> for Map<R, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = HashMap::deserialize(deserializer)?;
        Self::try_from(entries).map_err(|broken| D::Error::custom(broken.with_type()))
    }
}

#[cfg(feature = "schemars")]
impl<R: MapRule, T: schemars::JsonSchema> schemars::JsonSchema for Map<R, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        R::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        R::RULES.json_schema(generator.subschema_for::<T>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Short {}

    impl TextRule for Short {
        const NAME: &'static str = "Short";
        const RULES: TextRules = TextRules { min_length: None, max_length: Some(2), ..TextRules::ANY };
    }

    impl ListRule for Short {
        const NAME: &'static str = "Few";
        const RULES: ListRules = ListRules { min_items: Some(1), unique_items: true, ..ListRules::ANY };
    }

    #[test]
    fn nothing_is_made_that_breaks_a_rule() {
        let text = Text::<Short>::try_from("éü").unwrap();
        assert_eq!(
            (text.as_str(), text.to_string(), format!("{text:?}")),
            ("éü", "éü".to_owned(), "\"éü\"".to_owned())
        );
        assert_eq!(Text::<Short>::try_from("abc").unwrap_err().to_string(), "is longer than 2 characters (3)");
        let error = serde_json::from_str::<Text<Short>>("\"abc\"").unwrap_err().to_string();
        assert!(error.starts_with("breaks the rule of Short: is longer"), "{error}");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"éü\"");
        let list = List::<Short, u8>::try_from(vec![1]).unwrap();
        assert_eq!((list.as_slice(), serde_json::to_string(&list).unwrap()), (&[1][..], "[1]".to_owned()));
        assert_eq!(
            serde_json::from_str::<List<Short, u8>>("[]").unwrap_err().to_string(),
            "breaks the rule of Few: has fewer than 1 item (0)"
        );
        for repeated in [
            List::<Short, u8>::try_from(vec![1, 2, 1]).unwrap_err().to_string(),
            serde_json::from_str::<List<Short, u8>>("[1,2,1]").unwrap_err().to_string(),
        ] {
            assert!(repeated.ends_with("repeats an item: [2] is the same as [0]"), "{repeated}");
        }
        let error = serde_json::from_str::<List<Short, u8>>("[1,300]").unwrap_err().to_string();
        assert!(error.contains("300"), "{error}");
    }

    impl MapRule for Short {
        const NAME: &'static str = "Pairs";
        const RULES: MapRules = MapRules { max_properties: Some(1), ..MapRules::ANY };
    }

    #[test]
    fn a_map_keeps_its_rules() {
        let map = Map::<Short, u8>::try_from(HashMap::from([("a".to_owned(), 1)])).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":1}"#);
        let error = serde_json::from_str::<Map<Short, u8>>(r#"{"a":1,"b":2}"#).unwrap_err().to_string();
        assert!(error.starts_with("breaks the rule of Pairs: has more than 1 property (2)"), "{error}");
    }
}
