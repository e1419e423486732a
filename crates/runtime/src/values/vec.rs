//! Arrays that are checked against the document's constraints when they are constructed.

use std::{collections::HashMap, marker::PhantomData, ops::Deref};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, Error as _},
};

use super::{
    super::json::node::Node,
    constraint::{Constraint, ConstraintViolation},
    delegate::delegate,
};

/// Constraints of a `type: array` schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VecConstraints {
    /// `minItems`: the smallest number of items.
    pub min_items: Option<usize>,
    /// `maxItems`: the largest number of items.
    pub max_items: Option<usize>,
    /// `uniqueItems`: no two items are equal as JSON.
    pub unique_items: bool,
}

impl VecConstraints {
    /// No constraints.
    pub const ANY: Self = Self { min_items: None, max_items: None, unique_items: false };

    /// Checks the number of items, but not `uniqueItems`.
    ///
    /// # Errors
    /// The first violated constraint.
    pub fn check(&self, length: usize) -> Result<(), ConstraintViolation> {
        const UNIT: [&str; 2] = ["item", "items"];
        if let Some(limit) = self.min_items.filter(|limit| length < *limit) {
            return Err(ConstraintViolation::counted(Constraint::MinItems, limit, length, UNIT));
        }
        if let Some(limit) = self.max_items.filter(|limit| length > *limit) {
            return Err(ConstraintViolation::counted(Constraint::MaxItems, limit, length, UNIT));
        }
        Ok(())
    }

    /// Checks `uniqueItems`.
    fn check_unique(&self, items: &[Node]) -> Result<(), ConstraintViolation> {
        #[expect(clippy::mutable_key_type, reason = "a node only caches its hash")]
        let mut seen = HashMap::new();
        for (index, item) in items.iter().enumerate().filter(|_| self.unique_items) {
            if let Some(earlier) = seen.insert(item, index) {
                let equal = format!("(items {earlier} and {index} are equal)");
                return Err(ConstraintViolation::new(Constraint::UniqueItems, equal));
            }
        }
        Ok(())
    }

    /// Returns the constraints as JSON Schema of an array whose items have the schema `items`.
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn json_schema(&self, items: schemars::Schema) -> schemars::Schema {
        use super::constraint::insert;
        let mut schema = schemars::json_schema!({"type": "array", "items": items});
        insert(&mut schema, Constraint::MinItems, self.min_items);
        insert(&mut schema, Constraint::MaxItems, self.max_items);
        insert(&mut schema, Constraint::UniqueItems, self.unique_items.then_some(true));
        schema
    }
}

/// Name and constraints of a constrained array type. Implemented by generated code.
pub trait VecSchema {
    /// Name of the type, used in errors.
    const NAME: &'static str;
    /// The document's constraints.
    const CONSTRAINTS: VecConstraints;
}

/// A vector that satisfies the constraints of `S`. Dereferences to a slice.
///
/// Construct it with `TryFrom`, from a `Vec`, an array or a slice.
pub struct ConstrainedVec<S, T>(Vec<T>, PhantomData<fn() -> S>);

impl<S: VecSchema, T> ConstrainedVec<S, T> {
    /// The document's constraints.
    pub const CONSTRAINTS: VecConstraints = S::CONSTRAINTS;
}

impl<S, T> ConstrainedVec<S, T> {
    /// Returns the items.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// Returns the vector without its constraints.
    #[must_use]
    pub fn into_inner(self) -> Vec<T> {
        self.0
    }
}

impl<S: VecSchema, T: Serialize> TryFrom<Vec<T>> for ConstrainedVec<S, T> {
    type Error = ConstraintViolation;

    fn try_from(items: Vec<T>) -> Result<Self, ConstraintViolation> {
        let of_type = |violation: ConstraintViolation| violation.of_type(S::NAME);
        S::CONSTRAINTS.check(items.len()).map_err(of_type)?;
        if S::CONSTRAINTS.unique_items {
            let written = serde_json::to_value(&items).and_then(Node::deserialize).map_err(|error| {
                let reason = format!("(an item cannot be encoded: {error})");
                of_type(ConstraintViolation::new(Constraint::UniqueItems, reason))
            })?;
            S::CONSTRAINTS.check_unique(written.items().unwrap_or_default()).map_err(of_type)?;
        }
        Ok(Self(items, PhantomData))
    }
}

impl<S: VecSchema, T: Serialize, const N: usize> TryFrom<[T; N]> for ConstrainedVec<S, T> {
    type Error = ConstraintViolation;

    fn try_from(items: [T; N]) -> Result<Self, ConstraintViolation> {
        Self::try_from(Vec::from(items))
    }
}

impl<S: VecSchema, T: Serialize + Clone> TryFrom<&[T]> for ConstrainedVec<S, T> {
    type Error = ConstraintViolation;

    fn try_from(items: &[T]) -> Result<Self, ConstraintViolation> {
        Self::try_from(items.to_vec())
    }
}

impl<S, T> From<ConstrainedVec<S, T>> for Vec<T> {
    fn from(list: ConstrainedVec<S, T>) -> Self {
        list.0
    }
}

impl<S, T> Deref for ConstrainedVec<S, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<S, T> AsRef<[T]> for ConstrainedVec<S, T> {
    fn as_ref(&self) -> &[T] {
        &self.0
    }
}

impl<S, T> IntoIterator for ConstrainedVec<S, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, S, T> IntoIterator for &'a ConstrainedVec<S, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

delegate!((ConstrainedVec, T): Clone Debug PartialEq Eq Hash Serialize);

macro_rules! comparisons {
    ($(($other:ty $(, $length:ident)?))*) => { $(
        impl<S, T: PartialEq $(, const $length: usize)?> PartialEq<$other> for ConstrainedVec<S, T> {
            fn eq(&self, other: &$other) -> bool {
                self.0[..] == other[..]
            }
        }

        impl<S, T: PartialEq $(, const $length: usize)?> PartialEq<ConstrainedVec<S, T>> for $other {
            fn eq(&self, other: &ConstrainedVec<S, T>) -> bool {
                other == self
            }
        }
    )* };
}

comparisons!((Vec<T>) ([T]) (&[T]) ([T; N], N) (&[T; N], N));

impl<'de, S: VecSchema, T: DeserializeOwned> Deserialize<'de> for ConstrainedVec<S, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refuse = |violation: ConstraintViolation| violation.of_type(S::NAME).into_error::<D::Error>();
        if !S::CONSTRAINTS.unique_items {
            let items = Vec::deserialize(deserializer)?;
            S::CONSTRAINTS.check(items.len()).map_err(refuse)?;
            return Ok(Self(items, PhantomData));
        }
        let value = Node::deserialize(deserializer)?;
        let items = value.items().ok_or_else(|| D::Error::custom("expected an array"))?;
        S::CONSTRAINTS.check(items.len()).and_then(|()| S::CONSTRAINTS.check_unique(items)).map_err(refuse)?;
        // keeps the message of a violation in an item
        let items = items.iter().map(T::deserialize).collect::<Result<Vec<T>, _>>().map_err(D::Error::custom)?;
        Ok(Self(items, PhantomData))
    }
}

#[cfg(feature = "schemars")]
impl<S: VecSchema, T: schemars::JsonSchema> schemars::JsonSchema for ConstrainedVec<S, T> {
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

    enum Few {}

    impl VecSchema for Few {
        const NAME: &'static str = "Few";
        const CONSTRAINTS: VecConstraints =
            VecConstraints { min_items: Some(1), max_items: Some(3), unique_items: true };
    }

    type Constrained = ConstrainedVec<Few, u8>;

    #[test]
    fn checks_both_bounds() {
        let constraints = VecConstraints { min_items: Some(1), max_items: Some(10), unique_items: false };
        let refused = |length: usize| constraints.check(length).map_err(|violation| violation.to_string());
        assert_eq!(refused(0), Err("violates minItems 1 (0 items)".to_owned()));
        assert_eq!((refused(1), refused(10)), (Ok(()), Ok(())));
        assert_eq!(refused(11), Err("violates maxItems 10 (11 items)".to_owned()));
    }

    #[test]
    fn unique_items_compares_values() {
        let constraints = VecConstraints { unique_items: true, ..VecConstraints::ANY };
        let check = |text: &str| constraints.check_unique(&serde_json::from_str::<Vec<Node>>(text).unwrap());
        for different in ["[]", "[1,2]", "[1,\"1\"]", "[null,false,0,\"\",[],{}]", "[[1,2],[2,1]]", "[\"a\",[\"a\"]]"] {
            assert_eq!(check(different), Ok(()), "{different}");
        }
        for same in ["[2,2]", "[1,1.0]", "[{\"a\":1,\"b\":[2]},{\"b\":[2],\"a\":1}]"] {
            assert_eq!(
                check(same).unwrap_err().to_string(),
                "violates uniqueItems (items 0 and 1 are equal)",
                "{same}"
            );
        }
        assert_eq!(VecConstraints::ANY.check_unique(&[Node::Null, Node::Null]), Ok(()));
    }

    #[test]
    fn every_constructor_checks() {
        let [few, many, twice] = [&[][..], &[1, 2, 3, 4], &[1, 2, 1]];
        for (items, reason) in [
            (few, "violates minItems 1 (0 items)"),
            (many, "violates maxItems 3 (4 items)"),
            (twice, "violates uniqueItems (items 0 and 2 are equal)"),
        ] {
            assert_eq!(Constrained::try_from(items).unwrap_err().to_string(), reason);
            assert_eq!(Constrained::try_from(items.to_vec()).unwrap_err().to_string(), reason);
            let json = serde_json::to_string(items).unwrap();
            assert_eq!(serde_json::from_str::<Constrained>(&json).unwrap_err().to_string(), format!("Few {reason}"));
        }
        assert!(Constrained::try_from([1, 2, 1]).is_err() && Constrained::try_from([1, 2, 3]).is_ok());
        let error = serde_json::from_str::<Constrained>("[1,300]").unwrap_err().to_string();
        assert!(error.contains("300"), "{error}");
    }

    #[test]
    fn behaves_like_a_slice() {
        let list = Constrained::try_from([1, 2]).unwrap();
        assert_eq!(list, [1, 2]);
        assert_eq!(list, Vec::from([1, 2]));
        assert_eq!(list, &[1, 2][..]);
        assert_eq!(Vec::from([1, 2]), list);
        assert_ne!(list, [2, 1]);
        assert_eq!((list.len(), list.is_empty(), list.first(), list[1]), (2, false, Some(&1), 2));
        let mut sum = 0;
        for item in &list {
            sum += item;
        }
        assert_eq!((sum, list.iter().count(), format!("{list:?}")), (3, 2, "[1, 2]".to_owned()));
        assert_eq!((serde_json::to_string(&list).unwrap(), list.as_ref()), ("[1,2]".to_owned(), &[1, 2][..]));
        assert_eq!(list.clone().into_iter().collect::<Vec<_>>(), list.clone().into_inner());
        assert_eq!(Vec::from(list), [1, 2]);
    }
}
