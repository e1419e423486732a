//! The HTTP methods of a Path Item Object.

use std::fmt;

/// An HTTP method that a Path Item Object of OpenAPI 3.0 and 3.1 may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// All methods, in the order of the OpenAPI specification.
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Options, Self::Head, Self::Patch, Self::Trace];

    /// Returns the method of a key of a Path Item Object.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }

    /// Returns the key in a Path Item Object, such as `get`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }

    /// Returns the name in a request, such as `GET`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// The key of a method of OpenAPI 3.2, which [`Method`] does not have.
pub const QUERY: &str = "query";

/// Whether a key of a Path Item Object holds an operation, in OpenAPI 3.2 or before.
#[must_use]
pub fn is_method(key: &str) -> bool {
    key == QUERY || Method::of_key(key).is_some()
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_names_correspond() {
        for method in Method::ALL {
            assert_eq!(Method::of_key(method.key()), Some(method));
            assert_eq!(method.key().to_ascii_uppercase(), method.name());
        }
        for key in ["", "GET", "Get", "parameters", "x-get", "query"] {
            assert_eq!(Method::of_key(key), None, "{key}");
        }
    }
}
