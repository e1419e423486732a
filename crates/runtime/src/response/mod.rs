//! Responses: read, and decoded by status.

pub(super) mod answer;
mod aside;
pub(super) mod deadline;
mod decode;
mod message;
pub(super) mod received;
pub(super) mod reply;
mod text;
