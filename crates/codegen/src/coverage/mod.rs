//! The list of keywords that neither generated code nor its documentation reflects.
//!
//! Each pass declares the keywords that it supports or drops in a function `coverage` in its own file. A keyword that
//! no function declares is listed as unsupported.

mod context;
mod nesting;
mod references;
mod walk;

pub(crate) use context::{Context, Coverage};
pub(crate) use walk::list;
