//! What neither the generated code nor its documentation carries, so that nothing is lost in silence.
//!
//! What becomes of a keyword is said where it is taken or dropped: each pass has a function `fate` beside it. What none
//! of them knows is listed.

mod place;
mod references;
mod walk;

pub(crate) use place::{Fate, Place};
pub(crate) use walk::list;
