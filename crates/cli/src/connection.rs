//! The server that a command calls, and the credentials it calls with.

use std::env;
use std::ffi::OsString;

use blynk_emulator::Emulator;
use blynk_platform::{Blynk, BlynkBuilder, BuildError};

use crate::{
    failure::{Failure, with_cause},
    local,
    target::Target,
};

/// What an operation can be called with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// An access token, or a client's id and secret.
    TokenOrClient,
    /// A client's id and secret.
    Client,
    /// Nothing: the operation asks for none.
    Nothing,
}

/// A client of the server, and the emulator when it is the server.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) blynk: Blynk,
    emulator: Option<Emulator>,
}

impl Connection {
    /// With `--local`, starts the emulator; else takes all from the flags and the environment.
    pub(crate) async fn open(target: Target, sign_in: SignIn) -> Result<Self, Failure> {
        if target.local {
            let emulator = local::start(0, &local::database()?).await?;
            let credentials = emulator.credentials();
            let builder = Blynk::builder()
                .server(emulator.url())
                .client_credentials(credentials.client_id.as_str(), credentials.client_secret.as_str());
            let blynk = builder.build().map_err(|error| refused(&error, "--local"))?;
            return Ok(Self { blynk, emulator: Some(emulator) });
        }
        let (server, named_by) = match target.server {
            Some(server) => (Some(server), "--server"),
            None => (variable("BLYNK_SERVER")?, "BLYNK_SERVER"),
        };
        let mut builder = signed_in(Blynk::builder(), sign_in)?;
        if let Some(server) = server {
            builder = builder.server(server);
        }
        let blynk = builder.build().map_err(|error| refused(&error, named_by))?;
        Ok(Self { blynk, emulator: None })
    }

    /// Stops the emulator, if there is one.
    pub(crate) async fn close(self) {
        if let Some(emulator) = self.emulator {
            // What it has answered is on the disk already, and what it has not answered was reported.
            let _: Result<(), _> = emulator.shutdown().await;
        }
    }
}

fn signed_in(builder: BlynkBuilder, sign_in: SignIn) -> Result<BlynkBuilder, Failure> {
    if sign_in == SignIn::Nothing {
        return Ok(builder);
    }
    if sign_in == SignIn::TokenOrClient
        && let Some(token) = variable("BLYNK_TOKEN")?
    {
        return Ok(builder.token(token));
    }
    let missing =
        |what: &str| Err(Failure::set_up(format!("no credentials: set {what}, or call the emulator with --local")));
    match (variable("BLYNK_CLIENT_ID")?, variable("BLYNK_CLIENT_SECRET")?) {
        (Some(id), Some(secret)) => Ok(builder.client_credentials(id, secret)),
        (Some(_), None) => missing("BLYNK_CLIENT_SECRET beside BLYNK_CLIENT_ID"),
        (None, Some(_)) => missing("BLYNK_CLIENT_ID beside BLYNK_CLIENT_SECRET"),
        (None, None) if sign_in == SignIn::Client => missing("BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET"),
        (None, None) => missing("BLYNK_TOKEN, or BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET"),
    }
}

/// A variable of the environment; an empty one counts as unset.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    let value = env::var_os(name).filter(|value| !value.is_empty()).map(OsString::into_string).transpose();
    value.map_err(|_| Failure::set_up(format!("{name}: is not UTF-8")))
}

/// A client that cannot be built, by the flag or variable that is to blame.
fn refused(error: &BuildError, server: &str) -> Failure {
    Failure::set_up(match error {
        BuildError::Server { reason } => format!("{server}: {reason}"),
        BuildError::User => "BLYNK_CLIENT_ID: must not have a colon".to_owned(),
        BuildError::Token => "BLYNK_TOKEN: it has characters that a header cannot carry".to_owned(),
        error => with_cause(error),
    })
}
