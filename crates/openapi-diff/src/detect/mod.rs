//! Detection of changes: both documents are compared part by part, as JSON values.

mod bounds;
mod changes;
mod components;
mod context;
mod document;
mod fingerprint;
mod indexed;
mod keywords;
mod lifecycle;
mod matching;
mod media_types;
mod operations;
mod pair;
mod parameters;
mod properties;
mod reach;
mod recorder;
mod request_bodies;
mod responses;
mod schema;
mod security;
mod servers;
mod types;
mod variants;
mod view;

pub(crate) use changes::changes;
pub use recorder::MAX_CHANGES;
pub use schema::MAX_DEPTH;
