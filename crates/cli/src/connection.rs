//! The server of a command, and its credentials.

use std::env;
use std::ffi::OsString;

use blynk_emulator::Emulator;
use blynk_platform::{Blynk, BlynkBuilder, BuildError};

use crate::{
    failure::{Failure, with_cause, with_fix},
    local,
    target::Target,
};

/// The credentials that an operation accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// An access token, or the credentials of a client.
    TokenOrClient,
    /// The credentials of a client.
    Client,
    /// None.
    None,
}

/// A client of the server, and the emulator if it is the server.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) blynk: Blynk,
    emulator: Option<Emulator>,
}

impl Connection {
    /// Starts the emulator if the flag is `--local`; otherwise reads server and credentials from flags and environment.
    pub(crate) async fn open(target: Target, authentication: Authentication) -> Result<Self, Failure> {
        if target.local {
            let emulator = local::start(0, &local::database()?).await?;
            let credentials = emulator.credentials();
            let builder = Blynk::builder()
                .server(emulator.url())
                .client_credentials(credentials.client_id.as_str(), credentials.client_secret.as_str());
            let blynk = builder.build().map_err(|error| build_failure(&error, "--local"))?;
            return Ok(Self { blynk, emulator: Some(emulator) });
        }
        let (server, source) = match target.server {
            Some(server) => (Some(server), "--server"),
            None => (variable("BLYNK_SERVER")?, "BLYNK_SERVER"),
        };
        let mut builder = authenticated(Blynk::builder(), authentication)?;
        if let Some(server) = server {
            builder = builder.server(server);
        }
        let blynk = builder.build().map_err(|error| build_failure(&error, source))?;
        Ok(Self { blynk, emulator: None })
    }

    /// Stops the emulator, if there is one.
    pub(crate) async fn close(self) {
        if let Some(emulator) = self.emulator {
            // The data of every response is on disk already, and a failed call has been reported.
            let _: Result<(), _> = emulator.shutdown().await;
        }
    }
}

fn authenticated(builder: BlynkBuilder, authentication: Authentication) -> Result<BlynkBuilder, Failure> {
    if authentication == Authentication::None {
        return Ok(builder);
    }
    if authentication == Authentication::TokenOrClient
        && let Some(token) = variable("BLYNK_TOKEN")?
    {
        return Ok(builder.token(token));
    }
    let missing = |what: &str, fix: &str| {
        Err(Failure::setup(format!("{what}; fix: {fix}, or call a local emulator with --local")))
    };
    match (variable("BLYNK_CLIENT_ID")?, variable("BLYNK_CLIENT_SECRET")?) {
        (Some(id), Some(secret)) => Ok(builder.client_credentials(id, secret)),
        (Some(_), None) => missing("BLYNK_CLIENT_SECRET: is not set, but BLYNK_CLIENT_ID is", "set both"),
        (None, Some(_)) => missing("BLYNK_CLIENT_ID: is not set, but BLYNK_CLIENT_SECRET is", "set both"),
        (None, None) if authentication == Authentication::Client => {
            missing("credentials: not set", "set BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET")
        }
        (None, None) => missing("credentials: not set", "set BLYNK_TOKEN, or BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET"),
    }
}

/// Returns an environment variable; an empty one counts as unset.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    let value = env::var_os(name).filter(|value| !value.is_empty()).map(OsString::into_string).transpose();
    value.map_err(|_| Failure::setup(format!("{name}: is not UTF-8; fix: set the variable to UTF-8 text")))
}

/// Returns the failure of building the client, with the flag or variable that causes it.
fn build_failure(error: &BuildError, server: &str) -> Failure {
    Failure::setup(match error {
        BuildError::Server { reason } => {
            with_fix(&format!("{server}: {reason}"), "write a host name or an https URL, such as blynk.cloud")
        }
        BuildError::User => {
            "BLYNK_CLIENT_ID: contains a colon; fix: set the variable to the ID of an OAuth client".to_owned()
        }
        BuildError::Token => {
            "BLYNK_TOKEN: contains characters that are not allowed in a header; fix: set the variable to an access \
                              token, such as the output of 'blynk token'"
                .to_owned()
        }
        error => with_cause(error),
    })
}
