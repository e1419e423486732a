//! Deserializes Rust values from nodes.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        Error as _, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    node::Node,
    reader::{HANDED_OVER, HANDOVER},
    work::{self, Exhausted},
};

/// The error of a node that does not deserialize as the requested type.
#[derive(Debug)]
pub(crate) enum Mismatch {
    /// The message of serde, cut to 300 characters.
    Reason(String),
    /// Decoding took too many steps.
    Exhausted,
}

impl serde::de::Error for Mismatch {
    /// Cuts the message: serde quotes values of any length, and most messages are dropped with the variant that failed.
    fn custom<T: fmt::Display>(reason: T) -> Self {
        struct Bounded(String);
        impl fmt::Write for Bounded {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                const MOST: usize = 300;
                self.0.extend(text.chars().take(MOST.saturating_sub(self.0.len())));
                if self.0.len() < MOST { Ok(()) } else { Err(fmt::Error) }
            }
        }
        let mut bounded = Bounded(String::new());
        let _ = fmt::Write::write_fmt(&mut bounded, format_args!("{reason}"));
        Self::Reason(bounded.0)
    }
}

impl From<Exhausted> for Mismatch {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reason(reason) => f.write_str(reason),
            Self::Exhausted => Exhausted.fmt(f),
        }
    }
}

impl std::error::Error for Mismatch {}

impl<'de> IntoDeserializer<'de, Mismatch> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        work::step()?;
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Unsigned(value) => visitor.visit_u64(*value),
            Node::Signed(value) => visitor.visit_i64(*value),
            Node::Float(value) => visitor.visit_f64(*value),
            Node::String(value) => visitor.visit_borrowed_str(value),
            Node::Array(array) => {
                let mut items = SeqDeserializer::new(array.items.iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Node::Object(object) => {
                let mut entries = MapDeserializer::new(object.items.iter().map(|(key, value)| (&**key, value)));
                let value = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        if name != HANDOVER {
            return visitor.visit_newtype_struct(self);
        }
        HANDED_OVER.set(Some(self.clone()));
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        work::step()?;
        match self {
            Node::String(text) => visitor.visit_enum((**text).into_deserializer()),
            Node::Object(object) if object.items.len() == 1 => {
                let entries = object.items.iter().map(|(key, value)| (&**key, value));
                visitor.visit_enum(serde::de::value::MapAccessDeserializer::new(MapDeserializer::new(entries)))
            }
            _ => Err(Mismatch::custom("expected a string or an object with one property")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

#[cfg(test)]
mod tests {
    use super::{super::reader::DEEPEST, *};
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::{Value, json};

    /// Returns values from a small domain, so that many are equal.
    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-2_i64..3).prop_map(Value::from),
            (-2_i32..3).prop_map(|number| Value::from(f64::from(number) / 2.0)),
            prop_oneof![Just(u64::MAX.into()), Just(i64::MIN.into()), Just(json!(-0.0)), Just(json!(1e300))],
            "[ab\"\\\\]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::vec(("[ab]", inner), 0..3)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    fn is_same(one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
            }
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| is_same(one, other)))
            }
            (one, other) => one == other,
        }
    }

    fn node(value: &Value) -> Node {
        Node::deserialize(value).unwrap()
    }

    proptest! {
        #[test]
        fn a_node_round_trips(value in values()) {
            let of_text: Node = serde_json::from_str(&value.to_string()).unwrap();
            prop_assert!(is_same(&Value::deserialize(&of_text).unwrap(), &value));
            prop_assert!(is_same(&Value::deserialize(&node(&value)).unwrap(), &value));
        }

        #[test]
        fn equal_values_of_json_schema_are_equal_nodes_with_equal_hashes(one in values(), other in values()) {
            let (left, right) = (node(&one), node(&other));
            prop_assert_eq!(left == right, is_same(&one, &other));
            prop_assert!(left != right || left.digest() == right.digest());
            prop_assert!(left == node(&one));
        }
    }

    #[test]
    fn integers_are_equal_in_every_notation() {
        let equal = |one: &str, other: &str| {
            let (one, other) = (serde_json::from_str::<Node>(one).unwrap(), serde_json::from_str(other).unwrap());
            assert!(one != other || one.digest() == other.digest());
            one == other
        };
        for (one, other) in [("1", "1.0"), ("0", "-0.0"), ("1e2", "100"), ("1e300", "1.0e300"), ("1e20", "1.0e20")] {
            assert!(equal(one, other), "{one} {other}");
        }
        for (one, other) in
            [("9007199254740993", "9007199254740992"), ("18446744073709551615", "1.5"), ("1", "\"1\""), ("0", "null")]
        {
            assert!(!equal(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_nested_node_is_shared_and_not_copied() {
        #[derive(Deserialize)]
        struct Outer {
            part: Node,
            none: Node,
        }
        let outer_node = node(&json!({"part": [1], "none": null}));
        let outer = Outer::deserialize(&outer_node).unwrap();
        assert_eq!(outer.part.id(), outer_node.get("part").and_then(Node::id));
        assert!(outer.part.id().is_some() && outer.none == Node::Null);
        let again = Outer::deserialize(json!({"part": [1], "none": null})).unwrap();
        assert!(again.part.id().is_some() && again.part.id() != outer.part.id() && again.part == outer.part);
    }

    #[test]
    fn the_last_of_duplicate_keys_wins() {
        let node: Node = serde_json::from_str(r#"{"b":1,"a":2,"b":3}"#).unwrap();
        assert_eq!(Value::deserialize(&node).unwrap(), json!({"a": 2, "b": 3}));
    }

    #[test]
    fn values_nested_too_deeply_are_an_error() {
        let nested = |depth: u8| (0..depth).fold(Value::Null, |inner, _| json!([inner]));
        assert!(Node::deserialize(nested(DEEPEST)).is_ok());
        let error = Node::deserialize(nested(DEEPEST + 1)).err().unwrap().to_string();
        assert_eq!(error, "nested deeper than 128 levels");
    }

    #[test]
    fn messages_are_cut() {
        let node = node(&json!("x".repeat(100_000)));
        let reason = u8::deserialize(&node).unwrap_err().to_string();
        assert!(reason.starts_with("invalid type: string \"xxx") && reason.len() <= 300, "{}", reason.len());
    }
}
