//! Original locations of values that passes have moved.

use std::collections::BTreeMap;

use openapi::{Problem, pointer};

/// Original pointers of schemas that became components and of values that passes moved, by their new pointers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moved(BTreeMap<String, String>);

impl Moved {
    pub(crate) fn insert(&mut self, at: String, original: String) {
        self.0.insert(at, original);
    }

    /// Records that component `copy` is a copy of component `name`.
    pub(crate) fn copied(&mut self, copy: &str, name: &str) {
        let at = |name| pointer::join("/components/schemas", name);
        self.insert(at(copy), self.original(&at(name)));
    }

    /// Returns the pointer in the original document.
    pub(crate) fn original(&self, pointer: &str) -> String {
        let mut prefix = Some(pointer);
        while let Some(moved) = prefix {
            if let Some(original) = self.0.get(moved) {
                return format!("{original}{}", &pointer[moved.len()..]);
            }
            prefix = pointer::parent(moved);
        }
        pointer.to_owned()
    }

    /// Returns pointer and keyword in the original document of a keyword.
    pub(crate) fn original_keyword(&self, pointer: &str, keyword: &str) -> (String, String) {
        let original = self.original(&pointer::join(pointer, keyword));
        let last = pointer::segments(&original).last();
        let parent = pointer::parent(&original).unwrap_or_default().to_owned();
        (parent, last.unwrap_or_else(|| keyword.to_owned()))
    }

    /// Returns the problems with their pointers in the original document.
    pub(crate) fn with_original_pointers(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        for problem in &mut problems {
            problem.pointer = problem.pointer.as_deref().map(|pointer| self.original(pointer));
        }
        problems
    }
}
