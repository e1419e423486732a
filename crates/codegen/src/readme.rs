//! The README of a generated crate, which is also its front page: with one real call, which its doc tests compile.

use crate::{Example, docs, generate::Generated};

pub(crate) fn readme(name: &str, title: &str, generated: &Generated) -> String {
    let title = docs::safe(&title.split_whitespace().collect::<Vec<_>>().join(" "));
    let client = if title.is_empty() { "A Rust client".to_owned() } else { format!("A Rust client of {title}") };
    let example = generated.example.as_ref().map(|example| program(name, example)).unwrap_or_default();
    format!(
        r"# {name}

{client}, generated from its OpenAPI document.
{example}
Each operation is a method of `Client`: it gives a builder with a setter for each value, whose `send` makes the call.
`OPERATIONS` lists the operations, `SERVERS` the servers that the document names, and `types` has what requests and
responses hold.

A failed call tells in `runtime::Error::outcome` whether it can have had an effect on the server.
"
    )
}

/// A whole program, so that nothing has to be hidden from readers.
fn program(name: &str, example: &Example) -> String {
    let module = name.replace('-', "_");
    let Example { server, credentials, call, has_answer } = example;
    let types = if call.contains("types::") { ", types" } else { "" };
    let credentials = credentials.as_deref().unwrap_or_default();
    let call = format!("client{call}.send().await?");
    let call =
        if *has_answer { format!("let answer = {call};\n    println!(\"{{answer:?}}\");") } else { format!("{call};") };
    format!(
        r#"
```rust,no_run
use {module}::{{Client, runtime::Builder{types}}};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let client = Client::from(Builder::new("{server}"){credentials}.build()?);
    {call}
    Ok(())
}}
```
"#
    )
}
