//! Decoders of documented responses, one for each status.

use std::{future::Future, pin::Pin};

use serde::de::DeserializeOwned;

use super::{
    super::{call::error::Error, metadata::operation::Operation},
    decoded::Response,
    raw::RawResponse,
};

type Decoded<S, E> = Pin<Box<dyn Future<Output = Result<Response<S>, Error<E>>> + Send>>;

/// Decodes the response of one documented status. Used by generated code.
#[doc(hidden)]
pub struct Decoder<S, E> {
    /// The status as in the document: `404`, `4XX` or `default`.
    status: &'static str,
    is_success: bool,
    // allocates nothing for functions and variants
    decode: Box<dyn FnOnce(RawResponse) -> Decoded<S, E> + Send>,
}

impl<S: Send + 'static, E: Send + 'static> Decoder<S, E> {
    /// Decodes the JSON of a success.
    pub fn json<T: DeserializeOwned + Send + 'static>(
        status: &'static str,
        wrap: impl FnOnce(T) -> S + Send + 'static,
    ) -> Self {
        Self::success(status, |response| Box::pin(response.json(wrap)))
    }

    /// Decodes the text of a success.
    pub fn text(status: &'static str, wrap: impl FnOnce(String) -> S + Send + 'static) -> Self {
        Self::success(status, |response| ready(response.text(wrap)))
    }

    /// Returns the bytes of a success.
    pub fn bytes(status: &'static str, wrap: impl FnOnce(Vec<u8>) -> S + Send + 'static) -> Self {
        Self::success(status, |response| ready(response.bytes(wrap)))
    }

    /// Returns a success without a body.
    pub fn empty(status: &'static str, success: S) -> Self {
        Self::success(status, |response| ready(response.empty(success)))
    }

    /// Decodes the JSON of an error.
    pub fn json_error<T: DeserializeOwned + Send + 'static>(
        status: &'static str,
        wrap: impl FnOnce(T) -> E + Send + 'static,
    ) -> Self {
        Self::error(status, |response| Box::pin(async move { Err(response.json_error(wrap).await) }))
    }

    /// Decodes the text of an error.
    pub fn text_error(status: &'static str, wrap: impl FnOnce(String) -> E + Send + 'static) -> Self {
        Self::error(status, |response| ready(Err(response.text_error(wrap))))
    }

    /// Returns the bytes of an error.
    pub fn bytes_error(status: &'static str, wrap: impl FnOnce(Vec<u8>) -> E + Send + 'static) -> Self {
        Self::error(status, |response| ready(Err(response.bytes_error(wrap))))
    }

    /// Returns an error without a body.
    pub fn empty_error(status: &'static str, error: E) -> Self {
        Self::error(status, |response| ready(Err(response.empty_error(error))))
    }

    fn success(status: &'static str, decode: impl FnOnce(RawResponse) -> Decoded<S, E> + Send + 'static) -> Self {
        Self { status, is_success: true, decode: Box::new(decode) }
    }

    fn error(status: &'static str, decode: impl FnOnce(RawResponse) -> Decoded<S, E> + Send + 'static) -> Self {
        Self { status, is_success: false, decode: Box::new(decode) }
    }

    /// Returns whether it decodes responses of this status. `default` is every success or every error.
    fn accepts(&self, status: u16) -> bool {
        if self.status == "default" {
            return (200..=299).contains(&status) == self.is_success;
        }
        Operation::lists(self.status, status)
    }
}

fn ready<S: Send + 'static, E: Send + 'static>(result: Result<Response<S>, Error<E>>) -> Decoded<S, E> {
    Box::pin(std::future::ready(result))
}

impl RawResponse {
    /// Decodes the response by the first decoder that accepts its status.
    ///
    /// # Errors
    /// When the response is an error, is not documented, or does not match the document.
    pub(crate) async fn decode<S, E>(
        self,
        decoders: impl IntoIterator<Item = Decoder<S, E>> + Send,
    ) -> Result<Response<S>, Error<E>>
    where
        S: Send + 'static,
        E: Send + 'static,
    {
        let status = self.status.as_u16();
        let found = decoders.into_iter().find(|decoder| decoder.accepts(status));
        match found {
            Some(decoder) => (decoder.decode)(self).await,
            None => Err(self.undocumented()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_accepted_exactly_as_a_range_or_as_default() {
        let accepted = |decoder: Decoder<(), ()>| {
            let statuses = [100, 199, 200, 201, 204, 299, 300, 302, 399, 400, 404, 499, 500, 599, 999];
            statuses.into_iter().filter(|status| decoder.accepts(*status)).collect::<Vec<_>>()
        };
        assert_eq!(accepted(Decoder::empty("201", ())), [201]);
        assert_eq!(accepted(Decoder::empty("2XX", ())), [200, 201, 204, 299]);
        assert_eq!(accepted(Decoder::empty("default", ())), [200, 201, 204, 299]);
        assert_eq!(accepted(Decoder::empty_error("404", ())), [404]);
        assert_eq!(accepted(Decoder::empty_error("4XX", ())), [400, 404, 499]);
        let others = [100, 199, 300, 302, 399, 400, 404, 499, 500, 599, 999];
        assert_eq!(accepted(Decoder::empty_error("default", ())), others);
    }
}
