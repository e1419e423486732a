//! What the command line takes, and its help.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::{
    call::Call,
    target::{ENVIRONMENT, Target},
};

/// Where the API is called and with which credentials, for the help of `token`, which needs a client.
const CLIENT_ENVIRONMENT: &str = "\
Environment (an empty variable counts as unset; --local ignores all of them):
  BLYNK_SERVER         The server to call, unless --server names one
  BLYNK_CLIENT_ID      The id of an OAuth client
  BLYNK_CLIENT_SECRET  Its secret";

const DATABASE: &str = "SQLite file to keep the data in [default: $XDG_DATA_HOME/blynk/emulator.db, else \
    ~/.local/share/blynk/emulator.db; --local uses the same file]";

/// OAuth clients and access tokens of the Blynk Platform API, and a local emulator of it
///
/// Exit codes: 0 done; 1 the call failed; 2 nothing was sent, because of the command line or of what is not set up.
#[derive(Debug, Parser)]
#[command(name = "blynk", version, color = ColorChoice::Never)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// OAuth clients
    #[command(subcommand, name = "oauth")]
    OAuth(OAuth),
    /// Fetch an access token for a client's credentials
    #[command(after_help = CLIENT_ENVIRONMENT)]
    Token(Token),
    /// Call any operation of the document, with a flag for each of its fields; prints the answer's JSON on one line
    Call(Box<Call>),
    /// Run a local emulator of the API until it is stopped by Ctrl-C or SIGTERM
    Emulator(Emulator),
    /// Print a script that completes commands, operations and flags in a shell
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OAuth {
    /// Create an OAuth client; its secret is shown this once and never again
    #[command(after_help = ENVIRONMENT)]
    Create(OAuthCreate),
}

#[derive(Debug, Args)]
pub(crate) struct OAuthCreate {
    /// Name of the client, 1 to 64 characters
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) name: String,
    /// A URI that the client may redirect to; repeat it for several, at most 10
    #[arg(long = "redirect-url", value_name = "URL", allow_hyphen_values = true)]
    pub(crate) redirect_urls: Vec<String>,
    /// Organization to create the client in [default: the one of the token]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub(crate) org_id: Option<i32>,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Form of the answer on standard output
    #[arg(long, value_enum, value_name = "FORM", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: CreatedForm,
}

#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Form of the answer on standard output
    #[arg(long, value_enum, value_name = "FORM", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: TokenForm,
}

#[derive(Debug, Args)]
pub(crate) struct Emulator {
    /// Port of 127.0.0.1 to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 25965, allow_hyphen_values = true)]
    pub(crate) port: u16,
    #[arg(long, value_name = "FILE", allow_hyphen_values = true, help = DATABASE)]
    pub(crate) db: Option<PathBuf>,
    /// Form of what is printed when the emulator is ready
    #[arg(long, value_enum, value_name = "FORM", default_value_t, allow_hyphen_values = true)]
    pub(crate) output: ReadyForm,
}

/// How a created client is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum CreatedForm {
    /// For people
    #[default]
    Table,
    /// One JSON object on one line
    Json,
    /// `BLYNK_CLIENT_ID='…'` and `BLYNK_CLIENT_SECRET='…'`, for a shell
    Env,
}

/// How a token is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum TokenForm {
    /// The access token alone
    #[default]
    #[value(alias = "table")]
    Text,
    /// One JSON object on one line
    Json,
    /// `BLYNK_TOKEN='…'`, for a shell
    Env,
}

/// How a started emulator is printed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReadyForm {
    /// For people
    #[default]
    #[value(alias = "table")]
    Text,
    /// One JSON object on one line, the client's secret included
    Json,
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
            // the commands of `call` are the document's operations, and change with it
            "commands": command.get_subcommands().filter(|one| one.get_name() != "help" && command.get_name() != "call")
                .map(described).collect::<Vec<_>>(),
        }))
    }

    /// What says nothing would only make the snapshot long.
    fn without_empty(value: Value) -> Value {
        let Value::Object(members) = value else { return value };
        let empty = [json!(null), json!([]), json!(false)];
        Value::Object(members.into_iter().filter(|(_, value)| !empty.contains(value)).collect())
    }

    #[test]
    fn the_command_tree() {
        let mut command = Arguments::command();
        command.build();
        insta::assert_snapshot!(serde_json::to_string_pretty(&described(&command)).unwrap());
    }

    #[test]
    fn clap_finds_the_definition_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_field_of_the_documents_request_has_its_flag_and_every_bound_is_in_the_help() {
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
