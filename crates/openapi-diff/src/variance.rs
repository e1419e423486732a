//! The variance rule: the verdict on a change by its effect on the set of accepted values, and by the direction in
//! which the values are sent.

use enumset::{EnumSet, EnumSetType, enum_set};
use serde::Serialize;

/// The effect of a change on existing callers, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// No effect.
    None,
    /// Only documentation changed.
    Docs,
    /// Existing callers keep working.
    Compatible,
    /// Some existing callers stop working.
    Breaking,
}

impl Verdict {
    /// Returns the name in reports, such as `breaking`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Docs => "docs",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// The effect of a change on the set of values that the document accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// More values are accepted.
    Wider,
    /// Fewer values are accepted.
    Narrower,
    /// Some values are accepted that were not, and others are no longer accepted; or the effect is unknown.
    Both,
    /// The same values are accepted.
    Same,
    /// Only documentation changes.
    Documentation,
}

/// The direction in which a value is sent.
#[derive(Debug, EnumSetType)]
pub(crate) enum Direction {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Response,
}

/// The directions in which a value is sent: none, one or both.
pub(crate) type Directions = EnumSet<Direction>;

/// No direction: no operation uses the value.
pub(crate) const NO_DIRECTION: Directions = enum_set!();
pub(crate) const REQUEST: Directions = enum_set!(Direction::Request);
pub(crate) const RESPONSE: Directions = enum_set!(Direction::Response);
pub(crate) const BOTH: Directions = enum_set!(Direction::Request | Direction::Response);

impl Direction {
    /// The name in reports.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}

/// The caller of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The client, as in `paths`.
    Client,
    /// The server, as in webhooks and callbacks: the client receives its requests.
    Server,
}

impl Caller {
    /// The directions from the side of the client.
    pub(crate) fn directions(self, directions: Directions) -> Directions {
        match self {
            Self::Client => directions,
            Self::Server => directions.iter().map(Direction::reversed).collect(),
        }
    }
}

/// The verdict by the effect and the direction alone.
pub(crate) fn variance_rule(effect: Effect, direction: Direction) -> Verdict {
    match (effect, direction) {
        (Effect::Documentation, _) => Verdict::Docs,
        (Effect::Same, _) => Verdict::None,
        (Effect::Wider, Direction::Request) | (Effect::Narrower, Direction::Response) => Verdict::Compatible,
        (Effect::Narrower, Direction::Request) | (Effect::Wider, Direction::Response) | (Effect::Both, _) => {
            Verdict::Breaking
        }
    }
}
