//! Titles, examples and defaults go: typify names types after the first, and fails on defaults that break their own schema.

use serde_json::Value;

use super::{Lowering, each_schema::each_schema};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        for keyword in ["example", "examples", "externalDocs", "xml"] {
            schema.remove(keyword);
        }
        let title = schema.remove("title");
        let default = schema.remove("default");
        let described = schema.get("description").and_then(Value::as_str).map(str::to_owned);
        let mut text =
            described.or_else(|| title.and_then(|title| title.as_str().map(str::to_owned))).unwrap_or_default();
        // a default is the server's to fill in; callers read it in the documentation
        if let Some(default) = default {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&format!("Without it the server takes `{default}`."));
        }
        if !text.is_empty() && !schema.contains_key("$ref") {
            schema.insert("description".to_owned(), text.into());
        }
    });
}
