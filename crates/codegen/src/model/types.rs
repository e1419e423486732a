//! Types that our own passes write: those that check constraints, and unions.

use runtime::Format;

/// A type that checks a rule of the document.
#[derive(Clone, Debug)]
pub(crate) enum Checked {
    Ruled { rules: Rules, description: String },
    Secret,
    File,
}

/// The rules that a type checks.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    Text { min_length: Option<u32>, max_length: Option<u32>, format: Option<Format> },
    Number(NumberRules),
    List { item: String, min_items: Option<u32>, max_items: Option<u32>, unique_items: bool },
    Map { item: String, min_properties: Option<u32>, max_properties: Option<u32> },
}

/// The rules of a number, in literals of its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NumberRules {
    /// A type of Rust's own.
    pub(crate) ty: &'static str,
    /// The rules in words, as the document writes them.
    pub(crate) told: Vec<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_minimum: bool,
    pub(crate) exclusive_maximum: bool,
    pub(crate) multiple_of: Option<String>,
}

/// A union of objects, and perhaps other values.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The property that names the branch.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<Variant>,
    /// Whether the last branch stands for values that no other is named by.
    pub(crate) falls_back: bool,
}

/// One branch of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// Values of the discriminator that name it.
    pub(crate) tags: Vec<String>,
    /// Properties that it names.
    pub(crate) known: Vec<String>,
}
