//! Moves examples into descriptions and removes links and callbacks, which no later pass reads and which are the larger
//! part of many documents.
//!
//! Examples of schemas that contain a secret are not shown: no output contains a secret. Long examples are not shown
//! either. Examples that are not shown are listed as unsupported.

use std::collections::BTreeSet;

use openapi::{
    kind::{Kind, change_each, push},
    pointer,
    queries::{referenced, text},
    references::Resolver,
};
use serde_json::{Map, Value};

use super::Normalizing;
use crate::{constraints::is_a_type, coverage::Coverage};

/// The key under which parameters and media type objects keep their examples as Markdown. It is no OpenAPI keyword.
pub(super) const EXAMPLES: &str = "examples as Markdown";

/// The longest example in bytes that is shown in a line, and the longest text of all examples of one value.
const SHORT: usize = 80;
const LONGEST: usize = 1000;

pub(super) fn run(normalizing: &mut Normalizing) {
    // a key of this name in the document has no meaning
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        if let (Kind::Parameter | Kind::Media, Value::Object(map)) = (kind, value) {
            map.remove(EXAMPLES);
        }
    });
    let document = &normalizing.document;
    let mut search = Search { resolver: Resolver::new(document), secrets: secrets(document), found: Vec::new() };
    search.visit(document, Kind::Root, false, &mut String::new());
    for (at, keyword, examples, is_schema) in search.found {
        if let Some(Value::Object(map)) = normalizing.document.pointer_mut(&at) {
            let key = if is_schema { "description" } else { EXAMPLES };
            let present = map.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
            let all = present.map_or_else(|| examples.clone(), |text| format!("{text}\n\n{examples}"));
            map.insert(key.to_owned(), all.into());
        }
        normalizing.shown.insert(normalizing.received.original(&pointer::join(&at, keyword)));
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

/// Returns the examples of a parameter or media type object as Markdown, after `prefix`.
pub(crate) fn examples_text(value: &Value, prefix: &str) -> Option<String> {
    Some(format!("{prefix}{}", value.get(EXAMPLES)?.as_str()?))
}

struct Search<'d> {
    resolver: Resolver<'d>,
    /// Names of the component schemas that contain a secret.
    secrets: BTreeSet<&'d str>,
    /// Pointer, keyword, text, and whether it is a schema.
    found: Vec<(String, &'static str, String, bool)>,
}

impl<'d> Search<'d> {
    /// `is_documented`: whether the description of this value reaches the documentation.
    fn visit(&mut self, value: &'d Value, kind: Kind, is_documented: bool, at: &mut String) {
        if kind == Kind::Data {
            return;
        }
        let length = at.len();
        match value {
            Value::Object(map) => {
                if is_documented && !map.contains_key("$ref") && !self.contains_secret(value) {
                    for keyword in ["example", "examples"] {
                        if let Some(text) = map.get(keyword).and_then(|given| self.markdown(keyword, given)) {
                            self.found.push((at.clone(), keyword, text, kind.is_schema()));
                        }
                    }
                }
                for (key, child) in map {
                    let child_kind = kind.of_key(key);
                    let is_documented = match (kind, key.as_str()) {
                        (Kind::Map(_) | Kind::Parameter | Kind::Media, _) => true,
                        (_, "items" | "additionalProperties") => is_a_type(child),
                        _ => false,
                    };
                    push(at, key);
                    self.visit(child, child_kind, is_documented, at);
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

    /// Returns the value of `example` or `examples` as Markdown, unless it is too long.
    fn markdown(&self, keyword: &str, given: &Value) -> Option<String> {
        let texts: Option<Vec<String>> = match given {
            value if keyword == "example" => Some(vec![shown("", value)]),
            Value::Array(values) => Some(values.iter().map(|value| shown("", value)).collect()),
            Value::Object(named) => named.iter().map(|(name, example)| self.named(name, example)).collect(),
            _ => None,
        };
        let text = texts?.join("\n\n");
        (!text.is_empty() && text.len() <= LONGEST).then_some(text)
    }

    /// Returns a named example, with its summary and description.
    fn named(&self, name: &str, example: &Value) -> Option<String> {
        let example = match example.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.resolver.resolve(reference)?.value,
            None => example,
        };
        let label = [text(example, "summary"), text(example, "description")].map(str::trim);
        let label = label.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        let label = if label.is_empty() { name } else { &label };
        // a backtick would open a code span that does not end
        let label = label.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
        Some(shown(&label, example.get("value")?))
    }

    fn contains_secret(&self, value: &Value) -> bool {
        is_secret(value)
            || referenced(value, "schemas").is_some_and(|name| self.secrets.contains(name))
            || children(value).any(|child| self.contains_secret(child))
    }
}

/// Returns an example as Markdown: in a line, or in a code block, which rustdoc does not test since it is JSON.
fn shown(label: &str, value: &Value) -> String {
    let heading = if label.is_empty() { "Example".to_owned() } else { format!("Example ({label})") };
    let line = value.to_string();
    // a backtick would end the code span
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

/// Returns the names of the component schemas that contain a secret, directly or through references.
fn secrets(document: &Value) -> BTreeSet<&str> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let all: Vec<_> = schemas.into_iter().flat_map(Map::iter).collect();
    let mut found = BTreeSet::new();
    loop {
        let search = Search { resolver: Resolver::new(document), secrets: found.clone(), found: Vec::new() };
        let more = all.iter().filter(|(name, schema)| !found.contains(name.as_str()) && search.contains_secret(schema));
        let more: Vec<&str> = more.map(|(name, _)| name.as_str()).collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Returns the coverage of examples that are not shown.
pub(crate) fn coverage(key: &str) -> Option<Coverage> {
    const NOT_SHOWN: &str = "not shown: documentation omits long examples, examples of secrets, and those without a \
                              documented item";
    matches!(key, "example" | "examples").then_some(Err(NOT_SHOWN))
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
    fn removes_examples_links_and_callbacks_only() {
        let document = json!({
            "paths": {"/a": {"get": {"callbacks": {}, "responses": {"200": {"links": {},
                "content": {"a/b": {"example": 1,
                "schema": {"example": 1, "properties": {"example": {"type": "string"}, "examples": {"xml": {}}}}}}}}}}},
            "components": {"examples": {}, "schemas": {"links": {"type": "string"}}}});
        let normalizing = run(document);
        assert_eq!(
            normalizing.document,
            json!({
                "paths": {"/a": {"get": {"responses": {"200": {"content": {"a/b": {(super::EXAMPLES): "Example: `1`",
                    "schema": {"description": "Example: `1`", "properties": {"example": {"type": "string"},
                        "examples": {}}}}}}}}}},
                "components": {"schemas": {"links": {"type": "string"}}}})
        );
    }

    #[test]
    fn shows_examples_in_a_line_or_block_but_not_secret_or_long_ones() {
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
        let shown = |at: &str| normalizing.document.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!(shown("/components/schemas/Short/description"), "Example: `\"a[b]<c>\"`");
        assert_eq!(shown("/components/schemas/Long/description"), format!("Example:\n\n```json\n\"{long}\"\n```"));
        assert_eq!(shown("/components/schemas/Tick/description"), "Example:\n\n```json\n\"a`b\"\n```");
        assert_eq!(shown("/components/schemas/Holder/properties/plain/description"), "Some.\n\nExample: `[1]`");
        let parameter = format!("/components/parameters/p/{}", super::EXAMPLES);
        assert_eq!(shown(&parameter), "Example (small): `1`\n\nExample (a big one): `{\"n\":9}`");
        let left = normalizing.document.to_string();
        assert!(!left.contains("hunter2") && !left.contains("x.example") && !left.contains(&"x".repeat(200)));
        let pointers: Vec<_> = normalizing.shown.iter().map(String::as_str).collect();
        assert_eq!(
            pointers,
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
