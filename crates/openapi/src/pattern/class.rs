//! Character classes, written in the common subset of `regex` and ECMA-262.

/// ECMA-262's `\d`.
const DIGITS: &[(char, char)] = &[('0', '9')];

/// ECMA-262's `\w`.
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// ECMA-262's `\s`: white space and line terminators.
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

/// The characters that `.` does not match.
const LINE_TERMINATORS: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// Weight of a Unicode property: about the number of ranges of a large one.
const PROPERTY_WEIGHT: u64 = 700;

/// A character class of a pattern.
#[derive(Default)]
pub(super) struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
    /// Unicode properties, as written.
    properties: String,
    property_count: u64,
}

impl Class {
    pub(super) fn new(negated: bool) -> Self {
        Self { negated, ..Self::default() }
    }

    /// Returns the class of the escape `\d`, `\D`, `\w`, `\W`, `\s` or `\S`.
    pub(super) fn of_escape(letter: char) -> Option<Self> {
        let ranges = match letter.to_ascii_lowercase() {
            'd' => DIGITS,
            'w' => WORD,
            's' => SPACE,
            _ => return None,
        };
        let ranges = if letter.is_ascii_uppercase() { complement(ranges) } else { ranges.to_vec() };
        Some(Self { ranges, ..Self::default() })
    }

    /// Returns the class of `.`.
    pub(super) fn dot() -> Self {
        Self { ranges: complement(LINE_TERMINATORS), ..Self::default() }
    }

    /// Returns the class of `\p{…}` or `\P{…}`.
    pub(super) fn of_property(written: String) -> Self {
        Self { properties: written, property_count: 1, ..Self::default() }
    }

    pub(super) fn add(&mut self, start: char, end: char) {
        self.ranges.push((start, end));
    }

    pub(super) fn add_class(&mut self, class: &Self) {
        self.ranges.extend(&class.ranges);
        self.properties.push_str(&class.properties);
        self.property_count += class.property_count;
    }

    pub(super) fn weight(&self) -> u64 {
        (self.ranges.len() as u64).max(1) + self.property_count * PROPERTY_WEIGHT
    }

    /// Writes the class without nested classes and set operators, which ECMA-262 has not.
    pub(super) fn write(&self, out: &mut String) {
        let is_empty = self.ranges.is_empty() && self.properties.is_empty();
        // `[]` matches nothing and `[^]` everything; `regex` accepts neither
        let all = [('\0', char::MAX)];
        let ranges = if is_empty { &all[..] } else { &self.ranges };
        out.push_str(if self.negated == is_empty { "[" } else { "[^" });
        for (start, end) in ranges {
            write_char(*start, out);
            if start != end {
                out.push('-');
                write_char(*end, out);
            }
        }
        out.push_str(&self.properties);
        out.push(']');
    }
}

/// Returns the characters in none of the ranges, which are sorted and disjoint.
fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut found = Vec::new();
    let mut start = Some('\0');
    for (from, to) in ranges {
        if let (Some(start), Some(before)) = (start, ('\0'..*from).next_back())
            && start <= before
        {
            found.push((start, before));
        }
        start = (*to..=char::MAX).nth(1);
    }
    found.extend(start.map(|start| (start, char::MAX)));
    found
}

/// Writes one literal character, inside or outside a class.
pub(super) fn write_char(c: char, out: &mut String) {
    if r"\.+*?()|[]{}^$#&-~".contains(c) {
        out.extend(['\\', c]);
    } else if c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() {
        out.push(c);
    } else {
        out.push_str(&format!(r"\u{{{:X}}}", u32::from(c)));
    }
}
