//! Servers of the document.

use super::setters::setters;

/// A server of the document: a URL template and its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// URL template, with variables in braces.
    pub url: &'static str,
    /// `description`; empty if the document has none.
    pub description: &'static str,
    /// Variables of the URL template.
    pub variables: &'static [Variable],
}

impl Server {
    /// Returns a server. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(url: &'static str, description: &'static str) -> Self {
        Self { url, description, variables: &[] }
    }

    setters! {
        /// Sets the variables of its template.
        with_variables(variables: &'static [Variable]) => variables;
    }

    /// Returns the URL with the default value of each variable.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.url_with(|variable| variable.default)
    }

    /// Returns the URL with a value for each variable.
    pub(crate) fn url_with<'v>(&'v self, value: impl Fn(&'v Variable) -> &'v str) -> String {
        self.variables
            .iter()
            .fold(self.url.to_owned(), |url, variable| url.replace(&format!("{{{}}}", variable.name), value(variable)))
    }
}

/// A variable of a server's URL template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// Name, in braces in the URL template.
    pub name: &'static str,
    /// Value that [`Server::default_url`] inserts.
    pub default: &'static str,
    /// Allowed values: the document's `enum`. Empty if any value is allowed.
    pub values: &'static [&'static str],
    /// `description`; empty if the document has none.
    pub description: &'static str,
}

impl Variable {
    /// Returns a variable. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, description: &'static str) -> Self {
        Self { name, default, values: &[], description }
    }

    setters! {
        /// Sets the allowed values.
        with_values(values: &'static [&'static str]) => values;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_url_uses_the_defaults_of_variables() {
        const VARIABLES: &[Variable] = &[Variable::new("host", "example.com", "")];
        let server = Server::new("https://{host}/x", "").with_variables(VARIABLES);
        assert_eq!(server.default_url(), "https://example.com/x");
    }
}
