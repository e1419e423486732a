//! Numbered fields: lowering collects schemas as numbered properties of one schema, so that typify generates a type for
//! each. typify sorts fields by name, which puts `v10` before `v2`.

use std::collections::BTreeMap;

use syn::{Field, ItemStruct};

use crate::syntax::json_name;

/// Returns the fields `{prefix}0`, `{prefix}1` and so on, ordered by number. `None` if the struct does not have exactly
/// `count` of them.
pub(super) fn numbered_fields<'a>(structure: &'a ItemStruct, prefix: &str, count: usize) -> Option<Vec<&'a Field>> {
    let by_name: BTreeMap<String, &Field> = structure.fields.iter().map(|field| (json_name(field), field)).collect();
    let fields = (0..count).map(|number| by_name.get(&format!("{prefix}{number}")).copied());
    fields.collect::<Option<Vec<_>>>().filter(|fields| fields.len() == structure.fields.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::{ToTokens as _, format_ident, quote};

    #[test]
    fn fields_are_ordered_by_number() {
        for count in [0_usize, 1, 10, 11, 12, 101, 120] {
            let mut numbers: Vec<_> = (0..count).collect();
            numbers.sort_by_key(ToString::to_string);
            let names = numbers.iter().map(|number| format_ident!("v{number}"));
            let types = numbers.iter().map(|number| format_ident!("T{number}"));
            let structure = syn::parse2::<ItemStruct>(quote! { struct S { #(#names: #types),* } }).unwrap();
            let found = numbered_fields(&structure, "v", count).unwrap();
            let found: Vec<_> = found.iter().map(|field| field.ty.to_token_stream().to_string()).collect();
            assert_eq!(found, (0..count).map(|number| format!("T{number}")).collect::<Vec<_>>());
            assert!(numbered_fields(&structure, "v", count + 1).is_none());
            assert!(count == 0 || numbered_fields(&structure, "v", count - 1).is_none());
        }
    }
}
