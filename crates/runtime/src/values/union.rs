//! Unions: deserialized as one of their variants, and serialized with the discriminator.

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

/// A variant of a union. Used by generated code.
#[doc(hidden)]
pub struct Variant<T> {
    /// Values of the discriminator that select the variant.
    pub tags: &'static [&'static str],
    /// Names of its properties, sorted.
    pub known: &'static [&'static str],
    /// Deserializes a value as this variant, if it matches.
    pub read: fn(Candidate<'_>) -> Option<T>,
}

/// A value to deserialize as a variant. Used by generated code.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Candidate<'a>(&'a Node);

impl std::fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Candidate")
    }
}

/// Deserializes a value as a variant, if it matches. Used by generated code.
#[doc(hidden)]
#[must_use]
pub fn read<T: DeserializeOwned>(value: Candidate<'_>) -> Option<T> {
    T::deserialize(value.0).ok()
}

/// Size in bytes that limits the steps of a value that is deserialized alone, not as part of a response.
const SIZE_OF_PART: usize = 1024 * 1024;

/// Deserializes the variant that the discriminator selects. Used by generated code.
///
/// A value without the discriminator is deserialized by its properties. With `falls_back`, an unknown discriminator
/// selects the last variant.
///
/// # Errors
/// When the discriminator selects no variant, or the value does not match the selected one.
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
        return Err(by_discriminator(property, "its value selects no variant"));
    };
    work::bounded(SIZE_OF_PART, || (variant.read)(Candidate(&value)))
        .map_err(D::Error::custom)?
        .ok_or_else(|| by_discriminator(property, "the value does not match the variant that it selects"))
}

fn by_discriminator<E: serde::de::Error>(property: &str, what: &str) -> E {
    ConstraintViolation::new(Constraint::Discriminator, format!("`{property}`: {what}")).into_error()
}

/// Deserializes the variant that matches and has most properties of the value. Used by generated code.
///
/// # Errors
/// When no variant matches.
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
    found
        .map_err(E::custom)?
        .ok_or_else(|| ConstraintViolation::new(Constraint::OneOf, "(no variant matches)").into_error())
}

/// Returns the first variant that matches. Variants that have most properties of the value are tried first.
fn first<T>(value: &Node, variants: &[Variant<T>]) -> Option<(usize, T)> {
    // serde reads an array as the fields of a struct in order, so an empty array would match a variant without required
    // properties
    let is_list = value.items().is_some();
    let possible = variants.iter().enumerate().filter(|(_, variant)| !is_list || variant.known.is_empty());
    let mut ranked = possible
        .map(|(index, variant)| Ok((Reverse(known(value, variant.known)?), index, variant)))
        .collect::<Result<Vec<_>, work::Exhausted>>()
        .ok()?;
    ranked.sort_by_key(|(count, index, _)| (*count, *index));
    ranked.into_iter().find_map(|(_, index, variant)| Some((index, (variant.read)(Candidate(value))?)))
}

/// Returns the number of properties of a value that a variant has.
fn known(value: &Node, known: &[&str]) -> Result<usize, work::Exhausted> {
    let keys = value.keys().count();
    work::steps(keys.min(known.len()))?;
    Ok(if keys < known.len() {
        value.keys().filter(|key| known.binary_search(key).is_ok()).count()
    } else {
        known.iter().filter(|name| value.get(name).is_some()).count()
    })
}

/// Serializes a value with the discriminator of its variant. Used by generated code.
///
/// A discriminator that selects the variant is kept, with `falls_back` any other one too. Else that of the variant is
/// set, if it has one only.
///
/// # Errors
/// When several discriminators select the variant and the value has none of them, or when it cannot be serialized.
#[doc(hidden)]
pub fn write_tagged<T: Serialize, S: Serializer>(
    value: &T,
    property: &str,
    falls_back: bool,
    tags: &[&str],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Value::Object(map) = &mut value {
        // a required property that was not set is an empty string
        let selects = |tag: &str| falls_back && !tag.is_empty() || tags.contains(&tag);
        match (map.get(property).and_then(Value::as_str), tags) {
            (Some(tag), _) if selects(tag) => {}
            (_, []) => {}
            (_, [tag]) => drop(map.insert(property.to_owned(), (*tag).into())),
            (_, several) => {
                let tags: Vec<_> = several.iter().map(|tag| format!("`{tag}`")).collect();
                let detail = format!("`{property}`: must be {}", tags.join(" or "));
                return Err(ConstraintViolation::new(Constraint::Discriminator, detail).into_serialize_error());
            }
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
    fn selects_the_first_variant_with_most_properties() {
        let read = |value: Value| by_properties(value, VARIANTS).unwrap();
        assert_eq!(read(json!({"name": 1, "lives": 9})), Pet::Cat(json!(9)));
        assert_eq!(read(json!({"name": 1, "tricks": 2})), Pet::Dog(json!({"name": 1, "tricks": 2})));
        assert_eq!(read(json!({"name": 1})), Pet::Any(json!({"name": 1})));
        assert_eq!(read(json!("text")), Pet::Any(json!("text")));
        assert!(by_properties(json!({"lives": 1}), &VARIANTS[..0]).is_err());
    }

    #[test]
    fn an_array_does_not_match_a_struct() {
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
    fn the_discriminator_selects_the_variant() {
        let read =
            |value: Value, falls_back| by_tag(value, "kind", falls_back, VARIANTS).map_err(|error| error.to_string());
        assert_eq!(read(json!({"kind": "kitty", "lives": 1, "tricks": 1}), false), Ok(Pet::Cat(json!(1))));
        assert_eq!(
            read(json!({"kind": "cat"}), false),
            Err("violates discriminator `kind`: the value does not match the variant that it selects".to_owned())
        );
        assert_eq!(
            read(json!({"kind": "cow"}), false),
            Err("violates discriminator `kind`: its value selects no variant".to_owned())
        );
        assert_eq!(read(json!({"kind": "cow"}), true), Ok(Pet::Dog(json!({"kind": "cow"}))));
        assert_eq!(read(json!({"lives": 3}), false), Ok(Pet::Cat(json!(3))));
    }

    #[test]
    fn serializes_the_discriminator_of_the_variant() {
        let write = |value: Value, falls_back: bool, tags: &[&str]| {
            let written = write_tagged(&value, "kind", falls_back, tags, serde_json::value::Serializer);
            written.map_err(|error| error.to_string())
        };
        assert_eq!(write(json!({"a": 1}), false, &["cat"]), Ok(json!({"a": 1, "kind": "cat"})));
        assert_eq!(write(json!({"kind": "dog"}), false, &["cat"]), Ok(json!({"kind": "cat"})));
        assert_eq!(write(json!({"kind": "dog"}), true, &["cat"]), Ok(json!({"kind": "dog"})));
        assert_eq!(write(json!({"kind": ""}), true, &["cat"]), Ok(json!({"kind": "cat"})));
        assert_eq!(write(json!({"kind": 1}), true, &["cat"]), Ok(json!({"kind": "cat"})));
        assert_eq!(write(json!({"kind": "kitty"}), false, &["cat", "kitty"]), Ok(json!({"kind": "kitty"})));
        assert_eq!(write(json!({"a": 1}), false, &[]), Ok(json!({"a": 1})));
        for missing in [json!({}), json!({"kind": null}), json!({"kind": "dog"})] {
            let error = write(missing, false, &["cat", "kitty"]);
            assert_eq!(error, Err("violates discriminator `kind`: must be `cat` or `kitty`".to_owned()));
        }
    }
}
