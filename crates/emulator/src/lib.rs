//! A local Blynk Platform API to develop and test against, offline.
//!
//! It answers real HTTP on a loopback address, keeps its state in a SQLite file, and validates requests by the OpenAPI
//! document itself. An acknowledged client outlives a kill of the process.
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
//! # What it answers
//!
//! | request | what for |
//! |---|---|
//! | `POST /oauth2/token` | a token for a client's credentials, or for a refresh token |
//! | `POST /api/v1/organization/oauth/clients/create` | a new OAuth client |
//! | every other documented operation | a value made from its schema, with the header `x-blynk-emulator: generated` |
//! | `GET /_emulator/health`, `GET /_emulator/ready` | whether the database answers, and whether it takes writes |
//! | `GET /_emulator/clients` | the clients that were created through the API, never a secret |
//! | `POST /_emulator/clients/{clientId}/platform-api` | `{"enabled":bool}` grants or takes the Platform API scope |
//! | `POST /_emulator/clock` | `{"advance_seconds":N}` moves the clock forward |
//! | `GET`, `POST /_emulator/organizations` | the tree of organizations; `{"name","parentId"}` adds to it |
//! | `POST /_emulator/tokens` | `{"orgId","permissions","developerMode","expiresIn"}` gives the token of a user |
//!
//! Comments in the code mark where each behaviour comes from: \[S\] the published page, \[D\] current public docs,
//! \[L\] older public docs, \[O\] observed by others, \[A\] our own assumption.

mod bearer;
mod control;
mod create_client;
mod credentials;
mod database;
mod document;
mod emulator;
mod error;
mod generated;
mod json;
mod opaque;
mod reply;
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
