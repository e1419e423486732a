//! The operations that use a component.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap, HashSet},
};

use openapi::{
    kind::{each_value, reference},
    pointer,
    references::Resolver,
};
use serde_json::Value;

use crate::{
    methods::is_method,
    position::{Owner, Position, segments},
};

/// Components that are visited in search of operations, at most: more than in any known pair of documents.
const MAX_VISITS: usize = 1_000_000;

/// A part of a document that references components.
#[derive(Clone, Debug, PartialEq, Eq)]
enum User {
    /// An operation or a path, as an index of [`Usage::names`].
    Operations(Vec<usize>),
    /// Another component, by its pointer.
    Component(String),
}

/// The references of a document, by the components that they are within.
pub(crate) struct Usage {
    /// Operations and paths as `GET /devices`, in the order of the document.
    names: Vec<String>,
    /// The pointers and the users of the references to each component, by its pointer.
    users: HashMap<String, Vec<(String, User)>>,
    /// What [`Usage::operations`] returned.
    known: RefCell<HashMap<String, Vec<String>>>,
    visits: Cell<usize>,
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
                    let owner = owner(document, resolver, &operation);
                    by_pointer.entry(at.clone()).or_default().push(names.len());
                    by_pointer.insert(operation, vec![names.len()]);
                    names.push(owner.to_string());
                }
            }
        }
        let mut users = HashMap::<String, Vec<(String, User)>>::new();
        each_value(document, &mut |value, kind, at| {
            let Some(target) = reference(value, kind).and_then(|reference| resolver.resolve(reference)) else { return };
            let Some(component) = component(&target.pointer) else { return };
            let user = match self::component(at) {
                Some(own) => User::Component(own),
                None => User::Operations(operations_at(&by_pointer, at)),
            };
            users.entry(component).or_default().push((at.to_owned(), user));
        });
        Self { names, users, known: RefCell::default(), visits: Cell::default() }
    }

    /// Returns the pointer of the reference to a component, if it has exactly one.
    pub(crate) fn only_reference(&self, component: &str) -> Option<&str> {
        match self.users.get(component)?.as_slice() {
            [(only, _)] => Some(only),
            _ => None,
        }
    }

    /// Returns the operations that use a component, in the order of the document.
    pub(crate) fn operations(&self, component: &str) -> Vec<String> {
        if let Some(known) = self.known.borrow().get(component) {
            return known.clone();
        }
        let mut found = BTreeSet::<usize>::new();
        let (mut seen, mut open) = (HashSet::from([component]), vec![component]);
        while let Some(component) = open.pop() {
            self.visits.set(self.visits.get() + 1);
            if self.visits.get() > MAX_VISITS {
                return Vec::new();
            }
            for (_, user) in self.users.get(component).into_iter().flatten() {
                match user {
                    User::Operations(operations) => found.extend(operations),
                    User::Component(other) => open.extend(seen.insert(other).then_some(other.as_str())),
                }
            }
        }
        let names: Vec<String> = found.into_iter().filter_map(|index| self.names.get(index).cloned()).collect();
        self.known.borrow_mut().insert(component.to_owned(), names.clone());
        names
    }
}

fn owner(document: &Value, resolver: &Resolver<'_>, at: &str) -> Owner {
    let mut position = Position::default();
    position.walk(resolver, (document, openapi::kind::Kind::Root), &segments(at));
    position.owner
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
