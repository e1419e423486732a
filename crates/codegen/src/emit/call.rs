//! Calls of operations with their required values, used to choose the example of a generated crate.

use super::{responses::Responses, slots::Slots};
use crate::{model::Operation, syntax::source};

/// A call of an operation with its required values.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) required: Vec<Required>,
    /// Whether a success has a body, or there are several successes.
    pub(crate) has_response: bool,
}

/// A required value.
pub(crate) struct Required {
    pub(crate) setter: String,
    /// Type of the value, or of an item if the value is an array. Without white space.
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
        Self { operation, required: required.collect(), has_response: Responses::of(operation).have_content() }
    }
}
