//! Writes generated crates.

use std::path::Path;

use openapi::Problem;

/// Writes files into a folder: all of them or none.
///
/// # Errors
/// The first file that cannot be written, with the folder in its path.
pub(crate) fn write_files(folder: &Path, files: &[(String, String)]) -> Result<(), Problem> {
    let in_folder = |name: String| folder.join(name).display().to_string();
    match codegen::write_all(folder, files) {
        Ok(_) => Ok(()),
        Err(problem) => Err(Problem { file: problem.file.clone().map(in_folder), ..problem }),
    }
}
