//! The README of a generated crate, which is also its front page: with one real call.

use crate::{Example, code::literal, docs};

/// The README; `program` is the call that it shows.
pub(crate) fn readme(name: &str, title: &str, program: Option<&str>) -> String {
    let title = docs::line(title);
    let client = if title.is_empty() { "A Rust client".to_owned() } else { format!("A Rust client of {title}") };
    let program = program.map(|program| format!("\n```rust,no_run\n{program}```\n")).unwrap_or_default();
    format!(
        r"# {name}

{client}, generated from its OpenAPI document.
{program}
Each operation is a method of `Client`: it gives a builder with a setter for each value, whose `send` makes the call.
`OPERATIONS` lists the operations, `SERVERS` the servers that the document names, and `types` has what requests and
responses hold.

`runtime::Error::is_safe_to_retry` says of a failed call whether to call again can do any harm,
`runtime::Error::outcome` whether the server applied it.
"
    )
}

/// A whole program, so that nothing has to be hidden from readers.
pub(crate) fn program(name: &str, example: &Example) -> String {
    let module = name.replace('-', "_");
    let Example { server, credentials, call, has_response } = example;
    let types = if call.contains("types::") { ", types" } else { "" };
    let server = literal(server);
    let credentials = credentials.as_deref().unwrap_or_default();
    let call = format!("client{call}.send().await?");
    let call = if *has_response {
        format!("let answer = {call};\n    println!(\"{{answer:?}}\");")
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
