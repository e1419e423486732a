//! An answer: read whole or not at all, and decoded by status.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;

use super::{
    super::{
        call::error::{Error, Kind, Undescribed},
        json::{node::Node, work},
        metadata::operation::Operation,
    },
    answer::Answer,
    aside::aside,
    deadline::Deadline,
    decode::decode,
    message::message,
    received::Received,
    text::text,
};

/// An answer, read whole. Made for generated code, which decodes it by status.
#[doc(hidden)]
pub struct Reply {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Received,
    pub(crate) deadline: Deadline,
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
    pub(crate) fn documents(&self, status: u16) -> bool {
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
