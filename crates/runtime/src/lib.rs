//! What generated API clients share: authentication, calls with a known outcome, errors, secrets and checked values.
//!
//! Generated code is thin. It names an [`Operation`], builds a request and decodes by status; everything that must be
//! right for every operation alike lives here. All paths between the modules are relative, so that the same files also
//! serve as a module inside a generated crate.

mod answer;
mod aside;
mod auth;
mod body;
mod builder;
mod by_table;
mod call;
mod checked;
mod decode;
mod error;
mod format;
mod multipart;
mod node;
mod number;
mod operation;
mod parameters;
mod printable;
mod reply;
mod rules;
mod secret;
mod security;
mod server;
mod setter;
#[cfg(feature = "schemars")]
mod type_entry;
mod union;
mod unknown;
mod violation;
mod work;

pub use self::answer::Answer;
pub use self::auth::{Token, TokenFuture, TokenSource};
pub use self::body::Body;
pub use self::builder::{Builder, Core};
pub use self::by_table::CallByTable;
pub use self::call::Call;
pub use self::checked::{List, ListRule, Map, MapRule, Text, TextRule};
pub use self::error::{BuildError, Error, Outcome};
pub use self::format::Format;
pub use self::multipart::{File, Parts};
pub use self::number::{Number, NumberRule, NumberRules, Numeric};
pub use self::operation::{Content, Header, Operation, Parameter, Permission, RequestBody, Response, Style};
pub use self::parameters::{Parameters, Written};
pub use self::reply::Reply;
pub use self::rules::{ListRules, MapRules, TextRules, null_as_default, present};
pub use self::secret::Secret;
pub use self::security::{Flow, Location, Requirement, Scheme, SecurityScheme};
pub use self::server::{Server, Variable};
pub use self::setter::{keep, required, set, set_list, set_nullable};
#[cfg(feature = "schemars")]
#[doc(hidden)]
pub use self::type_entry::TypeEntry;
pub use self::union::{Candidate, Choice, by_properties, by_tag, read, write_tagged};
pub use self::unknown::Unknown;
pub use self::violation::{BrokenRule, Violation};

/// The source files of this crate, `(name, text)`, `lib.rs` first.
#[cfg(feature = "source")]
pub const SOURCE: &[(&str, &str)] = &[
    ("lib.rs", include_str!("lib.rs")),
    ("answer.rs", include_str!("answer.rs")),
    ("aside.rs", include_str!("aside.rs")),
    ("auth.rs", include_str!("auth.rs")),
    ("body.rs", include_str!("body.rs")),
    ("builder.rs", include_str!("builder.rs")),
    ("by_table.rs", include_str!("by_table.rs")),
    ("call.rs", include_str!("call.rs")),
    ("checked.rs", include_str!("checked.rs")),
    ("decode.rs", include_str!("decode.rs")),
    ("error.rs", include_str!("error.rs")),
    ("format.rs", include_str!("format.rs")),
    ("multipart.rs", include_str!("multipart.rs")),
    ("node.rs", include_str!("node.rs")),
    ("number.rs", include_str!("number.rs")),
    ("operation.rs", include_str!("operation.rs")),
    ("parameters.rs", include_str!("parameters.rs")),
    ("printable.rs", include_str!("printable.rs")),
    ("reply.rs", include_str!("reply.rs")),
    ("rules.rs", include_str!("rules.rs")),
    ("secret.rs", include_str!("secret.rs")),
    ("security.rs", include_str!("security.rs")),
    ("server.rs", include_str!("server.rs")),
    ("setter.rs", include_str!("setter.rs")),
    ("type_entry.rs", include_str!("type_entry.rs")),
    ("union.rs", include_str!("union.rs")),
    ("unknown.rs", include_str!("unknown.rs")),
    ("violation.rs", include_str!("violation.rs")),
    ("work.rs", include_str!("work.rs")),
];
