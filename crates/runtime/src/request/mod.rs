//! Requests: parameters and bodies in the forms that the document asks for.

pub(super) mod body;
mod media_type;
pub(super) mod multipart;
pub(super) mod parameters;
pub(super) mod setter;
mod style;
