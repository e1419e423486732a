//! The changes nearest to the origin of an item of generated code: in it, in the targets of its references, and so on.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapi::{pointer, references::Resolver};
use serde_json::Value;

use crate::{
    detected::DetectedChange,
    reference::{reference, target},
};

/// Changes that are reported as causes of one item's change. A longer list identifies no cause.
pub(super) const MAX_CAUSES: usize = 20;

/// The distance from which on changes are not about a member.
const FAR: usize = 1_000;

/// References that are followed for a change that is about a member, at most.
const MAX_DISTANCE: usize = 8;

/// Places that are visited, at most: more than in any known pair of documents.
const MAX_PLACES: usize = 1_000_000;

/// A change, as its index, and how many references away it is.
pub(super) type Distant = (usize, usize);

/// The changes of one document by their places, and the references of its parts.
pub(super) struct Neighborhood<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    changes: &'d [DetectedChange],
    /// Changes by their pointers.
    exact: HashMap<String, Vec<usize>>,
    /// Changes by the component or path that they are in.
    groups: HashMap<String, Group>,
    /// The targets of references in a place.
    targets: HashMap<String, Vec<String>>,
    /// How many places may still be visited.
    left: usize,
}

/// The changes in one component or path.
#[derive(Default)]
struct Group {
    /// Their indices and pointers.
    all: Vec<(usize, String)>,
    /// Their positions in `all` by the names that they are about.
    named: HashMap<String, Vec<usize>>,
}

impl<'d> Neighborhood<'d> {
    /// Of the base, where `side` is 0, or of the revision.
    pub(super) fn new(
        document: &'d Value,
        changes: &'d [DetectedChange],
        candidates: &BTreeSet<usize>,
        side: usize,
    ) -> Self {
        let (mut exact, mut groups) = (HashMap::<_, Vec<_>>::new(), HashMap::<String, Group>::new());
        for index in candidates {
            let change = &changes[*index];
            let Some(place) = [&change.base, &change.revision][side] else { continue };
            exact.entry(place.pointer.clone()).or_default().push(*index);
            let group = groups.entry(root(&place.pointer).to_owned()).or_default();
            for name in names(change) {
                group.named.entry(name).or_default().push(group.all.len());
            }
            group.all.push((*index, place.pointer.clone()));
        }
        let resolver = Resolver::new(document);
        Self { document, resolver, changes, exact, groups, targets: HashMap::new(), left: MAX_PLACES }
    }

    /// The changes nearest to a place. Those that are about a member by its name are nearer than all others.
    pub(super) fn nearest(&mut self, origin: &str, member: Option<&str>) -> Vec<Distant> {
        let mut around = vec![origin.to_owned()];
        let mut seen: HashSet<String> = HashSet::from([origin.to_owned()]);
        let mut first: Vec<Distant> = Vec::new();
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
                next.extend(self.targets(place).iter().filter(|target| seen.insert((*target).clone())).cloned());
            }
            if next.is_empty() || distance > MAX_DISTANCE {
                break;
            }
            around = next;
        }
        first
    }

    /// Changes within a place; some of very many.
    fn inside(&self, place: &str) -> impl Iterator<Item = usize> {
        let group = self.groups.get(root(place)).into_iter().flat_map(|group| &group.all);
        group.filter(move |(_, at)| is_within(at, place)).map(|(index, _)| *index).take(MAX_CAUSES)
    }

    /// Changes of what a place is within, such as a removed path.
    fn outside(&self, place: &str) -> impl Iterator<Item = usize> {
        let outer = std::iter::successors(pointer::parent(place), |at| pointer::parent(at));
        outer.flat_map(|at| self.exact.get(at).into_iter().flatten().copied())
    }

    /// Those of both that are about a name.
    fn about(&self, place: &str, name: &str) -> impl Iterator<Item = usize> {
        let group = self.groups.get(root(place));
        let known = group.and_then(|group| Some((group, group.named.get(name)?))).into_iter();
        let known = known.flat_map(|(group, positions)| positions.iter().filter_map(|at| group.all.get(*at)));
        let inside = known.filter(move |(_, at)| is_within(at, place)).map(|(index, _)| *index);
        let is_about = move |index: &usize| self.changes.get(*index).is_some_and(|change| names(change).contains(name));
        inside.chain(self.outside(place).filter(is_about))
    }

    /// The targets of the references in a place.
    fn targets(&mut self, place: &str) -> &[String] {
        let Self { document, resolver, targets, .. } = self;
        targets.entry(place.to_owned()).or_insert_with(|| {
            let mut found = BTreeSet::new();
            let mut open: Vec<&Value> = document.pointer(place).into_iter().collect();
            while let Some(value) = open.pop() {
                if let Some(at) = reference(value).and_then(|text| target(resolver, text)) {
                    found.insert(at.pointer);
                }
                match value {
                    Value::Object(map) => open.extend(map.values()),
                    Value::Array(items) => open.extend(items),
                    _ => {}
                }
            }
            found.into_iter().collect()
        })
    }
}

/// The names that a change is about, in plain form.
fn names(change: &DetectedChange) -> BTreeSet<String> {
    let sides = [&change.base, &change.revision].into_iter().flatten();
    let segments = sides.flat_map(|side| pointer::segments(&side.pointer).collect::<Vec<_>>());
    segments.map(|name| plain(&name)).chain(change.subject.names().map(plain)).collect()
}

/// A name without what naming conventions change.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The component or path that a place is in.
fn root(at: &str) -> &str {
    at.char_indices().filter(|(_, c)| *c == '/').nth(3).map_or(at, |(end, _)| &at[..end])
}

fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
