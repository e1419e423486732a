//! Undecoded responses.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;

use super::{
    super::{
        call::error::{Error, Kind, Mismatch},
        json::{node::Node, work},
        metadata::operation::Operation,
    },
    bytes::ResponseBytes,
    deadline::Deadline,
    decode::decode,
    decoded::Response,
    message::message,
    offload::offload,
    text::text,
};

/// An undecoded response. Used by generated code.
#[doc(hidden)]
pub struct RawResponse {
    pub(crate) operation: &'static Operation,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: ResponseBytes,
    pub(crate) deadline: Deadline,
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

impl RawResponse {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns whether the document lists this status for the operation.
    pub(crate) fn is_documented(&self, status: u16) -> bool {
        self.operation.is_documented(status)
    }

    /// Decodes a documented success with a JSON body.
    ///
    /// # Errors
    /// When the body cannot be read or does not match the document. The server has applied the request.
    pub async fn json<T: DeserializeOwned + Send + 'static, S, E>(
        mut self,
        wrap: impl FnOnce(T) -> S,
    ) -> Result<Response<S>, Error<E>> {
        let decoded = match self.body.incomplete.take() {
            Some(reason) => Err(reason),
            None => {
                let read = offload(std::mem::take(&mut self.body.bytes), self.deadline, decode).await;
                read.and_then(|(decoded, _)| decoded)
            }
        };
        self.done(decoded.map(wrap))
    }

    /// Decodes a documented success with a text body.
    ///
    /// # Errors
    /// When the body cannot be read or is not text. The server has applied the request.
    pub fn text<S, E>(mut self, wrap: impl FnOnce(String) -> S) -> Result<Response<S>, Error<E>> {
        let text =
            self.complete().and_then(|bytes| text(bytes, &self.headers).map_err(|(reason, _)| reason.to_owned()));
        self.done(text.map(wrap))
    }

    /// Returns a documented success with a body of bytes.
    ///
    /// # Errors
    /// When the body cannot be read. The server has applied the request.
    pub fn bytes<S, E>(mut self, wrap: impl FnOnce(Vec<u8>) -> S) -> Result<Response<S>, Error<E>> {
        let bytes = self.complete();
        self.done(bytes.map(wrap))
    }

    /// Returns a documented success without a body.
    ///
    /// # Errors
    /// None: an undocumented body is ignored.
    pub fn empty<S, E>(self, success: S) -> Result<Response<S>, Error<E>> {
        Ok(Response::new(self.status, self.headers, success))
    }

    /// Takes the body.
    ///
    /// # Errors
    /// When it is incomplete.
    fn complete(&mut self) -> Result<Vec<u8>, String> {
        self.body.incomplete.take().map_or_else(|| Ok(std::mem::take(&mut self.body.bytes)), Err)
    }

    fn done<S, E>(self, decoded: Result<S, String>) -> Result<Response<S>, Error<E>> {
        match decoded {
            Ok(body) => Ok(Response::new(self.status, self.headers, body)),
            Err(reason) => {
                Err(Error::new(self.operation, Kind::Unreadable { status: self.status, headers: self.headers, reason }))
            }
        }
    }

    /// Decodes a documented error with a JSON body. Returns an undocumented error if the body does not match the
    /// document.
    pub async fn json_error<T: DeserializeOwned + Send + 'static, E>(mut self, wrap: impl FnOnce(T) -> E) -> Error<E> {
        if self.body.incomplete.is_some() {
            return self.mismatch(Mismatch::OtherBody);
        }
        let mismatch = match offload(std::mem::take(&mut self.body.bytes), self.deadline, documented).await {
            Ok((Ok((error, message)), _)) => return self.documented_error(wrap(error), message),
            Ok((Err(mismatch), bytes)) => {
                self.body.bytes = bytes;
                mismatch
            }
            Err(reason) => Mismatch::Unreadable(reason),
        };
        self.mismatch(mismatch)
    }

    /// Decodes a documented error with a text body. Returns an undocumented error if the body is not text.
    #[must_use]
    pub fn text_error<E>(mut self, wrap: impl FnOnce(String) -> E) -> Error<E> {
        if self.body.incomplete.is_some() {
            return self.mismatch(Mismatch::OtherBody);
        }
        match text(std::mem::take(&mut self.body.bytes), &self.headers) {
            Ok(text) => self.empty_error(wrap(text)),
            Err((_, bytes)) => {
                self.body.bytes = bytes;
                self.mismatch(Mismatch::OtherBody)
            }
        }
    }

    /// Returns a documented error with a body of bytes.
    #[must_use]
    pub fn bytes_error<E>(mut self, wrap: impl FnOnce(Vec<u8>) -> E) -> Error<E> {
        if self.body.incomplete.is_some() {
            return self.mismatch(Mismatch::OtherBody);
        }
        let error = wrap(std::mem::take(&mut self.body.bytes));
        self.documented_error(error, None)
    }

    /// Returns a documented error without a body.
    #[must_use]
    pub fn empty_error<E>(self, error: E) -> Error<E> {
        self.documented_error(error, None)
    }

    fn documented_error<E>(self, error: E, message: Option<String>) -> Error<E> {
        Error::new(self.operation, Kind::Documented { status: self.status, headers: self.headers, error, message })
    }

    /// Returns the error of an undocumented status.
    #[must_use]
    pub fn undocumented<E>(self) -> Error<E> {
        self.mismatch(Mismatch::Status)
    }

    /// Returns the error of a response that does not match the document or is incomplete.
    fn mismatch<E>(mut self, mismatch: Mismatch) -> Error<E> {
        let mismatch = match (self.body.incomplete.take(), mismatch) {
            (Some(reason), Mismatch::OtherBody) => Mismatch::Unreadable(reason),
            (_, mismatch) => mismatch,
        };
        let Self { operation, status, headers, body, .. } = self;
        Error::new(operation, Kind::Undocumented { status, headers, body: body.bytes, mismatch })
    }
}

/// Decodes an error body and its message.
fn documented<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Option<String>), Mismatch> {
    let read = || {
        let value: Node = serde_json::from_slice(body).ok()?;
        Some((T::deserialize(&value).ok()?, message(&value)))
    };
    let read = work::bounded(body.len(), read).map_err(|exhausted| Mismatch::Unreadable(exhausted.to_string()))?;
    read.ok_or(Mismatch::OtherBody)
}
