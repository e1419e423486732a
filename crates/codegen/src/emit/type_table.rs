//! The type table: each generated type with the location of its schema, for tests that compare the two.

use std::collections::BTreeSet;

use crate::{
    code::{Code, literal},
    lower::Lowered,
    polish::Polished,
    settings::Settings,
};

/// Writes the constant `TYPES`, behind the feature `schemars`.
pub(super) fn type_table(polished: &Polished, lowered: &Lowered, settings: &Settings, code: &mut Code) {
    let runtime = &settings.runtime;
    let names: BTreeSet<String> = polished.type_names().chain(lowered.model.written_types().cloned()).collect();
    let described = names.into_iter().filter(|name| !lowered.model.composed.contains(name));
    let rows = described.filter_map(|name| {
        let pointer = literal(lowered.model.origins.get(&name)?);
        let [requests, responses] =
            [&lowered.model.in_requests, &lowered.model.in_responses].map(|names| names.contains(&name));
        let feature = polished.features.line(&name);
        Some(format!("{feature}{name} {pointer} {requests} {responses}"))
    });
    code.docs(&[" All generated types that have a schema in the document."]);
    code.line("#[cfg(feature = \"schemars\")]");
    code.line("#[doc(hidden)]");
    code.list(&format!("pub static TYPES: &[{runtime}::TypeEntry] = &{runtime}::type_entries!"), rows, ";");
}
