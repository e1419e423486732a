//! What we write beside progenitor's code: checked types, and the face that callers see.

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
