//! Shared JSON values, for unions and for arrays with `uniqueItems`.
//!
//! A clone is cheap, and a union nested in a union gets its part of the value by reference. Copying that part at every
//! level would take time and memory proportional to the size of the response times its depth.

use std::{
    cell::{Cell, OnceCell},
    hash::{BuildHasher as _, Hash, Hasher, RandomState},
    rc::Rc,
};

/// A JSON value.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    String(Rc<str>),
    Array(Rc<Container<Node>>),
    Object(Rc<Container<(Box<str>, Node)>>),
}

/// An array or an object.
#[derive(Debug)]
pub(crate) struct Container<T> {
    /// Identifies this container among those that one thread has read.
    id: u64,
    /// The items of an array, or the properties of an object sorted by key without duplicates.
    pub(crate) items: Box<[T]>,
    /// Hash of the items, computed on first use.
    hash: OnceCell<u64>,
}

impl<T> Container<T> {
    pub(crate) fn shared(items: Vec<T>) -> Rc<Self> {
        thread_local!(static LAST: Cell<u64> = const { Cell::new(0) });
        let id = LAST.get().wrapping_add(1);
        LAST.set(id);
        Rc::new(Self { id, items: items.into(), hash: OnceCell::new() })
    }
}

impl Node {
    /// Returns the identity of an array or object.
    pub(crate) fn id(&self) -> Option<u64> {
        match self {
            Self::Array(array) => Some(array.id),
            Self::Object(object) => Some(object.id),
            _ => None,
        }
    }

    /// Returns the value of a property.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(object) = self else { return None };
        let at = object.items.binary_search_by(|(key, _)| (**key).cmp(name)).ok()?;
        object.items.get(at).map(|(_, value)| value)
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items of an array.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match self {
            Self::Array(array) => Some(&array.items),
            _ => None,
        }
    }

    /// Returns the names of an object's properties.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let items = match self {
            Self::Object(object) => &*object.items,
            _ => &[],
        };
        items.iter().map(|(key, _)| &**key)
    }

    /// Returns the value of an integer in any notation, such as `1`, `1.0` and `1e0`.
    fn integer(&self) -> Option<i128> {
        /// Larger floats may not fit an `i128`.
        const LARGE: f64 = 1e30;
        match self {
            Self::Unsigned(number) => Some((*number).into()),
            Self::Signed(number) => Some((*number).into()),
            #[expect(clippy::cast_possible_truncation, reason = "it is an integer within the range")]
            Self::Float(number) if number.fract() == 0.0 && number.abs() < LARGE => Some(*number as i128),
            _ => None,
        }
    }

    /// Returns the same hash for values that are equal in JSON Schema. Containers cache it, so that nested
    /// `uniqueItems` cost no more than flat ones. It is keyed per process, so that a server cannot provoke collisions.
    pub(crate) fn digest(&self) -> u64 {
        thread_local!(static KEY: RandomState = RandomState::new());
        match self {
            Self::Array(array) => *array
                .hash
                .get_or_init(|| KEY.with(|key| key.hash_one(array.items.iter().map(Self::digest).collect::<Vec<_>>()))),
            Self::Object(object) => *object.hash.get_or_init(|| {
                let entries = object.items.iter().map(|(key, value)| (key, value.digest()));
                KEY.with(|key| key.hash_one(entries.collect::<Vec<_>>()))
            }),
            Self::String(text) => KEY.with(|key| key.hash_one(text)),
            Self::Bool(value) => KEY.with(|key| key.hash_one(value)),
            Self::Null => 0,
            Self::Unsigned(_) | Self::Signed(_) | Self::Float(_) => match (self.integer(), self) {
                (None, Self::Float(number)) => KEY.with(|key| key.hash_one(number.to_bits())),
                (integer, _) => KEY.with(|key| key.hash_one(integer)),
            },
        }
    }
}

/// Equality of JSON Schema: 1 equals 1.0, and the order of properties is irrelevant.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::String(one), Self::String(other)) => one == other,
            (Self::Array(_), Self::Array(_)) | (Self::Object(_), Self::Object(_))
                if self.digest() != other.digest() =>
            {
                false
            }
            (Self::Array(one), Self::Array(other)) => one.items == other.items,
            (Self::Object(one), Self::Object(other)) => one.items == other.items,
            (Self::Float(one), Self::Float(other)) => one == other,
            _ => self.integer().is_some_and(|one| Some(one) == other.integer()),
        }
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.digest());
    }
}
