//! Request bodies: values in the form that the document asks for.

use std::fmt;

use reqwest::header::HeaderValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{
    Parameter, Violation,
    parameters::{in_query, is_json, plain},
};

/// An encoded request body. Made for generated code.
#[doc(hidden)]
#[derive(Clone)]
pub struct Body {
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

impl Body {
    /// A value as JSON.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json(content_type: &str, value: &impl Serialize) -> Result<Self, Violation> {
        let bytes = serde_json::to_vec(value).map_err(|error| unwritable(&error))?;
        Ok(Self { content_type: content_type.to_owned(), bytes })
    }

    /// An object as `application/x-www-form-urlencoded`: lists repeat their name and objects are JSON, unless `encodings`
    /// gives a property another form.
    ///
    /// # Errors
    /// When the value is no object.
    pub fn form(content_type: &str, value: &impl Serialize, encodings: &[Parameter]) -> Result<Self, Violation> {
        let Value::Object(map) = plain(value).map_err(|reason| Violation::new("body", reason))? else {
            return Err(Violation::new("body", "is not an object, as a form must be"));
        };
        // the serializer of query strings is the one of forms
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

    /// Bytes in one of these content types, of which ranges like `image/*` stand for many.
    ///
    /// # Errors
    /// When the content type is none of them.
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
                format!("its content type is none of the document's: {}", documented.join(", ")),
            ))
        }
    }

    /// Text or bytes as they are.
    pub fn plain(content_type: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { content_type: content_type.to_owned(), bytes: bytes.into() }
    }
}

/// The bytes may hold a secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({}, {} bytes)", self.content_type, self.bytes.len())
    }
}

fn unwritable(error: &serde_json::Error) -> Violation {
    Violation::new("body", format!("cannot be written: {error}"))
}

/// The texts that a value is sent as, in a form or in parts: one for a scalar, one an item for a list, JSON for an object.
fn each_text(value: &Value, take: &mut impl FnMut(&str)) {
    match value {
        Value::Null => {}
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, take)),
        other => take(&other.to_string()),
    }
}

/// A file to upload as a part of a `multipart/form-data` body.
#[derive(Clone)]
pub struct File {
    name: String,
    content_type: Option<String>,
    bytes: Vec<u8>,
}

impl File {
    /// A file of this name and content. Its content type is the one that the document gives, else
    /// `application/octet-stream`, unless told otherwise.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content_type: None, bytes: bytes.into() }
    }

    /// The file's content type.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.bytes.len())
    }
}

/// A file has no JSON form; it travels as a part.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("a file travels as a part of a form, not as JSON"))
    }
}

/// A file has no JSON form; it travels as a part.
impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom("a file travels as a part of a form, not as JSON"))
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for File {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "binary"})
    }
}

/// The parts of a `multipart/form-data` body, RFC 7578.
#[derive(Clone, Default)]
pub struct Parts {
    parts: Vec<Part>,
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.parts.iter().map(|part| &part.field)).finish()
    }
}

#[derive(Clone)]
struct Part {
    field: String,
    file: Option<String>,
    content_type: Option<String>,
    bytes: Vec<u8>,
}

impl Parts {
    /// With a file.
    #[must_use]
    pub fn with_file(mut self, field: &str, file: &File) -> Self {
        self.file(field, file, None);
        self
    }

    /// With a value: scalars and lists of them as text, objects as JSON.
    ///
    /// # Errors
    /// When the value cannot be written.
    pub fn with_value(mut self, field: &str, value: &impl Serialize) -> Result<Self, Violation> {
        self.value(field, value, None)?;
        Ok(self)
    }

    /// Adds a file, of this content type unless it has its own.
    pub fn file(&mut self, field: &str, file: &File, content_type: Option<&str>) {
        let content_type = file.content_type.as_deref().or(content_type).unwrap_or("application/octet-stream");
        self.parts.push(Part {
            field: field.to_owned(),
            file: Some(file.name.clone()),
            content_type: Some(one_line(content_type)),
            bytes: file.bytes.clone(),
        });
    }

    /// Adds a value: scalars and lists of them as text, objects as JSON, unless the document gives a content type.
    ///
    /// # Errors
    /// When the value cannot be written.
    pub fn value(&mut self, field: &str, value: &impl Serialize, content_type: Option<&str>) -> Result<(), Violation> {
        let value = plain(value).map_err(|reason| Violation::new(field, reason))?;
        let mut add = |text: &str, content_type: Option<&str>| {
            self.parts.push(Part {
                field: field.to_owned(),
                file: None,
                content_type: content_type.map(str::to_owned),
                bytes: text.as_bytes().to_vec(),
            });
        };
        if content_type.is_some_and(is_json) && !value.is_null() {
            add(&value.to_string(), content_type);
            return Ok(());
        }
        let has_objects = value.is_object() || value.as_array().is_some_and(|items| items.iter().any(Value::is_object));
        let content_type = content_type.or(has_objects.then_some("application/json"));
        each_text(&value, &mut |text| add(text, content_type));
        Ok(())
    }

    /// The body, with a boundary that occurs in no part.
    #[must_use]
    pub fn encode(self) -> Body {
        let occurs = |boundary: &str| {
            let wanted = boundary.as_bytes();
            self.parts.iter().any(|part| part.bytes.windows(wanted.len()).any(|window| window == wanted))
        };
        let boundary = (0_u64..)
            .map(|number| format!("part-{number:016x}"))
            .find(|boundary| !occurs(boundary))
            .unwrap_or_default();
        let mut bytes = Vec::new();
        for part in &self.parts {
            let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.field));
            if let Some(name) = &part.file {
                head.push_str(&format!("; filename=\"{}\"", quoted(name)));
            }
            if let Some(content_type) = &part.content_type {
                head.push_str(&format!("\r\nContent-Type: {content_type}"));
            }
            bytes.extend(head.into_bytes());
            bytes.extend(b"\r\n\r\n");
            bytes.extend(&part.bytes);
            bytes.extend(b"\r\n");
        }
        bytes.extend(format!("--{boundary}--\r\n").into_bytes());
        Body { content_type: format!("multipart/form-data; boundary={boundary}"), bytes }
    }
}

/// Names in quotes as HTML's forms write them.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Location, Style},
        *,
    };
    use serde_json::json;

    #[test]
    fn forms_repeat_lists_and_escape_what_must_be() {
        let body = Body::form("x", &json!({"a": "1 &=ü", "b": [1, true], "c": null, "d": {"e": 1}}), &[]).unwrap();
        assert_eq!(String::from_utf8(body.bytes).unwrap(), "a=1+%26%3D%C3%BC&b=1&b=true&d=%7B%22e%22%3A1%7D");
        assert!(Body::form("x", &json!([1]), &[]).is_err());
        let deep = Parameter::new("a", Location::Query, Style::DeepObject);
        let body = Body::form("x", &json!({"a": {"b": 1}, "c": " "}), &[deep]).unwrap();
        assert_eq!(String::from_utf8(body.bytes).unwrap(), "c=+&a%5Bb%5D=1");
    }

    #[test]
    fn other_content_types_are_those_of_the_document() {
        let documented = &["text/csv; charset=utf-8", "image/*"];
        for (given, taken) in
            [("text/csv", true), ("IMAGE/png; q=1", true), ("text/plain", false), ("image/a\nb", false)]
        {
            assert_eq!(Body::other(given, "x", documented).is_ok(), taken, "{given}");
        }
        assert!(Body::other("a/b", "x", &["*/*"]).is_ok());
    }

    #[test]
    fn parts_are_those_of_rfc_7578() {
        let mut parts = Parts::default();
        parts.value("title", &"a\r\nb", None).unwrap();
        parts.value("tags", &["x", "y"], None).unwrap();
        parts.value("meta", &json!({"k": 1}), None).unwrap();
        parts.file(
            "cover",
            &File::new("a\"b.png", *b"part-0000000000000000").with_content_type("image/png\r\nX: y"),
            Some("a/b"),
        );
        let body = parts.encode();
        assert_eq!(body.content_type, "multipart/form-data; boundary=part-0000000000000001");
        let expected = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\nb\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
            --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"a%22b.png\"\r\nContent-Type: image/pngX: y\r\n\r\npart-0000000000000000\r\n\
            --B--\r\n";
        assert_eq!(String::from_utf8(body.bytes).unwrap(), expected.replace("--B", "--part-0000000000000001"));
    }
}
