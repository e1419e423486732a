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
//! - Each operation of the document is a method of [`Blynk`]; [`OPERATIONS`] lists them all, and [`OPENAPI`] is the
//!   document itself.
//! - A request that violates a constraint of the document is refused before a byte is sent, and the error names the
//!   field and the keyword.
//! - [`Error::is_safe_to_retry`] says whether to call again, [`Error::outcome`] whether the server applied the request.
//!   The client sends nothing twice that could create twice.
//!
//! # Secrets
//! A [`Secret`] shows `[REDACTED]` in `Debug` and has no `Display`. A type that only occurs in responses and holds one
//! is not `Serialize`, so that serde cannot write it into a log:
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
pub use client::TYPES;
pub use client::{OPERATIONS, SECURITY_SCHEMES, SERVERS, TITLE, VERSION, operations, types};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use runtime::TypeEntry;
#[doc(hidden)]
pub use runtime::{Body, Parts};
pub use runtime::{
    BuildError, ConstrainedMap, ConstrainedNumber, ConstrainedString, ConstrainedVec, Constraint, ConstraintViolation,
    Content, DocumentedResponse, DynamicCall, Error, File, Flow, Format, Header, Location, MapConstraints,
    NumberConstraints, Operation, Outcome, Parameter, Permission, RequestBody, Requirement, Response, Scheme, Secret,
    SecurityScheme, Server, StringConstraints, Style, Unknown, Variable, VecConstraints, Violation,
};
pub use tokens::IssuedToken;

/// The published OpenAPI document that this crate is generated from.
pub const OPENAPI: &str = include_str!("../openapi/blynk-platform.json");

/// The operations that are transcribed from public facts because their pages are not available, as an OpenAPI document.
/// An operation of [`OPENAPI`] replaces one of these.
pub const TRANSCRIBED: &str = include_str!("../openapi/oauth2-token.json");

/// Compiled as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// Guides with examples.
#[cfg(any(doc, doctest))]
pub mod guides {
    #[doc = include_str!("../docs/errors.md")]
    pub mod errors {}
    #[doc = include_str!("../docs/testing.md")]
    pub mod testing {}
}
