//! An example for a schema, which is valid in most cases.

use serde_json::{Map, Value, json};

use super::{
    numbers, pattern,
    schema::{Part, Schema},
    strings,
    value::{LARGEST, LONGEST, MOST_ITEMS},
};

/// Below this depth, an example has required properties only.
const FULL: usize = 2;

/// Below this depth, an example has no properties and items, so that recursive schemas end.
const DEEPEST: usize = 7;

/// Returns a value for a schema.
pub(super) fn of(schema: &Schema<'_>) -> Value {
    Example::default().value(schema, 0)
}

/// Returns a value of one type for a schema that may allow several.
pub(super) fn of_type(schema: &Schema<'_>, ty: &str) -> Value {
    Example::default().typed(&chosen(schema.clone()), ty, 0)
}

/// Returns an item for an array.
pub(super) fn item(schema: &Schema<'_>) -> Value {
    Example::default().item(schema, 0)
}

/// Returns a value for an additional property.
pub(super) fn other(schema: &Schema<'_>) -> Value {
    Example::default().other(schema, 0)
}

/// The number of values in an example so far.
#[derive(Default)]
struct Example(usize);

impl Example {
    fn value(&mut self, schema: &Schema<'_>, depth: usize) -> Value {
        self.0 += 1;
        if self.0 > LARGEST {
            return Value::Null;
        }
        let schema = chosen(schema.clone());
        if let Some((_, value)) = schema.all("const").next() {
            return value.clone();
        }
        let mut enums = schema.all("enum").filter_map(|(_, values)| values.as_array());
        if let Some(values) = enums.next() {
            let others: Vec<_> = enums.collect();
            let allowed = |value: &&Value| !value.is_null() && others.iter().all(|values| values.contains(value));
            return values.iter().find(allowed).or(values.first()).cloned().unwrap_or(Value::Null);
        }
        match schema.types().first() {
            Some(ty) => self.typed(&schema, ty, depth),
            None if schema.all("type").next().is_some() => Value::Null,
            None => json!("text"),
        }
    }

    fn typed(&mut self, schema: &Schema<'_>, ty: &str, depth: usize) -> Value {
        match ty {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "integer" => numbers::example(schema, true),
            "number" => numbers::example(schema, false),
            "boolean" => json!(true),
            // spellings that are accepted leniently
            "float" | "double" | "decimal" => numbers::example(schema, false),
            "int" | "long" => numbers::example(schema, true),
            _ => json!(text(schema)),
        }
    }

    fn object(&mut self, schema: &Schema<'_>, depth: usize) -> Value {
        let mut map = Map::new();
        let required = schema.required();
        if depth < DEEPEST {
            for (name, parts) in schema.properties() {
                let is_recursive = parts.iter().any(|(_, value)| refers_to(value, schema));
                if required.contains(&name) || (depth < FULL && !is_recursive) {
                    map.insert(name.to_owned(), self.value(&Schema::new(schema.document, &parts), depth + 1));
                }
            }
        }
        for name in required {
            map.entry(name).or_insert_with(|| self.other(schema, depth));
        }
        if let Some((property, tag)) = tag(schema)
            && map.get(&property).is_none_or(|value| value == "text")
            && schema.properties().iter().any(|(name, _)| *name == property)
        {
            map.insert(property, tag);
        }
        let least = schema.count("minProperties").map(|(_, count)| count).max().unwrap_or(0).min(MOST_ITEMS);
        let mut number = 0;
        while map.len() < least && number < MOST_ITEMS && self.0 < LARGEST {
            number += 1;
            self.0 += 1;
            map.entry(format!("name{number}")).or_insert_with(|| self.other(schema, depth));
        }
        if map.is_empty() && !schema.inner("additionalProperties").is_empty() && depth < FULL {
            map.insert("name".to_owned(), self.other(schema, depth));
        }
        Value::Object(map)
    }

    fn other(&mut self, schema: &Schema<'_>, depth: usize) -> Value {
        let parts = schema.inner("additionalProperties");
        if parts.is_empty() || depth >= DEEPEST {
            return json!("text");
        }
        self.value(&Schema::new(schema.document, &parts), depth + 1)
    }

    fn array(&mut self, schema: &Schema<'_>, depth: usize) -> Value {
        let least = schema.count("minItems").map(|(_, count)| count).max().unwrap_or(1).min(MOST_ITEMS);
        let most = schema.count("maxItems").map(|(_, count)| count).min().unwrap_or(usize::MAX);
        if depth >= DEEPEST {
            return json!([]);
        }
        let positions = schema.positions();
        if !positions.is_empty() {
            let count = positions.len().max(least).min(most);
            let item = |part: &Part<'_>, example: &mut Self| {
                example.value(&Schema::new(schema.document, std::slice::from_ref(part)), depth + 1)
            };
            let mut items: Vec<Value> = positions.iter().take(count).map(|part| item(part, self)).collect();
            while items.len() < count && self.0 < LARGEST {
                items.push(self.item(schema, depth));
            }
            return Value::Array(items);
        }
        let before = self.0;
        let item = self.item(schema, depth);
        let size = (self.0 - before).max(1);
        let count = least.max(usize::from(depth <= FULL)).min(most).min(1 + LARGEST.saturating_sub(self.0) / size);
        self.0 += count * size;
        let unique = schema.all("uniqueItems").any(|(_, value)| *value == true);
        Value::Array(items(&item, count, unique))
    }

    fn item(&mut self, schema: &Schema<'_>, depth: usize) -> Value {
        let parts = schema.inner("items");
        if parts.is_empty() { json!("text") } else { self.value(&Schema::new(schema.document, &parts), depth + 1) }
    }
}

/// Returns the schema with the first variant of each union that is not `null`.
fn chosen(mut schema: Schema<'_>) -> Schema<'_> {
    for _ in 0..4 {
        let is_null = |part: &Part<'_>| part.1["type"] == "null" || part.1.get("const") == Some(&Value::Null);
        let known = |part: &&Part<'_>| schema.parts.iter().any(|(at, _)| *at == part.0);
        let unions = schema.unions();
        let mut open = unions.iter().filter(|variants| !variants.iter().any(|part| known(&part)));
        let Some(variant) = open.find_map(|variants| variants.iter().find(|part| !is_null(part))) else { break };
        let (at, variant) = variant.clone();
        schema = schema.and(&at, variant);
    }
    schema
}

/// Whether the schema of a property references the schema that has the property.
fn refers_to(property: &Value, schema: &Schema<'_>) -> bool {
    let inner = property.get("items").unwrap_or(property);
    let target = inner.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.is_some_and(|target| schema.parts.iter().any(|(at, _)| at == target))
}

/// Returns the property of the discriminator, and its value for the variant that the schema is.
fn tag(schema: &Schema<'_>) -> Option<(String, Value)> {
    let (property, mapping) = schema.discriminator()?;
    let names = schema.parts.iter().filter_map(|(at, _)| {
        let name = at.strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))?;
        let targets = mapping.into_iter().flatten();
        let mut mapped =
            targets.filter(|(_, target)| target.as_str().is_some_and(|target| target.rsplit('/').next() == Some(name)));
        Some((
            schema.parts.iter().any(|(part, map)| part == at && map.contains_key("discriminator")),
            mapped.next().map_or(name.to_owned(), |(tag, _)| tag.clone()),
        ))
    });
    // the variant, or else the base
    let mut names: Vec<_> = names.collect();
    names.sort_by_key(|(is_base, _)| *is_base);
    names.into_iter().next().map(|(_, name)| (property.to_owned(), json!(name)))
}

/// Returns the number of values in a value, itself included.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// Returns `count` items, different ones if they must be unique and can differ. Limits the size of the array.
pub(super) fn items(item: &Value, count: usize, unique: bool) -> Vec<Value> {
    let another = |index: usize| match item {
        Value::String(text) if unique && index > 0 => json!(format!("{text}{index}")),
        Value::Number(number) if unique && index > 0 => {
            number.as_i64().map_or_else(|| item.clone(), |number| json!(number + index as i64))
        }
        _ => item.clone(),
    };
    let most = (LARGEST / size(item)).max(3);
    (0..count.min(most)).map(another).collect()
}

/// Returns a string for a schema.
pub(super) fn text(schema: &Schema<'_>) -> String {
    let least = schema.count("minLength").map(|(_, count)| count).max().unwrap_or(0).min(LONGEST);
    let most = schema.count("maxLength").map(|(_, count)| count).min().unwrap_or(usize::MAX);
    let fits = |text: &String| (least..=most).contains(&text.chars().count());
    if let Some(pattern) = schema.text("pattern") {
        let examples = pattern::examples(pattern, least);
        if let Some(text) = examples.iter().find(|text| fits(text)).or(examples.first()) {
            return text.clone();
        }
    }
    if let Some(text) = schema.text("format").and_then(strings::of_format) {
        if fits(&text.to_owned()) {
            return text.to_owned();
        }
        if let Some(text) = strings::of_length(schema, least.max(text.chars().count()).min(most)) {
            return text;
        }
    }
    let word = "text".to_owned();
    if fits(&word) { word } else { "a".repeat(least.max(1).min(most)) }
}
