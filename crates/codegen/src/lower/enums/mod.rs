//! Reduces enums to values that one Rust enum can have, and merges unions of enums into one enum.

mod listed;
mod unions;

use openapi::queries::is_true;
use serde_json::{Map, Value, json};

use super::{Lowering, each_schema::each_schema};
use crate::coverage::{Context, Coverage};

pub(super) use listed::Listed;
use listed::{is_enforced, is_given};
use unions::{Enums, Merged};

/// The key under which an enum keeps names and descriptions of its values. It is no OpenAPI keyword.
pub(super) const NAMES: &str = "names of its values";

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        // a key of this name in the document has no meaning
        schema.remove(NAMES);
    });
    let enums = Enums::of(lowering.schemas());
    each_schema(&mut lowering.document, &mut |schema| {
        merge(schema, &enums);
        reduce(schema);
    });
}

/// Replaces a union of enums by one enum.
fn merge(schema: &mut Map<String, Value>, enums: &Enums) {
    let Some((keyword, merged)) = enums.of_union(schema) else { return };
    schema.remove(keyword);
    match merged {
        Merged::Single(variant) => {
            schema.insert("allOf".to_owned(), json!([variant]));
            schema.insert("nullable".to_owned(), true.into());
        }
        Merged::Enum(listed) => {
            if listed.nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
            write(schema, listed);
        }
    }
}

/// Reduces the enum of a schema to its values, and removes an enum that no Rust type can have.
fn reduce(schema: &mut Map<String, Value>) {
    if !schema.contains_key("enum") {
        return;
    }
    match Listed::of(schema) {
        Ok(listed) => {
            if listed.nullable {
                schema.insert("nullable".to_owned(), true.into());
            }
            write(schema, listed);
        }
        Err(_) => drop(schema.remove("enum")),
    }
}

/// Writes an enum into its schema.
fn write(schema: &mut Map<String, Value>, listed: Listed) {
    if listed.is_null() {
        // the type accepts null by itself
        schema.remove("nullable");
        schema.remove("type");
    } else if let (None, Some(ty)) = (schema.get("type"), listed.kind.json_type()) {
        schema.insert("type".to_owned(), ty.into());
    }
    if listed.is_complete() {
        schema.remove("enum");
        return;
    }
    let names: Map<String, Value> = listed
        .names
        .into_iter()
        .map(|(value, (name, description))| (value, json!({"name": name, "description": description})))
        .collect();
    if !names.is_empty() {
        schema.insert(NAMES.to_owned(), Value::Object(names));
    }
    schema.insert("enum".to_owned(), Value::Array(listed.values));
}

/// Returns the coverage of `enum`, and of keywords beside it.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    let values = schema.get("enum").and_then(Value::as_array).filter(|_| context.is_schema())?;
    let map = schema.as_object()?;
    match key {
        "nullable" if is_true(schema, "nullable") && !values.contains(&Value::Null) => {
            Some(Err("null is accepted, although `enum` does not list it"))
        }
        "enum" => Some(match Listed::of(map) {
            Ok(Listed { left_out: Some(reason), .. }) | Err(reason) => Err(reason),
            Ok(_) => Ok(Context::Supported),
        }),
        _ if is_given(map, key) => Some(Ok(Context::Supported)),
        _ => Some(match is_enforced(map, key)? {
            true => Ok(Context::Supported),
            false => Err("not enforced beside `enum`: no value satisfies it"),
        }),
    }
}
