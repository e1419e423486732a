//! Where schemas stood that are elsewhere by now.

use std::collections::BTreeMap;

use openapi::{Problem, pointer};

/// Where in the document a schema stood that became a component, by the component's pointer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved(BTreeMap<String, String>);

impl Moved {
    pub(crate) fn insert(&mut self, at: String, stood: String) {
        self.0.insert(at, stood);
    }

    /// Remembers that a component is what another was in the document.
    pub(crate) fn copied(&mut self, copy: &str, name: &str) {
        let at = |name| pointer::join("/components/schemas", name);
        self.insert(at(copy), self.original(&at(name)));
    }

    /// The pointer in the document as it was given.
    pub(crate) fn original(&self, pointer: &str) -> String {
        let mut prefix = Some(pointer);
        while let Some(moved) = prefix {
            if let Some(stood) = self.0.get(moved) {
                return format!("{stood}{}", &pointer[moved.len()..]);
            }
            prefix = pointer::parent(moved);
        }
        pointer.to_owned()
    }

    /// The problems with their pointers in the document as it was given.
    pub(crate) fn placed(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        for problem in &mut problems {
            problem.pointer = problem.pointer.as_deref().map(|pointer| self.original(pointer));
        }
        problems
    }
}
