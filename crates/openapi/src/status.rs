//! The keys of responses: a status code, a range of them, or `default`.

use std::fmt;

/// The statuses that a response is documented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One code, 100 to 599.
    Code(u16),
    /// A range; `4XX` is `Range(4)`.
    Range(u8),
    /// All statuses without a key of their own.
    Default,
}

impl Status {
    /// Parses a key of `responses`. Accepts `4xx` leniently.
    pub fn parse(key: &str) -> Option<Self> {
        match key.as_bytes() {
            b"default" => Some(Self::Default),
            [class @ b'1'..=b'5', b'X', b'X'] | [class @ b'1'..=b'5', b'x', b'x'] => Some(Self::Range(class - b'0')),
            [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Self::Code),
            _ => None,
        }
    }

    /// Whether it is 2xx.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether responses with this status have no body in HTTP.
    pub fn is_bodyless(self) -> bool {
        matches!(self, Self::Code(204 | 205 | 304))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_codes_ranges_and_default_only() {
        for (key, status) in [
            ("100", Status::Code(100)),
            ("599", Status::Code(599)),
            ("4XX", Status::Range(4)),
            ("5xx", Status::Range(5)),
            ("default", Status::Default),
        ] {
            assert_eq!(Status::parse(key), Some(status));
        }
        for key in [
            "",
            "99",
            "600",
            "0200",
            "2000",
            "6XX",
            "0XX",
            "20X",
            "2Xx",
            "DEFAULT",
            "Default",
            "+20",
            " 200",
            "200 ",
            "２００",
            "ok",
            "2XX,",
        ] {
            assert_eq!(Status::parse(key), None, "{key}");
        }
    }
}
