//! The whole file of generated code.

use openapi::Problem;

use super::{checked_types::checked_types, face::client};
use crate::{code::Code, example::Example, lower::Lowered, polish::Polished, settings::Settings};

/// The whole file: the public client, the types, and progenitor's client.
pub(crate) fn file(
    heading: String,
    polished: Polished,
    lowered: &Lowered,
    settings: &Settings,
) -> Result<(String, Option<Example>), Vec<Problem>> {
    let mut code = Code::default();
    let example = client(&polished, lowered, settings, &mut code)?;
    let mut text = heading + &code.text();
    let mut checked = Code::inside(1);
    checked_types(&lowered.model, settings, &mut checked);
    for (head, items, more) in [
        ("/// Types of requests and responses.\npub mod types", polished.types, checked.text()),
        (
            "/// The client that progenitor generates. It stays private: its errors print bodies and headers.\nmod \
             transport",
            polished.raw,
            String::new(),
        ),
    ] {
        // in a module, so that lines break where its indentation has them break
        let mut file: syn::File = syn::parse_quote! { mod m {} };
        if let Some(syn::Item::Mod(syn::ItemMod { content: Some((_, content)), .. })) = file.items.first_mut() {
            *content = items;
        }
        let laid_out = prettyplease::unparse(&file);
        let inner =
            laid_out.strip_prefix("mod m {").map_or(laid_out.as_str(), |inner| inner.trim_end().trim_end_matches('}'));
        text.push_str(&format!("{head} {{{inner}{more}}}\n"));
    }
    Ok((text, example))
}
