//! The program `blynk` as a process: standard output, standard error, exit codes, and files in a home folder.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the lint exempts only functions with the test attribute, not their helpers"
)]

mod call;
mod emulator;
mod help;
mod local;
mod messages;
mod oauth_create;
mod support;
mod token;
