//! Examples become words of the documentation, or go; links and callbacks go: no later pass reads them, and in many
//! documents they are the larger part.
//!
//! An example of what holds a secret is not shown, be it published ten times: no secret in any output. What is longer
//! than people read is not shown either. What is not shown is listed.

use std::collections::BTreeSet;

use openapi::{
    kind::{Kind, change_each, push},
    pointer,
    queries::{referenced, text},
    references::Resolver,
};
use serde_json::{Map, Value};

use super::Normalizing;
use crate::{constraints::is_a_type, coverage::Fate};

/// Where parameters and media keep what is told of their examples. No keyword of OpenAPI, so that it is in nobody's
/// way.
pub(super) const TOLD: &str = "examples for people";

/// The longest example that stands in a line, and the longest text of all examples of one thing.
const SHORT: usize = 80;
const LONGEST: usize = 1000;

pub(super) fn run(normalizing: &mut Normalizing) {
    // a key of this name that an author wrote means nothing
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        if let (Kind::Parameter | Kind::Media, Value::Object(map)) = (kind, value) {
            map.remove(TOLD);
        }
    });
    let document = &normalizing.document;
    let mut search = Search { resolver: Resolver::new(document), secrets: secrets(document), found: Vec::new() };
    search.visit(document, Kind::Root, false, &mut String::new());
    for (at, keyword, told, is_schema) in search.found {
        if let Some(Value::Object(map)) = normalizing.document.pointer_mut(&at) {
            let key = if is_schema { "description" } else { TOLD };
            let said = map.get(key).and_then(Value::as_str).map(str::trim).filter(|said| !said.is_empty());
            let all = said.map_or_else(|| told.clone(), |said| format!("{said}\n\n{told}"));
            map.insert(key.to_owned(), all.into());
        }
        normalizing.shown.insert(pointer::join(&at, keyword));
    }
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        let unread: &[&str] = match kind {
            Kind::Components => &["examples", "links", "callbacks"],
            Kind::Operation => &["callbacks"],
            Kind::Response => &["links"],
            Kind::Parameter | Kind::Header | Kind::Media => &["example", "examples"],
            kind if kind.is_schema() => &["example", "examples", "externalDocs", "xml"],
            _ => return,
        };
        if let Value::Object(map) = value
            && unread.iter().any(|keyword| map.contains_key(*keyword))
        {
            map.retain(|keyword, _| !unread.contains(&keyword.as_str()));
        }
    });
}

/// What is told of a value's examples: what is said of them in front, then each.
pub(crate) fn told_of(value: &Value, front: &str) -> Option<String> {
    Some(format!("{front}{}", value.get(TOLD)?.as_str()?))
}

struct Search<'d> {
    resolver: Resolver<'d>,
    /// Names of the component schemas that hold a secret.
    secrets: BTreeSet<&'d str>,
    /// Pointer, keyword, text, and whether it is a schema.
    found: Vec<(String, &'static str, String, bool)>,
}

impl<'d> Search<'d> {
    /// `is_told`: whether what is said here reaches the documentation.
    fn visit(&mut self, value: &'d Value, kind: Kind, is_told: bool, at: &mut String) {
        if kind == Kind::Data {
            return;
        }
        let length = at.len();
        match value {
            Value::Object(map) => {
                if is_told && !map.contains_key("$ref") && !self.holds_a_secret(value) {
                    for keyword in ["example", "examples"] {
                        if let Some(told) = map.get(keyword).and_then(|given| self.told(keyword, given)) {
                            self.found.push((at.clone(), keyword, told, kind.is_schema()));
                        }
                    }
                }
                for (key, child) in map {
                    let child_kind = kind.of_key(key);
                    let is_told = match (kind, key.as_str()) {
                        (Kind::Map(_) | Kind::Parameter | Kind::Media, _) => true,
                        (_, "items" | "additionalProperties") => is_a_type(child),
                        _ => false,
                    };
                    push(at, key);
                    self.visit(child, child_kind, is_told, at);
                    at.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    push(at, &index.to_string());
                    self.visit(child, kind.of_item(), kind == Kind::List(&Kind::Parameter), at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn told(&self, keyword: &str, given: &Value) -> Option<String> {
        let told: Option<Vec<String>> = match given {
            value if keyword == "example" => Some(vec![shown("", value)]),
            Value::Array(values) => Some(values.iter().map(|value| shown("", value)).collect()),
            Value::Object(named) => named.iter().map(|(name, example)| self.named(name, example)).collect(),
            _ => None,
        };
        let told = told?.join("\n\n");
        (!told.is_empty() && told.len() <= LONGEST).then_some(told)
    }

    /// An example with a name, and what is said of it.
    fn named(&self, name: &str, example: &Value) -> Option<String> {
        let example = match example.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolver.resolve(reference)?.value,
            None => example,
        };
        let words = [text(example, "summary"), text(example, "description")].map(str::trim);
        let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(": ");
        let words = if words.is_empty() { name } else { &words };
        // code that the words began would not end
        let words = words.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
        Some(shown(&words, example.get("value")?))
    }

    fn holds_a_secret(&self, value: &Value) -> bool {
        is_secret(value)
            || referenced(value, "schemas").is_some_and(|name| self.secrets.contains(name))
            || children(value).any(|child| self.holds_a_secret(child))
    }
}

/// A value as an example: in a line, or in a block of its own, which rustdoc takes for no test since it is JSON.
fn shown(words: &str, value: &Value) -> String {
    let heading = if words.is_empty() { "Example".to_owned() } else { format!("Example ({words})") };
    let line = value.to_string();
    // a backtick would end the code
    if line.len() <= SHORT && !line.contains('`') {
        return format!("{heading}: `{line}`");
    }
    format!("{heading}:\n\n```json\n{value:#}\n```")
}

fn is_secret(value: &Value) -> bool {
    text(value, "format") == "password"
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Object(map) => Box::new(map.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Names of the component schemas that hold a secret, directly or through others.
fn secrets(document: &Value) -> BTreeSet<&str> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let all: Vec<_> = schemas.into_iter().flat_map(Map::iter).collect();
    let mut found = BTreeSet::new();
    loop {
        let search = Search { resolver: Resolver::new(document), secrets: found.clone(), found: Vec::new() };
        let more = all.iter().filter(|(name, schema)| !found.contains(name.as_str()) && search.holds_a_secret(schema));
        let more: Vec<&str> = more.map(|(name, _)| name.as_str()).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Support for examples that are not shown.
pub(crate) fn fate(key: &str) -> Option<Fate> {
    const NO_EXAMPLE: &str = "examples are shown in the documentation of types, fields, setters and methods, \
                              but for long ones and those of secrets";
    matches!(key, "example" | "examples").then_some(Err(NO_EXAMPLE))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::Normalizing;

    fn run(document: Value) -> Normalizing {
        let mut normalizing = Normalizing::of(document);
        super::run(&mut normalizing);
        normalizing
    }

    #[test]
    fn only_what_is_an_example_goes() {
        let document = json!({
            "paths": {"/a": {"get": {"callbacks": {}, "responses": {"200": {"links": {},
                "content": {"a/b": {"example": 1,
                "schema": {"example": 1, "properties": {"example": {"type": "string"}, "examples": {"xml": {}}}}}}}}}}},
            "components": {"examples": {}, "schemas": {"links": {"type": "string"}}}});
        let normalizing = run(document);
        assert_eq!(
            normalizing.document,
            json!({
                "paths": {"/a": {"get": {"responses": {"200": {"content": {"a/b": {(super::TOLD): "Example: `1`",
                    "schema": {"description": "Example: `1`", "properties": {"example": {"type": "string"},
                        "examples": {}}}}}}}}}},
                "components": {"schemas": {"links": {"type": "string"}}}})
        );
    }

    #[test]
    fn examples_are_told_in_a_line_or_a_block_and_none_of_a_secret_or_without_end() {
        let schema = |example: Value| json!({"type": "string", "example": example});
        let long = "x".repeat(100);
        let normalizing = run(json!({"components": {
            "examples": {"Big": {"summary": "a big\none", "value": {"n": 9}}},
            "parameters": {"p": {"name": "p", "in": "query", "examples": {
                "small": {"value": 1}, "big": {"$ref": "#/components/examples/Big"}}, "schema": {"type": "integer"}},
                "q": {"name": "q", "in": "query", "examples": {"far": {"externalValue": "https://x.example"}}}},
            "schemas": {"Short": schema(json!("a[b]<c>")), "Long": schema(json!(long)), "Tick": schema(json!("a`b")),
                "Endless": schema(json!("x".repeat(1001))), "Key": {"type": "string", "format": "password",
                    "example": "hunter2"},
                "Holder": {"type": "object", "example": {"key": "hunter2"}, "properties": {
                    "key": {"allOf": [{"$ref": "#/components/schemas/Key"}]},
                    "plain": {"type": "array", "description": "Some.", "example": [1], "items": {"type": "integer",
                        "example": 1}}}}}}}));
        let said = |at: &str| normalizing.document.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(said("/components/schemas/Short/description"), "Example: `\"a[b]<c>\"`");
        assert_eq!(said("/components/schemas/Long/description"), format!("Example:\n\n```json\n\"{long}\"\n```"));
        assert_eq!(said("/components/schemas/Tick/description"), "Example:\n\n```json\n\"a`b\"\n```");
        assert_eq!(said("/components/schemas/Holder/properties/plain/description"), "Some.\n\nExample: `[1]`");
        let parameter = format!("/components/parameters/p/{}", super::TOLD);
        assert_eq!(said(&parameter), "Example (small): `1`\n\nExample (a big one): `{\"n\":9}`");
        let left = normalizing.document.to_string();
        assert!(!left.contains("hunter2") && !left.contains("x.example") && !left.contains(&"x".repeat(200)));
        let shown: Vec<_> = normalizing.shown.iter().map(String::as_str).collect();
        assert_eq!(
            shown,
            [
                "/components/parameters/p/examples",
                "/components/schemas/Holder/properties/plain/example",
                "/components/schemas/Long/example",
                "/components/schemas/Short/example",
                "/components/schemas/Tick/example",
            ]
        );
    }
}
