//! The files of a workspace by name: what each is, and which command makes it anew.

use pages::{DOCUMENT, PAGES};

/// The committed client, relative to the workspace.
pub const CLIENT: &str = "src/client.rs";
/// The provenance lock, relative to the workspace.
pub const LOCK: &str = "openapi/lock.toml";
/// The snapshot of the generated surface, relative to the workspace.
pub const SURFACE: &str = "tests/snapshots/surface__surface.snap";
/// The list of what generated code does not carry, relative to the workspace.
pub const UNREPRESENTED: &str = "openapi/unrepresented.json";
/// The record of the last release, relative to the workspace. Before the first one it is not there.
pub const RELEASED: &str = "openapi/released.json";
/// The manifest with the version of all packages.
pub const MANIFEST: &str = "Cargo.toml";
/// The documentation that must be true of the code.
pub const DOCS: &[&str] =
    &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "openapi/README.md", "CHANGELOG.md", PASSES_DOC, CHECKS_DOC];
/// The documentation with the tables of passes.
pub const PASSES_DOC: &str = "crates/codegen/README.md";
/// The documentation with the table of checks.
pub const CHECKS_DOC: &str = "crates/drift/README.md";

/// The files that are generated, but for the lock itself.
pub(crate) const OUTPUTS: &[&str] = &[CLIENT, SURFACE, UNREPRESENTED];

/// Whether a file is a documentation page.
pub(crate) fn is_page(name: &str) -> bool {
    name.starts_with(PAGES)
}

/// The command that makes a missing or stale file anew.
pub(crate) fn fix_of(name: &str) -> &'static str {
    match name {
        DOCUMENT => "cargo xtask import",
        CLIENT | SURFACE | LOCK | UNREPRESENTED => "cargo xtask regen",
        _ => "git checkout the file, or write it anew",
    }
}
