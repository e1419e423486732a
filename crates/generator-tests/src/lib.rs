//! Tests of a generator from outside: every one-step change of a document, values at its boundaries, and the
//! conformance of compiled types to its schemas.
//!
//! This crate knows OpenAPI and JSON Schema by itself, on purpose: what tests the generator shares no table, no reader
//! and no visitor with it, so that both are not blind in one place.

pub mod boundary_values;
pub mod conform;
pub mod mutate;
