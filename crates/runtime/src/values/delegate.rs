//! Traits that constrained types implement by delegation to the value that they hold.

/// Implements traits for a constrained type: `delegate!((ConstrainedVec, T): Clone Eq)`.
macro_rules! delegate {
    ($type:tt: $($trait:ident)*) => { $(delegate!(@$trait $type);)* };
    (@Clone ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: Clone)?> Clone for $name<S $(, $T)?> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), std::marker::PhantomData)
            }
        }
    };
    (@Debug $type:tt) => { delegate!(@format Debug $type); };
    (@Display $type:tt) => { delegate!(@format Display $type); };
    (@format $trait:ident ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: std::fmt::$trait)?> std::fmt::$trait for $name<S $(, $T)?> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::$trait::fmt(&self.0, f)
            }
        }
    };
    (@PartialEq ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: PartialEq)?> PartialEq for $name<S $(, $T)?> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
    };
    (@Eq ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: Eq)?> Eq for $name<S $(, $T)?> {}
    };
    (@Hash ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: std::hash::Hash)?> std::hash::Hash for $name<S $(, $T)?> {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
    };
    (@Serialize ($name:ident $(, $T:ident)?)) => {
        impl<S $(, $T: serde::Serialize)?> serde::Serialize for $name<S $(, $T)?> {
            fn serialize<W: serde::Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
                self.0.serialize(serializer)
            }
        }
    };
}

pub(super) use delegate;
