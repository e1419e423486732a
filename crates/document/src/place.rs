//! Where each value of a document stands, as a tree: pointers to all of them would take more memory than the document.

use std::collections::HashMap;

use crate::{Location, pointer};

/// The place of a value, and those of the values in it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) location: Location,
    pub(crate) inner: Inner,
}

#[derive(Clone, Debug)]
pub(crate) enum Inner {
    Nothing,
    Keys(HashMap<String, Place>),
    Items(Vec<Place>),
}

impl Place {
    /// The place of a value, or of the nearest value around it that is there.
    pub(crate) fn find(&self, pointer: &str) -> Location {
        let mut place = self;
        for segment in pointer::segments(pointer) {
            let next = match &place.inner {
                Inner::Nothing => None,
                Inner::Keys(keys) => keys.get(&segment),
                Inner::Items(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)),
            };
            match next {
                Some(next) => place = next,
                None => break,
            }
        }
        place.location
    }
}
