//! Maps that keep the document's rules: they cannot be made otherwise.

use std::{collections::HashMap, fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::violation::BrokenRule;

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
        super::keywords::insert(&mut schema, "minProperties", self.min_properties);
        super::keywords::insert(&mut schema, "maxProperties", self.max_properties);
        schema
    }
}

/// What a type of maps is called, and its rules. Implemented by generated code.
pub trait MapRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: MapRules;
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

    #[test]
    fn counts_properties_at_both_bounds() {
        let rules = MapRules { min_properties: Some(1), max_properties: Some(2) };
        assert_eq!(rules.check(0), Err("has fewer than 1 property (0)".into()));
        assert_eq!((rules.check(1), rules.check(2)), (Ok(()), Ok(())));
        assert_eq!(rules.check(3), Err("has more than 2 properties (3)".into()));
    }

    enum Pairs {}

    impl MapRule for Pairs {
        const NAME: &'static str = "Pairs";
        const RULES: MapRules = MapRules { max_properties: Some(1), ..MapRules::ANY };
    }

    #[test]
    fn a_map_keeps_its_rules() {
        let map = Map::<Pairs, u8>::try_from(HashMap::from([("a".to_owned(), 1)])).unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"a":1}"#);
        let error = serde_json::from_str::<Map<Pairs, u8>>(r#"{"a":1,"b":2}"#).unwrap_err().to_string();
        assert!(error.starts_with("breaks the rule of Pairs: has more than 1 property (2)"), "{error}");
    }
}
