//! Types that this crate generates without typify: constrained types and unions.

use runtime::Format;
use serde_json::Value;

/// A type of the runtime that replaces a schema.
#[derive(Clone, Debug)]
pub(crate) enum Checked {
    Constrained { constraints: Constraints, description: String },
    Enum(Enum),
    Secret,
    File,
}

/// An enum.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) kind: EnumKind,
    /// The values in the order of the document, each once.
    pub(crate) values: Vec<EnumValue>,
    pub(crate) description: String,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    /// The name of its variant.
    pub(crate) name: String,
    pub(crate) description: String,
}

/// The types of the values of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EnumKind {
    Text,
    Boolean,
    Integer,
    /// Integers of which one is too large to be signed.
    Unsigned,
    Number,
    /// Several types, or null.
    Mixed,
}

impl EnumKind {
    /// Returns the JSON type of the values, if it is one.
    pub(crate) fn json_type(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("string"),
            Self::Boolean => Some("boolean"),
            Self::Integer | Self::Unsigned => Some("integer"),
            Self::Number => Some("number"),
            Self::Mixed => None,
        }
    }

    pub(crate) fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Unsigned | Self::Number)
    }
}

/// The constraints that a type checks.
#[derive(Clone, Debug)]
pub(crate) enum Constraints {
    String { min_length: Option<u32>, max_length: Option<u32>, format: Option<Format> },
    Number(NumberConstraints),
    Array { item: String, min_items: Option<u32>, max_items: Option<u32>, unique_items: bool },
    Map { item: String, min_properties: Option<u32>, max_properties: Option<u32> },
}

/// The constraints of a number, as literals of its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NumberConstraints {
    /// A primitive type.
    pub(crate) ty: &'static str,
    /// Descriptions of the constraints, with the values as the document writes them.
    pub(crate) descriptions: Vec<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_minimum: bool,
    pub(crate) exclusive_maximum: bool,
    pub(crate) multiple_of: Option<String>,
}

/// A union of objects, and possibly other values.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The JSON name of the discriminator property.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<Variant>,
    /// Whether the last variant accepts values whose discriminator names no other variant.
    pub(crate) falls_back: bool,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The discriminator values that select it.
    pub(crate) tags: Vec<String>,
    /// The JSON names of its properties.
    pub(crate) known: Vec<String>,
}
