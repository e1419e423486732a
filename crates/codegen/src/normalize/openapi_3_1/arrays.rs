//! Arrays whose positions have schemas of their own.

use serde_json::{Map, Value, json};

use super::notes::SchemaNotes;

const OF_OLDER_DRAFTS: &str = "in JSON Schema 2020-12 `items` is one schema; the array is read as `prefixItems`";

/// Converts an array of schemas under `items` to `prefixItems`, and `additionalItems` beside it to `items`, as drafts
/// up to 2019-09 define them.
pub(super) fn items_of_older_drafts(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    let Some(items) = schema.get("items").filter(|items| items.is_array()).cloned() else { return };
    notes.ignored("items", OF_OLDER_DRAFTS, &items);
    schema.remove("items");
    schema.insert("prefixItems".to_owned(), items);
    notes.moved("/items", "/prefixItems");
    if let Some(rest) = schema.remove("additionalItems") {
        schema.insert("items".to_owned(), rest);
        notes.moved("/additionalItems", "/items");
    }
}

/// Makes the items of an array a union of the schemas of all positions. `prefixItems` stays, and is listed, unless the
/// union is equivalent.
pub(super) fn positions(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    let positions = match schema.get("prefixItems") {
        Some(Value::Array(positions)) => positions.clone(),
        _ => Vec::new(),
    };
    if schema.get("items") == Some(&Value::Bool(false)) {
        let most = schema.get("maxItems").and_then(Value::as_u64);
        if most.is_none_or(|most| most > positions.len() as u64) {
            if let Some(wider) = schema.insert("maxItems".to_owned(), positions.len().into()) {
                notes.ignored("maxItems", "no effect: `items: false` allows fewer items", &wider);
            }
            notes.moved("/items", "/maxItems");
        }
        schema.remove("items");
    }
    if positions.is_empty() {
        if schema.get("prefixItems").is_some_and(Value::is_array) {
            schema.remove("prefixItems");
        }
        return;
    }
    let most = schema.get("maxItems").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
    let mut union = Union::default();
    for (at, position) in positions.iter().enumerate().take(most.unwrap_or(usize::MAX)) {
        union.add(position, format!("/prefixItems/{at}"));
    }
    if most.is_none_or(|most| most > positions.len()) {
        union.add(schema.get("items").unwrap_or(&Value::Bool(true)), "/items".to_owned());
    }
    if union.is_one_schema() {
        schema.remove("prefixItems");
    }
    let items = union.schema("/prefixItems", "/items", notes);
    schema.insert("items".to_owned(), items);
}

/// Different schemas of which a value may match any.
#[derive(Default)]
pub(super) struct Union {
    /// Each schema with its location.
    variants: Vec<(Value, String)>,
    accepts_all: bool,
}

impl Union {
    pub(super) fn add(&mut self, schema: &Value, location: String) {
        match schema {
            Value::Bool(false) => {}
            Value::Bool(true) => self.accepts_all = true,
            Value::Object(keywords) if keywords.is_empty() => self.accepts_all = true,
            schema if self.variants.iter().any(|(known, _)| known == schema) => {}
            schema => self.variants.push((schema.clone(), location)),
        }
    }

    /// Whether all schemas that were added are equal.
    pub(super) fn is_one_schema(&self) -> bool {
        self.variants.len() + usize::from(self.accepts_all) == 1
    }

    /// Returns the union of the schemas under the keyword `from`, as a schema at a location; the empty schema if a
    /// value may be anything.
    pub(super) fn schema(self, from: &str, at: &str, notes: &mut SchemaNotes<'_, '_>) -> Value {
        if self.accepts_all {
            return json!({});
        }
        match <[(Value, String); 1]>::try_from(self.variants) {
            Ok([(variant, location)]) => {
                if location != at {
                    notes.moved(&location, at);
                }
                variant
            }
            Err(variants) if variants.is_empty() => json!({}),
            Err(variants) => {
                for (index, (_, location)) in variants.iter().enumerate() {
                    notes.moved(location, &format!("{at}/oneOf/{index}"));
                }
                notes.moved(from, at);
                json!({"oneOf": variants.into_iter().map(|(variant, _)| variant).collect::<Vec<_>>()})
            }
        }
    }
}
