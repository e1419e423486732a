//! The next version number, by Cargo's rules.

use semver::Version;
use serde::Serialize;

use crate::variance::Verdict;

/// The part of the version number that goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// None: there is nothing to publish.
    None,
    /// The patch version.
    Patch,
    /// The minor version.
    Minor,
    /// The major version.
    Major,
}

impl Bump {
    /// Returns the name in reports, such as `minor`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The part that goes up for a verdict. Before 1.0.0 the minor version goes up instead of the major one, and the
    /// patch version instead of the minor one; before 0.1.0 only the patch version does.
    pub(crate) fn of(verdict: Verdict, version: &Version) -> Self {
        match (verdict, version.major, version.minor) {
            (Verdict::None, ..) => Self::None,
            (Verdict::Docs, ..) | (Verdict::Compatible, 0, _) | (Verdict::Breaking, 0, 0) => Self::Patch,
            (Verdict::Compatible, ..) | (Verdict::Breaking, 0, _) => Self::Minor,
            (Verdict::Breaking, ..) => Self::Major,
        }
    }
}

/// Parses a version such as `1.2.3`, `v1.2` or `1`. Only the major version is required; `None` without one.
#[must_use]
pub fn read_version(text: &str) -> Option<Version> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let mut numbers = text.split(['.', '-', '+']).map(|number| number.parse().ok());
    let major = numbers.next().flatten()?;
    let mut next = || numbers.next().flatten().unwrap_or(0);
    Some(Version::new(major, next(), next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_cargos_rules_before_and_after_the_first_release() {
        let bump = |verdict, version| Bump::of(verdict, &read_version(version).unwrap());
        assert_eq!(bump(Verdict::Breaking, "1.4.2"), Bump::Major);
        assert_eq!(bump(Verdict::Compatible, "v1.4"), Bump::Minor);
        assert_eq!(bump(Verdict::Docs, "1"), Bump::Patch);
        assert_eq!(bump(Verdict::None, "1.0.0"), Bump::None);
        assert_eq!(bump(Verdict::Breaking, "0.3.1"), Bump::Minor);
        assert_eq!(bump(Verdict::Compatible, "0.3.1"), Bump::Patch);
        assert_eq!(bump(Verdict::Breaking, "0.0.7"), Bump::Patch);
    }

    #[test]
    fn reads_versions_leniently() {
        for (text, version) in [
            ("1.2.3", Some((1, 2, 3))),
            (" v1.2 ", Some((1, 2, 0))),
            ("V1", Some((1, 0, 0))),
            ("01.x", Some((1, 0, 0))),
            ("next", None),
            ("", None),
        ] {
            assert_eq!(read_version(text), version.map(|(major, minor, patch)| Version::new(major, minor, patch)));
        }
    }
}
