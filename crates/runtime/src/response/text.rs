//! Decoding of text bodies by charset.

use reqwest::header::{CONTENT_TYPE, HeaderMap};

/// Decodes a body by the charset of its content type (default UTF-8).
///
/// # Errors
/// The reason, and the body.
pub(crate) fn text(bytes: Vec<u8>, headers: &HeaderMap) -> Result<String, (&'static str, Vec<u8>)> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    let charset = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("charset")).map(|(_, value)| value);
    let charset = charset.last().unwrap_or("utf-8").trim_matches('"').to_ascii_lowercase();
    match charset.as_str() {
        "utf-8" | "utf8" | "us-ascii" => {
            String::from_utf8(bytes).map_err(|error| ("it is not UTF-8 text", error.into_bytes()))
        }
        "iso-8859-1" | "latin1" => Ok(bytes.iter().copied().map(char::from).collect()),
        _ => Err(("its charset is neither UTF-8 nor ISO 8859-1", bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn decodes_by_charset() {
        let read = |content_type: &'static str, bytes: &[u8]| {
            text(bytes.to_vec(), &HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]))
        };
        assert_eq!(read("text/plain", "é".as_bytes()).as_deref(), Ok("é"));
        assert_eq!(read("text/plain; a=b; Charset=\"ISO-8859-1\"", b"\xe9").as_deref(), Ok("é"));
        assert!(read("text/plain", b"\xe9").is_err() && read("text/plain; charset=koi8-r", b"a").is_err());
        assert_eq!(text(b"a".to_vec(), &HeaderMap::new()).as_deref(), Ok("a"));
    }
}
