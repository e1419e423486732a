//! A rule of the document that a value breaks.

use std::{convert::Infallible, fmt};

/// Which field breaks which rule. `Display` reads `name: is longer than 64 characters`; the value itself is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    field: String,
    rule: String,
}

impl Violation {
    /// `field` as the document names it, and the rule as a phrase that completes the field's name.
    pub fn new(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { field: field.into(), rule: rule.into() }
    }

    /// The field, as the document names it; an item of a list as `redirectUrls[3]`.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The broken rule, as a phrase.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.rule)
    }
}

impl std::error::Error for Violation {}

/// What a broken rule begins with in a message of serde's, so that it is known from those that quote values.
const MARK: &str = "breaks the rule of ";

/// A value that a type of the document refuses. `Display` is the rule alone; whoever set the value names the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    type_name: &'static str,
    rule: String,
}

impl BrokenRule {
    /// The refusing type and the broken rule. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn new(type_name: &'static str, rule: String) -> Self {
        Self { type_name, rule }
    }

    /// The message where no field is known: `breaks the rule of CreateOAuthClientRequestName: must not be empty`.
    #[must_use]
    pub fn with_type(&self) -> String {
        format!("{MARK}{}: {}", self.type_name, self.rule)
    }

    /// The type and the rule in a message of [`Self::with_type`]; `None` of any other message, which may quote a value.
    pub(crate) fn told_in(message: &str) -> Option<&str> {
        message.strip_prefix(MARK)
    }
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule)
    }
}

impl std::error::Error for BrokenRule {}

impl From<Infallible> for Violation {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
