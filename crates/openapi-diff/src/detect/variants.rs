//! Changes of the variants of compositions, and of discriminators. Changes within a variant are those of schemas.

use std::hash::Hash;

use super::{context::Context, indexed::Indexed, matching::Candidates, pair::Pair, view::is_annotation};
use crate::{at::At, change_kind::ChangeKind, reference::reference, variance::Directions};

/// A keyword with variants, and its kinds of change.
pub(super) struct Composition {
    pub(super) key: &'static str,
    pub(super) set: ChangeKind,
    pub(super) unset: ChangeKind,
    added: ChangeKind,
    removed: ChangeKind,
    /// For a removed variant that only has optional properties, if there is such a kind.
    properties_removed: Option<ChangeKind>,
    /// For a schema that became one of several variants.
    introduced: ChangeKind,
    /// For a composition that became one of its variants.
    reduced: ChangeKind,
}

const ALL_OF: Composition = Composition {
    key: "allOf",
    set: ChangeKind::AllOfSet,
    unset: ChangeKind::AllOfUnset,
    added: ChangeKind::AllOfBranchAdded,
    removed: ChangeKind::AllOfBranchRemoved,
    properties_removed: Some(ChangeKind::AllOfPropertiesRemoved),
    introduced: ChangeKind::DemandsAdded,
    reduced: ChangeKind::DemandsDropped,
};

const ONE_OF: Composition = Composition {
    key: "oneOf",
    set: ChangeKind::OneOfSet,
    unset: ChangeKind::OneOfUnset,
    added: ChangeKind::OneOfBranchAdded,
    removed: ChangeKind::OneOfBranchRemoved,
    properties_removed: None,
    introduced: ChangeKind::UnionIntroduced,
    reduced: ChangeKind::UnionReduced,
};

const ANY_OF: Composition = Composition {
    key: "anyOf",
    set: ChangeKind::AnyOfSet,
    unset: ChangeKind::AnyOfUnset,
    added: ChangeKind::AnyOfBranchAdded,
    removed: ChangeKind::AnyOfBranchRemoved,
    properties_removed: None,
    introduced: ChangeKind::UnionIntroduced,
    reduced: ChangeKind::UnionReduced,
};

/// In the order in which they are compared.
pub(super) const COMPOSITIONS: &[Composition] = &[ALL_OF, ONE_OF, ANY_OF];

/// Variants matched with one another.
pub(super) struct Matched<'d> {
    pub(super) pairs: Vec<Pair<'d>>,
    removed: Vec<At<'d>>,
    added: Vec<At<'d>>,
}

impl<'d> Matched<'d> {
    /// Matches variants by equality, then by fingerprint, title and name, then the last two.
    pub(super) fn new(context: &mut Context<'d>, base: &At<'d>, revision: &At<'d>) -> Self {
        let mut matched =
            Self { pairs: Vec::new(), removed: base.items().collect(), added: revision.items().collect() };
        let Context { base, revision, .. } = context;
        matched.by(|at| Some(at.value), |at| Some(at.value));
        matched.by(|at| Some(base.fingerprint(at)), |at| Some(revision.fingerprint(at)));
        matched.by(|at| at.text("title"), |at| at.text("title"));
        // a name that both documents have is not renamed
        let is_renamed = |at: &At<'d>, other: &Indexed<'d>| other.target(reference(at.value)?).is_none().then_some(());
        matched.by(|at| is_renamed(at, revision), |at| is_renamed(at, base));
        if let ([one], [other]) = (matched.removed.as_slice(), matched.added.as_slice())
            && reference(one.value).is_none()
            && reference(other.value).is_none()
        {
            matched.pairs.push(Pair::new(one.clone(), other.clone()));
            matched.removed.clear();
            matched.added.clear();
        }
        matched
    }

    /// Matches those with equal keys, each with the first that has its key.
    fn by<K: Eq + Hash>(
        &mut self,
        mut key_of_removed: impl FnMut(&At<'d>) -> Option<K>,
        key_of_added: impl FnMut(&At<'d>) -> Option<K>,
    ) {
        if self.removed.is_empty() || self.added.is_empty() {
            return;
        }
        let mut added = Candidates::new(std::mem::take(&mut self.added));
        let mut index = added.index_by(key_of_added);
        for one in std::mem::take(&mut self.removed) {
            match key_of_removed(&one).and_then(|key| added.take(&mut index, &key)) {
                Some(other) => self.pairs.push(Pair::new(one, other)),
                None => self.removed.push(one),
            }
        }
        self.added.extend(added.left());
    }

    /// Records the variants that only one document has.
    pub(super) fn record_others(self, context: &mut Context<'d>, composition: &Composition, directions: Directions) {
        for variant in self.removed {
            let has_only_properties = has_only_properties(&context.base.resolved(&variant));
            let kind = composition.properties_removed.filter(|_| has_only_properties).unwrap_or(composition.removed);
            context.record_named(kind, directions, Some(&variant), None, &name(&variant));
        }
        for variant in self.added {
            context.record_named(composition.added, directions, None, Some(&variant), &name(&variant));
        }
    }
}

/// Records a schema that became one variant of a composition, or a composition that became one of its variants, as one
/// change. Returns whether that is what changed.
pub(super) fn introduced<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) -> bool {
    for composition in [ONE_OF, ANY_OF, ALL_OF] {
        let Context { base, revision, .. } = context;
        let kind = if is_variant(&pair.base, base, &pair.revision, revision, composition.key) {
            composition.introduced
        } else if is_variant(&pair.revision, revision, &pair.base, base, composition.key) {
            composition.reduced
        } else {
            continue;
        };
        context.record(kind, directions, Some(&pair.base), Some(&pair.revision));
        return true;
    }
    false
}

/// Whether a schema of one document is a variant of a composition, without other constraints, of the other.
fn is_variant<'d>(
    schema: &At<'d>,
    own: &mut Indexed<'d>,
    composed: &At<'d>,
    other: &mut Indexed<'d>,
    key: &str,
) -> bool {
    if schema.present(key).is_some() || !has_only(composed, key) {
        return false;
    }
    let Some(variants) = composed.present(key) else { return false };
    let fingerprint = own.fingerprint(schema);
    variants.items().any(|variant| other.fingerprint(&variant) == fingerprint)
}

/// Whether a schema has no constraints except one keyword.
fn has_only(at: &At<'_>, key: &str) -> bool {
    at.entries().all(|(other, _)| other == key || other == "discriminator" || is_annotation(other))
}

/// Compares discriminators.
pub(super) fn discriminator<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let pair = match pair.present("discriminator") {
        (Some(one), Some(other)) => Pair::new(one, other),
        (None, None) => return,
        (None, other) => return context.record(ChangeKind::DiscriminatorSet, directions, None, other.as_ref()),
        (one, None) => return context.record(ChangeKind::DiscriminatorUnset, directions, one.as_ref(), None),
    };
    if pair.base.text("propertyName") != pair.revision.text("propertyName") {
        let property = |at: &At<'d>| at.get("propertyName").unwrap_or_else(|| at.clone());
        let (one, other) = (property(&pair.base), property(&pair.revision));
        context.record(ChangeKind::DiscriminatorPropertyChanged, directions, Some(&one), Some(&other));
    }
    let mapping = pair.member("mapping");
    for name in mapping.keys() {
        let (one, other) = mapping.get(name);
        let kind = match (&one, &other) {
            (None, _) => ChangeKind::DiscriminatorValueAdded,
            (_, None) => ChangeKind::DiscriminatorValueRemoved,
            (Some(one), Some(other)) if one.value == other.value => continue,
            (Some(one), Some(other)) => {
                let schema = |at: &At<'d>| at.value.as_str().and_then(last_segment).unwrap_or_default().to_owned();
                let is_renamed = context.renamed_schemas.get(&schema(one)) == Some(&schema(other));
                if is_renamed { ChangeKind::SchemaRestated } else { ChangeKind::DiscriminatorValueChanged }
            }
        };
        context.record_named(kind, directions, one.as_ref(), other.as_ref(), name);
    }
    context.other_keys(&pair, &["propertyName", "mapping"], directions);
}

/// Whether a schema only has optional properties.
fn has_only_properties(at: &At<'_>) -> bool {
    at.present("properties").is_some()
        && at.entries().all(|(key, at)| match key {
            "type" => at.value == "object",
            "properties" => true,
            _ => is_annotation(key),
        })
}

/// The name of a variant in messages.
fn name(variant: &At<'_>) -> String {
    let referenced = reference(variant.value).and_then(last_segment);
    let name = referenced.or_else(|| variant.text("title")).or_else(|| variant.text("type"));
    name.unwrap_or_default().to_owned()
}

fn last_segment(reference: &str) -> Option<&str> {
    reference.rsplit('/').next()
}
