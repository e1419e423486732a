//! JSON Schemas of structs: schemars derives them from the fields, and `describe` adds what the fields do not say.

use schemars::Schema;
use serde_json::{Map, Value};

/// What the fields of a struct do not say about its object.
pub trait Described {
    /// Name, JSON name and kind of each field.
    const FIELDS: &'static [[&'static str; 3]];
    /// The field that collects other properties, if there is one.
    const REST: &'static [&'static str];
    /// Whether other properties are an error.
    const DENIES_UNKNOWN: bool;
}

/// Gives properties their JSON names, requires those that are required, and removes null where it is not accepted.
pub fn describe<T: Described>(schema: &mut Schema) {
    let mut fields = match schema.remove("properties") {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for [field, name, kind] in T::FIELDS {
        let mut property = fields.remove(field.trim_start_matches("r#")).unwrap_or(Value::Bool(true));
        match *kind {
            "required" | "nullable" => required.push(Value::from(*name)),
            "strict" => without_null(&mut property),
            _ => {}
        }
        properties.insert((*name).to_owned(), property);
    }
    schema.insert("properties".to_owned(), properties.into());
    schema.remove("required");
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    if T::DENIES_UNKNOWN {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    for rest in T::REST {
        let values = fields.get_mut(*rest).and_then(|map| map.get_mut("additionalProperties")).map(Value::take);
        schema.insert("additionalProperties".to_owned(), values.unwrap_or(Value::Bool(true)));
    }
}

/// Removes the null that schemars adds for an `Option`.
fn without_null(property: &mut Value) {
    let Some(schema) = property.as_object_mut() else { return };
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    let Some(Value::Array(variants)) = schema.get_mut("anyOf") else { return };
    variants.retain(|variant| variant.get("type").is_none_or(|ty| ty != "null"));
    if let [Value::Object(only)] = variants.as_mut_slice() {
        let only = std::mem::take(only);
        schema.remove("anyOf");
        for (keyword, value) in only {
            schema.entry(keyword).or_insert(value);
        }
    }
}
