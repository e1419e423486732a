//! The message in an error body.

use super::super::{call::printable::line, json::node::Node};

/// Returns the message of an error body, from properties that APIs commonly use, on one line of bounded length.
pub(crate) fn message(body: &Node) -> Option<String> {
    const PATHS: &[&[&str]] =
        &[&["error", "message"], &["message"], &["error_description"], &["error"], &["detail"], &["title"]];
    let text = PATHS
        .iter()
        .find_map(|path| path.iter().try_fold(body, |value, name| value.get(name)).and_then(Node::as_str))?;
    Some(line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize as _;
    use serde_json::{Value, json};

    #[test]
    fn finds_the_message() {
        let message = |body: &Value| message(&Node::deserialize(body).unwrap());
        assert_eq!(message(&json!({"error": {"message": "a\nb"}})).as_deref(), Some("a b"));
        assert_eq!(message(&json!({"error": "invalid_client", "error_description": "no"})).as_deref(), Some("no"));
        assert_eq!(message(&json!({"error": "invalid_client"})).as_deref(), Some("invalid_client"));
        assert_eq!(message(&json!(["x"])), None);
        assert_eq!(message(&json!({"message": "é".repeat(9999)})).map(|text| text.chars().count()), Some(501));
    }
}
