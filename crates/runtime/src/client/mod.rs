//! Clients: how they are set up, and how they call.

mod address;
mod attempts;
pub(super) mod build_error;
pub(super) mod builder;
pub(super) mod by_table;
pub(super) mod call;
pub(super) mod core;
