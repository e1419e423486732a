//! Traits that the runtime's macro implements: `runtime::object! { Deserialize, Serialize for Name { … } }`.

use proc_macro2::TokenStream;
use syn::{Ident, ItemMacro, Token, parse::ParseStream, punctuated::Punctuated};

/// Returns the type and the traits that a macro implements for it. `None` for other macros.
pub(crate) fn implemented(item: &ItemMacro) -> Option<(Ident, Vec<String>)> {
    let is_object = item.mac.path.segments.last().is_some_and(|last| last.ident == "object");
    if !is_object {
        return None;
    }
    let parse = |input: ParseStream<'_>| {
        let traits = Punctuated::<Ident, Token![,]>::parse_separated_nonempty(input)?;
        input.parse::<Token![for]>()?;
        let name = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok((name, traits.iter().map(ToString::to_string).collect()))
    };
    item.mac.parse_body_with(parse).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_macro_object_implements_traits() {
        let of = |code: &str| implemented(&syn::parse_str(code).unwrap()).map(|(name, of)| (name.to_string(), of));
        let both = vec!["Deserialize".to_owned(), "Serialize".to_owned()];
        let found = of("runtime::object! { Deserialize, Serialize for A { 0 a \"a\" required always } rest b }");
        assert_eq!(found, Some(("A".to_owned(), both.clone())));
        let found = of("runtime::object! { Deserialize for A { 0 a \"a\" required always } }");
        assert_eq!(found, Some(("A".to_owned(), both[..1].to_vec())));
        assert_eq!(of("runtime::other! { Deserialize for A {} }"), None);
        assert_eq!(of("object! { for A {} }"), None);
    }
}
