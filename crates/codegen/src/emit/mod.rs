//! What we write beside progenitor's code: checked types, and the face that callers see.

mod answers;
mod builder;
mod call;
mod checked_types;
mod face;
mod operation_table;
mod slots;
mod type_table;
mod union;

pub(crate) use call::Call;
pub(crate) use checked_types::checked_types;
pub(crate) use face::face;
pub(crate) use union::union;
