//! Decides whether a code block is an OpenAPI document.

use openapi::{Document, Problem};
use serde_json::Value;

/// The content of a code block.
pub(crate) enum Block {
    /// An OpenAPI document.
    OpenApi(Box<Document>),
    /// Anything else.
    Other,
    /// An OpenAPI document that cannot be read.
    Broken(Box<Problem>),
}

/// Reads a code block of the page `name`.
///
/// Code blocks are also used for example bodies, some of them invalid JSON: only an object with the key `openapi` is a
/// document.
pub(crate) fn read(name: &str, json: &str) -> Block {
    if !has_openapi_key(json) {
        return Block::Other;
    }
    match Document::parse(name, json.trim_end()) {
        Ok(document) if document.value().get("openapi").is_some_and(|version| !matches!(version, Value::Null)) => {
            Block::OpenApi(Box::new(document))
        }
        Ok(_) => Block::Other,
        Err(problem) => Block::Broken(Box::new(problem)),
    }
}

/// Whether a text, which may be invalid or truncated JSON, begins as an object with the key `openapi`.
fn has_openapi_key(json: &str) -> bool {
    let bytes = json.trim_start().as_bytes();
    if bytes.first() != Some(&b'{') {
        return false;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = start;
                while bytes.get(at).is_some_and(|byte| *byte != b'"') {
                    at += if bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
                }
                let is_key = || bytes.get(at + 1..)?.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
                if depth == 1 && bytes.get(start..at) == Some(b"openapi") && is_key() == Some(b':') {
                    return true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}
