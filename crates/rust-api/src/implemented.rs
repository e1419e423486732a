//! Traits that the runtime's macro implements: `runtime::object! { Deserialize, Serialize for Name { … } }`.

use proc_macro2::TokenStream;
use syn::{Ident, ItemMacro, Token, Type, parse::ParseStream, punctuated::Punctuated};

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

/// The conversions of types that are made from strings: their name in the surface, and what programs name.
pub(crate) const CONVERSIONS: [(&str, &str); 2] =
    [("TryFrom<&str>", "&'static str"), ("TryFrom<String>", "::std::string::String")];

/// The error of the conversions of a constrained string.
pub(crate) const CONSTRAINED_ERROR: &str = "runtime::ConstraintViolation";

/// Returns whether a type is the runtime's constrained string, which has the conversions of `parsed` too.
pub(crate) fn is_constrained_string(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "ConstrainedString"))
}

/// Returns the types of `runtime::parsed! { Name, … }`, which are converted from strings. Empty for other macros.
pub(crate) fn parsed(item: &ItemMacro) -> Vec<Ident> {
    let is_parsed = item.mac.path.segments.last().is_some_and(|last| last.ident == "parsed");
    let names = is_parsed.then(|| item.mac.parse_body_with(Punctuated::<Ident, Token![,]>::parse_terminated));
    names.and_then(Result::ok).into_iter().flatten().collect()
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
        let names = |code: &str| parsed(&syn::parse_str(code).unwrap()).len();
        assert_eq!(names("runtime::parsed! { A, B, }"), 2);
        assert_eq!(names("runtime::object! { A, B, }"), 0);
    }
}
