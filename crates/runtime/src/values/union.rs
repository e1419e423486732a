//! Values of unions: read as the branch that they are of, and written with the tag that says so.

use std::cmp::Reverse;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
    ser::Error as _,
};
use serde_json::Value;

use super::super::json::{node::Node, work};

/// One branch of a union. Made for generated code.
#[doc(hidden)]
pub struct Choice<T> {
    /// Values of the discriminator that name it.
    pub tags: &'static [&'static str],
    /// The properties that it names, in order.
    pub known: &'static [&'static str],
    /// Reads a value as this branch.
    pub read: fn(Candidate<'_>) -> Option<T>,
}

/// A value that may be of a branch. Made for generated code.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Candidate<'a>(&'a Node);

impl std::fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Candidate")
    }
}

/// A value as one branch, if it is one. Made for generated code.
#[doc(hidden)]
#[must_use]
pub fn read<T: DeserializeOwned>(value: Candidate<'_>) -> Option<T> {
    T::deserialize(value.0).ok()
}

/// The size of an answer that is read for itself, and not with the body that it came in.
const SIZE_OF_PART: usize = 1024 * 1024;

/// The branch that the discriminator names. A value without one is read by its properties; with `falls_back`, one that
/// names no branch is read as the last. Made for generated code.
///
/// # Errors
/// When the discriminator names no branch, or the value is not of the one that it names.
#[doc(hidden)]
pub fn by_tag<'de, D: Deserializer<'de>, T: 'static>(
    deserializer: D,
    property: &str,
    falls_back: bool,
    choices: &[Choice<T>],
) -> Result<T, D::Error> {
    let value = Node::deserialize(deserializer)?;
    let Some(tag) = value.get(property).and_then(Node::as_str) else {
        return best(&value, choices);
    };
    let named = choices.iter().find(|choice| choice.tags.contains(&tag));
    let Some(choice) = named.or(choices.last().filter(|_| falls_back)) else {
        return Err(D::Error::custom(format_args!("`{property}` names no branch of the union")));
    };
    work::bounded(SIZE_OF_PART, || (choice.read)(Candidate(&value)))
        .map_err(D::Error::custom)?
        .ok_or_else(|| D::Error::custom(format_args!("it is not of the branch that `{property}` names")))
}

/// The branch that reads a value and knows most of its properties. Made for generated code.
///
/// # Errors
/// When no branch reads it.
#[doc(hidden)]
pub fn by_properties<'de, D: Deserializer<'de>, T: 'static>(
    deserializer: D,
    choices: &[Choice<T>],
) -> Result<T, D::Error> {
    best(&Node::deserialize(deserializer)?, choices)
}

fn best<T: 'static, E: serde::de::Error>(value: &Node, choices: &[Choice<T>]) -> Result<T, E> {
    let found = work::bounded(SIZE_OF_PART, || match value.id() {
        None => first(value, choices).map(|(_, read)| read),
        Some(id) => match work::chosen::<T>(id) {
            Some(index) => (choices.get(index?)?.read)(Candidate(value)),
            None => {
                let found = first(value, choices);
                work::remember::<T>(id, found.as_ref().map(|(index, _)| *index));
                found.map(|(_, read)| read)
            }
        },
    });
    found.map_err(E::custom)?.ok_or_else(|| E::custom("it is of no branch of the union"))
}

/// The first branch that reads a value, of those that know most of its properties first.
fn first<T>(value: &Node, choices: &[Choice<T>]) -> Option<(usize, T)> {
    // serde reads a list as an object's properties in order; an empty one would be of the first branch that needs none
    let is_list = value.items().is_some();
    let possible = choices.iter().enumerate().filter(|(_, choice)| !is_list || choice.known.is_empty());
    let mut ranked = possible
        .map(|(index, choice)| Ok((Reverse(known(value, choice.known)?), index, choice)))
        .collect::<Result<Vec<_>, work::Exhausted>>()
        .ok()?;
    ranked.sort_by_key(|(count, index, _)| (*count, *index));
    ranked.into_iter().find_map(|(_, index, choice)| Some((index, (choice.read)(Candidate(value))?)))
}

/// How many properties of a value a branch knows.
fn known(value: &Node, known: &[&str]) -> Result<usize, work::Exhausted> {
    let keys = value.keys().count();
    work::steps(keys.min(known.len()))?;
    Ok(if keys < known.len() {
        value.keys().filter(|key| known.binary_search(key).is_ok()).count()
    } else {
        known.iter().filter(|name| value.get(name).is_some()).count()
    })
}

/// A value with the discriminator of its branch. Made for generated code.
///
/// # Errors
/// When the value has no JSON form.
#[doc(hidden)]
pub fn write_tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let (Value::Object(map), Some(first)) = (&mut value, tags.first()) {
        let is_named = map.get(property).and_then(Value::as_str).is_some_and(|tag| tags.contains(&tag));
        if !is_named {
            map.insert(property.to_owned(), (*first).into());
        }
    }
    value.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Debug, PartialEq)]
    enum Pet {
        Any(Value),
        Cat(Value),
        Dog(Value),
    }

    const CHOICES: &[Choice<Pet>] = &[
        Choice { tags: &["any"], known: &["name"], read: |value| read(value).map(Pet::Any) },
        Choice {
            tags: &["cat", "kitty"],
            known: &["lives", "name"],
            read: |value| read::<Value>(value)?.get("lives").cloned().map(Pet::Cat),
        },
        Choice { tags: &["dog"], known: &["name", "tricks"], read: |value| read(value).map(Pet::Dog) },
    ];

    #[test]
    fn the_branch_that_knows_most_is_taken_the_first_of_equals() {
        let read = |value: Value| by_properties(value, CHOICES).unwrap();
        assert_eq!(read(json!({"name": 1, "lives": 9})), Pet::Cat(json!(9)));
        assert_eq!(read(json!({"name": 1, "tricks": 2})), Pet::Dog(json!({"name": 1, "tricks": 2})));
        assert_eq!(read(json!({"name": 1})), Pet::Any(json!({"name": 1})));
        assert_eq!(read(json!("text")), Pet::Any(json!("text")));
        assert!(by_properties(json!({"lives": 1}), &CHOICES[..0]).is_err());
    }

    #[test]
    fn a_list_is_no_object_of_a_branch() {
        #[derive(Deserialize)]
        struct Named {
            name: Option<String>,
        }
        let choices = [
            Choice { tags: &[], known: &["name"], read: |value| read::<Named>(value).map(|named| Err(named.name)) },
            Choice { tags: &[], known: &[], read: |value| read::<Vec<u8>>(value).map(Ok) },
        ];
        assert_eq!(by_properties(json!([]), &choices).unwrap(), Ok(vec![]));
        assert_eq!(by_properties(json!({}), &choices).unwrap(), Err(None));
        assert!(by_properties(json!(["a"]), &choices[..1]).is_err());
    }

    #[test]
    fn a_tag_names_its_branch_or_none() {
        let read =
            |value: Value, falls_back| by_tag(value, "kind", falls_back, CHOICES).map_err(|error| error.to_string());
        assert_eq!(read(json!({"kind": "kitty", "lives": 1, "tricks": 1}), false), Ok(Pet::Cat(json!(1))));
        assert_eq!(read(json!({"kind": "cat"}), false), Err("it is not of the branch that `kind` names".to_owned()));
        assert_eq!(read(json!({"kind": "cow"}), false), Err("`kind` names no branch of the union".to_owned()));
        assert_eq!(read(json!({"kind": "cow"}), true), Ok(Pet::Dog(json!({"kind": "cow"}))));
        assert_eq!(read(json!({"lives": 3}), false), Ok(Pet::Cat(json!(3))));
    }

    #[test]
    fn the_tag_is_written_unless_it_names_the_branch_already() {
        let write =
            |value: Value| write_tagged(&value, "kind", &["cat", "kitty"], serde_json::value::Serializer).unwrap();
        assert_eq!(write(json!({"a": 1})), json!({"a": 1, "kind": "cat"}));
        assert_eq!(write(json!({"kind": "kitty"})), json!({"kind": "kitty"}));
        assert_eq!(write(json!({"kind": "dog"})), json!({"kind": "cat"}));
    }
}
