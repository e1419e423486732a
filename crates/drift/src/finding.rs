//! What a check finds, and how it ended.

use openapi::Problem;
use serde::Serialize;

/// How a check ended. The worst one is the report's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Both sides agree.
    Fresh,
    /// They do not.
    Stale,
    /// They could not be compared.
    Failure,
}

/// Why a check did not find both sides equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// They differ.
    Drift(Problem),
    /// One of them cannot be read or made.
    Broken(Problem),
    /// Something that wants a look, and is no drift.
    Warning(Problem),
}

impl Finding {
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Drift(_) => Status::Stale,
            Self::Broken(_) => Status::Failure,
            Self::Warning(_) => Status::Fresh,
        }
    }
}
