//! The feature of generated crates that gates what only receivers of webhooks use.

use crate::{code::Code, model::Model};

/// The attribute of items behind the feature.
pub(super) const CFG: &str = "#[cfg(feature = \"webhooks\")]";

/// Writes the attribute before an item of a type that only webhooks and callbacks use.
pub(super) fn gate(name: &str, model: &Model, code: &mut Code) {
    if model.in_webhooks.contains(name) {
        code.line(CFG);
    }
}
