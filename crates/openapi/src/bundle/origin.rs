//! The source of each value of a bundled document.

use std::collections::BTreeMap;

use crate::pointer;

/// Index of a file, and the pointer of a value in it.
pub(super) type Target = (usize, String);

/// Returns the file of a value of the document, and its pointer there.
pub(super) fn origin(written: &BTreeMap<String, Target>, at: &str) -> Target {
    let mut prefix = Some(at);
    while let Some(known) = prefix {
        if let Some((file, source)) = written.get(known) {
            return (*file, format!("{source}{}", &at[known.len()..]));
        }
        prefix = pointer::parent(known);
    }
    (0, at.to_owned())
}
