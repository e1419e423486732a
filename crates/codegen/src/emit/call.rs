//! What a caller must know of an operation to call it, for the example of a generated crate.

use super::{answers::Answers, slots::Slots};
use crate::{model::Operation, syntax::source};

/// A call of an operation with nothing but what it requires.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) required: Vec<Required>,
    /// Whether a success brings something.
    pub(crate) has_answer: bool,
}

/// A value that must be set.
pub(crate) struct Required {
    pub(crate) setter: String,
    /// Type of the value, or of an item where it is a list. Without white space.
    pub(crate) ty: String,
    pub(crate) is_list: bool,
}

impl<'a> Call<'a> {
    pub(super) fn of(operation: &'a Operation, slots: &Slots) -> Self {
        let required = slots.slots.iter().filter(|slot| slot.required).map(|slot| Required {
            setter: slot.ident.to_string(),
            ty: source(slot.item.as_ref().unwrap_or(&slot.ty)).replace(' ', ""),
            is_list: slot.item.is_some(),
        });
        Self { operation, required: required.collect(), has_answer: Answers::of(operation).bring_something() }
    }
}
