//! README of a generated crate, which is also the front page of its documentation.

use crate::{
    Example,
    carved::{Carved, Effect},
    code::literal,
    docs,
    generated::Generated,
};

/// Returns the README. `program` is its example.
pub(crate) fn readme(name: &str, title: &str, program: Option<&str>, generated: &Generated) -> String {
    let title = docs::line(title);
    let client = if title.is_empty() { "A Rust client".to_owned() } else { format!("A Rust client for {title}") };
    let program = program.map(|program| format!("\n```rust,no_run\n{program}```\n")).unwrap_or_default();
    let lacking = lacking(&generated.carved);
    let servers = if generated.has_operation_servers { SERVERS } else { "" };
    let [webhooks, feature] = if generated.webhooks > 0 { [WEBHOOKS, WEBHOOKS_FEATURE] } else { ["", ""] };
    let tags = tags(generated);
    format!(
        r"# {name}

{client}, generated from its OpenAPI document.
{program}
Each operation of the document is a method of `Client`. It returns a request builder with a setter for each parameter
and body property; `send` sends the request and returns the decoded body, `send_with_response` also status and headers.

- `operations` has the request builders, `types` the types of requests and responses.
- `OPERATIONS`, `SERVERS` and `SECURITY_SCHEMES` describe the document at run time.
- `runtime::Builder` sets the server, credentials, timeouts and the response size limit.

A value that violates a constraint of the document is not sent: `runtime::Error::violation` names the field and the
keyword. After a failed call, `runtime::Error::outcome` returns whether the server applied the request, and
`runtime::Error::is_safe_to_retry` whether the call can be repeated without harm. The client does not retry by itself,
except once after a 401 with a renewed token, and does not follow redirects.
{servers}{webhooks}
| feature | default | effect |
|---|---|---|
| `rustls` | yes | TLS by rustls, with the system's certificates |
| `native-tls` | no | TLS by the system's library |
| `schemars` | no | implements `schemars::JsonSchema` for all types |
{feature}{tags}
Do not edit `Cargo.toml`, `README.md`, `src/` or `examples/readme.rs`: generating the crate again replaces them.
`openapi.json` is the document that the crate was generated from.
{lacking}"
    )
}

/// About documents with servers of operations.
const SERVERS: &str = "
Some operations have a server of their own (`runtime::Operation::servers`), and are sent to it:

- A server on the host of the document's server is a path on the client's server.
- Credentials are sent to another host only after `runtime::Builder::allow_host`; without it, such a call fails before
  it is sent.
- `runtime::Builder::replace_server` sends operations with one server to another address,
  `runtime::Builder::server_variable` sets a variable of their URLs, and
  `runtime::Builder::ignore_operation_servers` sends all operations to the client's server, for example in tests.
";

/// About documents with webhooks or callbacks.
const WEBHOOKS: &str = "
The feature `webhooks` adds the webhooks and callbacks of the document, for those who receive them: the table
`WEBHOOKS`, and in `webhooks` a function for each that decodes its payload. Verify that a request comes from the API
before you decode it.
";

const WEBHOOKS_FEATURE: &str = "| `webhooks` | no | adds `webhooks`, and the types that only they use |
";

/// About the features of tags, as rows of the table and a text below it.
fn tags(generated: &Generated) -> String {
    let Some(first) = generated.tag_features.values().next() else { return String::new() };
    let mut text = "| `all-tags` | yes | compiles the operations of all tags |\n".to_owned();
    for (tag, feature) in &generated.tag_features {
        text.push_str(&format!(
            "| `{feature}` | by `all-tags` | compiles the operations with the tag {} |\n",
            docs::code(tag).replace('|', "\\|")
        ));
    }
    text + &format!(
        "\nTo compile only a part of this crate, select its tags: `default-features = false, features = [\"rustls\", \
         \"{first}\"]`. Operations without a tag and types that operations of many tags use are always compiled.\n"
    )
}

/// Returns the section on the parts of the document that the crate lacks.
fn lacking(carved: &[Carved]) -> String {
    if carved.is_empty() {
        return String::new();
    }
    let mut text = "\n## Not supported\n\nThe generator could not generate these parts of the document:\n\n".to_owned();
    for Carved { pointer, effect, problem } in carved {
        let effect = match effect {
            Effect::AnyValue => "any value is accepted",
            Effect::NoContent => "the response has no content",
            Effect::LeftOut => "the operation is left out",
        };
        text.push_str(&format!("- {}: {effect}. {}\n", docs::code(pointer), docs::line(&problem.what)));
    }
    text
}

/// Returns a complete program, so that the README needs no hidden lines.
pub(crate) fn program(name: &str, example: &Example) -> String {
    let module = name.replace('-', "_");
    let Example { server, credentials, call, has_response, .. } = example;
    let types = if call.contains("types::") { ", types" } else { "" };
    let server = literal(server);
    let credentials = credentials.as_deref().unwrap_or_default();
    let call = format!("client{call}.send().await?");
    let call = if *has_response {
        format!("let response = {call};\n    println!(\"{{response:?}}\");")
    } else {
        format!("{call};")
    };
    format!(
        r#"use {module}::{{Client, runtime::Builder{types}}};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let client = Client::from(Builder::new({server}){credentials}.build()?);
    {call}
    Ok(())
}}
"#
    )
}
