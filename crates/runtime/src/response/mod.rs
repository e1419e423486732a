//! Responses: reading and decoding.

pub(super) mod bytes;
pub(super) mod deadline;
mod decode;
pub(super) mod decoded;
pub(super) mod decoder;
mod message;
mod offload;
pub(super) mod payload;
pub(super) mod raw;
mod text;
