//! The emulator over HTTP on the loopback address, with a SQLite file.

#![allow(clippy::unwrap_used, reason = "test helpers may panic; clippy.toml exempts only the tests themselves")]

mod control;
mod create_client;
mod generated;
mod http;
mod start;
mod support;
mod token;
