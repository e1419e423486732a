//! Path items and their operations.

use crate::at::At;

/// The HTTP methods of a path item.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The operations of a path item by their methods.
pub(super) fn operations<'d>(item: &At<'d>) -> impl Iterator<Item = (&'d str, At<'d>)> {
    item.entries().filter(|(key, _)| METHODS.contains(key))
}
