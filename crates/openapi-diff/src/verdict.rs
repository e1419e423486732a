//! The verdict on a change: the variance rule's, unless it is overridden.

use enumset::EnumSet;

use crate::{
    change_kind::ChangeKind,
    overrides::overridden,
    variance::{Directions, Effect, Verdict, variance_rule},
};

/// The worst verdict over the directions in which the changed value is sent.
pub(crate) fn verdict(kind: ChangeKind, directions: Directions) -> Verdict {
    // an unknown keyword may mean anything, wherever it is
    if kind == ChangeKind::Unclassified {
        return Verdict::Breaking;
    }
    let effect = kind.effect();
    let one = |direction| overridden(kind, direction).map_or_else(|| variance_rule(effect, direction), |found| found.0);
    let unused = match effect {
        Effect::Documentation => Verdict::Docs,
        // no operation uses the value: the verdict as if both directions did, but not breaking
        _ => EnumSet::all().iter().map(one).max().unwrap_or(Verdict::None).min(Verdict::Compatible),
    };
    directions.iter().map(one).max().unwrap_or(unused)
}
