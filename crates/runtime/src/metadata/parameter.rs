//! Parameters of operations.

use super::location::Location;

/// One parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Name in the document.
    pub name: &'static str,
    /// Where it goes.
    pub location: Location,
    /// How its value is written, unless it has a content type.
    pub style: Style,
    /// Whether each item of a list or object stands for itself.
    pub explode: bool,
    /// Whether a call without it is refused.
    pub required: bool,
    /// Whether reserved characters stand unencoded in a query.
    pub allow_reserved: bool,
    /// The content type that its value is written in.
    pub content_type: Option<&'static str>,
    /// Rust type of its value.
    pub ty: &'static str,
    /// What the server takes where it is not sent, as JSON.
    pub default: Option<&'static str>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The document's description.
    pub description: &'static str,
}

impl Parameter {
    /// An optional one without further marks. Made for generated code.
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

    /// Written with each item for itself. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// One that must be there. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// With reserved characters unencoded. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn allowing_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Written in a content type. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_content(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// With the Rust type of its value. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_type(self, ty: &'static str) -> Self {
        Self { ty, ..self }
    }

    /// With what the server takes where it is not sent. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_default(self, json: &'static str) -> Self {
        Self { default: Some(json), ..self }
    }

    /// One that the document calls deprecated. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// With its description. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description, ..self }
    }
}

/// `style` of a parameter, as OpenAPI 3.0 defines them.
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
