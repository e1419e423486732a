//! What the macro `object` calls: the properties of an object are read and written by number, and the first error is
//! kept, so that generated code needs no test after each step.

#[cfg(feature = "schemars")]
mod describe;
mod read;
mod write;

#[cfg(feature = "schemars")]
pub use describe::{Described, describe};
pub use read::{Object, Reader, Unknown, lenient, nullable, optional, read, required, strict, unknown};
pub use write::{Empty, MapWriter, StructWriter};

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use serde_json::{Map, Value, json};

    use crate as runtime;

    /// Fields of every kind, read and written by the macro.
    #[derive(Debug, Clone)]
    struct Ours {
        r#type: String,
        nullable: Option<u8>,
        newtype: Newtype,
        optional: Option<u8>,
        strict: Option<u8>,
        list: Vec<u8>,
        map: HashMap<String, u8>,
    }

    runtime::object! { Deserialize, Serialize for Ours {
        0 r#type "type" required always, 1 nullable "nullable" nullable always, 2 newtype "new-type" required always,
        3 optional "optional" optional some, 4 strict "strict" strict some, 5 list "list" lenient filled,
        6 map "map" optional filled
    } }

    /// The same struct with serde's derives.
    #[derive(Debug, Deserialize, Serialize)]
    struct Serdes {
        r#type: String,
        #[serde(deserialize_with = "Option::deserialize")]
        nullable: Option<u8>,
        #[serde(rename = "new-type")]
        newtype: Newtype,
        #[serde(skip_serializing_if = "Option::is_none")]
        optional: Option<u8>,
        #[serde(default, deserialize_with = "runtime::present", skip_serializing_if = "Option::is_none")]
        strict: Option<u8>,
        #[serde(default, deserialize_with = "runtime::null_as_default", skip_serializing_if = "Vec::is_empty")]
        list: Vec<u8>,
        #[serde(default, skip_serializing_if = "HashMap::is_empty")]
        map: HashMap<String, u8>,
    }

    #[derive(Debug, Clone, Deserialize, Serialize)]
    #[serde(transparent)]
    struct Newtype(Option<u8>);

    #[derive(Debug)]
    struct Denying {
        a: u8,
    }

    runtime::object! { Deserialize, Serialize for Denying { 0 a "a" required always } deny_unknown_fields }

    #[derive(Debug)]
    struct Collecting {
        a: Option<u8>,
        extra: Map<String, Value>,
    }

    runtime::object! { Deserialize, Serialize for Collecting { 0 a "a" optional some } rest extra }

    const NAMES: [&str; 8] = ["type", "nullable", "new-type", "optional", "strict", "list", "map", "other"];

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            (0_u16..300).prop_map(Value::from),
            "[a-z]{0,3}".prop_map(Value::from),
            Just(json!([])),
            Just(json!([1, 2])),
            Just(json!({"k": 1})),
        ]
    }

    proptest! {
        #[test]
        fn reads_and_writes_like_the_derives_of_serde(
            properties in prop::collection::btree_map(
                prop::sample::select(NAMES.to_vec()),
                value(),
                0..8,
            ),
            has_required in any::<bool>(),
        ) {
            let named = properties.into_iter().map(|(name, value)| (name.to_owned(), value));
            let mut object: Map<String, Value> = named.collect();
            if has_required {
                object.insert("type".into(), "a".into());
                object.entry("nullable").or_insert(Value::Null);
            }
            let text = Value::Object(object).to_string();
            let ours = serde_json::from_str::<Ours>(&text).map(|value| serde_json::to_string(&value).unwrap());
            let serdes = serde_json::from_str::<Serdes>(&text).map(|value| serde_json::to_string(&value).unwrap());
            match (ours, serdes) {
                (Ok(ours), Ok(serdes)) => prop_assert_eq!(ours, serdes),
                (ours, serdes) => prop_assert!(ours.is_err() && serdes.is_err(), "{}: {:?} {:?}", text, ours, serdes),
            }
        }
    }

    #[test]
    fn errors_name_the_property() {
        let error = |text: &str| serde_json::from_str::<Ours>(text).unwrap_err().to_string();
        assert!(error("{}").starts_with("missing field `type`"), "{}", error("{}"));
        assert!(error(r#"{"type":"a"}"#).starts_with("missing field `nullable`"));
        assert!(error(r#"{"type":1}"#).starts_with("invalid type: integer `1`, expected a string"));
        assert!(error("1").starts_with("invalid type: integer `1`, expected struct Ours"));
        let unknown = serde_json::from_str::<Denying>(r#"{"a":1,"b":2}"#).unwrap_err().to_string();
        assert!(unknown.starts_with("unknown field `b`, expected `a`"), "{unknown}");
    }

    #[test]
    fn the_last_of_equal_properties_counts() {
        let read: Denying = serde_json::from_str(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(read.a, 2);
    }

    #[test]
    fn other_properties_are_collected_and_written() {
        let text = r#"{"a":1,"b":[2],"c":null}"#;
        let read: Collecting = serde_json::from_str(text).unwrap();
        assert_eq!((read.a, read.extra.len()), (Some(1), 2));
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
    }

    #[test]
    fn an_empty_array_counts_as_an_empty_object() {
        assert!(serde_json::from_str::<Collecting>("[]").is_ok_and(|read| read.extra.is_empty()));
        assert!(serde_json::from_str::<Collecting>("[1]").is_err());
        assert!(serde_json::from_str::<Denying>("[]").is_err());
    }

    #[test]
    fn the_first_error_of_a_writer_remains() {
        struct Fails;
        impl Serialize for Fails {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("fails"))
            }
        }
        struct Holder {
            a: Fails,
            b: u8,
        }
        runtime::object! { Serialize for Holder { 0 a "a" required always, 1 b "b" required always } }
        assert_eq!(serde_json::to_string(&Holder { a: Fails, b: 1 }).unwrap_err().to_string(), "fails");
    }
}
