//! The feature of generated crates that gates what only receivers of webhooks use.

use syn::{Attribute, parse_quote};

use crate::{code::Code, model::Model};

/// The attribute of items behind the feature.
pub(super) const CFG: &str = "#[cfg(feature = \"webhooks\")]";

/// Writes the attribute before an item of a type that only webhooks and callbacks use.
pub(super) fn gate(name: &str, model: &Model, code: &mut Code) {
    if model.in_webhooks.contains(name) {
        code.line(CFG);
    }
}

/// Whether an item has the attribute.
pub(super) fn is_gated(attributes: &[Attribute]) -> bool {
    let gate: Attribute = parse_quote! { #[cfg(feature = "webhooks")] };
    attributes.contains(&gate)
}
