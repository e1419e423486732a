//! Where each value of a document stands, as a tree: pointers to all of them would take more memory than the document.

use crate::{Location, pointer};

/// The place of a value, and those of the values in it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    // no file that is read has more lines than this counts
    line: u32,
    column: u32,
    inner: Inner,
}

#[derive(Clone, Debug)]
pub(crate) enum Inner {
    Nothing,
    /// Sorted by key.
    Keys(Box<[(Box<str>, Place)]>),
    Items(Box<[Place]>),
}

impl Inner {
    pub(crate) fn keys(mut keys: Vec<(Box<str>, Place)>) -> Self {
        keys.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Self::Keys(keys.into_boxed_slice())
    }
}

impl Place {
    pub(crate) fn new(location: Location, inner: Inner) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: short(location.line), column: short(location.column), inner }
    }

    /// The place of a value, or of the nearest value around it that is there.
    pub(crate) fn find(&self, pointer: &str) -> Location {
        let mut place = self;
        for segment in pointer::segments(pointer) {
            let next = match &place.inner {
                Inner::Nothing => None,
                Inner::Keys(keys) => {
                    let at = keys.binary_search_by(|(key, _)| (**key).cmp(segment.as_str()));
                    at.ok().and_then(|at| keys.get(at)).map(|(_, place)| place)
                }
                Inner::Items(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)),
            };
            match next {
                Some(next) => place = next,
                None => break,
            }
        }
        Location { line: place.line as usize, column: place.column as usize }
    }
}
