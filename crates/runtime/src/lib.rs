//! What generated API clients share: authentication, errors, secrets.
