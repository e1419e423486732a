//! A call by a row of the operation table, for programs that learn only when they run which operation is meant.

use std::fmt;

use progenitor_client::{Error as RawError, ResponseValue};
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    super::{
        call::error::Error,
        json::plain::plain,
        metadata::operation::Operation,
        request::{body::Body, parameters::Parameters},
        response::{answer::Answer, reply::Reply},
        values::violation::Violation,
    },
    call::Call,
    core::Core,
};

/// A call of any operation of the document. It goes out with the credentials, limits and outcomes of every call;
/// parameters are written as the document says. Their values and the body are the caller's to check.
#[must_use = "nothing is sent before `send` is called and awaited"]
pub struct CallByTable<'a> {
    core: &'a Core,
    operation: &'static Operation,
    parameters: Vec<Option<Value>>,
    refusal: Option<Violation>,
    body: Option<Body>,
}

/// Names the operation alone: any value may be a secret here.
impl fmt::Debug for CallByTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallByTable").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

impl<'a> CallByTable<'a> {
    /// A call without parameters and body so far. Made for clients.
    #[doc(hidden)]
    pub fn new(core: &'a Core, operation: &'static Operation) -> Self {
        Self { core, operation, parameters: vec![None; operation.parameters.len()], refusal: None, body: None }
    }

    /// Sets the parameter that the document calls `name`.
    pub fn parameter(mut self, name: &str, value: impl Serialize) -> Self {
        let known = self.operation.parameters.iter().position(|parameter| parameter.name == name);
        let set = match known.and_then(|index| self.parameters.get_mut(index)) {
            Some(slot) => plain(&value).map(|value| *slot = Some(value)),
            None => Err("is no parameter of this operation".to_owned()),
        };
        if let Err(reason) = set {
            self.refusal.get_or_insert_with(|| Violation::new(name, reason));
        }
        self
    }

    /// Sets the body.
    #[doc(hidden)]
    pub fn body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends the request and reads the JSON of a success as `T`. The JSON of a documented error is the error's.
    ///
    /// # Errors
    /// As with the operation's own method.
    pub async fn send<T: DeserializeOwned + Send + 'static>(self) -> Result<Answer<T>, Error<Value>> {
        let reply = self.reply().await?;
        if reply.status().is_success() {
            reply.success(std::convert::identity).await
        } else {
            Err(failure(reply).await)
        }
    }

    /// Sends the request and gives the bytes of a success, whatever they are.
    ///
    /// # Errors
    /// As with the operation's own method.
    pub async fn send_for_bytes(self) -> Result<Answer<Vec<u8>>, Error<Value>> {
        let reply = self.reply().await?;
        if reply.status().is_success() { reply.bytes(std::convert::identity) } else { Err(failure(reply).await) }
    }

    async fn reply(self) -> Result<Reply, Error<Value>> {
        let Self { core, operation, parameters, refusal, body } = self;
        let refusal = refusal.or_else(|| {
            let is_missing = operation.body.is_some_and(|body| body.required) && body.is_none();
            is_missing.then(|| Violation::new("body", "is required"))
        });
        if let Some(refusal) = refusal {
            return Err(Error::invalid(operation, refusal));
        }
        let written = parameters
            .iter()
            .enumerate()
            .fold(Parameters::of(operation), |written, (index, value)| written.add(index, value.as_ref()));
        let method = Method::from_bytes(operation.method.as_bytes())
            .map_err(|_| Error::invalid(operation, Violation::new("method", "is no HTTP method")))?;
        let send = |mut call: Call| {
            let method = method.clone();
            async move {
                let body = call.take_body();
                let mut request = call.http().request(method, call.url()).body(body).build()?;
                call.prepare(&mut request);
                let response = call.http().execute(request).await?;
                let success = response.status().is_success();
                let response = ResponseValue::stream(response);
                if success { Ok(response) } else { Err(RawError::ErrorResponse(response)) }
            }
        };
        core.call(operation, written.done()?, body, send).await
    }
}

async fn failure(reply: Reply) -> Error<Value> {
    let status = reply.status().as_u16();
    if reply.documents(status) { reply.error(std::convert::identity).await } else { reply.undocumented() }
}
