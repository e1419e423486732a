//! The workspace that this program maintains.

use std::path::{Path, PathBuf};

use blynk_drift::Workspace;
use openapi::Problem;

use crate::arguments::Arguments;

/// The workspace that this program was built in, from whichever folder it is run.
pub(crate) fn workspace() -> PathBuf {
    // cargo runs a binary with the manifest's folder in the environment; the built-in one serves a direct call
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Reads a workspace, with the commands that its documentation may name.
pub(crate) fn load(root: &Path) -> Result<Workspace, Problem> {
    Ok(Workspace::load(root)?.with_commands(Arguments::commands()))
}
