//! The operations that use a component.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap, HashSet},
};

use openapi::{
    Subject, is_method,
    kind::{Kind, each_value, reference},
    pointer,
    references::Resolver,
};
use serde_json::Value;

/// References that are followed in search of operations, at most: more than for any known pair of documents.
const MAX_REFERENCES: usize = 10_000_000;

/// Operations that are named as the users of a component, at most.
const MAX_OPERATIONS: usize = 3;

/// A part of a document that references components.
#[derive(Clone, Debug, PartialEq, Eq)]
enum User {
    /// An operation or a path, as an index of [`Usage::names`].
    Operations(Vec<usize>),
    /// Another component, by its pointer.
    Component(String),
}

/// A reference to a component, or to a part of it.
struct Reference {
    pointer: String,
    user: User,
    /// Whether its target is the component itself.
    is_whole: bool,
}

/// The references of a document, and its operations.
pub(crate) struct Usage {
    /// Operations and paths as `GET /devices`, in the order of the document.
    names: Vec<String>,
    /// The references to each component or into it, by its pointer.
    references: HashMap<String, Vec<Reference>>,
    /// What [`Usage::used_by`] returned.
    known: RefCell<HashMap<String, Option<String>>>,
    /// How many references were followed.
    followed: Cell<usize>,
}

impl Usage {
    pub(crate) fn of(document: &Value, resolver: &Resolver<'_>) -> Self {
        let (mut names, mut by_pointer) = (Vec::new(), HashMap::<String, Vec<usize>>::new());
        for key in ["paths", "webhooks"] {
            for (path, item) in document.get(key).and_then(Value::as_object).into_iter().flatten() {
                let at = pointer::join(&pointer::join("", key), path);
                let keys = item.as_object().into_iter().flatten().map(|(key, _)| key).filter(|key| is_method(key));
                let mut operations: Vec<_> = keys.map(|method| pointer::join(&at, method)).collect();
                if operations.is_empty() {
                    operations.push(at.clone());
                }
                for operation in operations {
                    let mut subject = Subject::default();
                    let path: Vec<_> = pointer::segments(&operation).collect();
                    subject.extend(resolver, (document, Kind::Root), &path);
                    by_pointer.entry(at.clone()).or_default().push(names.len());
                    by_pointer.insert(operation, vec![names.len()]);
                    names.push(subject.owner().to_string());
                }
            }
        }
        let mut references = HashMap::<String, Vec<Reference>>::new();
        each_value(document, &mut |value, kind, at| {
            let Some(target) = reference(value, kind).and_then(|reference| resolver.resolve(reference)) else { return };
            let Some(component) = component(&target.pointer) else { return };
            let user = match self::component(at) {
                Some(own) => User::Component(own),
                None => User::Operations(operations_at(&by_pointer, at)),
            };
            let is_whole = component == target.pointer;
            references.entry(component).or_default().push(Reference { pointer: at.to_owned(), user, is_whole });
        });
        Self { names, references, known: RefCell::default(), followed: Cell::default() }
    }

    /// Returns the pointer of the reference to a component, if there is exactly one, and none to a part of it.
    pub(crate) fn only_reference(&self, component: &str) -> Option<&str> {
        match self.references.get(component)?.as_slice() {
            [Reference { pointer, is_whole: true, .. }] => Some(pointer),
            _ => None,
        }
    }

    /// Returns the first operations that use a component, in the order of the document, and how many more there are;
    /// none if no operation uses it, or if there are too many references.
    pub(crate) fn used_by(&self, root: &str) -> Option<String> {
        if let Some(known) = self.known.borrow().get(root) {
            return known.clone();
        }
        let mut found = BTreeSet::<usize>::new();
        let (mut seen, mut open) = (HashSet::from([root]), vec![root]);
        while let Some(component) = open.pop() {
            for reference in self.references.get(component).into_iter().flatten() {
                self.followed.set(self.followed.get() + 1);
                if self.followed.get() > MAX_REFERENCES {
                    return None;
                }
                match &reference.user {
                    User::Operations(operations) => found.extend(operations),
                    User::Component(other) => open.extend(seen.insert(other).then_some(other.as_str())),
                }
            }
        }
        let first = found.iter().take(MAX_OPERATIONS).filter_map(|index| self.names.get(*index).cloned());
        let first = first.collect::<Vec<_>>().join(", ");
        let used_by = match found.len().saturating_sub(MAX_OPERATIONS) {
            _ if found.is_empty() => None,
            0 => Some(first),
            more => Some(format!("{first}, and {more} more")),
        };
        self.known.borrow_mut().insert(root.to_owned(), used_by.clone());
        used_by
    }
}

/// The operation at or around a pointer, or the operations of its path.
fn operations_at(by_pointer: &HashMap<String, Vec<usize>>, at: &str) -> Vec<usize> {
    let outer = std::iter::successors(Some(at), |at| pointer::parent(at));
    outer.filter_map(|at| by_pointer.get(at)).next().cloned().unwrap_or_default()
}

/// The pointer of the component that a value is or is in.
pub(crate) fn component(at: &str) -> Option<String> {
    let mut segments = pointer::segments(at);
    let (root, section, name) = (segments.next()?, segments.next()?, segments.next()?);
    (root == "components").then(|| pointer::join(&pointer::join("/components", &section), &name))
}
