//! `blynk oauth create`: creates an OAuth client and prints its secret.

use blynk_platform::ConstraintViolation;
use blynk_platform::types::{
    CreateOAuthClientRequestName, CreateOAuthClientRequestRedirectUrl, CreateOAuthClientRequestRedirectUrls,
    OAuthClient,
};
use comfy_table::{Table, presets};
use serde_json::json;

use crate::{
    arguments::{CreatedFormat, OAuthCreate},
    connection::{Authentication, Connection},
    failure::{Failure, note, with_fix},
    outcome::{self, Effect},
    output::{self, printable, variable},
};

pub(crate) async fn run(arguments: OAuthCreate) -> Result<(), Failure> {
    // Flags are validated before the setup, so that their errors come first and name the flag.
    let name = CreateOAuthClientRequestName::try_from(arguments.name)
        .map_err(|violation| invalid("--name", &violation, &name_fix()))?;
    let redirect_urls = redirect_urls(arguments.redirect_urls)?;

    let connection = Connection::open(arguments.target, Authentication::TokenOrClient).await?;
    let mut request = connection.blynk.create_oauth_client().name(name);
    if let Some(id) = arguments.org_id {
        request = request.org_id(id);
    }
    if !redirect_urls.is_empty() {
        request = request.redirect_urls(redirect_urls);
    }
    let outcome = match request.send().await {
        Ok(created) => show(&created, arguments.output),
        Err(error) => Err(outcome::failure(&error, &EFFECT)),
    };
    connection.close().await;
    outcome
}

fn redirect_urls(values: Vec<String>) -> Result<CreateOAuthClientRequestRedirectUrls, Failure> {
    let validated = values.into_iter().enumerate().map(|(index, value)| {
        CreateOAuthClientRequestRedirectUrl::try_from(value)
            .map_err(|violation| invalid(&format!("--redirect-url (redirectUrls[{index}])"), &violation, &url_fix()))
    });
    let urls: Vec<_> = validated.collect::<Result<_, _>>()?;
    CreateOAuthClientRequestRedirectUrls::try_from(urls)
        .map_err(|violation| invalid("--redirect-url (redirectUrls)", &violation, &most_urls_fix()))
}

fn invalid(flag: &str, violation: &ConstraintViolation, fix: &str) -> Failure {
    Failure::setup(with_fix(&format!("{flag}: {violation}"), fix))
}

fn name_fix() -> String {
    let limits = CreateOAuthClientRequestName::CONSTRAINTS;
    format!("write {} to {} characters", limits.min_length.unwrap_or(0), limits.max_length.unwrap_or(usize::MAX))
}

fn most_urls_fix() -> String {
    let most = CreateOAuthClientRequestRedirectUrls::CONSTRAINTS.max_items.unwrap_or(usize::MAX);
    format!("use the flag at most {most} times")
}

fn url_fix() -> String {
    let most = CreateOAuthClientRequestRedirectUrl::CONSTRAINTS.max_length.unwrap_or(usize::MAX);
    format!("write a URI of at most {most} characters, such as https://example.com/callback")
}

const EFFECT: Effect = Effect {
    none: "no client was created",
    unknown: "the client may have been created; fix: look for the client in the organization before you run \
              the command again, which may create a second client",
    applied: "the client was created, but its secret is lost; fix: run the command again to create a second client \
              with a new secret",
};

fn show(created: &OAuthClient, form: CreatedFormat) -> Result<(), Failure> {
    let text = match form {
        CreatedFormat::Table => table(created),
        CreatedFormat::Json => output::json(&json!({
            "format_version": 1,
            "orgId": created.org_id,
            "name": created.name,
            "clientId": created.client_id,
            "secret": created.secret.expose_secret(),
            "redirectUrls": created.redirect_urls,
        })),
        CreatedFormat::Env => {
            variable("BLYNK_CLIENT_ID", &created.client_id)
                + &variable("BLYNK_CLIENT_SECRET", created.secret.expose_secret())
        }
    };
    output::print(&text).map_err(|error| {
        let client = &created.client_id;
        Failure::call(format!(
            "createOAuthClient: the client {client} was created, but its secret is lost: {}; fix: run the command \
             again to create a second client with a new secret",
            output::write_error(&error)
        ))
    })?;
    if matches!(form, CreatedFormat::Table) {
        note("The server shows the secret only once: store it now.\n");
    }
    Ok(())
}

/// Returns a table of two columns without borders, so that values are easy to copy.
fn table(created: &OAuthClient) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let urls: Vec<_> = created.redirect_urls.iter().map(|url| printable(url)).collect();
    for (field, value) in [
        ("client ID", printable(&created.client_id)),
        ("secret", printable(created.secret.expose_secret())),
        ("name", printable(&created.name)),
        ("organization", created.org_id.to_string()),
        ("redirect URLs", urls.join("\n")),
    ] {
        table.add_row([field, &value]);
    }
    table.trim_fmt() + "\n"
}
