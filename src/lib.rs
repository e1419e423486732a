//! Client SDK for the [Blynk](https://blynk.io) Platform API, generated from its OpenAPI document.
//!
//! [`Blynk`] is the client. Each operation of the document is one of its methods and returns a request builder from
//! [`operations`]: set the values, then call `send`.
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
//! println!("{}", created.client_id); // `created.secret` prints as [REDACTED]; `.expose_secret()` returns it
//! # Ok(())
//! # }
//! ```
//!
//! `send` returns the decoded body of the response, `send_with_response` also its status and headers ([`Response`]).
//!
//! The guides are [errors and retries](guides::errors) and [testing offline](guides::testing).
//!
//! # Authentication
//! [`BlynkBuilder::client_credentials`] takes the id and secret of an OAuth client; the client fetches access tokens
//! with them and renews them before they expire. [`BlynkBuilder::token`] sets a fixed access token instead.
//!
//! # Errors and retries
//! A value that violates a constraint of the document is not sent: [`Error::violation`] names the field and the
//! keyword. After a failed call, [`Error::outcome`] returns whether the server applied the request, and
//! [`Error::is_safe_to_retry`] whether the call can be repeated without harm:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use blynk_platform::{Blynk, Outcome};
//!
//! # async fn example(blynk: Blynk) {
//! if let Err(error) = blynk.create_oauth_client().name("Greenhouse").send().await {
//!     if let Some(violation) = error.violation() {
//!         eprintln!("{} {}", violation.field(), violation.reason()); // not sent
//!     } else if error.is_safe_to_retry() {
//!         let wait = error.retry_after().unwrap_or(Duration::from_secs(1));
//!         eprintln!("{error}; try again in {wait:?}");
//!     } else if error.outcome() == Outcome::Unknown {
//!         eprintln!("{error}; check whether the client exists before you try again");
//!     }
//! }
//! # }
//! ```
//!
//! The client repeats a request only once: after a 401, with a renewed token.
//!
//! # Constraints
//! Strings, numbers, arrays and maps with constraints in the document have types of their own, such as
//! [`CreateOAuthClientRequestName`](types::CreateOAuthClientRequestName). Setters convert to them, and code can check
//! a value before it is used:
//!
//! ```
//! use blynk_platform::{Constraint, types::CreateOAuthClientRequestName};
//!
//! # fn main() -> Result<(), blynk_platform::ConstraintViolation> {
//! let name = CreateOAuthClientRequestName::try_from("Greenhouse")?;
//! assert_eq!(name.as_str(), "Greenhouse");
//!
//! let violation = CreateOAuthClientRequestName::try_from("").unwrap_err();
//! assert_eq!(violation.constraint(), Constraint::MinLength);
//! assert_eq!(violation.to_string(), "violates minLength 1 (0 characters)");
//! # Ok(()) }
//! ```
//!
//! # Secrets
//! A [`Secret`] shows `[REDACTED]` in `Debug` and has no `Display`. A type that occurs only in responses and holds a
//! secret does not implement `Serialize`, so that serde cannot write it into a log:
//!
//! ```compile_fail,E0277
//! fn write_somewhere(_: impl serde::Serialize) {}
//! fn leak(created: blynk_platform::types::OAuthClient) {
//!     write_somewhere(created);
//! }
//! ```
//!
//! # Metadata
//! [`OPERATIONS`], [`SECURITY_SCHEMES`] and [`SERVERS`] describe the document at run time, and [`OPENAPI`] is the
//! document itself. [`Blynk::call_operation`] calls an operation that is known only at run time.
//!
//! # Limits
//! The client does not follow redirects, and reads nothing from the environment except the system's proxy settings.
//! Timeouts and the maximum size of responses are settings of [`BlynkBuilder`].
//!
//! # Crate features
//! - `rustls` (default): TLS by rustls, with the system's certificates.
//! - `native-tls`: TLS by the system's library.
//! - `codegen` (default): generates the client in the build script. Without it the committed client is compiled, which
//!   is the same code and needs fewer dependencies.
//! - `schemars`: implements `schemars::JsonSchema` for all types of [`types`].

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
pub use client::TYPES;
pub use client::{OPERATIONS, SECURITY_SCHEMES, SERVERS, TITLE, VERSION, operations, types};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use runtime::TypeEntry;
#[doc(hidden)]
pub use runtime::{Body, Parts};
#[doc(inline)]
pub use runtime::{
    BuildError, ConstrainedMap, ConstrainedNumber, ConstrainedString, ConstrainedVec, Constraint, ConstraintViolation,
    Content, DocumentedResponse, DynamicCall, Error, File, Flow, Format, Header, Location, MapConstraints,
    NumberConstraints, Operation, Outcome, Parameter, Permission, RequestBody, Requirement, Response, Scheme, Secret,
    SecurityScheme, Server, StringConstraints, Style, Unknown, Variable, VecConstraints, Violation,
};
pub use tokens::IssuedToken;

/// The published OpenAPI document that this crate is generated from.
pub const OPENAPI: &str = include_str!("../openapi/blynk-platform.json");

/// An OpenAPI document with operations that [`OPENAPI`] lacks, because their pages are not available: they are
/// transcribed from other public sources. An operation of [`OPENAPI`] replaces the same operation of this document.
pub const TRANSCRIBED: &str = include_str!("../openapi/oauth2-token.json");

/// Compiled as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// Guides with examples: errors and retries, and testing offline.
#[cfg(any(doc, doctest))]
pub mod guides {
    #[doc = include_str!("../docs/errors.md")]
    pub mod errors {}
    #[doc = include_str!("../docs/testing.md")]
    pub mod testing {}
}
