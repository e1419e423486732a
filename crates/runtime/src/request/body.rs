//! Encoding of request bodies by content type.

use std::fmt;

use reqwest::header::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::{
    super::{
        json::plain::plain,
        metadata::parameter::Parameter,
        values::{constraint::ConstraintViolation, violation::Violation},
    },
    style::in_query,
};

/// An encoded request body. Used by generated code.
#[doc(hidden)]
#[derive(Clone)]
pub struct Body {
    pub(crate) content_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl Body {
    /// Encodes a value as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialized as JSON.
    pub fn json(content_type: &str, value: &impl Serialize) -> Result<Self, Violation> {
        let bytes = serde_json::to_vec(value).map_err(|error| not_json(&error))?;
        Ok(Self { content_type: content_type.to_owned(), bytes })
    }

    /// Encodes an object as `application/x-www-form-urlencoded`. Items of arrays repeat the name, and objects are JSON,
    /// unless `encodings` has another style for the property.
    ///
    /// # Errors
    /// When the value is not an object.
    pub fn form(content_type: &str, value: &impl Serialize, encodings: &[Parameter]) -> Result<Self, Violation> {
        let Value::Object(map) = plain(value).map_err(|reason| Violation::new("body", reason))? else {
            return Err(Violation::new("body", "must be an object to be sent as a form"));
        };
        // query strings and forms have the same encoding
        let mut encoded = Vec::new();
        let mut url = reqwest::Url::parse("http://form/").map_err(|_| Violation::new("body", "cannot be encoded"))?;
        {
            let mut pairs = url.query_pairs_mut();
            for (name, value) in &map {
                if let Some(encoding) = encodings.iter().find(|encoding| encoding.name == name) {
                    encoded.extend(in_query(encoding, value));
                    continue;
                }
                each_text(value, &mut |text| {
                    pairs.append_pair(name, text);
                });
            }
        }
        let plain = url.query().filter(|query| !query.is_empty()).map(str::to_owned);
        let bytes = plain.into_iter().chain(encoded).collect::<Vec<_>>().join("&").into_bytes();
        Ok(Self { content_type: content_type.to_owned(), bytes })
    }

    /// Returns a body of bytes in one of the documented content types, which may be ranges such as `image/*`.
    ///
    /// # Errors
    /// When the content type is not documented.
    pub fn other(content_type: &str, bytes: impl Into<Vec<u8>>, documented: &[&str]) -> Result<Self, Violation> {
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let given = essence(content_type);
        let is_one = documented.iter().map(|one| essence(one)).any(|one| match one.strip_suffix('*') {
            Some("*/") => given.contains('/'),
            Some(range) => given.starts_with(range),
            None => one == given,
        });
        if is_one && HeaderValue::from_str(content_type).is_ok() {
            Ok(Self::plain(content_type, bytes))
        } else {
            Err(Violation::new(
                "raw_body",
                format!("has an undocumented content type (documented: {})", documented.join(", ")),
            ))
        }
    }

    /// Returns a body of text or bytes, unchanged.
    pub fn plain(content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { content_type: content_type.to_owned(), bytes: bytes.into() }
    }
}

/// Shows only content type and size: the bytes may contain a secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

fn not_json(error: &serde_json::Error) -> Violation {
    let message = error.to_string();
    let reason = match ConstraintViolation::behind(&message) {
        Some(violation) => violation.with_type(),
        None => format!("cannot be encoded as JSON: {message}"),
    };
    Violation::new("body", reason)
}

/// Calls `take` with each text of a value in a form: one for a scalar, one for each item of an array, JSON for an
/// object, none for null.
pub(crate) fn each_text(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::Null => {}
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, take)),
        other => take(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::metadata::{location::Location, parameter::Style},
        *,
    };
    use serde_json::json;

    #[test]
    fn encodes_forms() {
        let body = Body::form("x", &json!({"a": "1 &=ü", "b": [1, true], "c": null, "d": {"e": 1}}), &[]).unwrap();
        assert_eq!(String::from_utf8(body.bytes).unwrap(), "a=1+%26%3D%C3%BC&b=1&b=true&d=%7B%22e%22%3A1%7D");
        assert!(Body::form("x", &json!([1]), &[]).is_err());
        let deep = Parameter::new("a", Location::Query, Style::DeepObject);
        let body = Body::form("x", &json!({"a": {"b": 1}, "c": " "}), &[deep]).unwrap();
        assert_eq!(String::from_utf8(body.bytes).unwrap(), "c=+&a%5Bb%5D=1");
    }

    #[test]
    fn accepts_only_documented_content_types() {
        let documented = &["text/csv; charset=utf-8", "image/*"];
        for (given, taken) in
            [("text/csv", true), ("IMAGE/png; q=1", true), ("text/plain", false), ("image/a\nb", false)]
        {
            assert_eq!(Body::other(given, "x", documented).is_ok(), taken, "{given}");
        }
        assert!(Body::other("a/b", "x", &["*/*"]).is_ok());
    }
}
