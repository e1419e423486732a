//! The complete file of generated code.

use std::collections::BTreeSet;

use openapi::Problem;

use super::{
    checked_types::checked_types, client::client, enums::enums, layout::compact, objects::objects, parsed::parsed,
};
use crate::{code::Code, example::Example, lower::Lowered, polish::Polished, settings::Settings};

/// Returns the complete file: the public client, the types, and progenitor's client as a private module.
///
/// # Errors
/// When progenitor generated no method for an operation.
pub(crate) fn file(
    heading: String,
    mut polished: Polished,
    lowered: &Lowered,
    settings: &Settings,
) -> Result<(String, Option<Example>), Vec<Problem>> {
    let mut code = Code::default();
    let example = client(&polished, lowered, settings, &mut code)?;
    let mut text = heading + &code.text();
    let taken: BTreeSet<_> = polished.type_names().chain(lowered.model.written_types().cloned()).collect();
    let mut checked = Code::default();
    checked.line(&format!("use {} as runtime;", settings.runtime));
    enums(lowered, &polished.features, settings, &mut checked);
    checked_types(&lowered.model, &polished.features, settings, &mut checked);
    objects(&mut polished.types, &polished.features, &mut checked);
    parsed(&mut polished.types, &polished.features, &mut checked);
    for (head, items, more) in [
        ("/// Types of requests and responses.\npub mod types", polished.types, checked.text()),
        (
            "/// progenitor's client. Private, because its errors print response bodies and headers.\nmod transport",
            polished.transport,
            String::new(),
        ),
    ] {
        let laid_out = prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items });
        let module = compact(&format!("{laid_out}{more}"), &taken, settings);
        text.push_str(&format!("{head} {{\n{module}}}\n"));
    }
    Ok((text, example))
}
