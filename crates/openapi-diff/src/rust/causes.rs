//! The changes that cause each change of generated code.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    experiments,
    items::ItemChange,
    nearest::{MAX_CAUSES, Neighborhood, normalized},
    surfaces::Surfaces,
};
use crate::{change_kind::ChangeKind, detected::DetectedChange};

/// The changes that cause each item's change, as indices: by experiment, or else those nearest to the item's origin.
pub(crate) fn causes(surfaces: &Surfaces, changes: &[DetectedChange], documents: [&Value; 2]) -> Vec<BTreeSet<usize>> {
    let candidates: BTreeSet<usize> =
        (0..changes.len()).filter(|index| changes[*index].kind != ChangeKind::WordsChanged).collect();
    let measured = experiments::causes(surfaces, documents[1], changes, &candidates);
    let mut sides = [0, 1].map(|side| Neighborhood::new(documents[side], changes, &candidates, side));
    let mut nearest = |item: &ItemChange| {
        if candidates.len() <= 1 {
            return candidates.clone();
        }
        // `types::Name::member`, which may be followed by `: Trait`
        let path = item.path.split(": ").next().unwrap_or_default();
        let mut segments = path.split("::").skip(1);
        let (name, member) = (segments.next().unwrap_or_default(), segments.next().map(normalized));
        let mut found = BTreeSet::new();
        for (side, neighborhood) in sides.iter_mut().enumerate() {
            if let Some(origin) = surfaces.sides[side].origins.get(name) {
                found.extend(neighborhood.nearest(origin, member.as_deref()));
            }
        }
        let distance = found.first().map(|(distance, _)| *distance);
        let found = found.into_iter().filter(|(at, _)| Some(*at) == distance).map(|(_, index)| index);
        let found: BTreeSet<usize> = found.take(MAX_CAUSES).collect();
        // items without an origin: names, servers, credentials
        if found.is_empty() { candidates.iter().copied().take(MAX_CAUSES).collect() } else { found }
    };
    let found = surfaces.items.iter().zip(measured);
    found.map(|(item, measured)| if measured.is_empty() { nearest(item) } else { measured }).collect()
}
