//! The workspace that this program maintains.

use std::path::{Path, PathBuf};

use blynk_drift::Workspace;
use openapi::Problem;

use crate::arguments::Arguments;

/// Returns the root of the workspace that this program belongs to, independent of the current folder.
pub(crate) fn workspace() -> PathBuf {
    // `cargo run` sets the variable; the compiled value is for direct calls
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Reads the workspace, with the commands that its documentation may name.
pub(crate) fn load(root: &Path) -> Result<Workspace, Problem> {
    Ok(Workspace::load(root)?.with_commands(Arguments::commands()))
}
