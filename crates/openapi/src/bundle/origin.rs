//! Where values of a bundled document were written.

use std::collections::BTreeMap;

use crate::pointer;

/// A value in a file.
pub(super) type Target = (usize, String);

/// The file that a value of the document was written in, and its pointer there.
pub(super) fn origin(written: &BTreeMap<String, Target>, at: &str) -> Target {
    let mut prefix = Some(at);
    while let Some(known) = prefix {
        if let Some((file, stood)) = written.get(known) {
            return (*file, format!("{stood}{}", &at[known.len()..]));
        }
        prefix = pointer::parent(known);
    }
    (0, at.to_owned())
}
