//! References within a document, to values with their pointers.

use openapi::references::Resolver;
use serde_json::Value;

use crate::at::At;

/// The `$ref` of a value.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// The target of a reference.
pub(crate) fn target<'d>(resolver: &Resolver<'d>, reference: &str) -> Option<At<'d>> {
    resolver.resolve(reference).map(At::from)
}

/// The last target of the references that begin with a value; the value itself if it is none or its target is missing.
pub(crate) fn resolved<'d>(resolver: &Resolver<'d>, at: &At<'d>) -> At<'d> {
    let target = reference(at.value).and_then(|_| resolver.dereference(&at.pointer));
    target.map_or_else(|| at.clone(), At::from)
}
