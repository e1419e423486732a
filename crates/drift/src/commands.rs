//! The commands that the documentation may name.

/// A command of `cargo xtask`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// Its name, such as `check`.
    pub verb: String,
    /// Its long options, without dashes.
    pub options: Vec<String>,
}
