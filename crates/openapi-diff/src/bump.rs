//! The next version number, by Cargo's rules.

use serde::Serialize;

use super::law::Verdict;

/// Which part of the version number goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// None: nothing is to be published.
    None,
    /// The last number.
    Patch,
    /// The middle number.
    Minor,
    /// The first number.
    Major,
}

impl Bump {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// What a verdict asks for of a version: before 1.0.0 everything stands one place further right, and before 0.1.0 there
    /// is only the last.
    pub(super) fn of(verdict: Verdict, version: Version) -> Self {
        match (verdict, version) {
            (Verdict::None, _) => Self::None,
            (Verdict::Docs, _) => Self::Patch,
            (Verdict::Compatible, Version { major: 0, .. }) => Self::Patch,
            (Verdict::Compatible, _) => Self::Minor,
            (Verdict::Breaking, Version { major: 0, minor: 0 }) => Self::Patch,
            (Verdict::Breaking, Version { major: 0, .. }) => Self::Minor,
            (Verdict::Breaking, _) => Self::Major,
        }
    }
}

/// The numbers of a version that Cargo's rules go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// The first number.
    pub major: u64,
    /// The second number.
    pub minor: u64,
}

impl Version {
    /// Reads `1.2.3`, `v1.2` or `1`; what is no version counts as 1.0.0.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let mut numbers = text.split(['.', '-', '+']).map(str::parse::<u64>);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next().and_then(Result::ok).unwrap_or(0);
        Some(Self { major, minor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_by_cargos_rules_before_and_after_the_first_release() {
        let bump = |verdict, version| Bump::of(verdict, Version::read(version).unwrap());
        assert_eq!(bump(Verdict::Breaking, "1.4.2"), Bump::Major);
        assert_eq!(bump(Verdict::Compatible, "v1.4"), Bump::Minor);
        assert_eq!(bump(Verdict::Docs, "1"), Bump::Patch);
        assert_eq!(bump(Verdict::None, "1.0.0"), Bump::None);
        assert_eq!(bump(Verdict::Breaking, "0.3.1"), Bump::Minor);
        assert_eq!(bump(Verdict::Compatible, "0.3.1"), Bump::Patch);
        assert_eq!(bump(Verdict::Breaking, "0.0.7"), Bump::Patch);
        assert_eq!(Version::read("next"), None);
    }
}
