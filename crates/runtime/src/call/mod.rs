//! Parts of calls: errors, credentials, tokens, percent-encoding, and text from servers in messages.

pub(super) mod credentials;
pub(super) mod error;
pub(super) mod outcome;
pub(super) mod percent;
pub(super) mod printable;
mod retry_after;
pub(super) mod token;
pub(super) mod token_cache;
