//! What a change means to those who compile against generated code: both surfaces, item by item.

use std::collections::{BTreeMap, BTreeSet};

use blynk_codegen::{Generated, ItemKind, Settings, SurfaceItem, generate};
use blynk_document::{Problem, pointer};
use serde_json::Value;

use super::{
    at::{reference, target},
    edit::Edit,
    law::Verdict,
};

/// One item of the surface that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Its path, such as `types::OAuthClient::secret`.
    pub path: String,
    /// What it means: breaking or compatible.
    pub verdict: Verdict,
    /// In one line, for people.
    pub message: String,
}

/// Both surfaces compared, or why they could not be.
#[derive(Clone, Debug)]
pub(super) struct Surfaces {
    pub(super) items: Vec<ItemChange>,
    /// Whether the code is the same, byte for byte.
    pub(super) same_code: bool,
    origins: [BTreeMap<String, String>; 2],
}

/// Generates both sides at once, and compares them.
///
/// # Errors
/// Why a side could not be generated, in words.
pub(super) fn surfaces(base: &Value, revision: &Value) -> Result<Surfaces, Vec<String>> {
    let side = |document: &Value| -> Result<(Generated, BTreeMap<String, SurfaceItem>), Vec<Problem>> {
        let generated = generate(document, &Settings::sdk())?;
        let items = generated.items();
        Ok((generated, items))
    };
    let (one, other) = std::thread::scope(|scope| {
        let thread = scope.spawn(|| side(revision));
        let one = side(base);
        let panicked = || vec![Problem::new("the generator panicked", "report this as a bug of the generator")];
        (one, thread.join().unwrap_or_else(|_| Err(panicked())))
    });
    let mut reasons = Vec::new();
    for (name, side) in [("the base", one.as_ref().err()), ("the revision", other.as_ref().err())] {
        for problem in side.into_iter().flatten() {
            let at = problem.pointer.as_deref().filter(|at| !at.is_empty()).map(|at| format!(" ({at})"));
            reasons.push(format!("no code can be made of {name}: {}{}", problem.what, at.unwrap_or_default()));
        }
    }
    match (one, other) {
        (Ok((one, from)), Ok((other, to))) => Ok(Surfaces {
            items: compare(&from, &to),
            same_code: one.code == other.code,
            origins: [one.origins, other.origins],
        }),
        _ => Err(reasons),
    }
}

fn compare(from: &BTreeMap<String, SurfaceItem>, to: &BTreeMap<String, SurfaceItem>) -> Vec<ItemChange> {
    let mut changes = Vec::new();
    let mut note = |path: &str, verdict, message: String| {
        changes.push(ItemChange { path: path.to_owned(), verdict, message });
    };
    for (path, one) in from {
        match to.get(path) {
            Some(other) if one == other => {}
            Some(other) if one.kind == ItemKind::Constant && other.kind == ItemKind::Constant => {
                note(path, Verdict::Compatible, format!("{path}: {} → {}", one.signature, other.signature));
            }
            Some(other) if one.kind == other.kind && one.signature == other.signature => {
                // one that could not be built or matched in full may be so now
                let verdict = if other.closed { Verdict::Compatible } else { Verdict::Breaking };
                note(path, verdict, format!("{path} is {}", if other.closed { "closed" } else { "open" }));
            }
            Some(other) => note(path, Verdict::Breaking, format!("{path}: {} → {}", one.signature, other.signature)),
            // what is gone with its owner is said of the owner
            None if owner(path).is_some_and(|owner| from.contains_key(owner) && !to.contains_key(owner)) => {}
            None => note(path, Verdict::Breaking, format!("{path} is gone")),
        }
    }
    for (path, other) in to.iter().filter(|(path, _)| !from.contains_key(*path)) {
        let owner = owner(path);
        if owner.is_some_and(|owner| to.contains_key(owner) && !from.contains_key(owner)) {
            continue;
        }
        let closed = owner.and_then(|owner| from.get(owner)).is_some_and(|owner| owner.closed);
        let breaks = closed && matches!(other.kind, ItemKind::Field | ItemKind::Variant);
        let verdict = if breaks { Verdict::Breaking } else { Verdict::Compatible };
        note(path, verdict, format!("{path} is new"));
    }
    changes
}

/// The item that an item belongs to.
fn owner(path: &str) -> Option<&str> {
    match path.split_once(": ") {
        Some((owner, _)) => Some(owner),
        None => path.rsplit_once("::").map(|(owner, _)| owner).filter(|owner| owner.contains("::")),
    }
}

impl Surfaces {
    /// Which edits cause each item's change: indices into the edits.
    pub(super) fn causes(&self, edits: &[Edit], documents: [&Value; 2]) -> Vec<BTreeSet<usize>> {
        let meaningful: BTreeSet<usize> =
            (0..edits.len()).filter(|index| edits[*index].id != "words-changed").collect();
        let mut reached = BTreeMap::new();
        self.items.iter().map(|item| self.cause(item, edits, &meaningful, documents, &mut reached)).collect()
    }

    fn cause(
        &self,
        item: &ItemChange,
        edits: &[Edit],
        meaningful: &BTreeSet<usize>,
        documents: [&Value; 2],
        reached: &mut BTreeMap<(usize, String), BTreeSet<String>>,
    ) -> BTreeSet<usize> {
        if meaningful.len() <= 1 {
            return meaningful.clone();
        }
        let path = item.path.split(": ").next().unwrap_or_default();
        let mut segments = path.split("::").skip(1);
        let (name, member) = (segments.next().unwrap_or_default(), segments.next());
        let mut close = BTreeSet::new();
        let mut far = BTreeSet::new();
        for side in 0..2 {
            let Some(origin) = self.origins[side].get(name) else { continue };
            let reachable =
                reached.entry((side, origin.clone())).or_insert_with(|| references(documents[side], origin));
            for index in meaningful {
                let edit = &edits[*index];
                let places = [edit.base.as_ref(), edit.revision.as_ref()];
                let Some(at) = places[side].map(|place| place.pointer.as_str()) else { continue };
                if within(at, origin) || within(origin, at) {
                    close.insert(*index);
                } else if reachable.iter().any(|target| within(at, target)) {
                    far.insert(*index);
                }
            }
        }
        let of_member = |set: &BTreeSet<usize>| -> BTreeSet<usize> {
            let Some(member) = member.map(plain) else { return BTreeSet::new() };
            let names = |edit: &Edit| {
                let pointed = [&edit.base, &edit.revision]
                    .into_iter()
                    .flatten()
                    .flat_map(|side| pointer::segments(&side.pointer).collect::<Vec<_>>());
                pointed.chain([edit.subject.clone()]).any(|segment| plain(&segment) == member)
            };
            set.iter().copied().filter(|index| names(&edits[*index])).collect()
        };
        for set in [of_member(&close), of_member(&far), close, far] {
            if !set.is_empty() {
                return set;
            }
        }
        // what has no place in particular: names, servers, credentials
        meaningful.clone()
    }
}

/// A name without what naming conventions do to it.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Everything that a value refers to, directly or through others.
fn references(document: &Value, origin: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Value> = document.pointer(origin).into_iter().collect();
    while let Some(value) = open.pop() {
        if let Some(at) = reference(value).and_then(|text| target(document, text))
            && found.insert(at.pointer.clone())
        {
            open.push(at.value);
        }
        match value {
            Value::Object(map) => open.extend(map.values()),
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}
