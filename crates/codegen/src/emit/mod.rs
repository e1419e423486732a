//! Emit: writes the public client and the constrained types that wrap progenitor's code.

mod builder;
mod call;
mod checked_types;
mod client;
mod enums;
mod file;
mod layout;
mod objects;
mod operation_table;
mod parsed;
mod responses;
mod short_paths;
mod slots;
mod type_table;
mod union;
mod webhooks;

pub(crate) use call::Call;
pub(crate) use file::file;
pub(crate) use union::union;
