//! Small questions that passes ask of Rust syntax.

/// The name of a field on the wire: its `serde(rename)`, or its identifier.
pub(crate) fn wire_name(field: &syn::Field) -> String {
    let mut renamed = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // other settings of the attribute are passed over
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                renamed = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    renamed.unwrap_or_else(|| ident.trim_start_matches("r#").to_owned())
}

/// The type inside an `Option`, if it is one.
pub(crate) fn inside_option(ty: &syn::Type) -> Option<&syn::Type> {
    inside(ty, "Option")
}

/// The type inside a generic type of one parameter, by the generic's last path segment.
pub(crate) fn inside<'a>(ty: &'a syn::Type, generic: &str) -> Option<&'a syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == generic)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Whether serde fills the field with an empty value when it is absent.
pub(crate) fn has_serde_default(field: &syn::Field) -> bool {
    let mut found = false;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            } else if meta.path.is_ident("default") {
                found = true;
            }
            Ok(())
        });
    }
    found
}
