//! Reads a document and the files that it references, and reports all problems at once.

use std::path::Path;

use openapi::{Bundle, Problem};

use crate::record::lowered;

/// Reads a document and every file in its folder that it references, as [`Bundle::read`] does. Problems call the
/// document `name`.
///
/// # Errors
/// Returns unresolved references and all other problems, each with file, line and column.
pub fn read(path: &Path, name: &str) -> Result<Bundle, Vec<Problem>> {
    Bundle::read(path, name)
        .map_err(|incomplete| incomplete.problems_with(|document| lowered(document).err().unwrap_or_default()))
}
