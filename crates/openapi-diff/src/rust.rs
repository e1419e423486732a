//! What a change means to those who compile against generated code: both surfaces, item by item.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use codegen::{Generated, Settings, generate};
use openapi::{Problem, pointer, size};
use rust_api::{ItemKind, SurfaceItem};
use serde_json::Value;

use super::{
    at::{reference, target},
    edit::Edit,
    experiments,
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
    sides: [Generated; 2],
}

/// The items that are not the same in the code of both sides.
#[must_use]
pub fn item_changes(base: &Generated, revision: &Generated) -> Vec<ItemChange> {
    let [from, to] = base.items_beside(revision);
    compare(&from, &to)
}

/// Larger documents are generated one after the other.
const MOST_AT_ONCE: usize = 20_000;

/// Generates both sides, and compares them.
///
/// # Errors
/// Why a side could not be generated, in words.
pub(super) fn surfaces(base: &Value, revision: &Value) -> Result<Surfaces, Vec<String>> {
    let side = |document: &Value| -> Side { generate(document, &Settings::package()) };
    // both at once take twice the memory
    if size(base).max(size(revision)) > MOST_AT_ONCE {
        return compared(side(base), side(revision));
    }
    let (one, other) = std::thread::scope(|scope| {
        let thread = scope.spawn(|| side(revision));
        let one = side(base);
        let panicked = || vec![Problem::bug("the generator panicked")];
        (one, thread.join().unwrap_or_else(|_| Err(panicked())))
    });
    compared(one, other)
}

type Side = Result<Generated, Vec<Problem>>;

fn compared(one: Side, other: Side) -> Result<Surfaces, Vec<String>> {
    let mut reasons = Vec::new();
    for (name, side) in [("the base", one.as_ref().err()), ("the revision", other.as_ref().err())] {
        for problem in side.into_iter().flatten() {
            let at = problem.pointer.as_deref().filter(|at| !at.is_empty()).map(|at| format!(" ({at})"));
            reasons.push(format!("no code can be made of {name}: {}{}", problem.what, at.unwrap_or_default()));
        }
    }
    match (one, other) {
        (Ok(one), Ok(other)) => {
            let same_code = one.code == other.code;
            Ok(Surfaces { items: item_changes(&one, &other), same_code, sides: [one, other] })
        }
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
            // what is gone with its owner, or with what its owner was, is said of the owner
            None if owner(path).is_some_and(|owner| is_another(from.get(owner), to.get(owner))) => {}
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

/// Whether a type is gone, or of another kind.
fn is_another(from: Option<&SurfaceItem>, to: Option<&SurfaceItem>) -> bool {
    from.is_some_and(|from| to.is_none_or(|to| from.signature != to.signature))
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
        let measured = experiments::causes(&self.sides[0], documents[1], &self.items, edits, &meaningful);
        let mut sides = [0, 1].map(|side| Causes::new(documents[side], edits, &meaningful, side));
        let most: BTreeSet<usize> = meaningful.iter().copied().take(MOST_CAUSES).collect();
        let mut cause = |item: &ItemChange| {
            if meaningful.len() <= 1 {
                return meaningful.clone();
            }
            let path = item.path.split(": ").next().unwrap_or_default();
            let mut segments = path.split("::").skip(1);
            let (name, member) = (segments.next().unwrap_or_default(), segments.next().map(plain));
            let mut nearest = BTreeSet::new();
            for (side, causes) in sides.iter_mut().enumerate() {
                if let Some(origin) = self.sides[side].origins.get(name) {
                    nearest.extend(causes.nearest(origin, member.as_deref()));
                }
            }
            // what no edit is near to is of names, servers, credentials
            let distance = nearest.iter().map(|(distance, _)| *distance).min();
            let found = nearest.into_iter().filter(|(at, _)| Some(*at) == distance).map(|(_, index)| index);
            let found: BTreeSet<usize> = found.take(MOST_CAUSES).collect();
            if found.is_empty() { most.clone() } else { found }
        };
        let found = self.items.iter().zip(measured);
        found.map(|(item, measured)| if measured.is_empty() { cause(item) } else { measured }).collect()
    }
}

/// Edits that are reported as causes of one item's change. A longer list identifies no cause.
const MOST_CAUSES: usize = 20;

/// The names that an edit is about, plain.
fn names(edit: &Edit) -> BTreeSet<String> {
    let sides = [&edit.base, &edit.revision].into_iter().flatten();
    let mut names: BTreeSet<String> =
        sides.flat_map(|side| pointer::segments(&side.pointer).collect::<Vec<_>>()).map(|name| plain(&name)).collect();
    names.extend(edit.subject.split(" → ").map(plain));
    names
}

/// The edits of one side by where they stand, and what refers to what.
struct Causes<'d> {
    document: &'d Value,
    /// Pointers of edits.
    exact: HashMap<String, Vec<usize>>,
    /// The same by the component or operation that they stand in.
    grouped: HashMap<String, Vec<(usize, String)>>,
    /// The same by that and by the names that they are about, as positions in `grouped`.
    named: HashMap<String, HashMap<String, Vec<usize>>>,
    /// Of edits that hold others, the names that they are about.
    edits: &'d [Edit],
    references: HashMap<String, Vec<String>>,
    /// So many places are still looked at beyond those where items stand.
    left: usize,
}

impl<'d> Causes<'d> {
    fn new(document: &'d Value, edits: &'d [Edit], meaningful: &BTreeSet<usize>, side: usize) -> Self {
        let (mut exact, mut grouped) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        let mut named = HashMap::<String, HashMap<String, Vec<usize>>>::new();
        for index in meaningful {
            let edit = &edits[*index];
            if let Some(place) = [&edit.base, &edit.revision][side] {
                exact.entry(place.pointer.clone()).or_default().push(*index);
                let group = grouped.entry(root(&place.pointer).to_owned()).or_default();
                let by_name = named.entry(root(&place.pointer).to_owned()).or_default();
                for name in names(edit) {
                    by_name.entry(name).or_default().push(group.len());
                }
                group.push((*index, place.pointer.clone()));
            }
        }
        Self { document, exact, grouped, named, edits, references: HashMap::new(), left: MOST_PLACES }
    }

    /// The edits nearest to a place, with how far they are: in it, in what it refers to, and so on. Those that are about a
    /// member by name are nearer than all others.
    fn nearest(&mut self, origin: &str, member: Option<&str>) -> Vec<(usize, usize)> {
        let mut around = vec![origin.to_owned()];
        let mut seen: HashSet<String> = HashSet::from([origin.to_owned()]);
        let mut first: Vec<(usize, usize)> = Vec::new();
        for distance in 0.. {
            let named: BTreeSet<usize> = member
                .into_iter()
                .flat_map(|member| around.iter().flat_map(|place| self.about(place, member)))
                .collect();
            if !named.is_empty() {
                return named.into_iter().map(|index| (distance, index)).collect();
            }
            if first.is_empty() {
                let found: BTreeSet<usize> =
                    around.iter().flat_map(|place| self.inside(place).chain(self.outside(place))).collect();
                first = found.into_iter().map(|index| (FAR + distance, index)).collect();
            }
            self.left = self.left.saturating_sub(around.len());
            if self.left == 0 {
                break;
            }
            let mut next = Vec::new();
            for place in &around {
                for target in self.references(place) {
                    if seen.insert(target.clone()) {
                        next.push(target);
                    }
                }
            }
            if next.is_empty() || distance > DEEPEST {
                break;
            }
            around = next;
        }
        first
    }

    /// Edits of what stands in a place; of very many, some.
    fn inside(&self, place: &str) -> impl Iterator<Item = usize> {
        let group = self.grouped.get(root(place)).into_iter().flatten();
        group.filter(move |(_, at)| within(at, place)).map(|(index, _)| *index).take(MOST_CAUSES)
    }

    /// Edits of what holds a place, such as a path that is gone.
    fn outside(&self, place: &str) -> impl Iterator<Item = usize> {
        let outer = std::iter::successors(pointer::parent(place), |at| pointer::parent(at));
        outer.flat_map(|at| self.exact.get(at).into_iter().flatten().copied())
    }

    /// Those of both that are about a name.
    fn about(&self, place: &str, name: &str) -> impl Iterator<Item = usize> {
        let group = self.grouped.get(root(place)).map_or(&[][..], Vec::as_slice);
        let known = self.named.get(root(place)).and_then(|names| names.get(name)).into_iter().flatten();
        let inside = known.filter_map(|at| group.get(*at)).filter(move |(_, at)| within(at, place));
        let outside = self
            .outside(place)
            .filter(move |index| self.edits.get(*index).is_some_and(|edit| names(edit).contains(name)));
        inside.map(|(index, _)| *index).chain(outside)
    }

    /// What a value refers to.
    fn references(&mut self, place: &str) -> Vec<String> {
        if let Some(known) = self.references.get(place) {
            return known.clone();
        }
        let mut found = BTreeSet::new();
        let mut open: Vec<&Value> = self.document.pointer(place).into_iter().collect();
        while let Some(value) = open.pop() {
            if let Some(at) = reference(value).and_then(|text| target(self.document, text)) {
                found.insert(at.pointer);
            }
            match value {
                Value::Object(map) => open.extend(map.values()),
                Value::Array(items) => open.extend(items),
                _ => {}
            }
        }
        let found: Vec<_> = found.into_iter().collect();
        self.references.insert(place.to_owned(), found.clone());
        found
    }
}

/// Farther than any edit that is about a member.
const FAR: usize = 1_000;

/// More places than the comparison of any two known documents looks at.
const MOST_PLACES: usize = 1_000_000;

/// References that are followed for an edit that is about a member.
const DEEPEST: usize = 8;

/// The component or operation that a place is in.
fn root(at: &str) -> &str {
    at.char_indices().filter(|(_, c)| *c == '/').nth(3).map_or(at, |(end, _)| &at[..end])
}

/// A name without what naming conventions do to it.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
