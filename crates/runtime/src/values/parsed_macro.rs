//! The macro that implements conversions from strings for generated types.

/// Implements the conversions from `&str` and `String` for types that implement `FromStr`. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __parsed {
    ($($name:ident,)*) => { $(
        impl ::std::convert::TryFrom<&str> for $name {
            type Error = <Self as ::std::str::FromStr>::Err;

            fn try_from(value: &str) -> ::std::result::Result<Self, Self::Error> {
                value.parse()
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = <Self as ::std::str::FromStr>::Err;

            fn try_from(value: ::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                value.parse()
            }
        }
    )* };
}
