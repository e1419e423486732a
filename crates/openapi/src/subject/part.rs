//! The parts of an owner: request, response, parameter, property.

use std::fmt;

use crate::plain::{MAX_NAME, quoted, shortened};

/// The items of an array in the path of a property.
pub(super) const ITEMS: &str = "[]";

/// A part of an owner, or of another part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Word(String),
    Named(&'static str, String),
    RequestBody,
    Response(String),
    /// A content type, where the body has several.
    Content(String),
    Parameter {
        name: String,
        location: String,
    },
    /// A property of a schema, as `a.b`, `tags[]` or `labels.*`.
    Property(String),
    /// A variant of `oneOf` or `anyOf`: its title or its position from 1.
    Variant(String, Result<String, usize>),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(&shortened(word, MAX_NAME)),
            Self::Named(noun, name) => write!(f, "{noun} {}", quoted(name)),
            Self::RequestBody => f.write_str("request"),
            Self::Response(status) if status.eq_ignore_ascii_case("default") => f.write_str("default response"),
            Self::Response(status) => write!(f, "response {}", shortened(status, MAX_NAME)),
            Self::Content(content_type) => write!(f, "({})", shortened(content_type, MAX_NAME)),
            Self::Parameter { name, location } => {
                write!(f, "{} parameter {}", shortened(location, MAX_NAME), quoted(name))
            }
            Self::Property(path) if path == ITEMS => f.write_str("items"),
            Self::Property(path) => write!(f, "property {}", quoted(path)),
            Self::Variant(keyword, Ok(title)) => write!(f, "{keyword} variant {}", quoted(title)),
            Self::Variant(keyword, Err(position)) => write!(f, "{keyword} variant {position}"),
        }
    }
}

/// Returns the noun for a component of a section of the Components Object.
pub(super) fn component(section: &str) -> &'static str {
    match section {
        "schemas" => "schema",
        "securitySchemes" => "security scheme",
        "parameters" => "component parameter",
        "headers" => "component header",
        "requestBodies" => "component request body",
        "responses" => "component response",
        "callbacks" => "component callback",
        "pathItems" => "component path item",
        "links" => "component link",
        "examples" => "component example",
        "mediaTypes" => "component media type",
        _ => "component",
    }
}
