//! Writes generated code as text, some items at a time: the syntax tree of a whole client takes long to make and to drop.

use proc_macro2::TokenStream;
use syn::{File, Item, ItemMod};

/// Code as it grows.
pub(crate) struct Writer {
    code: String,
}

impl Writer {
    pub(crate) fn new(heading: String) -> Self {
        Self { code: heading }
    }

    /// Writes items that stand in no module.
    pub(crate) fn items(&mut self, tokens: TokenStream) -> syn::Result<()> {
        self.code.push_str(&prettyplease::unparse(&syn::parse2(tokens)?));
        Ok(())
    }

    pub(crate) fn open_public(&mut self, module: &'static str, docs: &str) {
        self.code.push_str(&format!("/// {docs}\npub mod {module} {{\n"));
    }

    pub(crate) fn open_private(&mut self, module: &'static str, docs: &str) {
        self.code.push_str(&format!("/// {docs}\nmod {module} {{\n"));
    }

    pub(crate) fn close(&mut self) {
        self.code.push_str("}\n");
    }

    /// Writes items into the open module.
    pub(crate) fn inside(&mut self, items: Vec<Item>) {
        // in a module, so that lines break where its indentation has them break
        let mut file: File = syn::parse_quote! { mod m {} };
        if let Some(Item::Mod(ItemMod { content: Some((_, content)), .. })) = file.items.first_mut() {
            *content = items;
        }
        let text = prettyplease::unparse(&file);
        let inside = text.strip_prefix("mod m {\n").and_then(|text| text.strip_suffix("}\n"));
        self.code.push_str(inside.unwrap_or_default());
    }

    /// The code.
    pub(crate) fn finish(self) -> String {
        self.code
    }
}
