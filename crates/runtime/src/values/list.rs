//! Lists that keep the document's rules: they cannot be made otherwise.

use std::{collections::HashMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
};

use super::{super::json::node::Node, keywords::counted, violation::BrokenRule};

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
        super::keywords::insert(&mut schema, "minItems", self.min_items);
        super::keywords::insert(&mut schema, "maxItems", self.max_items);
        super::keywords::insert(&mut schema, "uniqueItems", self.unique_items.then_some(true));
        schema
    }

    /// Whether no two items are the same, where the rules say so.
    ///
    /// # Errors
    /// Which item repeats an earlier one, as a phrase that completes the field's name.
    pub(crate) fn check_unique(&self, items: &[Node]) -> Result<(), String> {
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

/// What a type of lists is called, and its rules. Implemented by generated code.
pub trait ListRule {
    /// The type's name.
    const NAME: &'static str;
    /// The document's rules.
    const RULES: ListRules;
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

#[cfg(test)]
mod tests {
    use super::*;

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

    enum Few {}

    impl ListRule for Few {
        const NAME: &'static str = "Few";
        const RULES: ListRules = ListRules { min_items: Some(1), unique_items: true, ..ListRules::ANY };
    }

    #[test]
    fn a_list_keeps_its_rules() {
        let list = List::<Few, u8>::try_from(vec![1]).unwrap();
        assert_eq!((list.as_slice(), serde_json::to_string(&list).unwrap()), (&[1][..], "[1]".to_owned()));
        assert_eq!(
            serde_json::from_str::<List<Few, u8>>("[]").unwrap_err().to_string(),
            "breaks the rule of Few: has fewer than 1 item (0)"
        );
        for repeated in [
            List::<Few, u8>::try_from(vec![1, 2, 1]).unwrap_err().to_string(),
            serde_json::from_str::<List<Few, u8>>("[1,2,1]").unwrap_err().to_string(),
        ] {
            assert!(repeated.ends_with("repeats an item: [2] is the same as [0]"), "{repeated}");
        }
        let error = serde_json::from_str::<List<Few, u8>>("[1,300]").unwrap_err().to_string();
        assert!(error.contains("300"), "{error}");
    }
}
