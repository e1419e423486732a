//! `blynk token`: fetches an access token with the credentials of a client.

use blynk_platform::IssuedToken;
use serde_json::json;

use crate::{
    arguments::{Token, TokenFormat},
    connection::{Authentication, Connection},
    failure::Failure,
    outcome, output,
};

pub(crate) async fn run(arguments: Token) -> Result<(), Failure> {
    let connection = Connection::open(arguments.target, Authentication::Client).await?;
    let outcome = match IssuedToken::request(&connection.blynk).await {
        Ok(issued) => show(&issued, arguments.output),
        Err(error) => Err(outcome::token_failure(&error)),
    };
    connection.close().await;
    outcome
}

fn show(issued: &IssuedToken, form: TokenFormat) -> Result<(), Failure> {
    let token = issued.access_token.expose_secret();
    if token.chars().any(char::is_control) {
        return Err(Failure::call(
            "requestToken: the server issued a token with control characters, which are not allowed in a header; \
             fix: check the address of the server",
        ));
    }
    let text = match form {
        TokenFormat::Text => format!("{token}\n"),
        TokenFormat::Json => output::json(&json!({
            "format_version": 1,
            "access_token": token,
            "token_type": issued.token_type,
            "expires_in": issued.expires_in,
        })),
        TokenFormat::Env => output::variable("BLYNK_TOKEN", token),
    };
    output::print(&text).map_err(|error| Failure::call(output::write_error(&error)))
}
