//! Writing of objects.

use std::collections::HashMap;

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeStruct},
};

/// Whether an array or map is empty, so that it is not written.
pub trait Empty {
    /// Returns whether it has no items.
    fn is_empty(&self) -> bool;
}

impl<T> Empty for Vec<T> {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl<T> Empty for HashMap<String, T> {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl Empty for serde_json::Map<String, serde_json::Value> {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

/// Generates a writer that keeps its first error until the end.
macro_rules! writer {
    ($(#[$doc:meta])* $name:ident, $state:ident, $write:ident) => {
        $(#[$doc])*
        pub struct $name<S: Serializer>(Result<S::$state, S::Error>);

        impl<S: Serializer> $name<S> {
            /// Writes a property.
            pub fn always<T: Serialize>(&mut self, name: &'static str, value: &T) {
                if let Ok(state) = &mut self.0
                    && let Err(error) = state.$write(name, value)
                {
                    self.0 = Err(error);
                }
            }

            /// Writes a property unless it is absent.
            pub fn some<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
                if value.is_some() {
                    self.always(name, value);
                }
            }

            /// Writes a property unless it is empty.
            pub fn filled<T: Serialize + Empty>(&mut self, name: &'static str, value: &T) {
                if !value.is_empty() {
                    self.always(name, value);
                }
            }

            /// Ends the object.
            ///
            /// # Errors
            /// The first error.
            pub fn end(self) -> Result<S::Ok, S::Error> {
                self.0.and_then($state::end)
            }
        }
    };
}

writer! {
    /// Writes the fields of a struct.
    StructWriter, SerializeStruct, serialize_field
}

writer! {
    /// Writes the fields of a struct that has other properties too.
    MapWriter, SerializeMap, serialize_entry
}

impl<S: Serializer> StructWriter<S> {
    /// Begins an object with at most `count` properties.
    pub fn new(serializer: S, name: &'static str, count: usize) -> Self {
        Self(serializer.serialize_struct(name, count))
    }
}

impl<S: Serializer> MapWriter<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes the properties that the document does not list.
    pub fn rest<'a, T: Serialize + 'a>(&mut self, rest: impl IntoIterator<Item = (&'a String, &'a T)>) {
        for (name, value) in rest {
            if let Ok(state) = &mut self.0
                && let Err(error) = state.serialize_entry(name, value)
            {
                self.0 = Err(error);
            }
        }
    }
}
