//! The location of each value of a document, as a tree: pointers to all values would take more memory than the
//! document.

use crate::{Location, pointer};

/// The location of a value, and those of the values in it.
#[derive(Clone, Debug)]
pub(crate) struct LocationTree {
    // files are smaller than this number of lines
    line: u32,
    column: u32,
    inner: Inner,
}

#[derive(Clone, Debug)]
pub(crate) enum Inner {
    Nothing,
    /// Sorted by key.
    Keys(Box<[(Box<str>, LocationTree)]>),
    Items(Box<[LocationTree]>),
}

impl Inner {
    pub(crate) fn keys(mut keys: Vec<(Box<str>, LocationTree)>) -> Self {
        keys.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self::Keys(keys.into_boxed_slice())
    }
}

impl LocationTree {
    pub(crate) fn new(location: Location, inner: Inner) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: short(location.line), column: short(location.column), inner }
    }

    /// Returns the location of a value, or of the innermost existing value around it.
    pub(crate) fn find(&self, pointer: &str) -> Location {
        let mut tree = self;
        for segment in pointer::segments(pointer) {
            let next = match &tree.inner {
                Inner::Nothing => None,
                Inner::Keys(keys) => {
                    let at = keys.binary_search_by(|(key, _)| (**key).cmp(segment.as_str()));
                    at.ok().and_then(|at| keys.get(at)).map(|(_, tree)| tree)
                }
                Inner::Items(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)),
            };
            match next {
                Some(next) => tree = next,
                None => break,
            }
        }
        Location { line: tree.line as usize, column: tree.column as usize }
    }
}
