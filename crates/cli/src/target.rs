//! Where a command calls the API, and with which credentials.

use clap::Args;

/// Where the API is called and with which credentials, for the help.
pub(crate) const ENVIRONMENT: &str = "\
Environment (an empty variable counts as unset; --local ignores all of them):
  BLYNK_SERVER         The server to call, unless --server names one
  BLYNK_TOKEN          An access token; wins over the client's id and secret
  BLYNK_CLIENT_ID      The id of an OAuth client
  BLYNK_CLIENT_SECRET  Its secret";

const SERVER: &str = "Host or https URL of the server [default: $BLYNK_SERVER, else blynk.cloud]";

const LOCAL: &str = "Call an emulator that runs for this one call; needs no set-up, and keeps its data in the default \
    file of `blynk emulator`";

/// Where to call.
#[derive(Debug, Args)]
pub(crate) struct Target {
    #[arg(long, conflicts_with = "server", help = LOCAL)]
    pub(crate) local: bool,
    #[arg(long, value_name = "HOST", allow_hyphen_values = true, help = SERVER)]
    pub(crate) server: Option<String>,
}
