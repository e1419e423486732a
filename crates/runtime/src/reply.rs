//! An answer: read whole or not at all, and decoded by status.

use std::fmt;

use futures_util::StreamExt as _;
use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::de::DeserializeOwned;

use super::{
    Answer, Error, Operation,
    aside::{Deadline, aside},
    decode::decode,
    error::{Kind, Undescribed},
    node::Node,
    printable::line,
    work,
};

/// The body of an answer as far as it was read.
pub(super) struct Received {
    bytes: Vec<u8>,
    /// Why it was not read to its end, if it was not.
    cut: Option<String>,
}

impl Received {
    /// Reads a body of at most so many bytes.
    pub(super) async fn read<B: AsRef<[u8]>>(
        mut stream: impl futures_util::Stream<Item = reqwest::Result<B>> + Unpin,
        most: usize,
    ) -> Self {
        let mut body = Self { bytes: Vec::new(), cut: None };
        while let Some(chunk) = stream.next().await {
            match chunk {
                Ok(chunk) => {
                    let chunk = chunk.as_ref();
                    let room = most - body.bytes.len();
                    body.bytes.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
                    if chunk.len() > room {
                        let how = "Builder::max_response_bytes allows more";
                        body.cut = Some(format!("it is longer than {most} bytes; {how}"));
                    }
                }
                Err(error) => body.cut = Some(format!("the connection failed ({})", line(&error.without_url()))),
            }
            if body.cut.is_some() {
                break;
            }
        }
        body
    }
}

/// An answer, read whole. Made for generated code, which decodes it by status.
#[doc(hidden)]
pub struct Reply {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Received,
    pub(super) deadline: Deadline,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Reply {
    /// Status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Whether the document lists this status for the operation.
    pub(super) fn documents(&self, status: u16) -> bool {
        self.operation.documents(status)
    }

    /// A documented success with a JSON body.
    ///
    /// # Errors
    /// When the body cannot be read or is not as documented: then it was done all the same.
    pub async fn success<T: DeserializeOwned + Send + 'static, S, E>(
        mut self,
        wrap: impl FnOnce(T) -> S,
    ) -> Result<Answer<S>, Error<E>> {
        let decoded = match self.body.cut.take() {
            Some(reason) => Err(reason),
            None => {
                let read = aside(std::mem::take(&mut self.body.bytes), self.deadline, decode).await;
                read.and_then(|(decoded, _)| decoded)
            }
        };
        self.done(decoded.map(wrap))
    }

    /// A documented success with a text.
    ///
    /// # Errors
    /// When the body cannot be read or is no text: then it was done all the same.
    pub fn text<S, E>(mut self, wrap: impl FnOnce(String) -> S) -> Result<Answer<S>, Error<E>> {
        let text = self.whole().and_then(|bytes| text(bytes, &self.headers).map_err(|(reason, _)| reason.to_owned()));
        self.done(text.map(wrap))
    }

    /// A documented success with another body.
    ///
    /// # Errors
    /// When the body cannot be read: then it was done all the same.
    pub fn bytes<S, E>(mut self, wrap: impl FnOnce(Vec<u8>) -> S) -> Result<Answer<S>, Error<E>> {
        let bytes = self.whole();
        self.done(bytes.map(wrap))
    }

    /// A documented success without a body.
    ///
    /// # Errors
    /// Never: what comes beside the documentation is passed over.
    pub fn empty<S, E>(self, success: S) -> Result<Answer<S>, Error<E>> {
        Ok(Answer::new(self.status, self.headers, success))
    }

    /// Takes the body, if it was read to its end.
    fn whole(&mut self) -> Result<Vec<u8>, String> {
        self.body.cut.take().map_or_else(|| Ok(std::mem::take(&mut self.body.bytes)), Err)
    }

    fn done<S, E>(self, decoded: Result<S, String>) -> Result<Answer<S>, Error<E>> {
        match decoded {
            Ok(body) => Ok(Answer::new(self.status, self.headers, body)),
            Err(reason) => {
                Err(Error::new(self.operation, Kind::Unreadable { status: self.status, headers: self.headers, reason }))
            }
        }
    }

    /// A documented error with a body; as undocumented if the body is not as documented.
    pub async fn error<T: DeserializeOwned + Send + 'static, E>(mut self, wrap: impl FnOnce(T) -> E) -> Error<E> {
        if self.body.cut.is_some() {
            return self.undescribed(Undescribed::OtherBody);
        }
        let why = match aside(std::mem::take(&mut self.body.bytes), self.deadline, documented).await {
            Ok((Ok((error, message)), _)) => return self.documented_error(wrap(error), message),
            Ok((Err(why), bytes)) => {
                self.body.bytes = bytes;
                why
            }
            Err(reason) => Undescribed::Unreadable(reason),
        };
        self.undescribed(why)
    }

    /// A documented error with a text; as undocumented if the body is no text.
    #[must_use]
    pub fn text_error<E>(mut self, wrap: impl FnOnce(String) -> E) -> Error<E> {
        if self.body.cut.is_some() {
            return self.undescribed(Undescribed::OtherBody);
        }
        match text(std::mem::take(&mut self.body.bytes), &self.headers) {
            Ok(text) => self.empty_error(wrap(text)),
            Err((_, bytes)) => {
                self.body.bytes = bytes;
                self.undescribed(Undescribed::OtherBody)
            }
        }
    }

    /// A documented error whose body is not JSON.
    #[must_use]
    pub fn raw_error<E>(mut self, wrap: impl FnOnce(Vec<u8>) -> E) -> Error<E> {
        if self.body.cut.is_some() {
            return self.undescribed(Undescribed::OtherBody);
        }
        let error = wrap(std::mem::take(&mut self.body.bytes));
        self.documented_error(error, None)
    }

    /// A documented error without a body.
    #[must_use]
    pub fn empty_error<E>(self, error: E) -> Error<E> {
        self.documented_error(error, None)
    }

    fn documented_error<E>(self, error: E, message: Option<String>) -> Error<E> {
        Error::new(self.operation, Kind::Documented { status: self.status, headers: self.headers, error, message })
    }

    /// An answer whose status the document does not list.
    #[must_use]
    pub fn undocumented<E>(self) -> Error<E> {
        self.undescribed(Undescribed::Status)
    }

    /// An error whose body is not as documented, or was not read to its end.
    fn undescribed<E>(mut self, why: Undescribed) -> Error<E> {
        let why = match (self.body.cut.take(), why) {
            (Some(reason), Undescribed::OtherBody) => Undescribed::Unreadable(reason),
            (_, why) => why,
        };
        let Self { operation, status, headers, body, .. } = self;
        Error::new(operation, Kind::Undocumented { status, headers, body: body.bytes, why })
    }
}

/// The value of an error's body, and the message for people in it.
fn documented<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Option<String>), Undescribed> {
    let read = || {
        let value: Node = serde_json::from_slice(body).ok()?;
        Some((T::deserialize(&value).ok()?, message(&value)))
    };
    let read = work::bounded(body.len(), read).map_err(|exhausted| Undescribed::Unreadable(exhausted.to_string()))?;
    read.ok_or(Undescribed::OtherBody)
}

/// A body as text, by the charset of its content type: UTF-8 by default. Otherwise the reason, and the body.
fn text(bytes: Vec<u8>, headers: &HeaderMap) -> Result<String, (&'static str, Vec<u8>)> {
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

/// The message for people in an error body, wherever APIs are used to put it; one line, bounded.
fn message(body: &Node) -> Option<String> {
    const PLACES: &[&[&str]] =
        &[&["error", "message"], &["message"], &["error_description"], &["error"], &["detail"], &["title"]];
    let text = PLACES
        .iter()
        .find_map(|path| path.iter().try_fold(body, |value, name| value.get(name)).and_then(Node::as_str))?;
    Some(line(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;
    use serde::Deserialize as _;
    use serde_json::{Value, json};

    #[test]
    fn finds_the_message_for_people_and_keeps_it_to_one_line() {
        let message = |body: &Value| message(&Node::deserialize(body).unwrap());
        assert_eq!(message(&json!({"error": {"message": "a\nb"}})).as_deref(), Some("a b"));
        assert_eq!(message(&json!({"error": "invalid_client", "error_description": "no"})).as_deref(), Some("no"));
        assert_eq!(message(&json!({"error": "invalid_client"})).as_deref(), Some("invalid_client"));
        assert_eq!(message(&json!(["x"])), None);
        assert_eq!(message(&json!({"message": "é".repeat(9999)})).map(|text| text.chars().count()), Some(501));
    }

    #[test]
    fn texts_are_read_by_their_charset() {
        let read = |content_type: &'static str, bytes: &[u8]| {
            text(bytes.to_vec(), &HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]))
        };
        assert_eq!(read("text/plain", "é".as_bytes()).as_deref(), Ok("é"));
        assert_eq!(read("text/plain; a=b; Charset=\"ISO-8859-1\"", b"\xe9").as_deref(), Ok("é"));
        assert!(read("text/plain", b"\xe9").is_err() && read("text/plain; charset=koi8-r", b"a").is_err());
        assert_eq!(text(b"a".to_vec(), &HeaderMap::new()).as_deref(), Ok("a"));
    }
}
