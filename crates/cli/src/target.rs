//! The server of a command: flags and environment variables.

use clap::Args;

/// The environment variables in the help.
pub(crate) const ENVIRONMENT: &str = "\
Environment (an empty variable counts as unset; --local ignores all of them):
  BLYNK_SERVER         Server to call; --server overrides it
  BLYNK_TOKEN          Access token; takes precedence over the client below
  BLYNK_CLIENT_ID      ID of an OAuth client, to fetch an access token
  BLYNK_CLIENT_SECRET  Secret of this client";

const SERVER: &str = "Call this server, a host name or https URL [default: $BLYNK_SERVER, or else blynk.cloud]";

const LOCAL: &str = "Call a local emulator that runs only for this call; requires no setup, and stores its data in the \
    default database of 'blynk emulator'";

/// The server to call.
#[derive(Debug, Args)]
pub(crate) struct Target {
    #[arg(long, conflicts_with = "server", help = LOCAL)]
    pub(crate) local: bool,
    #[arg(long, value_name = "HOST", allow_hyphen_values = true, help = SERVER)]
    pub(crate) server: Option<String>,
}
