//! Black-box tests of the generator: mutation testing with every single-step change of a document, boundary values of
//! its schemas, and the conformance of compiled types.
//!
//! This crate interprets OpenAPI and JSON Schema on its own: it shares no table, resolver or visitor with the
//! generator, so that a defect in one of them cannot hide from both.

pub mod boundary_values;
pub mod conform;
pub mod mutate;
