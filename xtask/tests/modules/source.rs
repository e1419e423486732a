//! The modules, re-exports, imports and paths of a source file.

use std::collections::BTreeMap;

use syn::visit::Visit;

/// A path as written, relative to its module.
pub(crate) type Path = Vec<String>;

/// A file, or an inline module of it.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// Modules in files of their own.
    pub(crate) files: Vec<String>,
    /// Inline modules.
    pub(crate) inline: BTreeMap<String, Source>,
    /// Re-exported names and their paths; `*` for a glob.
    pub(crate) exports: Vec<(String, Path)>,
    /// Imported names and their paths.
    pub(crate) imports: Vec<(String, Path)>,
    /// Paths in its code.
    pub(crate) paths: Vec<Path>,
}

impl Source {
    pub(crate) fn of(items: &[syn::Item]) -> Self {
        let mut source = Self::default();
        source.visit(items);
        source
    }

    fn visit(&mut self, items: &[syn::Item]) {
        for item in items {
            self.visit_item(item);
        }
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

fn flatten(tree: &syn::UseTree, before: &Path, found: &mut Vec<(String, Path)>) {
    let with = |name: String| [before.clone(), vec![name]].concat();
    match tree {
        syn::UseTree::Path(path) => flatten(&path.tree, &with(path.ident.to_string()), found),
        syn::UseTree::Name(name) if name.ident == "self" => {
            found.push((before.last().cloned().unwrap_or_default(), before.clone()));
        }
        syn::UseTree::Name(name) => found.push((name.ident.to_string(), with(name.ident.to_string()))),
        syn::UseTree::Rename(name) => found.push((name.rename.to_string(), with(name.ident.to_string()))),
        syn::UseTree::Glob(_) => found.push(("*".to_owned(), before.clone())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, found)),
    }
}

impl<'ast> Visit<'ast> for Source {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if is_test(&item.attrs) {
            return;
        }
        match &item.content {
            None => self.files.push(item.ident.to_string()),
            Some((_, items)) => drop(self.inline.insert(item.ident.to_string(), Self::of(items))),
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if is_test(&item.attrs) {
            return;
        }
        let found = if matches!(item.vis, syn::Visibility::Inherited) { &mut self.imports } else { &mut self.exports };
        flatten(&item.tree, &Vec::new(), found);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.visit_path(&item.path);
        // most macros take expressions; other arguments are ignored
        let arguments =
            item.parse_body_with(syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated);
        for argument in arguments.iter().flatten() {
            syn::visit::visit_expr(self, argument);
        }
    }
}
