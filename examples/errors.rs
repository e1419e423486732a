//! Shows what an error says about a call: `cargo run --example errors`.

use blynk_emulator::Emulator;
use blynk_platform::{Blynk, operations::CreateOAuthClientError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().start().await?;
    let credentials = emulator.credentials();
    let builder = || Blynk::builder().server(emulator.url());
    let blynk = builder().client_credentials(&credentials.client_id, credentials.client_secret.as_str()).build()?;

    for (situation, request) in [
        ("a name that is too long", blynk.create_oauth_client().name("x".repeat(65))),
        ("another organization", blynk.create_oauth_client().name("Greenhouse").org_id(404)),
    ] {
        if let Err(error) = request.send().await {
            println!("{situation}: {error}");
            println!("  outcome {:?}, safe to retry: {}", error.outcome(), error.is_safe_to_retry());
            if let Some(violation) = error.violation() {
                println!("  field {}: {}", violation.field(), violation.reason());
            }
            if let Some(CreateOAuthClientError::NotFound(body)) = error.documented() {
                println!("  documented: {}", body.error.message);
            }
        }
    }

    let unreachable = builder().server("http://127.0.0.1:9").token("a token").build()?;
    if let Err(error) = unreachable.create_oauth_client().name("Greenhouse").send().await {
        println!("no server: {error}");
        println!("  outcome {:?}, safe to retry: {}", error.outcome(), error.is_safe_to_retry());
    }

    emulator.shutdown().await?;
    Ok(())
}
