//! The emulator as its clients see it: real HTTP on the loopback address, a real SQLite file.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests panic as tests do; clippy.toml excuses only the tests themselves"
)]

mod control;
mod create_client;
mod generated;
mod http;
mod start;
mod support;
mod token;
