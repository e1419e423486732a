//! Extensions, titles and defaults go: typify names types after the first, and fails on defaults that break their own schema.

use serde_json::Value;

use super::{Lowering, each_schema::each_schema};
use crate::document::operations;

pub(super) fn run(lowering: &mut Lowering) {
    for (_, _, at) in operations(&lowering.document) {
        if let Some(Value::Object(operation)) = lowering.document.pointer_mut(&at) {
            operation.retain(|keyword, _| !keyword.starts_with("x-"));
        }
    }
    each_schema(&mut lowering.document, &mut |schema| {
        // typify and progenitor act on some extensions, x-rust-type and x-dropshot-websocket among them
        schema.retain(|keyword, _| !keyword.starts_with("x-"));
        let title = schema.remove("title");
        let default = schema.remove("default");
        let described = schema.get("description").cloned();
        let texts = [title, described].into_iter().flatten();
        let texts: Vec<String> = texts.filter_map(|text| text.as_str().map(|text| text.trim().to_owned())).collect();
        let mut text = texts.join("\n\n");
        let mut add = |words: &str| {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(words);
        };
        // a default is the server's to fill in; callers read it in the documentation
        if let Some(default) = default {
            add(&format!("Without it the server takes `{default}`."));
        }
        // these say no more than the type that stands for numbers without a format
        if let Some(format @ ("int64" | "double")) = schema.get("format").and_then(Value::as_str) {
            add(&format!("Format `{format}`."));
        }
        // an optional property of an answer takes null in any case, so that its type does not tell
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            add("May be null.");
        }
        if !text.is_empty() && !schema.contains_key("$ref") {
            schema.insert("description".to_owned(), text.into());
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keeps_in_words_what_typify_would_stumble_over() {
        let schemas = super::super::lowered_schemas(json!({
            "A": {"type": "object", "title": "Account", "description": "of a user", "x-rust-type": {}, "example": {},
                "properties": {"limit": {"type": "integer", "default": "ten"}, "title": {"type": "string"}}},
        }));
        assert_eq!(
            schemas["A"],
            json!({"type": "object", "description": "Account\n\nof a user", "properties": {
            "limit": {"type": "integer", "description": "Without it the server takes `\"ten\"`."}, "title": {"type": "string"}}})
        );
    }
}
