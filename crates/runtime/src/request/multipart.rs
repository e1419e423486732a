//! Multipart forms.

use std::{collections::BTreeSet, fmt};

use percent_encoding::percent_encode_byte;
use serde::Serialize;
use serde_json::Value;

use super::{
    super::{
        json::plain::plain,
        values::{file::File, violation::Violation},
    },
    body::{Body, each_text},
    media_type::{is_json, is_media_type},
};

/// A `multipart/form-data` body (RFC 7578), for bodies whose schema does not list the parts.
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
    /// Adds a file and returns the form.
    ///
    /// # Errors
    /// When the file's content type is invalid.
    pub fn with_file(mut self, field: &str, file: &File) -> Result<Self, Violation> {
        self.file(field, file, None)?;
        Ok(self)
    }

    /// Adds a value and returns the form. Scalars and items of arrays are text, objects are JSON.
    ///
    /// # Errors
    /// When the value cannot be serialized as JSON.
    pub fn with_value(mut self, field: &str, value: &impl Serialize) -> Result<Self, Violation> {
        self.value(field, value, None)?;
        Ok(self)
    }

    /// Adds a file. `content_type` applies unless the file has its own.
    ///
    /// # Errors
    /// When the file's own content type is invalid.
    pub fn file(&mut self, field: &str, file: &File, content_type: Option<&str>) -> Result<(), Violation> {
        if file.content_type.as_deref().is_some_and(|own| !is_media_type(own)) {
            return Err(Violation::new(field, "has a file with an invalid content type; use one such as image/png"));
        }
        let given = content_type.filter(|given| is_media_type(given));
        let content_type = file.content_type.as_deref().or(given).unwrap_or("application/octet-stream");
        self.parts.push(Part {
            field: field.to_owned(),
            file: Some(file.name.clone()),
            content_type: Some(content_type.to_owned()),
            bytes: file.bytes.clone(),
        });
        Ok(())
    }

    /// Adds a value. Scalars and items of arrays are text, objects are JSON, unless the document specifies a content
    /// type.
    ///
    /// # Errors
    /// When the value cannot be serialized as JSON.
    pub fn value(&mut self, field: &str, value: &impl Serialize, content_type: Option<&str>) -> Result<(), Violation> {
        let value = plain(value).map_err(|reason| Violation::new(field, reason))?;
        let content_type = content_type.filter(|given| is_media_type(given));
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

    /// Encodes the form with a boundary that occurs in no part.
    #[must_use]
    pub fn encode(self) -> Body {
        let taken: BTreeSet<u64> = self.parts.iter().flat_map(|part| boundaries(&part.bytes)).collect();
        let free = (0..).zip(&taken).take_while(|(number, taken)| number == *taken).count();
        let boundary = format!("{BOUNDARY}{free:016x}");
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

/// Prefix of every boundary; sixteen hexadecimal digits follow.
const BOUNDARY: &str = "part-";

/// Returns the numbers of all possible boundaries that occur in a part, in one pass.
fn boundaries(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes.windows(BOUNDARY.len() + 16).filter_map(|window| {
        let digits = std::str::from_utf8(window.strip_prefix(BOUNDARY.as_bytes())?).ok()?;
        u64::from_str_radix(digits, 16).ok()
    })
}

/// Escapes a name in quotes like HTML forms do. Control characters are encoded too, because they could end the line,
/// and the backslash, because some parsers treat it as an escape.
fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len());
    for c in name.chars() {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii_control() || matches!(byte, b'"' | b'\\') => {
                quoted.push_str(percent_encode_byte(byte));
            }
            // HTML forms do not encode non-ASCII characters
            _ => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn encodes_parts() {
        let mut parts = Parts::default();
        parts.value("title", &"a\r\nb", None).unwrap();
        parts.value("tags", &["x", "y"], None).unwrap();
        parts.value("meta", &json!({"k": 1}), None).unwrap();
        parts
            .file(
                "cover",
                &File::new("a\"b.png", *b"part-0000000000000000").with_content_type("image/png"),
                Some("a/b"),
            )
            .unwrap();
        let body = parts.encode();
        assert_eq!(body.content_type, "multipart/form-data; boundary=part-0000000000000001");
        let expected = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\nb\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
            --B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
            --B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n\
            --B\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"a%22b.png\"\r\n\
            Content-Type: image/png\r\n\r\npart-0000000000000000\r\n\
            --B--\r\n";
        assert_eq!(String::from_utf8(body.bytes).unwrap(), expected.replace("--B", "--part-0000000000000001"));
    }

    #[test]
    fn the_boundary_occurs_in_no_part() {
        let all: String = (0..50_000).map(|number| format!("part-{number:016x}")).collect();
        let body = Parts::default().with_file("a", &File::new("a", all)).unwrap().encode();
        assert_eq!(body.content_type, format!("multipart/form-data; boundary=part-{:016x}", 50_000));
        let gap = format!("part-{:016x}part-{:016x}part-{:016X}", 0, 2, 0xa);
        let body = Parts::default().with_file("a", &File::new("a", gap)).unwrap().encode();
        assert_eq!(body.content_type, "multipart/form-data; boundary=part-0000000000000001");
    }

    #[test]
    fn rejects_invalid_content_types_of_files() {
        let add = |own: &str| Parts::default().with_file("cover", &File::new("a", "").with_content_type(own));
        for good in ["image/png", "text/plain; charset=utf-8", "application/vnd.a+json;q=\"x y\"", "image/*"] {
            assert!(add(good).is_ok(), "{good}");
        }
        for bad in ["", "png", "/", "a/", "/b", "a b/c", "a/b\r\nX: y", "a/b; c=\0", "a/b;\u{e9}", "a/b\n", "a/b, c/d"]
        {
            let refused = add(bad).unwrap_err();
            assert_eq!((refused.field(), refused.to_string().contains("image/png")), ("cover", true), "{bad:?}");
        }
    }

    /// Name, file name, content type and bytes of a part.
    type Read = (String, Option<String>, Option<String>, Vec<u8>);

    /// What an independent reader makes of a body.
    fn read(body: Body) -> Vec<Read> {
        let boundary = multer::parse_boundary(&body.content_type).unwrap();
        let bytes = futures_util::stream::iter([Ok::<_, std::io::Error>(body.bytes)]);
        let mut reader = multer::Multipart::new(bytes, boundary);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let mut parts = Vec::new();
            while let Some(field) = reader.next_field().await.unwrap() {
                let name = field.name().unwrap().to_owned();
                let file = field.file_name().map(str::to_owned);
                let header = field.headers().get("content-type");
                let content_type = header.map(|value| value.to_str().unwrap().to_owned());
                assert_eq!(field.headers().len(), 1 + usize::from(content_type.is_some()));
                parts.push((name, file, content_type, field.bytes().await.unwrap().to_vec()));
            }
            parts
        })
    }

    /// Texts of what ends names, headers, parts and bodies. Not `filename=`, which this reader also finds inside
    /// quotes.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\r\n"),
            Just("\n"),
            Just("\r"),
            Just("\0"),
            Just("\""),
            Just("\\"),
            Just("; x=\"y\""),
            Just("a"),
            Just("é"),
            Just("\t"),
            Just("\u{7f}"),
            Just("%22"),
            Just(";"),
            Just("--part-0000000000000000"),
            Just("--"),
            Just("\r\n\r\n"),
            Just("Content-Type: a/b"),
            Just(" "),
        ];
        prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn encoded_parts_round_trip(
            parts in prop::collection::vec((hostile(), hostile(), hostile(), prop::option::of(hostile())), 0..4)
        ) {
            let mut given = Parts::default();
            let mut expected = Vec::new();
            for (field, name, content, own) in parts {
                given.value(&field, &content, Some("text/plain")).unwrap();
                let bytes = content.clone().into_bytes();
                expected.push((quoted(&field), None, Some("text/plain".to_owned()), bytes.clone()));
                let mut file = File::new(&*name, bytes.clone());
                file.content_type = own.clone();
                if given.file(&field, &file, None).is_ok() {
                    let content_type = own.unwrap_or("application/octet-stream".to_owned());
                    expected.push((quoted(&field), Some(quoted(&name)), Some(content_type), bytes));
                }
            }
            prop_assert_eq!(read(given.encode()), expected);
        }
    }
}
