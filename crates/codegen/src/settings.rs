//! Names that generated code refers to.

/// Names that generated code refers to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Path of the runtime, `::runtime` or `crate::runtime`.
    pub runtime: String,
    /// Path of the module that holds the generated code.
    pub module: String,
    /// Path of the hand-written client type that gets one method an operation.
    pub client: String,
    /// The command that makes the code anew, for the comment at its head.
    pub command: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self::package()
    }
}

impl Settings {
    /// Returns the settings of a crate of its own, which holds the runtime as a module.
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
