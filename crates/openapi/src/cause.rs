//! The cause of a problem.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The cause of a problem: which side was edited, or the message of another program.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The document changed after generation.
    DocumentEdited,
    /// The document changed after the release.
    DocumentEditedSinceRelease,
    /// The overlay changed after generation.
    OverlayEdited,
    /// A page changed after the document was extracted from it.
    PageEdited,
    /// A generated file was edited.
    GeneratedFileEdited,
    /// Documentation or the code that it documents changed.
    DocumentationEdited,
    /// A file was removed.
    FileRemoved,
    /// Another version of the generator wrote the committed files.
    GeneratorUpgraded,
    /// The generator changed within its version, or a snapshot is stale.
    Stale,
    /// The lock cannot be read, so the cause is unknown.
    LockUnreadable,
    /// Compiled types accept or reject different values than the document.
    TypesDisagree,
    /// An operation has no method, command or route.
    OperationUnreachable,
    /// Several causes.
    Several(Vec<Cause>),
    /// The message of another program.
    Said(String),
}

impl Cause {
    /// Whether the first or only cause is `cause`.
    #[must_use]
    pub fn starts_with(&self, cause: &Self) -> bool {
        match self {
            Self::Several(causes) => causes.first().is_some_and(|first| first.starts_with(cause)),
            one => one == cause,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DocumentEdited => "document edited",
            Self::DocumentEditedSinceRelease => "document edited since the last release",
            Self::OverlayEdited => "overlay edited",
            Self::PageEdited => "page edited",
            Self::GeneratedFileEdited => "generated file edited by hand",
            Self::DocumentationEdited => "documentation or code edited",
            Self::FileRemoved => "file removed",
            Self::GeneratorUpgraded => "generator upgraded",
            Self::Stale => "generator changed, or snapshot stale",
            Self::LockUnreadable => "the lock is missing or invalid, so the cause is unknown",
            Self::TypesDisagree => "compiled types and document disagree",
            Self::OperationUnreachable => "an operation has no method, command or route",
            Self::Several(causes) => {
                for (index, cause) in causes.iter().enumerate() {
                    write!(f, "{}{cause}", if index > 0 { ", " } else { "" })?;
                }
                return Ok(());
            }
            Self::Said(text) => text,
        })
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Said)
    }
}
