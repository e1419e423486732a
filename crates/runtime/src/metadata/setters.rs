//! Setters of metadata types, for constants in generated code.

/// Generates setters: `name(argument: Type) => field: value;`.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $ty:ty)?) => $field:ident $(: $value:expr)?;)*) => { $(
        $(#[$doc])*
        #[doc(hidden)]
        #[must_use]
        pub const fn $name(self $(, $argument: $ty)?) -> Self {
            Self { $field $(: $value)?, ..self }
        }
    )* };
}

pub(super) use setters;
