//! Values of requests and responses.

pub(super) mod file;
pub(super) mod format;
mod keywords;
pub(super) mod list;
pub(super) mod map;
pub(super) mod multiple;
pub(super) mod number;
pub(super) mod secret;
pub(super) mod text;
pub(super) mod union;
pub(super) mod unknown;
pub(super) mod violation;
