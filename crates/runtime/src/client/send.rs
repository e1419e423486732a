//! Calls of generated code: a request that builders prepared, sent by progenitor's client, and decoded by status.

use std::{future::Future, pin::Pin};

use progenitor_client::{ByteStream, Error as TransportError, ResponseValue};

use super::{
    super::{
        call::error::Error,
        metadata::operation::Operation,
        request::{body::Body, parameters::EncodedParameters},
        response::{decoded::Response, decoder::Decoder},
        values::violation::Violation,
    },
    attempt::Attempt,
    transport::Transport,
};

/// The response of progenitor's client while it is being received. Used by generated code.
#[doc(hidden)]
pub type Sending = Pin<Box<dyn Future<Output = Result<ResponseValue<ByteStream>, TransportError<ByteStream>>> + Send>>;

/// Parameters and body of a request, or the first violation. Used by generated code.
#[doc(hidden)]
pub type Request = Result<(EncodedParameters, Option<Body>), Violation>;

impl Transport {
    /// Sends a request and decodes its response by status. `send` is a method of progenitor's client. Used by generated
    /// code.
    ///
    /// # Errors
    /// When the request violates the document: nothing is sent. When the call fails.
    #[doc(hidden)]
    pub async fn send<S: Send + 'static, E: Send + 'static, const COUNT: usize>(
        &self,
        operation: &'static Operation,
        request: Request,
        send: fn(Attempt) -> Sending,
        decoders: [Decoder<S, E>; COUNT],
    ) -> Result<Response<S>, Error<E>> {
        let (parameters, body) = request.map_err(|violation| Error::invalid(operation, violation))?;
        self.call(operation, parameters, body, send).await?.decode(decoders).await
    }
}
