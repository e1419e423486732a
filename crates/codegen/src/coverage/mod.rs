//! What neither the generated code nor its documentation carries, so that nothing is lost in silence.
//!
//! Support for a keyword is declared where it is read or dropped: each pass has a function `fate` beside it. What none
//! of them knows is listed.

mod place;
mod references;
mod walk;

pub(crate) use place::{Fate, Place};
pub(crate) use walk::list;
