//! What is written beside progenitor's code: constrained types, and the public client.

mod answers;
mod builder;
mod call;
mod checked_types;
mod face;
mod file;
mod operation_table;
mod slots;
mod type_table;
mod union;

pub(crate) use call::Call;
pub(crate) use file::file;
pub(crate) use union::union;
