//! The changes nearest to the origin of an item of generated code: within it, then in the targets of its references,
//! and so on.

use std::collections::{BTreeSet, HashMap, HashSet};

use openapi::{pointer, references::Resolver};
use serde_json::Value;

use crate::{
    detected::DetectedChange,
    reference::{reference, target},
};

/// Changes that are reported as causes of one item's change. A longer list identifies no cause.
pub(super) const MAX_CAUSES: usize = 20;

/// The distance of changes that do not concern the member.
const FAR: usize = 1_000;

/// References that are followed in search of a change that concerns a member, at most.
const MAX_DISTANCE: usize = 8;

/// Values that are visited, at most: more than in any known pair of documents.
const MAX_VISITS: usize = 1_000_000;

/// A change, as its index, and how many references away it is.
pub(super) type Distant = (usize, usize);

/// The changes of one document by their positions, and the references of its parts.
pub(super) struct Neighborhood<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    changes: &'d [DetectedChange],
    /// Changes by their pointers.
    exact: HashMap<String, Vec<usize>>,
    /// Changes by the component or path that they are in.
    groups: HashMap<String, Group>,
    /// The targets of the references within a value, by its pointer.
    targets: HashMap<String, Vec<String>>,
    /// How many values may still be visited.
    left: usize,
}

/// The changes in one component or path.
#[derive(Default)]
struct Group {
    /// Their indices and pointers.
    all: Vec<(usize, String)>,
    /// Their indices in `all` by the names that they concern.
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
            let Some(changed) = [&change.base, &change.revision][side] else { continue };
            exact.entry(changed.pointer.clone()).or_default().push(*index);
            let group = groups.entry(root(&changed.pointer).to_owned()).or_default();
            for name in names(change) {
                group.named.entry(name).or_default().push(group.all.len());
            }
            group.all.push((*index, changed.pointer.clone()));
        }
        let resolver = Resolver::new(document);
        Self { document, resolver, changes, exact, groups, targets: HashMap::new(), left: MAX_VISITS }
    }

    /// The changes nearest to a value. Those that concern the member are nearer than all others.
    pub(super) fn nearest(&mut self, origin: &str, member: Option<&str>) -> Vec<Distant> {
        let mut around = vec![origin.to_owned()];
        let mut seen: HashSet<String> = HashSet::from([origin.to_owned()]);
        let mut first: Vec<Distant> = Vec::new();
        for distance in 0.. {
            let named: BTreeSet<usize> = member
                .into_iter()
                .flat_map(|member| around.iter().flat_map(|outer| self.about(outer, member)))
                .collect();
            if !named.is_empty() {
                return named.into_iter().map(|index| (distance, index)).collect();
            }
            if first.is_empty() {
                let found: BTreeSet<usize> =
                    around.iter().flat_map(|outer| self.inside(outer).chain(self.outside(outer))).collect();
                first = found.into_iter().map(|index| (FAR + distance, index)).collect();
            }
            self.left = self.left.saturating_sub(around.len());
            if self.left == 0 {
                break;
            }
            let mut next = Vec::new();
            for outer in &around {
                next.extend(self.targets(outer).iter().filter(|target| seen.insert((*target).clone())).cloned());
            }
            if next.is_empty() || distance > MAX_DISTANCE {
                break;
            }
            around = next;
        }
        first
    }

    /// Changes within a value, at most [`MAX_CAUSES`].
    fn inside(&self, outer: &str) -> impl Iterator<Item = usize> {
        let group = self.groups.get(root(outer)).into_iter().flat_map(|group| &group.all);
        group.filter(move |(_, at)| is_within(at, outer)).map(|(index, _)| *index).take(MAX_CAUSES)
    }

    /// Changes of a value around this one, such as a removed path.
    fn outside(&self, outer: &str) -> impl Iterator<Item = usize> {
        let all = std::iter::successors(pointer::parent(outer), |at| pointer::parent(at));
        all.flat_map(|at| self.exact.get(at).into_iter().flatten().copied())
    }

    /// Those of both that concern a name.
    fn about(&self, outer: &str, name: &str) -> impl Iterator<Item = usize> {
        let group = self.groups.get(root(outer));
        let known = group.and_then(|group| Some((group, group.named.get(name)?))).into_iter();
        let known = known.flat_map(|(group, positions)| positions.iter().filter_map(|at| group.all.get(*at)));
        let inside = known.filter(move |(_, at)| is_within(at, outer)).map(|(index, _)| *index);
        let is_about = move |index: &usize| self.changes.get(*index).is_some_and(|change| names(change).contains(name));
        inside.chain(self.outside(outer).filter(is_about))
    }

    /// The targets of the references within a value.
    fn targets(&mut self, outer: &str) -> &[String] {
        let Self { document, resolver, targets, .. } = self;
        targets.entry(outer.to_owned()).or_insert_with(|| {
            let mut found = BTreeSet::new();
            let mut open: Vec<&Value> = document.pointer(outer).into_iter().collect();
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

/// The names that a change concerns, normalized.
fn names(change: &DetectedChange) -> BTreeSet<String> {
    let sides = [&change.base, &change.revision].into_iter().flatten();
    let segments = sides.flat_map(|side| pointer::segments(&side.pointer).collect::<Vec<_>>());
    segments.map(|name| normalized(&name)).chain(change.subject.names().map(normalized)).collect()
}

/// A name without the characters and the case that naming conventions change.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The component or path that a value is in.
fn root(at: &str) -> &str {
    at.char_indices().filter(|(_, c)| *c == '/').nth(3).map_or(at, |(end, _)| &at[..end])
}

fn is_within(at: &str, outer: &str) -> bool {
    at.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
