//! The context of a keyword, and whether the keyword is supported there.

/// The context of a value, which determines its keywords and their support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    Root,
    Info,
    Tag,
    Server,
    Variable,
    Components,
    /// The path item of a webhook or callback.
    ReceivedItem,
    /// The operation of a webhook or callback.
    Received,
    ReceivedParameter,
    ReceivedBody,
    /// A map of content types to media type objects of a payload.
    ReceivedContent,
    ReceivedResponse,
    SecurityScheme,
    Flow,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Header,
    HeaderSchema,
    /// A map of content types to media type objects, in a response.
    Content,
    /// The same, in a request body.
    RequestContent,
    Media,
    /// A media type object whose body is text or bytes.
    UntypedMedia,
    /// The media type object of a parameter.
    ParameterMedia,
    /// The encoding of one property of a form.
    PartEncoding,
    Schema,
    /// The schema of a property, which may be read-only or write-only.
    Property,
    /// The schema of a parameter.
    ParameterSchema,
    /// The schema of the items of a parameter that is an array.
    ParameterItems,
    /// The schema of the items of an array or the values of a map, which may have no Rust type of its own.
    InnerSchema,
    /// A subschema of `allOf`, `oneOf` or `anyOf`.
    PartSchema,
    /// The value is supported, with everything in it.
    Supported,
    /// A map of arbitrary names to values of one context.
    Map(&'static Context),
    /// An array of values of one context.
    Array(&'static Context),
}

impl Context {
    pub(crate) fn is_schema(self) -> bool {
        use Context::{InnerSchema, ParameterItems, ParameterSchema, PartSchema, Property, Schema};
        matches!(self, Schema | Property | ParameterSchema | ParameterItems | InnerSchema | PartSchema)
    }
}

/// The coverage of a keyword: the context of its value, or the reason why it is unsupported.
pub(crate) type Coverage = Result<Context, &'static str>;
