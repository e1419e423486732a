//! `blynk oauth create`: a new OAuth client, and its secret this once.

use std::fmt::Debug;

use blynk_platform::types::{
    CreateOAuthClientRequestName, CreateOAuthClientRequestRedirectUrl, CreateOAuthClientRequestRedirectUrls,
    OAuthClient,
};
use blynk_platform::{ConstraintViolation, Error, Outcome};
use comfy_table::{Table, presets};
use serde_json::json;

use crate::{
    arguments::{CreatedForm, OAuthCreate},
    connection::{Connection, SignIn},
    failure::{Failure, note},
    output::{self, printable, variable},
};

pub(crate) async fn run(arguments: OAuthCreate) -> Result<(), Failure> {
    // Before anything is set up: whoever mistypes should learn that first, by the flag that they typed.
    let name =
        CreateOAuthClientRequestName::try_from(arguments.name).map_err(|violation| refused("--name", &violation))?;
    let redirect_urls = redirect_urls(arguments.redirect_urls)?;

    let connection = Connection::open(arguments.target, SignIn::TokenOrClient).await?;
    let mut request = connection.blynk.create_oauth_client().name(name);
    if let Some(id) = arguments.org_id {
        request = request.org_id(id);
    }
    if !redirect_urls.is_empty() {
        request = request.redirect_urls(redirect_urls);
    }
    let outcome = match request.send().await {
        Ok(created) => show(&created, arguments.output),
        Err(error) => Err(failed(&error)),
    };
    connection.close().await;
    outcome
}

fn redirect_urls(texts: Vec<String>) -> Result<CreateOAuthClientRequestRedirectUrls, Failure> {
    let checked = texts.into_iter().enumerate().map(|(index, text)| {
        CreateOAuthClientRequestRedirectUrl::try_from(text)
            .map_err(|violation| refused(&format!("--redirect-url (number {})", index + 1), &violation))
    });
    let urls: Vec<_> = checked.collect::<Result<_, _>>()?;
    CreateOAuthClientRequestRedirectUrls::try_from(urls).map_err(|violation| refused("--redirect-url", &violation))
}

fn refused(flag: &str, violation: &ConstraintViolation) -> Failure {
    Failure::set_up(format!("{flag}: {violation}"))
}

fn failed<E: Debug>(error: &Error<E>) -> Failure {
    if error.violation().is_some() {
        return Failure::set_up(error);
    }
    match error.outcome() {
        Outcome::Unknown => {
            Failure::call(format!("{error}; it may have been created: to create again may make a second client"))
        }
        Outcome::Applied => Failure::call(format!(
            "{error}; it was created and its secret is lost: to create again makes a second client"
        )),
        _ => Failure::answered(error),
    }
}

fn show(created: &OAuthClient, form: CreatedForm) -> Result<(), Failure> {
    let text = match form {
        CreatedForm::Table => table(created),
        CreatedForm::Json => output::json(&json!({
            "format_version": 1,
            "orgId": created.org_id,
            "name": created.name,
            "clientId": created.client_id,
            "secret": created.secret.expose_secret(),
            "redirectUrls": created.redirect_urls,
        })),
        CreatedForm::Env => {
            variable("BLYNK_CLIENT_ID", &created.client_id)
                + &variable("BLYNK_CLIENT_SECRET", created.secret.expose_secret())
        }
    };
    output::print(&text).map_err(|error| {
        let client = &created.client_id;
        Failure::call(format!(
            "the client {client} was created, but its secret is lost: {}",
            output::unwritable(&error)
        ))
    })?;
    if matches!(form, CreatedForm::Table) {
        note("The secret is shown only this once: store it now.\n");
    }
    Ok(())
}

/// Two columns without lines, so that a value is easy to copy.
fn table(created: &OAuthClient) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let urls: Vec<_> = created.redirect_urls.iter().map(|url| printable(url)).collect();
    for (field, value) in [
        ("client id", printable(&created.client_id)),
        ("secret", printable(created.secret.expose_secret())),
        ("name", printable(&created.name)),
        ("organization", created.org_id.to_string()),
        ("redirect URLs", urls.join("\n")),
    ] {
        table.add_row([field, &value]);
    }
    table.trim_fmt() + "\n"
}
