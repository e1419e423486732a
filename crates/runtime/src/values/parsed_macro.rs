//! The macro that implements conversions from strings for generated types.

/// Implements the conversions from `&str` and `String` for types that implement `FromStr`. Used by generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! __parsed {
    ($($name:ident,)*) => { $(
        impl ::std::convert::TryFrom<&str> for $name {
            type Error = <Self as ::std::str::FromStr>::Err;

            fn try_from(value: &str) -> ::std::result::Result<Self, <Self as ::std::str::FromStr>::Err> {
                value.parse()
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = <Self as ::std::str::FromStr>::Err;

            fn try_from(
                value: ::std::string::String,
            ) -> ::std::result::Result<Self, <Self as ::std::str::FromStr>::Err> {
                value.parse()
            }
        }
    )* };
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    /// Variants with the names of the traits' associated types.
    #[derive(Debug, PartialEq)]
    enum Level {
        Error,
        Err,
    }

    impl FromStr for Level {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            match text {
                "error" => Ok(Self::Error),
                "err" => Ok(Self::Err),
                other => Err(other.to_owned()),
            }
        }
    }

    crate::parsed! { Level, }

    #[test]
    fn strings_are_converted_by_parsing() {
        assert_eq!(Level::try_from("error"), Ok(Level::Error));
        assert_eq!(Level::try_from("err".to_owned()), Ok(Level::Err));
        assert_eq!(Level::try_from("other"), Err("other".to_owned()));
    }
}
