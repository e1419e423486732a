//! Clients: settings and execution of calls.

mod address;
pub(super) mod attempt;
pub(super) mod build_error;
pub(super) mod builder;
mod destination;
pub(super) mod dynamic_call;
mod execute;
mod http;
pub(super) mod send;
pub(super) mod transport;
