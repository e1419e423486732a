//! Findings of a check, and its status.

use openapi::Problem;
use serde::Serialize;

/// The status of a check; that of a report is the worst of its checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Both sides agree.
    Fresh,
    /// Both sides differ.
    Stale,
    /// The sides could not be compared.
    Failure,
}

/// A problem that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Both sides differ.
    Drift(Problem),
    /// A side cannot be read or generated.
    Broken(Problem),
    /// A warning, which does not make the check fail.
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
