//! Parameters of operations.

use super::{location::Location, setters::setters};

/// A parameter of an operation: its name, location, type and serialization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Name in the request; `DynamicCall::parameter` accepts it.
    pub name: &'static str,
    /// Location in the request: the document's `in`.
    pub location: Location,
    /// How arrays and objects are written: the document's `style`. Ignored if the parameter has a content type.
    pub style: Style,
    /// Whether the items of an array or object are written separately, as `color=blue&color=black`: the document's
    /// `explode`.
    pub explode: bool,
    /// Whether it is `required`. A call without it fails before it is sent.
    pub required: bool,
    /// Whether reserved characters in the query are not percent-encoded: the document's `allowReserved`.
    pub allow_reserved: bool,
    /// Content type of its value, if the document has `content` instead of `schema`.
    pub content_type: Option<&'static str>,
    /// Rust type of its value, such as `i32` or `types::Color`.
    pub ty: &'static str,
    /// Value that the server assumes if it is absent: the document's `default`, as JSON.
    pub default: Option<&'static str>,
    /// Whether the document marks it as `deprecated`.
    pub deprecated: bool,
    /// `description`; empty if the document has none.
    pub description: &'static str,
}

impl Parameter {
    /// Returns an optional parameter. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self {
            name,
            location,
            style,
            explode: false,
            required: false,
            allow_reserved: false,
            content_type: None,
            ty: "",
            default: None,
            deprecated: false,
            description: "",
        }
    }

    /// Returns an optional parameter of the query, serialized as OpenAPI does by default. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn query(name: &'static str, ty: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form).with_explode().with_type(ty)
    }

    /// Returns a parameter of the path, serialized as OpenAPI does by default. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn path(name: &'static str, ty: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple).required().with_type(ty)
    }

    /// Returns an optional header, serialized as OpenAPI does by default. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn header(name: &'static str, ty: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple).with_type(ty)
    }

    setters! {
        /// Sets `explode`.
        with_explode() => explode: true;
        /// Sets `required`.
        required() => required: true;
        /// Sets `allowReserved`.
        with_reserved() => allow_reserved: true;
        /// Sets the content type.
        with_content(content_type: &'static str) => content_type: Some(content_type);
        /// Sets the Rust type of its value.
        with_type(ty: &'static str) => ty;
        /// Sets `default`.
        with_default(json: &'static str) => default: Some(json);
        /// Sets `deprecated`.
        deprecated() => deprecated: true;
        /// Sets the description.
        with_description(description: &'static str) => description;
    }
}

/// `style` of a parameter, as defined by OpenAPI 3.0. The examples are for the value `blue`, `[blue, black]` or
/// `{R: 100}` of the parameter `color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
}
