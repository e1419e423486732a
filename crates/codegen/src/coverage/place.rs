//! The context of a keyword, and whether it is supported. Each pass declares it for the keywords that it reads.

/// The context of a value: which keywords it may have, and which of them are supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Root,
    Info,
    Tag,
    Server,
    Variable,
    Components,
    SecurityScheme,
    Flow,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Header,
    HeaderSchema,
    /// Media types and their media.
    Content,
    RequestContent,
    Media,
    /// A medium that is taken as text or bytes.
    UntypedMedia,
    /// The one media type of a parameter.
    ParameterMedia,
    /// The encoding of one property of a form.
    PartEncoding,
    Schema,
    /// A schema of a property, which may travel one way only.
    Property,
    /// A schema of a parameter.
    ParameterSchema,
    /// A schema of the values of a list or map, which may have no type of its own to document.
    InnerSchema,
    /// A part of a composition.
    PartSchema,
    /// Anything below is carried as it is.
    Whole,
    /// A map of names of the author's choice to values of one kind.
    Map(&'static Place),
    /// A list of values of one kind.
    List(&'static Place),
}

impl Place {
    pub(crate) fn is_schema(self) -> bool {
        use Place::{InnerSchema, ParameterSchema, PartSchema, Property, Schema};
        matches!(self, Schema | Property | ParameterSchema | InnerSchema | PartSchema)
    }
}

/// Support for a keyword: the context of its value, or the reason why it is unsupported.
pub(crate) type Fate = Result<Place, &'static str>;
