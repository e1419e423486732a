//! Changes of the properties of an object, except for changes within their schemas.

use std::collections::HashMap;

use serde_json::Value;

use super::{context::Context, pair::Pair};
use crate::{
    at::At,
    change_kind::ChangeKind,
    variance::{Directions, REQUEST, RESPONSE},
};

/// The schema of an object in one document.
struct Object<'d> {
    properties: At<'d>,
    /// The items of `required`.
    required: Vec<At<'d>>,
    /// The first of them by name.
    by_name: HashMap<&'d str, usize>,
    /// Whether it accepts no other properties.
    is_closed: bool,
}

impl<'d> Object<'d> {
    fn new(schema: &At<'d>) -> Self {
        let required: Vec<_> = schema.list("required").into_iter().filter(|at| at.value.is_string()).collect();
        let names = required.iter().enumerate().rev();
        Self {
            properties: schema.member("properties"),
            by_name: names.filter_map(|(index, at)| Some((at.value.as_str()?, index))).collect(),
            required,
            is_closed: schema.value.get("additionalProperties") == Some(&Value::Bool(false)),
        }
    }

    /// The item of `required` for a property.
    fn required(&self, name: &str) -> Option<&At<'d>> {
        self.by_name.get(name).and_then(|index| self.required.get(*index))
    }

    fn is_required(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    fn has(&self, name: &str) -> bool {
        self.properties.value.get(name).is_some()
    }
}

/// The schemas of an object in both documents.
pub(super) struct Objects<'d> {
    base: Object<'d>,
    revision: Object<'d>,
}

impl<'d> Objects<'d> {
    pub(super) fn new(pair: &Pair<'d>) -> Self {
        Self { base: Object::new(&pair.base), revision: Object::new(&pair.revision) }
    }

    pub(super) fn properties(&self) -> Pair<'d> {
        Pair::new(self.base.properties.clone(), self.revision.properties.clone())
    }

    /// Whether either requires a property.
    pub(super) fn is_required(&self, name: &str) -> bool {
        self.base.is_required(name) || self.revision.is_required(name)
    }
}

/// The only removed property and the only added one, if they differ only in their names.
pub(super) struct Renamed<'d> {
    from: (&'d str, At<'d>),
    to: (&'d str, At<'d>),
    is_required: bool,
}

impl<'d> Renamed<'d> {
    pub(super) fn find(Objects { base, revision }: &Objects<'d>) -> Option<Self> {
        if base.is_closed || revision.is_closed {
            return None;
        }
        let removed = only(base.properties.entries().filter(|(name, _)| !revision.has(name)))?;
        let added = only(revision.properties.entries().filter(|(name, _)| !base.has(name)))?;
        let is_required = base.is_required(removed.0);
        // a name that is still required is not renamed
        let is_clean = !revision.is_required(removed.0)
            && !base.is_required(added.0)
            && is_required == revision.is_required(added.0);
        (is_clean && removed.1.value == added.1.value).then_some(Self { from: removed, to: added, is_required })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.from.0 == name || self.to.0 == name
    }

    pub(super) fn record(&self, context: &mut Context<'d>, directions: Directions) {
        let inner = context.base.property_directions(&self.from.1, directions);
        let kind = if self.is_required { ChangeKind::RequiredPropertyRenamed } else { ChangeKind::PropertyRenamed };
        context.record_renamed(kind, inner, &self.from.1, &self.to.1, (self.from.0, self.to.0));
    }
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
}

pub(super) fn record_added<'d>(
    context: &mut Context<'d>,
    name: &str,
    property: &At<'d>,
    Objects { base, revision }: &Objects<'d>,
    directions: Directions,
) {
    let kind = match (base.is_required(name), revision.is_required(name)) {
        (false, true) if context.revision.has_default(property) => ChangeKind::RequiredPropertyWithDefaultAdded,
        (false, true) => ChangeKind::RequiredPropertyAdded,
        (true, false) => ChangeKind::PropertyDeclaredAndNotRequired,
        _ => ChangeKind::PropertyAdded,
    };
    let inner = context.revision.property_directions(property, directions);
    context.record_named(kind, inner, None, Some(property), name);
}

pub(super) fn record_removed<'d>(
    context: &mut Context<'d>,
    name: &str,
    property: &At<'d>,
    Objects { base, revision }: &Objects<'d>,
    directions: Directions,
) {
    let kind = match (base.is_required(name), revision.is_required(name), revision.is_closed) {
        (true, false, _) => ChangeKind::RequiredPropertyRemoved,
        (_, true, false) => ChangeKind::PropertyUndeclared,
        (_, _, true) => ChangeKind::PropertyRefused,
        _ => ChangeKind::PropertyRemoved,
    };
    let inner = context.base.property_directions(property, directions);
    context.record_named(kind, inner, Some(property), None, name);
}

/// Compares whether a property that both documents have is required.
pub(super) fn compare_required<'d>(
    context: &mut Context<'d>,
    name: &str,
    property: &Pair<'d>,
    Objects { base, revision }: &Objects<'d>,
    directions: Directions,
) {
    match (base.required(name), revision.required(name)) {
        (Some(one), None) => {
            context.record_named(ChangeKind::PropertyNotRequired, directions, Some(one), None, name);
        }
        (None, Some(other)) => {
            let has_default = context.revision.has_default(&property.revision);
            let kind = if has_default { ChangeKind::PropertyWithDefaultRequired } else { ChangeKind::PropertyRequired };
            context.record_named(kind, directions, None, Some(other), name);
        }
        _ => {}
    }
}

/// Compares the items of `required` that are not in `properties`.
pub(super) fn compare_undeclared<'d>(
    context: &mut Context<'d>,
    Objects { base, revision }: &Objects<'d>,
    directions: Directions,
) {
    let is_undeclared = |at: &&At<'d>| at.value.as_str().is_some_and(|name| !base.has(name) && !revision.has(name));
    let name = |at: &At<'d>| at.value.as_str().unwrap_or_default();
    for at in base.required.iter().filter(is_undeclared).filter(|at| !revision.is_required(name(at))) {
        context.record_named(ChangeKind::PropertyNotRequired, directions, Some(at), None, name(at));
    }
    for at in revision.required.iter().filter(is_undeclared).filter(|at| !base.is_required(name(at))) {
        context.record_named(ChangeKind::PropertyRequired, directions, None, Some(at), name(at));
    }
}

/// A keyword by which a property is not sent in one direction.
struct Access {
    key: &'static str,
    direction: Directions,
    /// For an optional property, and for a required one.
    set: (ChangeKind, ChangeKind),
    unset: (ChangeKind, ChangeKind),
}

const ACCESS: &[Access] = &[
    Access {
        key: "readOnly",
        direction: REQUEST,
        set: (ChangeKind::ReadOnlySet, ChangeKind::ReadOnlySet),
        unset: (ChangeKind::ReadOnlyUnset, ChangeKind::RequiredPropertyNotReadOnly),
    },
    Access {
        key: "writeOnly",
        direction: RESPONSE,
        set: (ChangeKind::WriteOnlySet, ChangeKind::RequiredPropertyWriteOnly),
        unset: (ChangeKind::WriteOnlyUnset, ChangeKind::WriteOnlyUnset),
    },
];

/// Compares `readOnly` and `writeOnly`.
pub(super) fn compare_access<'d>(
    context: &mut Context<'d>,
    pair: &Pair<'d>,
    directions: Directions,
    is_required: bool,
) {
    for access in ACCESS {
        let kinds = match (pair.base.is_true(access.key), pair.revision.is_true(access.key)) {
            (true, false) => access.unset,
            (false, true) => access.set,
            _ => continue,
        };
        let (one, other) = pair.get(access.key);
        let kind = if is_required { kinds.1 } else { kinds.0 };
        context.record(kind, directions & access.direction, one.as_ref(), other.as_ref());
    }
}
