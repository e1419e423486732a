//! Creates an OAuth client with an emulator in the same process: `cargo run --example create_oauth_client`.

use blynk_emulator::Emulator;
use blynk_platform::Blynk;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // stores its data in a temporary folder, since no database is named
    let emulator = Emulator::builder().start().await?;
    let credentials = emulator.credentials();

    let blynk = Blynk::builder()
        .server(emulator.url())
        .client_credentials(&credentials.client_id, credentials.client_secret.as_str())
        .build()?;
    let created = blynk
        .create_oauth_client()
        .name("Greenhouse")
        .redirect_urls(["https://greenhouse.example/callback"])
        .send()
        .await?;
    println!("{created:#?}");

    emulator.shutdown().await?;
    Ok(())
}
