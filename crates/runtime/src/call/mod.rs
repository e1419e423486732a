//! What all calls share: errors, credentials, encoding, and how the text of a server is shown.

pub(super) mod credentials;
pub(super) mod error;
pub(super) mod outcome;
pub(super) mod percent;
pub(super) mod printable;
mod retry_after;
pub(super) mod token;
pub(super) mod token_cache;
