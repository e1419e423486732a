//! Values of `format` that constrained strings are checked against.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::constraint::{Constraint, ConstraintViolation};

/// A `format` that constrained strings are checked against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `uri`: RFC 3986, with a scheme.
    Uri,
    /// `uri-reference`: RFC 3986, with or without a scheme.
    UriReference,
    /// `email`: RFC 5321.
    Email,
    /// `byte`: base64, RFC 4648, section 4.
    Byte,
    /// `duration`: RFC 3339, appendix A.
    Duration,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 5] = [Self::Uri, Self::UriReference, Self::Email, Self::Byte, Self::Duration];

    /// Returns the format as written in the document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Email => "email",
            Self::Byte => "byte",
            Self::Duration => "duration",
        }
    }

    /// Returns a description with the defining specification, such as `a URI (RFC 3986)`.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Uri => "a URI (RFC 3986)",
            Self::UriReference => "a URI reference (RFC 3986)",
            Self::Email => "an e-mail address (RFC 5321)",
            Self::Byte => "base64 (RFC 4648, section 4)",
            Self::Duration => "a duration (RFC 3339, appendix A)",
        }
    }

    /// Checks that a string has the format.
    ///
    /// # Errors
    /// When it does not have the format.
    pub fn check(self, text: &str) -> Result<(), ConstraintViolation> {
        let (has, advice) = match self {
            Self::Uri => (
                fluent_uri::Uri::parse(text).is_ok(),
                "a URI begins with a scheme such as https:; spaces and non-ASCII characters must be percent-encoded",
            ),
            Self::UriReference => {
                (fluent_uri::UriRef::parse(text).is_ok(), "spaces and non-ASCII characters must be percent-encoded")
            }
            // like the RFC, the crate accepts a host without a dot
            Self::Email => (email_address::EmailAddress::is_valid(text), "expected a form such as name@host.example"),
            Self::Byte => {
                (BASE64_STANDARD.decode(text).is_ok(), "pad the string with = to a multiple of four characters")
            }
            Self::Duration => (is_duration(text), "expected a form such as P1DT12H"),
        };
        if has {
            return Ok(());
        }
        let detail = format!("{}: not {}; {advice}", self.name(), self.describe());
        Err(ConstraintViolation::new(Constraint::Format, detail))
    }
}

/// RFC 3339, appendix A: units in order and without gaps, each after digits; weeks only alone.
fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    if let Some(weeks) = rest.strip_suffix('W') {
        return is_number(weeks);
    }
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return false,
        None => (rest, ""),
    };
    !rest.is_empty() && are_units(date, "YMD") && are_units(time, "HMS")
}

/// Returns whether a text is numbers, each before a letter of `units`, in adjacent order.
fn are_units(text: &str, units: &str) -> bool {
    let mut next = None;
    let mut rest = text;
    while let Some(end) = rest.find(|c: char| !c.is_ascii_digit()) {
        let (number, unit) = rest.split_at(end);
        let at = unit.chars().next().and_then(|unit| units.find(unit));
        if !is_number(number) || at.is_none() || next.is_some_and(|next| at != Some(next)) {
            return false;
        }
        next = at.map(|at| at + 1);
        rest = &unit[1..];
    }
    rest.is_empty()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_follow_their_rfcs() {
        for (format, good, bad) in [
            (Format::UriReference, &["", "/a", "a?b#c", "https://x.example"][..], &["a b", "é", "%zz"][..]),
            (
                Format::Email,
                &["a@b.example", "a+b@x", "\"a b\"@x.example"],
                &["", "a", "a@", "@b", "a b@c.example", "a@b@c"],
            ),
            (Format::Byte, &["", "YQ==", "YWI=", "YWJj"], &["YQ", "YQ=", "Y", "YWJj=", "YW Jj", "Y-_j"]),
            (
                Format::Duration,
                &["P1Y", "P1Y2M3D", "P2W", "PT0S", "P1DT12H", "PT1H2M3S", "P1M", "PT36H"],
                &[
                    "", "P", "PT", "1Y", "P1", "P1YT", "P1Y3D", "PT1H3S", "P1W2D", "PY", "P-1D", "P1.5D", "P1S", "p1d",
                    "P1D2Y", "P1é",
                ],
            ),
        ] {
            for text in good {
                assert_eq!(format.check(text), Ok(()), "{format:?} {text:?}");
            }
            for text in bad {
                assert!(format.check(text).is_err(), "{format:?} {text:?}");
            }
        }
    }
}
