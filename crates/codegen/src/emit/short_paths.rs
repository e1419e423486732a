//! Short paths of types in request builders: names of the prelude, and types of the document relative to `types`.

use syn::{
    Path, Type,
    visit_mut::{VisitMut, visit_type_mut, visit_type_path_mut},
};

use crate::settings::Settings;

/// Shortens the paths in a type.
pub(super) struct ShortPaths {
    /// Paths that have a short form, as their segments.
    prelude: Vec<[&'static str; 3]>,
    /// The segments of the module `types`.
    types: Vec<String>,
}

impl ShortPaths {
    /// `taken` are the names of the module that contains the type: they hide those of the prelude.
    pub(super) fn new(taken: &[&str], settings: &Settings) -> Self {
        let prelude = [["std", "option", "Option"], ["std", "vec", "Vec"], ["std", "string", "String"]];
        Self {
            prelude: prelude.into_iter().filter(|[.., name]| !taken.contains(name)).collect(),
            types: settings.module.split("::").chain(["types"]).map(str::to_owned).collect(),
        }
    }

    pub(super) fn shorten(&mut self, ty: &mut Type) {
        visit_type_mut(self, ty);
    }
}

impl VisitMut for ShortPaths {
    fn visit_type_path_mut(&mut self, ty: &mut syn::TypePath) {
        visit_type_path_mut(self, ty);
        let path = &ty.path;
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let cut = if path.leading_colon.is_some() {
            self.prelude.iter().any(|prelude| names == *prelude).then_some(2)
        } else {
            names.starts_with(&self.types).then(|| self.types.len() - 1)
        };
        if let Some(cut) = cut {
            let segments = ty.path.segments.iter().skip(cut).cloned().collect();
            ty.path = Path { leading_colon: None, segments };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::source;

    #[test]
    fn shortens_what_no_name_of_the_module_hides() {
        let shortened = |ty: &str, taken: &[&str]| {
            let mut ty = syn::parse_str(ty).unwrap();
            ShortPaths::new(taken, &Settings::package()).shorten(&mut ty);
            source(&ty)
        };
        let ty = "::std::vec::Vec<::std::option::Option<crate::client::types::String>>";
        assert_eq!(shortened(ty, &[]), "Vec<Option<types::String>>");
        assert_eq!(shortened(ty, &["Vec"]), "::std::vec::Vec<Option<types::String>>");
        let others = "::std::collections::HashMap<types::A, crate::client::Vec>";
        assert_eq!(shortened(others, &[]), others);
    }
}
