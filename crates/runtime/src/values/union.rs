//! Values of unions: read as one of the variants, and written with the discriminator that names it.

use std::cmp::Reverse;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error as _},
    ser::Error as _,
};
use serde_json::Value;

use super::{
    super::json::{node::Node, work},
    constraint::{Constraint, ConstraintViolation},
};

/// One variant of a union. Made for generated code.
#[doc(hidden)]
pub struct Variant<T> {
    /// Values of the discriminator that name it.
    pub tags: &'static [&'static str],
    /// The properties that it names, in order.
    pub known: &'static [&'static str],
    /// Reads a value as this variant.
    pub read: fn(Candidate<'_>) -> Option<T>,
}

/// A value that may be of a variant. Made for generated code.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Candidate<'a>(&'a Node);

impl std::fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Candidate")
    }
}

/// Reads a value as one variant, if it is of that variant. Made for generated code.
#[doc(hidden)]
#[must_use]
pub fn read<T: DeserializeOwned>(value: Candidate<'_>) -> Option<T> {
    T::deserialize(value.0).ok()
}

/// Size in bytes that counts for a value that is read by itself, and not with the body that it came in.
const SIZE_OF_PART: usize = 1024 * 1024;

/// Reads the variant that the discriminator names. A value without one is read by its properties; with `falls_back`,
/// one that names no variant is read as the last. Made for generated code.
///
/// # Errors
/// When the discriminator names no variant, or the value is not of the one that it names.
#[doc(hidden)]
pub fn by_tag<'de, D: Deserializer<'de>, T: 'static>(
    deserializer: D,
    property: &str,
    falls_back: bool,
    variants: &[Variant<T>],
) -> Result<T, D::Error> {
    let value = Node::deserialize(deserializer)?;
    let Some(tag) = value.get(property).and_then(Node::as_str) else {
        return best(&value, variants);
    };
    let named = variants.iter().find(|variant| variant.tags.contains(&tag));
    let Some(variant) = named.or(variants.last().filter(|_| falls_back)) else {
        return Err(by_discriminator(property, "names no variant"));
    };
    work::bounded(SIZE_OF_PART, || (variant.read)(Candidate(&value)))
        .map_err(D::Error::custom)?
        .ok_or_else(|| by_discriminator(property, "names another variant than the value is of"))
}

fn by_discriminator<E: serde::de::Error>(property: &str, what: &str) -> E {
    ConstraintViolation::new(Constraint::Discriminator, format!("`{property}`: it {what}")).into_error()
}

/// Reads the variant that can hold a value and has most of its properties. Made for generated code.
///
/// # Errors
/// When the value is of no variant.
#[doc(hidden)]
pub fn by_properties<'de, D: Deserializer<'de>, T: 'static>(
    deserializer: D,
    variants: &[Variant<T>],
) -> Result<T, D::Error> {
    best(&Node::deserialize(deserializer)?, variants)
}

fn best<T: 'static, E: serde::de::Error>(value: &Node, variants: &[Variant<T>]) -> Result<T, E> {
    let found = work::bounded(SIZE_OF_PART, || match value.id() {
        None => first(value, variants).map(|(_, read)| read),
        Some(id) => match work::chosen::<T>(id) {
            Some(index) => (variants.get(index?)?.read)(Candidate(value)),
            None => {
                let found = first(value, variants);
                work::remember::<T>(id, found.as_ref().map(|(index, _)| *index));
                found.map(|(_, read)| read)
            }
        },
    });
    found.map_err(E::custom)?.ok_or_else(|| ConstraintViolation::new(Constraint::OneOf, "(of no variant)").into_error())
}

/// Returns the first variant that reads a value; those that have most of its properties are tried first.
fn first<T>(value: &Node, variants: &[Variant<T>]) -> Option<(usize, T)> {
    // serde reads a list as an object's properties in order; an empty one would be of the first variant that needs none
    let is_list = value.items().is_some();
    let possible = variants.iter().enumerate().filter(|(_, variant)| !is_list || variant.known.is_empty());
    let mut ranked = possible
        .map(|(index, variant)| Ok((Reverse(known(value, variant.known)?), index, variant)))
        .collect::<Result<Vec<_>, work::Exhausted>>()
        .ok()?;
    ranked.sort_by_key(|(count, index, _)| (*count, *index));
    ranked.into_iter().find_map(|(_, index, variant)| Some((index, (variant.read)(Candidate(value))?)))
}

/// Counts the properties of a value that a variant has.
fn known(value: &Node, known: &[&str]) -> Result<usize, work::Exhausted> {
    let keys = value.keys().count();
    work::steps(keys.min(known.len()))?;
    Ok(if keys < known.len() {
        value.keys().filter(|key| known.binary_search(key).is_ok()).count()
    } else {
        known.iter().filter(|name| value.get(name).is_some()).count()
    })
}

/// Writes a value with the discriminator of its variant. Made for generated code.
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

    const VARIANTS: &[Variant<Pet>] = &[
        Variant { tags: &["any"], known: &["name"], read: |value| read(value).map(Pet::Any) },
        Variant {
            tags: &["cat", "kitty"],
            known: &["lives", "name"],
            read: |value| read::<Value>(value)?.get("lives").cloned().map(Pet::Cat),
        },
        Variant { tags: &["dog"], known: &["name", "tricks"], read: |value| read(value).map(Pet::Dog) },
    ];

    #[test]
    fn the_variant_that_has_most_properties_is_taken_the_first_of_equals() {
        let read = |value: Value| by_properties(value, VARIANTS).unwrap();
        assert_eq!(read(json!({"name": 1, "lives": 9})), Pet::Cat(json!(9)));
        assert_eq!(read(json!({"name": 1, "tricks": 2})), Pet::Dog(json!({"name": 1, "tricks": 2})));
        assert_eq!(read(json!({"name": 1})), Pet::Any(json!({"name": 1})));
        assert_eq!(read(json!("text")), Pet::Any(json!("text")));
        assert!(by_properties(json!({"lives": 1}), &VARIANTS[..0]).is_err());
    }

    #[test]
    fn a_list_is_no_object_of_a_variant() {
        #[derive(Deserialize)]
        struct Named {
            name: Option<String>,
        }
        let variants = [
            Variant { tags: &[], known: &["name"], read: |value| read::<Named>(value).map(|named| Err(named.name)) },
            Variant { tags: &[], known: &[], read: |value| read::<Vec<u8>>(value).map(Ok) },
        ];
        assert_eq!(by_properties(json!([]), &variants).unwrap(), Ok(vec![]));
        assert_eq!(by_properties(json!({}), &variants).unwrap(), Err(None));
        assert!(by_properties(json!(["a"]), &variants[..1]).is_err());
    }

    #[test]
    fn a_discriminator_names_its_variant_or_none() {
        let read =
            |value: Value, falls_back| by_tag(value, "kind", falls_back, VARIANTS).map_err(|error| error.to_string());
        assert_eq!(read(json!({"kind": "kitty", "lives": 1, "tricks": 1}), false), Ok(Pet::Cat(json!(1))));
        assert_eq!(
            read(json!({"kind": "cat"}), false),
            Err("violates discriminator `kind`: it names another variant than the value is of".to_owned())
        );
        assert_eq!(
            read(json!({"kind": "cow"}), false),
            Err("violates discriminator `kind`: it names no variant".to_owned())
        );
        assert_eq!(read(json!({"kind": "cow"}), true), Ok(Pet::Dog(json!({"kind": "cow"}))));
        assert_eq!(read(json!({"lives": 3}), false), Ok(Pet::Cat(json!(3))));
    }

    #[test]
    fn the_discriminator_is_written_unless_it_names_the_variant_already() {
        let write =
            |value: Value| write_tagged(&value, "kind", &["cat", "kitty"], serde_json::value::Serializer).unwrap();
        assert_eq!(write(json!({"a": 1})), json!({"a": 1, "kind": "cat"}));
        assert_eq!(write(json!({"kind": "kitty"})), json!({"kind": "kitty"}));
        assert_eq!(write(json!({"kind": "dog"})), json!({"kind": "cat"}));
    }
}
