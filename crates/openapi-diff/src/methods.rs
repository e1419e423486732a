//! The methods of path items, and their operations.

use openapi::{Method, QUERY, is_method};

use crate::at::At;

/// The keys of a path item that hold operations.
pub(crate) const METHODS: [&str; Method::ALL.len() + 1] = {
    let mut keys = [QUERY; Method::ALL.len() + 1];
    let mut at = 0;
    while at < Method::ALL.len() {
        keys[at] = Method::ALL[at].key();
        at += 1;
    }
    keys
};

/// Returns the operations of a path item by their methods.
pub(crate) fn operations<'d>(item: &At<'d>) -> impl Iterator<Item = (&'d str, At<'d>)> {
    item.entries().filter(|(key, _)| is_method(key))
}
