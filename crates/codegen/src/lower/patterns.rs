//! Patterns that are no ECMAScript regular expressions go; no text could be held against them.

use super::{Lowering, each_schema::each_schema};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        if schema.get("pattern").is_some_and(|pattern| !pattern.as_str().is_some_and(is_pattern)) {
            schema.remove("pattern");
        }
    });
}

/// Whether a text is a regular expression that generated code can check.
pub(crate) fn is_pattern(text: &str) -> bool {
    regress::Regex::new(text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn drops_only_what_is_no_pattern() {
        let schemas = super::super::lowered_schemas(json!({
            "Good": {"type": "string", "pattern": "^a{2}$"}, "Bad": {"type": "string", "pattern": "(?i)a"}, "Odd": {"type": "string", "pattern": 1},
        }));
        assert_eq!(schemas["Good"]["pattern"], "^a{2}$");
        assert!(schemas["Bad"].get("pattern").is_none() && schemas["Odd"].get("pattern").is_none());
    }
}
