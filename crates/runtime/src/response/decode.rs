//! Decoding of JSON bodies. Errors contain the location in the body, but no values.

use serde::de::DeserializeOwned;

use super::super::{call::printable::line, json::work, values::constraint::ConstraintViolation};

/// Decodes a body.
///
/// # Errors
/// When the body does not match the document: the location and, for violated constraints and missing fields, the
/// reason. Other messages of serde are left out, because they may quote a value.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    work::bounded(body.len(), || read(body)).unwrap_or_else(|exhausted| Err(exhausted.to_string()))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // the path contains property names from the server
        mismatch(&line(error.path()), error.inner())
    })?;
    deserializer.end().map_err(|error| mismatch(".", &error))?;
    Ok(value)
}

fn mismatch(location: &str, error: &serde_json::Error) -> String {
    // an error in a value that was buffered has no line
    let position = (error.line() > 0).then(|| format!("line {}, column {}", error.line(), error.column()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let violation = ConstraintViolation::behind(message).map(|violation| violation.with_type());
    let reason = violation.or_else(|| message.starts_with("missing field ").then(|| message.to_owned()));
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let path = (!matches!(location, "." | "?")).then(|| location.to_owned());
    let location = [path, position].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let location = if location.is_empty() { location } else { format!(" at {location}") };
    format!("it does not match the document{location}{reason}")
}

#[cfg(test)]
mod tests {
    use super::super::super::values::string::{ConstrainedString, StringConstraints, StringSchema};
    use super::*;

    enum Code {}

    impl StringSchema for Code {
        const NAME: &'static str = "Code";
        const CONSTRAINTS: StringConstraints = StringConstraints { max_length: Some(2), ..StringConstraints::ANY };
    }

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only deserialized")]
    struct Item {
        code: ConstrainedString<Code>,
        count: u8,
    }

    #[test]
    fn errors_have_location_and_constraint_but_no_value() {
        let error = |body: &str| decode::<Vec<Item>>(body.as_bytes()).unwrap_err();
        let violation = r#"[{"code":"topsecret","count":1}]"#;
        assert_eq!(
            error(violation),
            "it does not match the document at [0].code, line 1, column 20: Code violates maxLength 2 (9 characters)"
        );
        assert_eq!(
            error(r#"[{"code":"ab"}]"#),
            "it does not match the document at [0], line 1, column 14: missing field `count`"
        );
        assert_eq!(
            error(r#"[{"code":"ab","count":"topsecret"}]"#),
            "it does not match the document at [0].count, line 1, column 33"
        );
        assert_eq!(error("[] topsecret"), "it does not match the document at line 1, column 4");
        assert_eq!(error(r#"{"topsecret":1}"#), "it does not match the document at line 1, column 0");
        assert!(decode::<Vec<Item>>(b" [{\"code\":\"ab\",\"count\":1}] \n").is_ok());
    }
}
