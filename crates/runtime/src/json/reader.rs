//! Deserializes nodes from any deserializer.

use std::{cell::Cell, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};

use super::{
    node::{Container, Node},
    work,
};

/// Maximum nesting depth. Deserializing recurses; `serde_json` has the same limit.
pub(crate) const DEEPEST: u8 = 128;

/// Name of the newtype with which a visitor requests the node itself from a deserializer of nodes.
pub(crate) const HANDOVER: &str = "$openapi::Node";

thread_local! {
    /// The node that a deserializer of nodes passes to the visitor it calls next.
    pub(crate) static HANDED_OVER: Cell<Option<Node>> = const { Cell::new(None) };
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(HANDOVER, Reader { depth: 0 })
    }
}

/// Deserializes a node at a nesting depth.
#[derive(Clone, Copy)]
struct Reader {
    depth: u8,
}

impl Reader {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth {
            DEEPEST.. => Err(E::custom(format_args!("nested deeper than {DEEPEST} levels"))),
            depth => Ok(Self { depth: depth + 1 }),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        work::step().map_err(D::Error::custom)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node, E> {
        Ok(HANDED_OVER.take().unwrap_or(Node::Null))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Unsigned(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Signed(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Node, A::Error> {
        let below = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = array.next_element_seed(below)? {
            items.push(item);
        }
        Ok(Node::Array(Container::shared(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let below = self.below()?;
        let mut entries: Vec<(Box<str>, Node)> = Vec::new();
        while let Some(key) = object.next_key::<Box<str>>()? {
            entries.push((key, object.next_value_seed(below)?));
        }
        // the last of duplicate keys wins, as in most JSON parsers
        entries.reverse();
        entries.sort_by(|(one, _), (other, _)| one.cmp(other));
        entries.dedup_by(|(later, _), (kept, _)| later == kept);
        Ok(Node::Object(Container::shared(entries)))
    }
}
