//! Types of the values in requests and responses.

pub(super) mod constraint;
mod delegate;
pub(super) mod enum_value;
pub(super) mod enumeration;
pub(super) mod file;
pub(super) mod format;
pub(super) mod map;
pub(super) mod multiple;
pub(super) mod number;
mod parsed_macro;
pub(super) mod secret;
pub(super) mod string;
pub(super) mod union;
pub(super) mod unknown;
pub(super) mod vec;
pub(super) mod violation;
