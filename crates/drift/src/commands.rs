//! The commands that documentation may name.

/// A verb of `cargo xtask` and its long options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// The verb.
    pub verb: String,
    /// Long options, without their dashes.
    pub options: Vec<String>,
}
