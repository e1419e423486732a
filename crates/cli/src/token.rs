//! `blynk token`: an access token for a client's credentials.

use blynk_platform::IssuedToken;
use serde_json::json;

use crate::{
    arguments::{Token, TokenForm},
    connection::{Connection, SignIn},
    failure::Failure,
    output,
};

pub(crate) async fn run(arguments: Token) -> Result<(), Failure> {
    let connection = Connection::open(arguments.target, SignIn::Client).await?;
    let outcome = match IssuedToken::request(&connection.blynk).await {
        Ok(issued) => show(&issued, arguments.output),
        Err(error) => Err(Failure::answered(&error)),
    };
    connection.close().await;
    outcome
}

fn show(issued: &IssuedToken, form: TokenForm) -> Result<(), Failure> {
    let token = issued.access_token.expose_secret();
    if token.chars().any(char::is_control) {
        return Err(Failure::call("the server issued a token with control characters, which no header can carry"));
    }
    let text = match form {
        TokenForm::Text => format!("{token}\n"),
        TokenForm::Json => output::json(&json!({
            "format_version": 1,
            "access_token": token,
            "token_type": issued.token_type,
            "expires_in": issued.expires_in,
        })),
        TokenForm::Env => output::variable("BLYNK_TOKEN", token),
    };
    output::print(&text).map_err(|error| Failure::call(output::unwritable(&error)))
}
