//! Client SDK for the [Blynk](https://blynk.io) Platform API, generated from its OpenAPI document.
//!
//! ```no_run
//! use blynk_platform::Blynk;
//!
//! # async fn example(client_id: &str, client_secret: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let blynk = Blynk::builder()
//!     .server("fra1.blynk.cloud")
//!     .client_credentials(client_id, client_secret)
//!     .build()?;
//! let created = blynk
//!     .create_oauth_client()
//!     .name("Greenhouse")
//!     .redirect_urls(["https://greenhouse.example/callback"])
//!     .send()
//!     .await?;
//! println!("{}", created.client_id); // `created.secret` prints as [REDACTED]; `.expose_secret()` gives it out
//! # Ok(())
//! # }
//! ```
//!
//! - One method of [`Blynk`] is one operation of the document; [`OPERATIONS`] lists them all, and [`OPENAPI`] is the
//!   document itself.
//! - A request that breaks a rule of the document is refused before a byte is sent, and the error names the field.
//! - Every [`Error`] tells by its [`Outcome`] whether the call may have been carried out. Nothing is sent twice that
//!   could create twice.
//!
//! # Secrets
//! A [`Secret`] shows `[REDACTED]` in `Debug` and has no `Display`. A type that only ever comes from the server and holds one
//! is not `Serialize`, so that it cannot end up in a log by way of serde:
//!
//! ```compile_fail,E0277
//! fn write_somewhere(_: impl serde::Serialize) {}
//! fn leak(created: blynk_platform::types::OAuthClient) {
//!     write_somewhere(created);
//! }
//! ```
//!
//! # What this crate does not do
//! It does not follow redirects, does not retry on its own but for one renewal of the token after a 401, and reads
//! nothing from the environment but the system's proxy settings.

mod blynk;
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, clippy::doc_markdown, deprecated, missing_docs, unreachable_pub, unused)]
#[cfg(feature = "codegen")]
mod client {
    include!(concat!(env!("OUT_DIR"), "/client.rs"));
}
#[rustfmt::skip]
#[allow(clippy::all, clippy::pedantic, clippy::doc_markdown, deprecated, missing_docs, unreachable_pub, unused)]
#[cfg(not(feature = "codegen"))]
mod client;
mod tokens;

pub use blynk::{Blynk, BlynkBuilder};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use blynk_runtime::TypeEntry;
pub use blynk_runtime::{
    Answer, BrokenRule, BuildError, CallByTable, Content, Error, File, Flow, Format, Header, List, ListRules, Location,
    Map, MapRules, Number, NumberRules, Operation, Outcome, Parameter, Permission, RequestBody, Requirement, Response,
    Scheme, Secret, SecurityScheme, Server, Style, Text, TextRules, Unknown, Variable, Violation,
};
#[doc(hidden)]
pub use blynk_runtime::{Body, Parts};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use client::TYPES;
pub use client::{OPERATIONS, SECURITY_SCHEMES, SERVERS, TITLE, VERSION, operations, types};
pub use tokens::IssuedToken;

/// The published OpenAPI document that this crate is generated from.
pub const OPENAPI: &str = include_str!("../openapi/blynk-platform.json");

/// The operations that are transcribed from public facts because their pages are not at hand, as an OpenAPI document. An
/// operation of [`OPENAPI`] replaces one of these.
pub const TRANSCRIBED: &str = include_str!("../openapi/oauth2-token.json");

/// The README's example is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
