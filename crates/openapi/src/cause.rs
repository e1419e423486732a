//! Why a problem came to be.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a problem came to be: which side was edited, or what another program said.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The document is not the one that was generated from.
    DocumentEdited,
    /// The document is not the one that was released.
    DocumentEditedSinceRelease,
    /// The overlay is not the one that was generated from.
    OverlayEdited,
    /// A page is not the one that the document was extracted from.
    PageEdited,
    /// A generated file is not as it was written.
    GeneratedFileEdited,
    /// Documentation or the code that it speaks of has changed.
    DocumentationEdited,
    /// A file is gone.
    FileRemoved,
    /// Another version of the generator wrote what is committed.
    GeneratorUpgraded,
    /// The generator was changed without another version, or a snapshot was not made anew.
    Stale,
    /// The lock cannot be read, so the cause is not known.
    LockUnreadable,
    /// Compiled types accept or refuse another value than the document.
    TypesDisagree,
    /// An operation has no method, command or route.
    OperationUnreachable,
    /// Several things together.
    Several(Vec<Cause>),
    /// What another program said of it.
    Said(String),
}

impl Cause {
    /// Whether it is a cause, or several of which that is the first.
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
            Self::LockUnreadable => "the lock is missing or broken, so the cause is not known",
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
