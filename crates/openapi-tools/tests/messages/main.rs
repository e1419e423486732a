//! Every message of the commands, each under the situation that causes it: one snapshot per command.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[cfg(unix)]
mod conform;
mod generate;
mod mutate;
#[cfg(target_os = "linux")]
mod output;
mod reach;
mod transcript;
