//! A document and the files beside it, with all of its problems at once.

use std::path::Path;

use openapi::{Bundle, Problem};

use crate::record::lowered;

/// Reads a document and every file in its folder that it refers to, as [`Bundle::read`] does. `name` is what problems
/// call the document.
///
/// # Errors
/// All references that cannot be followed and everything else that is wrong, each with its file, line and column.
pub fn read(path: &Path, name: &str) -> Result<Bundle, Vec<Problem>> {
    Bundle::read(path, name)
        .map_err(|incomplete| incomplete.problems_with(|document| lowered(document).err().unwrap_or_default()))
}
