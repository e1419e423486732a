//! The `blynk` command.
fn main() {}
