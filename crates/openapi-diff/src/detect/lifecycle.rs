//! Deprecation, sunset dates and levels of stability.

use super::{
    context::Context,
    pair::{Pair, value},
};
use crate::{
    at::At,
    change_kind::ChangeKind,
    date::starts_with_date,
    variance::{Directions, NO_DIRECTION, REQUEST},
};

/// How the removal of an operation was announced, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Removal {
    Unannounced,
    BeforeSunset,
    Deprecated,
    Unstable,
}

impl Removal {
    pub(super) fn of(operation: &At<'_>, today: &str) -> Self {
        if is_unstable(operation) {
            Self::Unstable
        } else if !operation.is_true("deprecated") {
            Self::Unannounced
        } else if is_before_sunset(operation, today) {
            Self::BeforeSunset
        } else {
            Self::Deprecated
        }
    }

    /// The kind of change for one operation.
    pub(super) fn of_operation(self) -> ChangeKind {
        match self {
            Self::Unannounced => ChangeKind::OperationRemoved,
            Self::BeforeSunset => ChangeKind::OperationRemovedBeforeSunset,
            Self::Deprecated => ChangeKind::DeprecatedOperationRemoved,
            Self::Unstable => ChangeKind::UnstableOperationRemoved,
        }
    }

    /// The kind of change for a path with its operations.
    pub(super) fn of_path(self) -> ChangeKind {
        match self {
            Self::Unannounced => ChangeKind::PathRemoved,
            Self::BeforeSunset => ChangeKind::PathRemovedBeforeSunset,
            Self::Deprecated => ChangeKind::DeprecatedPathRemoved,
            Self::Unstable => ChangeKind::UnstableOperationRemoved,
        }
    }
}

/// Whether the sunset date has not come, or is no date.
pub(super) fn is_before_sunset(at: &At<'_>, today: &str) -> bool {
    at.text("x-sunset").is_some_and(|date| !starts_with_date(date) || date.get(..10).is_some_and(|date| date > today))
}

/// Whether an operation is a draft, which may change at any time.
pub(super) fn is_unstable(operation: &At<'_>) -> bool {
    matches!(operation.text("x-stability-level"), Some("draft" | "alpha"))
}

/// Compares whether an operation is deprecated, and its sunset date.
pub(super) fn deprecation<'d>(context: &mut Context<'d>, pair: &Pair<'d>) {
    let kinds = (ChangeKind::OperationDeprecated, ChangeKind::OperationNotDeprecated);
    context.flag(kinds, "deprecated", pair, NO_DIRECTION);
    sunset(context, pair, REQUEST);
}

pub(super) fn sunset<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let (one, other) = pair.get("x-sunset");
    if value(&one) == value(&other) {
        return;
    }
    let date = |at: &Option<At<'d>>| at.as_ref().and_then(|at| at.value.as_str());
    let is_deprecated = pair.revision.is_true("deprecated");
    let kind = match (date(&one), date(&other)) {
        (_, Some(date)) if is_deprecated && !starts_with_date(date) => ChangeKind::SunsetUnreadable,
        (Some(_), None) if is_deprecated && pair.base.is_true("deprecated") => ChangeKind::SunsetRemoved,
        (_, Some(date)) if is_deprecated && date.get(..10) < Some(context.today.as_str()) => ChangeKind::SunsetPassed,
        _ => ChangeKind::SunsetChanged,
    };
    context.record(kind, directions, one.as_ref(), other.as_ref());
}

/// A level of stability, the lowest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stability {
    None,
    Draft,
    Alpha,
    Beta,
    Stable,
}

impl Stability {
    /// Parses a level; none if it is unknown.
    fn read(level: Option<&str>) -> Option<Self> {
        match level {
            None => Some(Self::None),
            Some("draft") => Some(Self::Draft),
            Some("alpha") => Some(Self::Alpha),
            Some("beta") => Some(Self::Beta),
            Some("stable") => Some(Self::Stable),
            Some(_) => None,
        }
    }
}

/// Compares the level of stability.
pub(super) fn stability<'d>(context: &mut Context<'d>, pair: &Pair<'d>) {
    let (one, other) = pair.get("x-stability-level");
    if value(&one) == value(&other) {
        return;
    }
    let level = |at: &Option<At<'d>>| Stability::read(at.as_ref().and_then(|at| at.value.as_str()));
    let kind = match (level(&one), level(&other)) {
        (_, None) | (None, _) => ChangeKind::StabilityUnknown,
        (Some(from), Some(to)) if to < from => ChangeKind::StabilityLowered,
        _ => ChangeKind::StabilityChanged,
    };
    context.record(kind, REQUEST, one.as_ref(), other.as_ref());
}
