//! A local emulator of the Blynk Platform API for offline development and tests.
//!
//! It serves HTTP on a loopback address, stores its state in a SQLite file, and validates requests against the OpenAPI
//! document. A client is on disk before the response that creates it, so it survives a kill of the process.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), blynk_emulator::Error> {
//! use blynk_emulator::Emulator;
//!
//! let emulator = Emulator::builder().start().await?;
//! println!("POST {}/oauth2/token", emulator.url());
//! emulator.shutdown().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Endpoints
//!
//! | request | response |
//! |---|---|
//! | `POST /oauth2/token` | an access token for a client's credentials or a refresh token |
//! | `POST /api/v1/organization/oauth/clients/create` | a new OAuth client |
//! | every other documented operation | a generated value of its schema, and the header `x-blynk-emulator: generated` |
//! | `GET /_emulator/health`, `GET /_emulator/ready` | whether the database is readable, and whether it is writable |
//! | `GET /_emulator/clients` | the clients that were created through the API, without their secrets |
//! | `POST /_emulator/clients/{clientId}/platform-api` | `{"enabled":bool}` grants or revokes the Platform API scope |
//! | `POST /_emulator/clock` | `{"advance_seconds":N}` advances the clock, which token expiry uses |
//! | `GET`, `POST /_emulator/organizations` | the organizations; `{"name","parentId"}` creates one |
//! | `POST /_emulator/tokens` | `{"orgId","permissions","developerMode","expiresIn"}` issues a token of a user |
//!
//! # Sources of the behavior
//!
//! A tag in a comment gives the source of a behavior: \[S\] the published page, \[D\] Blynk's current public
//! documentation, \[L\] its older public documentation, \[O\] observed in the service by others, \[A\] our own
//! assumption.

mod bearer;
mod control;
mod create_client;
mod credentials;
mod database;
mod document;
mod emulator;
mod error;
mod failure;
mod generated;
mod json;
mod opaque;
mod seed;
mod server;
mod service;
mod store;
mod token;

pub use credentials::Credentials;
#[doc(hidden)]
pub use document::{Violations, validate};
pub use emulator::{Builder, Emulator};
pub use error::Error;
