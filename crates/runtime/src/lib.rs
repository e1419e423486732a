//! Runtime of generated API clients: authentication, requests, responses, errors, secrets and constrained types.
//!
//! - [`Builder`] sets the server, credentials and limits of a client, and builds its [`Transport`].
//! - [`Error`] is the error of every call: it returns the [`Outcome`] of the call, and whether it can be repeated.
//! - [`ConstrainedString`], [`ConstrainedNumber`], [`ConstrainedVec`] and [`ConstrainedMap`] are checked against the
//!   document's constraints when they are constructed; [`Secret`] redacts itself.
//! - [`Operation`] and the types that it refers to describe the document at run time. [`DynamicCall`] calls an
//!   operation that is known only at run time.
//!
//! Generated code is thin: it selects an [`Operation`], collects the values of a request, and decodes the response by
//! status. Everything that is the same for all operations is here. All paths between modules are relative, because
//! generated crates include the same files as a module.
//!
//! Dependencies between the directories have no cycles: `json` ← `values` ← `metadata` ← `call` ← `request` and
//! `response` ← `client`.

mod call;
mod client;
mod json;
mod metadata;
mod request;
mod response;
mod values;

pub use self::call::{
    error::Error,
    outcome::Outcome,
    token::{Token, TokenFuture, TokenSource},
};
pub use self::client::{
    attempt::Attempt,
    build_error::BuildError,
    builder::Builder,
    dynamic_call::DynamicCall,
    send::{Request, Sending},
    transport::Transport,
};
pub use self::json::null::{null_as_default, present};
#[doc(hidden)]
pub use self::json::properties;
pub use self::metadata::{
    content::Content,
    location::Location,
    operation::Operation,
    parameter::{Parameter, Style},
    permission::Permission,
    request_body::RequestBody,
    response::{DocumentedResponse, Header},
    security::{Flow, Requirement, Scheme, SecurityScheme},
    server::{Server, Variable},
    webhook::Webhook,
};
pub use self::request::{
    body::Body,
    multipart::Parts,
    parameters::{EncodedParameters, Parameters},
    setter::{required, set, set_list, set_nullable, set_result},
};
pub use self::response::{
    decoded::Response,
    decoder::Decoder,
    payload::{PayloadError, decode_payload},
    raw::RawResponse,
};
pub use self::values::{
    constraint::{Constraint, ConstraintViolation, Refusal},
    enum_value::{EnumValue, Scalar},
    enumeration::{EnumSchema, Enumeration, UnknownOf},
    file::File,
    format::Format,
    map::{ConstrainedMap, MapConstraints, MapSchema},
    multiple::Numeric,
    number::{ConstrainedNumber, NumberConstraints, NumberSchema},
    secret::Secret,
    string::{ConstrainedString, StringConstraints, StringSchema},
    union::{Candidate, Variant, by_properties, by_tag, read, write_tagged},
    unknown::Unknown,
    vec::{ConstrainedVec, VecConstraints, VecSchema},
    violation::Violation,
};
#[doc(hidden)]
pub use crate::{__object as object, __parsed as parsed, __request_builder as request_builder};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use {self::metadata::type_entry::TypeEntry, crate::__type_entries as type_entries};

/// The source files of this crate as `(path, text)`, `lib.rs` first.
#[cfg(feature = "source")]
pub const SOURCE: &[(&str, &str)] = &[
    ("lib.rs", include_str!("lib.rs")),
    ("call/credentials.rs", include_str!("call/credentials.rs")),
    ("call/error.rs", include_str!("call/error.rs")),
    ("call/mod.rs", include_str!("call/mod.rs")),
    ("call/outcome.rs", include_str!("call/outcome.rs")),
    ("call/percent.rs", include_str!("call/percent.rs")),
    ("call/printable.rs", include_str!("call/printable.rs")),
    ("call/retry_after.rs", include_str!("call/retry_after.rs")),
    ("call/token.rs", include_str!("call/token.rs")),
    ("call/token_cache.rs", include_str!("call/token_cache.rs")),
    ("client/address.rs", include_str!("client/address.rs")),
    ("client/attempt.rs", include_str!("client/attempt.rs")),
    ("client/build_error.rs", include_str!("client/build_error.rs")),
    ("client/builder.rs", include_str!("client/builder.rs")),
    ("client/destination.rs", include_str!("client/destination.rs")),
    ("client/dynamic_call.rs", include_str!("client/dynamic_call.rs")),
    ("client/execute.rs", include_str!("client/execute.rs")),
    ("client/http.rs", include_str!("client/http.rs")),
    ("client/mod.rs", include_str!("client/mod.rs")),
    ("client/send.rs", include_str!("client/send.rs")),
    ("client/transport.rs", include_str!("client/transport.rs")),
    ("json/deserializer.rs", include_str!("json/deserializer.rs")),
    ("json/mod.rs", include_str!("json/mod.rs")),
    ("json/node.rs", include_str!("json/node.rs")),
    ("json/null.rs", include_str!("json/null.rs")),
    ("json/object_macro.rs", include_str!("json/object_macro.rs")),
    ("json/plain.rs", include_str!("json/plain.rs")),
    ("json/properties/describe.rs", include_str!("json/properties/describe.rs")),
    ("json/properties/mod.rs", include_str!("json/properties/mod.rs")),
    ("json/properties/read.rs", include_str!("json/properties/read.rs")),
    ("json/properties/write.rs", include_str!("json/properties/write.rs")),
    ("json/reader.rs", include_str!("json/reader.rs")),
    ("json/work.rs", include_str!("json/work.rs")),
    ("metadata/content.rs", include_str!("metadata/content.rs")),
    ("metadata/location.rs", include_str!("metadata/location.rs")),
    ("metadata/mod.rs", include_str!("metadata/mod.rs")),
    ("metadata/operation.rs", include_str!("metadata/operation.rs")),
    ("metadata/parameter.rs", include_str!("metadata/parameter.rs")),
    ("metadata/permission.rs", include_str!("metadata/permission.rs")),
    ("metadata/request_body.rs", include_str!("metadata/request_body.rs")),
    ("metadata/response.rs", include_str!("metadata/response.rs")),
    ("metadata/security.rs", include_str!("metadata/security.rs")),
    ("metadata/server.rs", include_str!("metadata/server.rs")),
    ("metadata/setters.rs", include_str!("metadata/setters.rs")),
    ("metadata/type_entry.rs", include_str!("metadata/type_entry.rs")),
    ("metadata/webhook.rs", include_str!("metadata/webhook.rs")),
    ("request/body.rs", include_str!("request/body.rs")),
    ("request/builder_macro.rs", include_str!("request/builder_macro.rs")),
    ("request/media_type.rs", include_str!("request/media_type.rs")),
    ("request/mod.rs", include_str!("request/mod.rs")),
    ("request/multipart.rs", include_str!("request/multipart.rs")),
    ("request/parameters.rs", include_str!("request/parameters.rs")),
    ("request/setter.rs", include_str!("request/setter.rs")),
    ("request/style.rs", include_str!("request/style.rs")),
    ("response/bytes.rs", include_str!("response/bytes.rs")),
    ("response/deadline.rs", include_str!("response/deadline.rs")),
    ("response/decode.rs", include_str!("response/decode.rs")),
    ("response/decoded.rs", include_str!("response/decoded.rs")),
    ("response/decoder.rs", include_str!("response/decoder.rs")),
    ("response/message.rs", include_str!("response/message.rs")),
    ("response/mod.rs", include_str!("response/mod.rs")),
    ("response/offload.rs", include_str!("response/offload.rs")),
    ("response/payload.rs", include_str!("response/payload.rs")),
    ("response/raw.rs", include_str!("response/raw.rs")),
    ("response/text.rs", include_str!("response/text.rs")),
    ("values/constraint.rs", include_str!("values/constraint.rs")),
    ("values/delegate.rs", include_str!("values/delegate.rs")),
    ("values/enum_value.rs", include_str!("values/enum_value.rs")),
    ("values/enumeration.rs", include_str!("values/enumeration.rs")),
    ("values/file.rs", include_str!("values/file.rs")),
    ("values/format.rs", include_str!("values/format.rs")),
    ("values/map.rs", include_str!("values/map.rs")),
    ("values/mod.rs", include_str!("values/mod.rs")),
    ("values/multiple.rs", include_str!("values/multiple.rs")),
    ("values/number.rs", include_str!("values/number.rs")),
    ("values/parsed_macro.rs", include_str!("values/parsed_macro.rs")),
    ("values/secret.rs", include_str!("values/secret.rs")),
    ("values/string.rs", include_str!("values/string.rs")),
    ("values/union.rs", include_str!("values/union.rs")),
    ("values/unknown.rs", include_str!("values/unknown.rs")),
    ("values/vec.rs", include_str!("values/vec.rs")),
    ("values/violation.rs", include_str!("values/violation.rs")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_match_the_documentation() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/limits.md");
        let text = std::fs::read_to_string(path).unwrap();
        for (what, most) in [
            (
                "a response body, unless `Builder::max_response_bytes` says otherwise",
                format!("{} bytes", client::builder::MAX_RESPONSE_BYTES),
            ),
            ("nesting of values in a response", format!("{} levels", json::reader::DEEPEST)),
            ("decoding a response, for each of its bytes", format!("{} steps", json::work::STEPS_PER_BYTE)),
            ("decoding a response of any size", format!("{} steps", json::work::MOST_STEPS)),
            ("a string of the server in an error message", format!("{} characters", call::printable::MOST)),
        ] {
            assert!(text.contains(&format!("| {what} | {most} |")), "{what} | {most}");
        }
    }
}
