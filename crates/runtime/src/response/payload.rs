//! Payloads of webhooks and callbacks.

use std::fmt;

use serde::de::DeserializeOwned;

use super::decode::decode;

/// The error of a payload that is not JSON or does not match the document. It contains the location in the payload, but
/// no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadError(String);

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the payload cannot be decoded: {}", self.0)
    }
}

impl std::error::Error for PayloadError {}

/// Decodes the JSON payload of a webhook or callback.
///
/// It is as lenient as for responses: unknown properties and enum values are accepted, and so is null for an optional
/// property. Nesting and steps are limited as for responses; the size is not.
///
/// The caller verifies that the payload comes from the API, for example by its signature, before decoding it.
///
/// # Errors
/// When the payload is not JSON, or does not match the document.
pub fn decode_payload<T: DeserializeOwned>(payload: &[u8]) -> Result<T, PayloadError> {
    decode(payload).map_err(PayloadError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_have_the_location_and_no_value() {
        assert_eq!(decode_payload::<Vec<u8>>(b" [1] "), Ok(vec![1]));
        let error = decode_payload::<Vec<u8>>(b"[1,\"topsecret\"]").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the payload cannot be decoded: it does not match the document at [1], line 1, column 14"
        );
        let deep = ["[".repeat(200), "]".repeat(200)].concat();
        assert!(decode_payload::<serde_json::Value>(deep.as_bytes()).is_err());
    }
}
