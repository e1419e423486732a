//! The `blynk` program as a shell sees it: standard output, standard error, exit codes, and files in a home folder.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the lint tells tests by their attribute, which helpers have not"
)]

mod call;
mod emulator;
mod errors;
mod local;
mod oauth_create;
mod support;
mod token;
