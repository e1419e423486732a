//! Calls of operations that are known only at run time.

use std::fmt;

use progenitor_client::{Error as TransportError, ResponseValue};
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    super::{
        call::error::Error,
        json::plain::plain,
        metadata::operation::Operation,
        request::{body::Body, parameters::Parameters},
        response::{decoded::Response, raw::RawResponse},
        values::violation::Violation,
    },
    attempt::Attempt,
    transport::Transport,
};

/// A call of an operation that is known only at run time, as an [`Operation`].
///
/// Credentials, timeouts and errors are the same as for the operation's own method, and parameters are encoded as the
/// document specifies. Values are not checked against the document's constraints.
#[must_use = "the request is sent when `send` is called and awaited"]
pub struct DynamicCall<'a> {
    transport: &'a Transport,
    operation: &'static Operation,
    parameters: Vec<Option<Value>>,
    violation: Option<Violation>,
    body: Option<Body>,
}

/// Shows only the operation: any value may be a secret.
impl fmt::Debug for DynamicCall<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DynamicCall").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

impl<'a> DynamicCall<'a> {
    /// Returns a call without parameters and body. Used by clients.
    #[doc(hidden)]
    pub fn new(transport: &'a Transport, operation: &'static Operation) -> Self {
        Self { transport, operation, parameters: vec![None; operation.parameters.len()], violation: None, body: None }
    }

    /// Sets a parameter by its name in the document.
    ///
    /// An unknown name, or a value that cannot be serialized as JSON, is an error of [`DynamicCall::send`], which then
    /// sends nothing.
    pub fn parameter(mut self, name: &str, value: impl Serialize) -> Self {
        let known = self.operation.parameters.iter().position(|parameter| parameter.name == name);
        let set = match known.and_then(|index| self.parameters.get_mut(index)) {
            Some(slot) => plain(&value).map(|value| *slot = Some(value)),
            None => Err("is not a parameter of this operation".to_owned()),
        };
        if let Err(reason) = set {
            self.violation.get_or_insert_with(|| Violation::new(name, reason));
        }
        self
    }

    /// Sets the body.
    #[doc(hidden)]
    pub fn body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends the request and decodes the JSON body of a success as `T`. The body of a documented error is JSON too.
    ///
    /// # Errors
    /// When a parameter is unknown or cannot be encoded, or a required parameter or body is missing: nothing is sent,
    /// and [`Error::violation`] names the value. Also when the call fails.
    pub async fn send<T: DeserializeOwned + Send + 'static>(self) -> Result<Response<T>, Error<Value>> {
        let response = self.response().await?;
        if response.status().is_success() {
            response.json(std::convert::identity).await
        } else {
            Err(failure(response).await)
        }
    }

    /// Sends the request and returns the body of a success as bytes.
    ///
    /// # Errors
    /// Same as [`DynamicCall::send`].
    pub async fn send_for_bytes(self) -> Result<Response<Vec<u8>>, Error<Value>> {
        let response = self.response().await?;
        if response.status().is_success() {
            response.bytes(std::convert::identity)
        } else {
            Err(failure(response).await)
        }
    }

    async fn response(self) -> Result<RawResponse, Error<Value>> {
        let Self { transport, operation, parameters, violation, body } = self;
        let violation = violation.or_else(|| {
            let is_missing = operation.body.is_some_and(|body| body.required) && body.is_none();
            is_missing.then(|| Violation::new("body", "is required"))
        });
        let invalid = |violation| Error::invalid(operation, violation);
        let parameters = parameters
            .iter()
            .enumerate()
            .fold(Parameters::of(operation, violation), |all, (index, value)| all.add(index, value.as_ref()));
        let method = Method::from_bytes(operation.method.as_bytes())
            .map_err(|_| invalid(Violation::new("method", "is not an HTTP method")))?;
        let send = |mut attempt: Attempt| {
            let method = method.clone();
            async move {
                let body = attempt.take_body();
                let mut request = attempt.http().request(method, attempt.url()).body(body).build()?;
                attempt.prepare(&mut request);
                let response = attempt.http().execute(request).await?;
                let success = response.status().is_success();
                let response = ResponseValue::stream(response);
                if success { Ok(response) } else { Err(TransportError::ErrorResponse(response)) }
            }
        };
        transport.call(operation, parameters.encode().map_err(invalid)?, body, send).await
    }
}

async fn failure(response: RawResponse) -> Error<Value> {
    let status = response.status().as_u16();
    if response.is_documented(status) {
        response.json_error(std::convert::identity).await
    } else {
        response.undocumented()
    }
}
