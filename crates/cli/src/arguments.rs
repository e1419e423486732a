//! The commands and flags, with their help.

use std::{fmt, path::PathBuf};

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::{
    call::Call,
    target::{ENVIRONMENT, Target},
};

/// The environment variables in the help of `token`, which requires the credentials of a client.
const CLIENT_ENVIRONMENT: &str = "\
Environment (an empty variable counts as unset; --local ignores all of them):
  BLYNK_SERVER         Server to call; --server overrides it
  BLYNK_CLIENT_ID      ID of an OAuth client (required)
  BLYNK_CLIENT_SECRET  Secret of this client (required)";

const DATABASE: &str = "Store the data in this SQLite file, which --local uses too [default: \
    $XDG_DATA_HOME/blynk/emulator.db, or else ~/.local/share/blynk/emulator.db]";

const DEFAULT_PORT: u16 = 25965;

/// Create OAuth clients, fetch access tokens and call any operation of the Blynk Platform API, or run a local emulator
///
/// Exit codes: 0 success; 1 the call failed; 2 nothing was sent, because the command line or the setup is invalid.
#[derive(Debug, Parser)]
#[command(name = "blynk", version, color = ColorChoice::Never)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Manage OAuth clients
    #[command(subcommand, name = "oauth")]
    OAuth(OAuth),
    /// Fetch an access token with the credentials of an OAuth client
    #[command(after_help = CLIENT_ENVIRONMENT)]
    Token(Token),
    /// Call any operation of the OpenAPI document and print the JSON of its response on one line
    Call(Box<Call>),
    /// Run a local emulator of the API until Ctrl-C or SIGTERM
    Emulator(Emulator),
    /// Print a shell script that completes commands, operations and flags
    Completions {
        /// Print the script for this shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OAuth {
    /// Create an OAuth client and print its secret, which the server shows only once
    #[command(after_help = ENVIRONMENT)]
    Create(OAuthCreate),
}

#[derive(Debug, Args)]
pub(crate) struct OAuthCreate {
    /// Set the name of the client (1 to 64 characters)
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) name: String,
    /// Allow redirects to this URI (at most 1024 characters); repeat the flag for more URIs, at most 10
    #[arg(long = "redirect-url", value_name = "URL", allow_hyphen_values = true)]
    pub(crate) redirect_urls: Vec<String>,
    /// Create the client in the organization with this ID [default: the organization of the access token]
    #[arg(long, value_name = "ID", allow_hyphen_values = true, value_parser = integer::<i32>)]
    pub(crate) org_id: Option<i32>,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Select the format of standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: CreatedFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Select the format of standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: TokenFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Emulator {
    /// Listen on this port of 127.0.0.1; 0 selects a free port
    #[arg(long, value_name = "PORT", default_value_t = DEFAULT_PORT, allow_hyphen_values = true)]
    #[arg(value_parser = integer::<u16>)]
    pub(crate) port: u16,
    #[arg(long, value_name = "FILE", allow_hyphen_values = true, help = DATABASE)]
    pub(crate) db: Option<PathBuf>,
    /// Select the format of the startup message
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: ReadyFormat,
}

/// The output format of a created client.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CreatedFormat {
    /// Readable table
    #[default]
    Table,
    /// One JSON object on one line
    Json,
    /// Shell assignments of `BLYNK_CLIENT_ID` and `BLYNK_CLIENT_SECRET`
    Env,
}

/// The output format of an access token.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum TokenFormat {
    /// Only the access token
    #[default]
    #[value(alias = "table")]
    Text,
    /// One JSON object on one line
    Json,
    /// Shell assignment of `BLYNK_TOKEN`
    Env,
}

/// The format of the startup message.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReadyFormat {
    /// Readable lines
    #[default]
    #[value(alias = "table")]
    Text,
    /// One JSON object on one line, with the secret of the client
    Json,
}

/// Parses an integer of the type, for errors that name its range.
fn integer<T: TryFrom<i128> + Bounded>(text: &str) -> Result<T, NotAnInteger> {
    let parsed = text.parse().ok().and_then(|number: i128| T::try_from(number).ok());
    parsed.ok_or(NotAnInteger { least: T::LEAST, most: T::MOST })
}

/// A value that is not an integer of the range.
#[derive(Clone, Debug)]
pub(crate) struct NotAnInteger {
    least: i64,
    most: i64,
}

impl fmt::Display for NotAnInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { least, most } = self;
        write!(f, "is not an integer from {least} to {most}; fix: write an integer in this range")
    }
}

impl std::error::Error for NotAnInteger {}

trait Bounded {
    const LEAST: i64;
    const MOST: i64;
}

impl Bounded for i32 {
    const LEAST: i64 = i32::MIN as i64;
    const MOST: i64 = i32::MAX as i64;
}

impl Bounded for u16 {
    const LEAST: i64 = 0;
    const MOST: i64 = u16::MAX as i64;
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;
    use serde_json::{Value, json};

    fn described(command: &clap::Command) -> Value {
        let arguments = command.get_arguments().filter(|argument| !argument.is_hide_set()).map(|argument| {
            let values: Vec<_> = argument
                .get_possible_values()
                .iter()
                .filter(|_| argument.get_action().takes_values())
                .map(|value| json!({"value": value.get_name(), "help": value.get_help().map(ToString::to_string)}))
                .collect();
            json!({
                "flag": argument.get_long().map(|long| format!("--{long}")),
                "short": argument.get_short().map(|short| format!("-{short}")),
                "value": argument.get_action().takes_values().then(|| argument.get_value_names().unwrap_or_default()
                    .iter().map(ToString::to_string).collect::<Vec<_>>()),
                "required": argument.is_required_set(),
                "repeatable": matches!(argument.get_action(), clap::ArgAction::Append),
                "default": argument.get_default_values().iter().filter(|_| argument.get_action().takes_values())
                    .map(|value| value.to_string_lossy()).collect::<Vec<_>>(),
                "environment": argument.get_env().map(|name| name.to_string_lossy()),
                "possible_values": values,
                "help": argument.get_long_help().or(argument.get_help()).map(ToString::to_string),
            })
        });
        without_empty(json!({
            "command": command.get_name(),
            "about": command.get_long_about().or(command.get_about()).map(ToString::to_string),
            "after_help": command.get_after_help().map(ToString::to_string),
            "arguments": arguments.map(without_empty).collect::<Vec<_>>(),
            // the commands of `call` are the operations of the document and change with it
            "commands": command.get_subcommands().filter(|one| one.get_name() != "help" && command.get_name() != "call")
                .map(described).collect::<Vec<_>>(),
        }))
    }

    /// Removes empty members, which only make the snapshot longer.
    fn without_empty(value: Value) -> Value {
        let Value::Object(members) = value else { return value };
        let empty = [json!(null), json!([]), json!(false)];
        Value::Object(members.into_iter().filter(|(_, value)| !empty.contains(value)).collect())
    }

    #[test]
    fn commands_and_flags() {
        let mut command = Arguments::command();
        command.build();
        insta::assert_snapshot!(serde_json::to_string_pretty(&described(&command)).unwrap());
    }

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_request_field_has_a_flag_with_its_limits_in_the_help() {
        use blynk_platform::types::{CreateOAuthClientRequestName, CreateOAuthClientRequestRedirectUrls};

        let document: Value = serde_json::from_str(blynk_platform::OPENAPI).unwrap();
        let operation =
            blynk_platform::OPERATIONS.iter().find(|operation| operation.id == "createOAuthClient").unwrap();
        let content = &document["paths"][operation.path]["post"]["requestBody"]["content"];
        let fields = content["application/json"]["schema"]["properties"].as_object().unwrap();
        let flags = [("name", "name"), ("orgId", "org-id"), ("redirectUrls", "redirect-url")];
        let mut named: Vec<_> = fields.keys().map(String::as_str).collect();
        named.sort_unstable();
        assert_eq!(named, flags.map(|(field, _)| field));

        let command = Arguments::command();
        let create = command.find_subcommand("oauth").and_then(|oauth| oauth.find_subcommand("create")).unwrap();
        let help = flags.map(|(_, flag)| {
            let argument = create.get_arguments().find(|argument| argument.get_long() == Some(flag)).unwrap();
            argument.get_help().unwrap().to_string()
        });
        let name = CreateOAuthClientRequestName::CONSTRAINTS;
        let length = format!("{} to {} characters", name.min_length.unwrap(), name.max_length.unwrap());
        assert!(help[0].contains(&length), "{}", help[0]);
        let most = format!("at most {}", CreateOAuthClientRequestRedirectUrls::CONSTRAINTS.max_items.unwrap());
        assert!(help[2].contains(&most), "{}", help[2]);
    }
}
