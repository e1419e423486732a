//! Examples, links and callbacks go: no later pass reads them, and in many documents they are the larger part.

use serde_json::Value;

use super::Lowering;
use crate::positions::{Kind, change_each};

pub(super) fn run(lowering: &mut Lowering) {
    change_each(&mut lowering.document, Kind::Root, &mut |value, kind| {
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::lower::Lowering;

    #[test]
    fn only_what_is_an_example_goes() {
        let document = json!({
            "paths": {"/a": {"get": {"callbacks": {}, "responses": {"200": {"links": {}, "content": {"a/b": {"example": 1,
                "schema": {"example": 1, "properties": {"example": {"type": "string"}, "examples": {"xml": {}}}}}}}}}}},
            "components": {"examples": {}, "schemas": {"links": {"type": "string"}}}});
        let mut lowering = Lowering::of(document);
        super::run(&mut lowering);
        assert_eq!(
            lowering.document,
            json!({
                "paths": {"/a": {"get": {"responses": {"200": {"content": {"a/b": {
                    "schema": {"properties": {"example": {"type": "string"}, "examples": {}}}}}}}}}},
                "components": {"schemas": {"links": {"type": "string"}}}})
        );
    }
}
