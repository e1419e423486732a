//! What all calls share: errors, credentials, and how values of others are shown.

pub(super) mod credentials;
pub(super) mod error;
pub(super) mod outcome;
pub(super) mod percent;
pub(super) mod printable;
pub(super) mod token;
pub(super) mod token_cache;
