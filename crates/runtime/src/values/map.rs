//! Maps that are checked against the document's constraints when they are constructed.

use std::{collections::HashMap, marker::PhantomData, ops::Deref};

use serde::{Deserialize, Deserializer};

use super::{
    constraint::{Constraint, ConstraintViolation},
    delegate::delegate,
};

/// Constraints of a `type: object` schema without `properties`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MapConstraints {
    /// `minProperties`: the smallest number of entries.
    pub min_properties: Option<usize>,
    /// `maxProperties`: the largest number of entries.
    pub max_properties: Option<usize>,
}

impl MapConstraints {
    /// No constraints.
    pub const ANY: Self = Self { min_properties: None, max_properties: None };

    /// Checks the number of entries.
    ///
    /// # Errors
    /// The first violated constraint.
    pub fn check(&self, count: usize) -> Result<(), ConstraintViolation> {
        const UNIT: [&str; 2] = ["property", "properties"];
        if let Some(limit) = self.min_properties.filter(|limit| count < *limit) {
            return Err(ConstraintViolation::counted(Constraint::MinProperties, limit, count, UNIT));
        }
        if let Some(limit) = self.max_properties.filter(|limit| count > *limit) {
            return Err(ConstraintViolation::counted(Constraint::MaxProperties, limit, count, UNIT));
        }
        Ok(())
    }

    /// Returns the constraints as JSON Schema of a map whose values have the schema `values`.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self, values: schemars::Schema) -> schemars::Schema {
        use super::constraint::insert;
        let mut schema = schemars::json_schema!({"type": "object", "additionalProperties": values});
        insert(&mut schema, Constraint::MinProperties, self.min_properties);
        insert(&mut schema, Constraint::MaxProperties, self.max_properties);
        schema
    }
}

/// Name and constraints of a constrained map type. Implemented by generated code.
pub trait MapSchema {
    /// Name of the type, used in errors.
    const NAME: &'static str;
    /// The document's constraints.
    const CONSTRAINTS: MapConstraints;
}

/// A map that satisfies the constraints of `S`. Dereferences to a `HashMap`.
///
/// Construct it with `TryFrom`, from a `HashMap` or an array of pairs.
pub struct ConstrainedMap<S, T>(HashMap<String, T>, PhantomData<fn() -> S>);

impl<S: MapSchema, T> ConstrainedMap<S, T> {
    /// The document's constraints.
    pub const CONSTRAINTS: MapConstraints = S::CONSTRAINTS;
}

impl<S, T> ConstrainedMap<S, T> {
    /// Returns the entries.
    #[must_use]
    pub fn as_map(&self) -> &HashMap<String, T> {
        &self.0
    }

    /// Returns the map without its constraints.
    #[must_use]
    pub fn into_inner(self) -> HashMap<String, T> {
        self.0
    }
}

impl<S: MapSchema, T> TryFrom<HashMap<String, T>> for ConstrainedMap<S, T> {
    type Error = ConstraintViolation;

    fn try_from(entries: HashMap<String, T>) -> Result<Self, ConstraintViolation> {
        match S::CONSTRAINTS.check(entries.len()) {
            Ok(()) => Ok(Self(entries, PhantomData)),
            Err(violation) => Err(violation.of_type(S::NAME)),
        }
    }
}

impl<S: MapSchema, K: Into<String>, T, const N: usize> TryFrom<[(K, T); N]> for ConstrainedMap<S, T> {
    type Error = ConstraintViolation;

    fn try_from(entries: [(K, T); N]) -> Result<Self, ConstraintViolation> {
        let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
        Self::try_from(entries.collect::<HashMap<_, _>>())
    }
}

impl<S, T> From<ConstrainedMap<S, T>> for HashMap<String, T> {
    fn from(map: ConstrainedMap<S, T>) -> Self {
        map.0
    }
}

impl<S, T> Deref for ConstrainedMap<S, T> {
    type Target = HashMap<String, T>;

    fn deref(&self) -> &HashMap<String, T> {
        &self.0
    }
}

impl<S, T> AsRef<HashMap<String, T>> for ConstrainedMap<S, T> {
    fn as_ref(&self) -> &HashMap<String, T> {
        &self.0
    }
}

impl<S, T> IntoIterator for ConstrainedMap<S, T> {
    type Item = (String, T);
    type IntoIter = std::collections::hash_map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, S, T> IntoIterator for &'a ConstrainedMap<S, T> {
    type Item = (&'a String, &'a T);
    type IntoIter = std::collections::hash_map::Iter<'a, String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

delegate!((ConstrainedMap, T): Clone Debug PartialEq Eq Serialize);

impl<S, T: PartialEq> PartialEq<HashMap<String, T>> for ConstrainedMap<S, T> {
    fn eq(&self, other: &HashMap<String, T>) -> bool {
        self.0 == *other
    }
}

impl<S, T: PartialEq> PartialEq<ConstrainedMap<S, T>> for HashMap<String, T> {
    fn eq(&self, other: &ConstrainedMap<S, T>) -> bool {
        *self == other.0
    }
}

impl<'de, S: MapSchema, T: Deserialize<'de>> Deserialize<'de> for ConstrainedMap<S, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = HashMap::deserialize(deserializer)?;
        Self::try_from(entries).map_err(ConstraintViolation::into_error)
    }
}

#[cfg(feature = "schemars")]
impl<S: MapSchema, T: schemars::JsonSchema> schemars::JsonSchema for ConstrainedMap<S, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        S::NAME.into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        S::CONSTRAINTS.json_schema(generator.subschema_for::<T>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    enum Pairs {}

    impl MapSchema for Pairs {
        const NAME: &'static str = "Pairs";
        const CONSTRAINTS: MapConstraints = MapConstraints { min_properties: Some(1), max_properties: Some(2) };
    }

    type Constrained = ConstrainedMap<Pairs, u8>;

    #[test]
    fn every_constructor_checks_both_bounds() {
        let few = Constrained::try_from(HashMap::new()).unwrap_err();
        assert_eq!(few.to_string(), "violates minProperties 1 (0 properties)");
        assert!(Constrained::try_from([("a", 1)]).is_ok() && Constrained::try_from([("a", 1), ("b", 2)]).is_ok());
        let many = Constrained::try_from([("a", 1), ("b", 2), ("c", 3)]).unwrap_err();
        assert_eq!(many.to_string(), "violates maxProperties 2 (3 properties)");
        let error = serde_json::from_str::<Constrained>("{}").unwrap_err().to_string();
        assert!(error.starts_with("Pairs violates minProperties 1 (0 properties)"), "{error}");
    }

    #[test]
    fn behaves_like_a_map() {
        let map = Constrained::try_from([("a", 1)]).unwrap();
        let same = HashMap::from([("a".to_owned(), 1)]);
        assert_eq!(map, same);
        assert_eq!(same, map);
        assert_ne!(map, HashMap::new());
        assert_eq!(map, map.clone());
        assert_eq!((map.len(), map.is_empty(), map.get("a"), map["a"]), (1, false, Some(&1), 1));
        for (key, value) in &map {
            assert_eq!((key.as_str(), *value), ("a", 1));
        }
        assert_eq!((serde_json::to_string(&map).unwrap(), map.as_map()), (r#"{"a":1}"#.to_owned(), &same));
        assert_eq!(map.clone().into_iter().collect::<HashMap<_, _>>(), map.clone().into_inner());
        assert_eq!(HashMap::from(map), same);
    }
}
