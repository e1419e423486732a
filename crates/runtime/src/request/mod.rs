//! Requests: parameters and bodies, encoded as the document specifies.

pub(super) mod body;
mod builder_macro;
mod media_type;
pub(super) mod multipart;
pub(super) mod parameters;
pub(super) mod setter;
mod style;
