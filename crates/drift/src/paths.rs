//! The paths of a workspace's files, and the command that restores each.

use pages::{DOCUMENT, PAGES};

/// The committed client, relative to the workspace.
pub const CLIENT: &str = "src/client.rs";
/// The provenance lock, relative to the workspace.
pub const LOCK: &str = "openapi/lock.toml";
/// The snapshot of the generated public API, called the surface, relative to the workspace.
pub const SURFACE: &str = "tests/snapshots/surface__surface.snap";
/// The list of unsupported keywords of the document, relative to the workspace.
pub const UNREPRESENTED: &str = "openapi/unrepresented.json";
/// The record of the last release, relative to the workspace. It does not exist before the first release.
pub const RELEASED: &str = "openapi/released.json";
/// The manifest with the version of all packages.
pub const MANIFEST: &str = "Cargo.toml";
/// The documentation that is compared with the code.
pub const DOCS: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "openapi/README.md",
    "CHANGELOG.md",
    "docs/errors.md",
    "docs/new-page.md",
    "docs/own-document.md",
    "docs/testing.md",
    "docs/verification.md",
    PASSES_DOC,
    CHECKS_DOC,
];
/// The documentation with the tables of generator passes.
pub const PASSES_DOC: &str = "crates/codegen/README.md";
/// The documentation with the table of checks.
pub const CHECKS_DOC: &str = "crates/drift/README.md";

/// The generated files, except the lock.
pub(crate) const OUTPUTS: &[&str] = &[CLIENT, SURFACE, UNREPRESENTED];

/// Returns whether a file is a published page.
pub(crate) fn is_page(name: &str) -> bool {
    name.starts_with(PAGES)
}

/// Returns how to restore a missing or unreadable file.
pub(crate) fn fix_of(name: &str) -> &'static str {
    match name {
        DOCUMENT => "cargo xtask import",
        CLIENT | SURFACE | LOCK | UNREPRESENTED => "cargo xtask regen",
        _ => "restore the file with git checkout",
    }
}
