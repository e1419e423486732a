//! Reads a document and the files that it references, and reports all problems at once.

use std::path::Path;

use openapi::{Bundle, Problem, Root};

use crate::record::lowered;

/// Reads a document and every file that it references in its folder, or in the folder `root` around it, as
/// [`Bundle::read_within`] does. Problems call the document `name`.
///
/// # Errors
/// Returns unresolved references and all other problems, each with file, line and column.
pub fn read(path: &Path, name: &str, root: Option<&Path>) -> Result<Bundle, Vec<Problem>> {
    Bundle::read_within(path, name, root.map(Root::from))
        .map_err(|incomplete| incomplete.problems_with(|document| lowered(document).err().unwrap_or_default()))
}
