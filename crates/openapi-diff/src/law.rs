//! The law: what an edit does to the set of accepted values, and the way in which they travel, give its verdict.

use serde::Serialize;

use super::overrides::overridden;

/// What a change means to a caller. The worst one is the whole comparison's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that anyone could notice.
    None,
    /// Words for people only.
    Docs,
    /// Those who call as before are served as before.
    Compatible,
    /// Some who call as before are not.
    Breaking,
}

impl Verdict {
    /// As it is written.
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

/// What an edit does to the set of values that the document accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It has more values.
    Wider,
    /// It has fewer values.
    Narrower,
    /// It has some that it had not, and lacks some that it had; or it is not known.
    Both,
    /// It has the same values.
    Same,
    /// It is about words for people.
    Words,
}

/// The way in which what was edited travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the caller to the server.
    Request,
    /// From the server to the caller.
    Response,
}

impl Direction {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Request, Self::Response];

    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

/// The ways in which something travels: none, one or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ways(u8);

impl Ways {
    pub(super) const NONE: Self = Self(0);
    pub(super) const REQUEST: Self = Self(1);
    pub(super) const RESPONSE: Self = Self(2);

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What the server asks of the caller, as in callbacks, goes the other way.
    pub(super) fn turned(self) -> Self {
        Self((self.0 & 1) << 1 | (self.0 & 2) >> 1)
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Direction> {
        Direction::ALL.into_iter().filter(move |way| match way {
            Direction::Request => self.0 & 1 != 0,
            Direction::Response => self.0 & 2 != 0,
        })
    }
}

/// The verdict by the law alone.
#[must_use]
pub fn by_law(effect: Effect, way: Direction) -> Verdict {
    match (effect, way) {
        (Effect::Words, _) => Verdict::Docs,
        (Effect::Same, _) => Verdict::None,
        (Effect::Wider, Direction::Request) | (Effect::Narrower, Direction::Response) => Verdict::Compatible,
        (Effect::Narrower, Direction::Request) | (Effect::Wider, Direction::Response) | (Effect::Both, _) => {
            Verdict::Breaking
        }
    }
}

/// The class of whatever no rule claims.
pub(super) const UNCLASSIFIED: &str = "unclassified";

/// The verdict on an edit: the worst over the ways that it travels. What no operation reaches is on no wire.
pub(super) fn verdict(id: &str, effect: Effect, ways: Ways) -> Verdict {
    // what nobody knows may be anything, wherever it stands
    if id == UNCLASSIFIED {
        return Verdict::Breaking;
    }
    let one = |way| overridden(id, way).map_or_else(|| by_law(effect, way), |(verdict, _)| verdict);
    let unreached = match effect {
        Effect::Words => Verdict::Docs,
        // the worst that both ways would have, but for a break
        _ => Direction::ALL.into_iter().map(one).max().unwrap_or(Verdict::None).min(Verdict::Compatible),
    };
    ways.each().map(one).max().unwrap_or(unreached)
}
