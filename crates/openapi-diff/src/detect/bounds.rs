//! Changes of bounds: of lengths, counts and numbers.

use std::cmp::Ordering;

use serde_json::Value;

use super::{context::Context, pair::Pair};
use crate::{at::At, change_kind::ChangeKind, variance::Directions};

/// The side from which a bound limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    /// As `minimum`: a greater bound accepts fewer values.
    Lower,
    /// As `maximum`: a smaller bound accepts fewer values.
    Upper,
}

impl Sense {
    /// Whether a bound that moved accepts fewer values: `moved` is how the old one compares with the new one.
    fn narrows(self, moved: Ordering) -> bool {
        match self {
            Self::Lower => moved == Ordering::Less,
            Self::Upper => moved == Ordering::Greater,
        }
    }
}

/// The kinds of change of a bound.
struct Kinds {
    set: ChangeKind,
    unset: ChangeKind,
    narrowed: ChangeKind,
    widened: ChangeKind,
}

/// A bound of a length or a count.
struct Bound {
    key: &'static str,
    sense: Sense,
    /// Whether zero is the same as no bound.
    ignores_zero: bool,
    kinds: Kinds,
}

const BOUNDS: &[Bound] = &[
    Bound {
        key: "minLength",
        sense: Sense::Lower,
        ignores_zero: true,
        kinds: Kinds {
            set: ChangeKind::MinLengthSet,
            unset: ChangeKind::MinLengthUnset,
            narrowed: ChangeKind::MinLengthRaised,
            widened: ChangeKind::MinLengthLowered,
        },
    },
    Bound {
        key: "minItems",
        sense: Sense::Lower,
        ignores_zero: true,
        kinds: Kinds {
            set: ChangeKind::MinItemsSet,
            unset: ChangeKind::MinItemsUnset,
            narrowed: ChangeKind::MinItemsRaised,
            widened: ChangeKind::MinItemsLowered,
        },
    },
    Bound {
        key: "minProperties",
        sense: Sense::Lower,
        ignores_zero: true,
        kinds: Kinds {
            set: ChangeKind::MinPropertiesSet,
            unset: ChangeKind::MinPropertiesUnset,
            narrowed: ChangeKind::MinPropertiesRaised,
            widened: ChangeKind::MinPropertiesLowered,
        },
    },
    Bound {
        key: "minContains",
        sense: Sense::Lower,
        ignores_zero: false,
        kinds: Kinds {
            set: ChangeKind::MinContainsSet,
            unset: ChangeKind::MinContainsUnset,
            narrowed: ChangeKind::MinContainsRaised,
            widened: ChangeKind::MinContainsLowered,
        },
    },
    Bound {
        key: "maxLength",
        sense: Sense::Upper,
        ignores_zero: false,
        kinds: Kinds {
            set: ChangeKind::MaxLengthSet,
            unset: ChangeKind::MaxLengthUnset,
            narrowed: ChangeKind::MaxLengthLowered,
            widened: ChangeKind::MaxLengthRaised,
        },
    },
    Bound {
        key: "maxItems",
        sense: Sense::Upper,
        ignores_zero: false,
        kinds: Kinds {
            set: ChangeKind::MaxItemsSet,
            unset: ChangeKind::MaxItemsUnset,
            narrowed: ChangeKind::MaxItemsLowered,
            widened: ChangeKind::MaxItemsRaised,
        },
    },
    Bound {
        key: "maxProperties",
        sense: Sense::Upper,
        ignores_zero: false,
        kinds: Kinds {
            set: ChangeKind::MaxPropertiesSet,
            unset: ChangeKind::MaxPropertiesUnset,
            narrowed: ChangeKind::MaxPropertiesLowered,
            widened: ChangeKind::MaxPropertiesRaised,
        },
    },
    Bound {
        key: "maxContains",
        sense: Sense::Upper,
        ignores_zero: false,
        kinds: Kinds {
            set: ChangeKind::MaxContainsSet,
            unset: ChangeKind::MaxContainsUnset,
            narrowed: ChangeKind::MaxContainsLowered,
            widened: ChangeKind::MaxContainsRaised,
        },
    },
];

/// A bound of numbers, which may be exclusive: by a flag in OpenAPI 3.0, by a number of its own in 3.1.
struct Limit {
    key: &'static str,
    exclusive: &'static str,
    sense: Sense,
    kinds: Kinds,
}

const LIMITS: &[Limit] = &[
    Limit {
        key: "minimum",
        exclusive: "exclusiveMinimum",
        sense: Sense::Lower,
        kinds: Kinds {
            set: ChangeKind::MinimumSet,
            unset: ChangeKind::MinimumUnset,
            narrowed: ChangeKind::MinimumRaised,
            widened: ChangeKind::MinimumLowered,
        },
    },
    Limit {
        key: "maximum",
        exclusive: "exclusiveMaximum",
        sense: Sense::Upper,
        kinds: Kinds {
            set: ChangeKind::MaximumSet,
            unset: ChangeKind::MaximumUnset,
            narrowed: ChangeKind::MaximumLowered,
            widened: ChangeKind::MaximumRaised,
        },
    },
];

pub(super) fn compare<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    for bound in BOUNDS {
        compare_bound(context, pair, bound, directions);
    }
    for limit in LIMITS {
        compare_limit(context, pair, limit, directions);
    }
    multiple_of(context, pair, directions);
}

/// A number and where it is.
struct Number<'d> {
    number: f64,
    at: At<'d>,
}

impl<'d> Number<'d> {
    /// Reads a number, which lenient documents write as a string.
    fn read(owner: &At<'d>, key: &str) -> Option<Self> {
        let at = owner.get(key)?;
        number(at.value).map(|number| Self { number, at })
    }

    /// The order of two numbers, exact for integers.
    fn order(&self, other: &Self) -> Ordering {
        let integer = |at: &At<'d>| at.value.as_i64().map(i128::from).or_else(|| at.value.as_u64().map(i128::from));
        match (integer(&self.at), integer(&other.at)) {
            (Some(one), Some(other)) => one.cmp(&other),
            _ => self.number.partial_cmp(&other.number).unwrap_or(Ordering::Equal),
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn compare_bound<'d>(context: &mut Context<'d>, pair: &Pair<'d>, bound: &Bound, directions: Directions) {
    let read = |owner| Number::read(owner, bound.key).filter(|found| !bound.ignores_zero || found.number > 0.0);
    match (read(&pair.base), read(&pair.revision)) {
        (None, Some(other)) => context.record(bound.kinds.set, directions, None, Some(&other.at)),
        (Some(one), None) => context.record(bound.kinds.unset, directions, Some(&one.at), None),
        (Some(one), Some(other)) => {
            let moved = one.order(&other);
            if moved != Ordering::Equal {
                let is_narrower = bound.sense.narrows(moved);
                let kind = if is_narrower { bound.kinds.narrowed } else { bound.kinds.widened };
                context.record(kind, directions, Some(&one.at), Some(&other.at));
            }
        }
        (None, None) => {}
    }
}

/// The limit of a schema.
struct Limited<'d> {
    number: Number<'d>,
    /// Whether the number itself is not accepted.
    is_exclusive: bool,
    /// Whether the number is that of `minimum` or `maximum`, which a flag makes exclusive.
    by_flag: bool,
}

impl<'d> Limited<'d> {
    /// Reads the stricter of both keywords.
    fn read(owner: &At<'d>, limit: &Limit) -> Option<Self> {
        let is_exclusive = owner.is_true(limit.exclusive);
        let plain = Number::read(owner, limit.key).map(|number| Self { number, is_exclusive, by_flag: true });
        let own = Number::read(owner, limit.exclusive).filter(|found| found.at.value.is_number());
        let own = own.map(|number| Self { number, is_exclusive: true, by_flag: false });
        match (plain, own) {
            (Some(plain), Some(own)) => {
                let is_stricter = match limit.sense {
                    Sense::Lower => own.number.number >= plain.number.number,
                    Sense::Upper => own.number.number <= plain.number.number,
                };
                Some(if is_stricter { own } else { plain })
            }
            (plain, own) => plain.or(own),
        }
    }
}

fn compare_limit<'d>(context: &mut Context<'d>, pair: &Pair<'d>, limit: &Limit, directions: Directions) {
    let (one, other) = match (Limited::read(&pair.base, limit), Limited::read(&pair.revision, limit)) {
        (None, None) => return,
        (None, Some(other)) => return context.record(limit.kinds.set, directions, None, Some(&other.number.at)),
        (Some(one), None) => return context.record(limit.kinds.unset, directions, Some(&one.number.at), None),
        (Some(one), Some(other)) => (one, other),
    };
    let moved = one.number.order(&other.number);
    if moved == Ordering::Equal && one.is_exclusive == other.is_exclusive {
        return;
    }
    let is_narrower = if moved == Ordering::Equal { other.is_exclusive } else { limit.sense.narrows(moved) };
    let kind = if is_narrower { limit.kinds.narrowed } else { limit.kinds.widened };
    if moved == Ordering::Equal && one.by_flag && other.by_flag {
        let (one, other) = pair.get(limit.exclusive);
        context.record(kind, directions, one.as_ref(), other.as_ref());
    } else {
        context.record(kind, directions, Some(&one.number.at), Some(&other.number.at));
    }
}

fn multiple_of<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let read = |owner| Number::read(owner, "multipleOf");
    let divides = |small: f64, large: f64| small != 0.0 && (large / small).fract() == 0.0;
    match (read(&pair.base), read(&pair.revision)) {
        (None, Some(other)) => context.record(ChangeKind::MultipleOfSet, directions, None, Some(&other.at)),
        (Some(one), None) => context.record(ChangeKind::MultipleOfUnset, directions, Some(&one.at), None),
        (Some(one), Some(other)) if one.number != other.number => {
            let kind = match (divides(one.number, other.number), divides(other.number, one.number)) {
                (true, _) => ChangeKind::MultipleOfCoarser,
                (_, true) => ChangeKind::MultipleOfFiner,
                _ => ChangeKind::MultipleOfChanged,
            };
            context.record(kind, directions, Some(&one.at), Some(&other.at));
        }
        _ => {}
    }
}
