//! Writes generated code as text, some items at a time: the syntax tree of a whole client takes long to make and to drop.

use proc_macro2::TokenStream;
use syn::{File, Item, ItemMod};

use crate::{model::Model, surface::Surface};

/// Code and surface as they grow.
pub(crate) struct Writer {
    code: String,
    surface: Surface,
    /// The module that is open, if it is public.
    public: Option<&'static str>,
}

impl Writer {
    pub(crate) fn new(heading: String, model: &Model) -> Self {
        Self { code: heading, surface: Surface::new(model), public: None }
    }

    /// Writes items that stand in no module.
    pub(crate) fn items(&mut self, tokens: TokenStream) -> syn::Result<()> {
        self.code.push_str(&prettyplease::unparse(&syn::parse2(tokens)?));
        Ok(())
    }

    pub(crate) fn open_public(&mut self, module: &'static str, docs: &str) {
        self.public = Some(module);
        self.code.push_str(&format!("/// {docs}\npub mod {module} {{\n"));
    }

    pub(crate) fn open_private(&mut self, module: &'static str, docs: &str) {
        self.public = None;
        self.code.push_str(&format!("/// {docs}\nmod {module} {{\n"));
    }

    pub(crate) fn close(&mut self) {
        self.code.push_str("}\n");
    }

    /// Writes items into the open module. A type and what is implemented for it must come together.
    pub(crate) fn inside(&mut self, items: Vec<Item>) {
        if let Some(module) = self.public {
            self.surface.add(module, &items);
        }
        // in a module, so that lines break where its indentation has them break
        let mut file: File = syn::parse_quote! { mod m {} };
        if let Some(Item::Mod(ItemMod { content: Some((_, content)), .. })) = file.items.first_mut() {
            *content = items;
        }
        let text = prettyplease::unparse(&file);
        let inside = text.strip_prefix("mod m {\n").and_then(|text| text.strip_suffix("}\n"));
        self.code.push_str(inside.unwrap_or_default());
    }

    /// The code, and its surface.
    pub(crate) fn finish(self) -> (String, String) {
        (self.code, self.surface.text())
    }
}
