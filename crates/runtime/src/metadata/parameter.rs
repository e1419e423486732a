//! Parameters of operations.

use super::location::Location;

/// One parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// `name`.
    pub name: &'static str,
    /// `in`.
    pub location: Location,
    /// `style`, for a value without a content type.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `required`: a call without it is refused.
    pub required: bool,
    /// `allowReserved`: reserved characters of a query are not encoded.
    pub allow_reserved: bool,
    /// Content type that its value is encoded in.
    pub content_type: Option<&'static str>,
    /// Rust type of its value.
    pub ty: &'static str,
    /// `default`, as JSON.
    pub default: Option<&'static str>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The document's description.
    pub description: &'static str,
}

impl Parameter {
    /// Returns an optional parameter. Made for generated code.
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

    /// Sets `explode`. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_explode(self) -> Self {
        Self { explode: true, ..self }
    }

    /// Sets `required`. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Sets `allowReserved`. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Sets the content type. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_content(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// Sets the Rust type of its value. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_type(self, ty: &'static str) -> Self {
        Self { ty, ..self }
    }

    /// Sets `default`. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_default(self, json: &'static str) -> Self {
        Self { default: Some(json), ..self }
    }

    /// Sets `deprecated`. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// Sets the description. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_description(self, description: &'static str) -> Self {
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
