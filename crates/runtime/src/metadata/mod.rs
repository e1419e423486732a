//! Metadata: the document's operations, as constants in generated code.

pub(super) mod content;
pub(super) mod location;
pub(super) mod operation;
pub(super) mod parameter;
pub(super) mod permission;
pub(super) mod request_body;
pub(super) mod response;
pub(super) mod security;
pub(super) mod server;
mod setters;
#[cfg(feature = "schemars")]
pub(super) mod type_entry;
pub(super) mod webhook;
