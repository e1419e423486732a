//! Settings of the generator: paths that generated code uses.

/// Settings of the generator: paths that generated code uses.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Path of the runtime, `::runtime` or `crate::runtime`.
    pub runtime: String,
    /// Path of the module that holds the generated code.
    pub module: String,
    /// Path of the hand-written client type that gets one method for each operation.
    pub client: String,
    /// The command that regenerates the code, for the comment at its top.
    pub command: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self::package()
    }
}

impl Settings {
    /// Returns the settings of a standalone crate, which contains the runtime as a module.
    #[must_use]
    pub fn package() -> Self {
        Self {
            runtime: "crate::runtime".to_owned(),
            module: "crate::client".to_owned(),
            client: "crate::Client".to_owned(),
            command: "cargo xtask generate".to_owned(),
        }
    }

    pub(crate) fn runtime(&self) -> syn::Path {
        path(&self.runtime)
    }
}

fn path(text: &str) -> syn::Path {
    syn::parse_str(text).unwrap_or_else(|_| syn::Path::from(syn::Ident::new("invalid", proc_macro2::Span::call_site())))
}
