//! Translates ECMA-262 patterns to the syntax of the `regex` crate, in one pass without recursion.

use std::str::Chars;

use super::{
    class::{Class, write_char},
    unsupported::Unsupported,
};

/// `regex` rejects groups nested deeper than 250, and its parser counts quantifiers among them.
const DEEPEST: usize = 100;

/// A pattern in the syntax of `regex`.
pub(super) struct Translated {
    pub(super) text: String,
    /// See [`super::Pattern::weight`].
    pub(super) weight: u64,
}

pub(super) fn translate(pattern: &str) -> Result<Translated, Unsupported> {
    let mut translator =
        Translator { rest: pattern.chars(), text: String::with_capacity(pattern.len()), open: vec![0], last: None };
    while let Some(c) = translator.rest.next() {
        translator.term(c)?;
    }
    match translator.open[..] {
        [weight] => Ok(Translated { text: translator.text, weight }),
        _ => Err(invalid("unclosed `(`")),
    }
}

fn invalid(what: impl Into<String>) -> Unsupported {
    Unsupported::Invalid(what.into())
}

/// One element of a class, or the meaning of an escape outside of one.
enum Atom {
    Char(char),
    Class(Class),
}

struct Translator<'p> {
    rest: Chars<'p>,
    text: String,
    /// Weights of the open groups; the first is that of the entire pattern.
    open: Vec<u64>,
    /// Weight of the operand of a following quantifier.
    last: Option<u64>,
}

impl Translator<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// Consumes `text` if it comes next.
    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.as_str().strip_prefix(text);
        rest.map(|rest| self.rest = rest.chars()).is_some()
    }

    fn term(&mut self, c: char) -> Result<(), Unsupported> {
        match c {
            '^' | '$' => self.assertion(if c == '^' { "^" } else { "$" }),
            '|' => self.assertion("|"),
            '(' => self.open_group()?,
            ')' => self.close_group()?,
            '.' => self.class(&Class::dot()),
            '[' => {
                let class = self.bracketed()?;
                self.class(&class);
            }
            '\\' => self.escape()?,
            '*' => self.quantifier(0, None)?,
            '+' => self.quantifier(1, None)?,
            '?' => self.quantifier(0, Some(1))?,
            '{' => match self.counts() {
                Some((least, most)) => self.quantifier(least, most)?,
                None => self.char('{'),
            },
            other => self.char(other),
        }
        Ok(())
    }

    /// Writes an assertion or an alternation, which no quantifier may follow.
    fn assertion(&mut self, text: &str) {
        self.text.push_str(text);
        self.last = None;
    }

    fn char(&mut self, c: char) {
        write_char(c, &mut self.text);
        self.weigh(1);
    }

    fn class(&mut self, class: &Class) {
        class.write(&mut self.text);
        self.weigh(class.weight());
    }

    fn weigh(&mut self, weight: u64) {
        if let Some(sum) = self.open.last_mut() {
            *sum = sum.saturating_add(weight);
        }
        self.last = Some(weight);
    }

    fn open_group(&mut self) -> Result<(), Unsupported> {
        if self.take("?") {
            if ["=", "!", "<=", "<!"].iter().any(|sign| self.take(sign)) {
                return Err(Unsupported::Lookaround);
            }
            if !self.take(":") {
                let name = self.rest.as_str().strip_prefix('<').and_then(|rest| rest.split_once('>'));
                let (name, rest) = name.ok_or_else(|| invalid("`(?` does not begin a group"))?;
                if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                    return Err(invalid("invalid group name"));
                }
                self.rest = rest.chars();
            }
        }
        if self.open.len() > DEEPEST {
            return Err(Unsupported::TooLarge);
        }
        self.text.push_str("(?:");
        self.open.push(0);
        self.last = None;
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), Unsupported> {
        if self.open.len() < 2 {
            return Err(invalid("unmatched `)`"));
        }
        let weight = self.open.pop().unwrap_or_default();
        self.text.push(')');
        self.weigh(weight.max(1));
        Ok(())
    }

    /// Reads `{n}`, `{n,}` or `{n,m}`. Any other `{` is a literal.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        // reads only digits and commas: a pattern of `{` alone would take quadratic time
        let end = self.rest.as_str().find(|c: char| !c.is_ascii_digit() && c != ',')?;
        let (inner, rest) = self.rest.as_str().split_at(end);
        let rest = rest.strip_prefix('}')?;
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            is_number.then(|| digits.parse().unwrap_or(u32::MAX))
        };
        let counts = match inner.split_once(',') {
            None => number(inner).map(|count| (count, Some(count))),
            Some((least, "")) => number(least).map(|least| (least, None)),
            Some((least, most)) => number(least).zip(number(most)).map(|(least, most)| (least, Some(most))),
        }?;
        self.rest = rest.chars();
        Some(counts)
    }

    fn quantifier(&mut self, least: u32, most: Option<u32>) -> Result<(), Unsupported> {
        let weight = self.last.take().ok_or_else(|| invalid("a quantifier has nothing to repeat"))?;
        if most.is_some_and(|most| most < least) {
            return Err(invalid("the bounds of a quantifier are out of order"));
        }
        // a lazy quantifier matches the same strings
        self.take("?");
        match (least, most) {
            (0, None) => self.text.push('*'),
            (1, None) => self.text.push('+'),
            (0, Some(1)) => self.text.push('?'),
            (least, None) => self.text.push_str(&format!("{{{least},}}")),
            (least, Some(most)) if least == most => self.text.push_str(&format!("{{{least}}}")),
            (least, Some(most)) => self.text.push_str(&format!("{{{least},{most}}}")),
        }
        let times = u64::from(most.unwrap_or(least).max(1));
        if let Some(sum) = self.open.last_mut() {
            *sum = sum.saturating_add(weight.saturating_mul(times - 1));
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Unsupported> {
        match self.peek() {
            Some(letter @ ('b' | 'B')) => {
                self.rest.next();
                // word characters of ECMA-262 are ASCII
                self.assertion(if letter == 'b' { r"(?-u:\b)" } else { r"(?-u:\B)" });
            }
            Some('1'..='9') => return Err(Unsupported::BackReference),
            Some('k') if self.rest.as_str().starts_with("k<") => return Err(Unsupported::BackReference),
            _ => match self.escaped()? {
                Atom::Char(c) => self.char(c),
                Atom::Class(class) => self.class(&class),
            },
        }
        Ok(())
    }

    /// Reads an escape after its backslash.
    fn escaped(&mut self) -> Result<Atom, Unsupported> {
        let letter = self.rest.next().ok_or_else(|| invalid("the pattern ends with `\\`"))?;
        if let Some(class) = Class::of_escape(letter) {
            return Ok(Atom::Class(class));
        }
        let unknown = || invalid(format!("invalid escape `\\{letter}`"));
        Ok(Atom::Char(match letter {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            'c' => match self.rest.next() {
                Some(letter) if letter.is_ascii_alphabetic() => char::from(letter as u8 % 32),
                _ => return Err(unknown()),
            },
            'x' => self.hexadecimal(2).and_then(char::from_u32).ok_or_else(unknown)?,
            'u' => self.unicode()?,
            'p' | 'P' => return self.property(letter),
            other if other.is_ascii_alphanumeric() => return Err(unknown()),
            other => other,
        }))
    }

    /// Reads a number of `length` hexadecimal digits.
    fn hexadecimal(&mut self, length: usize) -> Option<u32> {
        let (digits, rest) = self.rest.as_str().split_at_checked(length)?;
        let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
        self.rest = rest.chars();
        Some(number)
    }

    fn unicode(&mut self) -> Result<char, Unsupported> {
        let unknown = || invalid("invalid escape `\\u`");
        let unit = if self.take("{") {
            let (digits, rest) = self.rest.as_str().split_once('}').ok_or_else(unknown)?;
            let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            self.rest = rest.chars();
            u32::from_str_radix(digits, 16).ok().filter(|code| is_number && *code <= 0x10_ffff).ok_or_else(unknown)?
        } else {
            let unit = self.hexadecimal(4).ok_or_else(unknown)?;
            let low = (0xd800..0xdc00).contains(&unit).then(|| self.low_surrogate()).flatten();
            low.map_or(unit, |low| 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
        };
        char::from_u32(unit).ok_or(Unsupported::Surrogate)
    }

    fn low_surrogate(&mut self) -> Option<u32> {
        let before = self.rest.clone();
        let low = self.take("\\u").then(|| self.hexadecimal(4)).flatten().filter(|low| (0xdc00..0xe000).contains(low));
        if low.is_none() {
            self.rest = before;
        }
        low
    }

    fn property(&mut self, letter: char) -> Result<Atom, Unsupported> {
        let name = self.rest.as_str().strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let (name, rest) = name.ok_or_else(|| invalid(format!("invalid escape `\\{letter}`")))?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_=".contains(&byte)) {
            return Err(invalid("invalid name of a Unicode property"));
        }
        self.rest = rest.chars();
        Ok(Atom::Class(Class::of_property(format!("\\{letter}{{{name}}}"))))
    }

    /// Reads a class after its `[`.
    fn bracketed(&mut self) -> Result<Class, Unsupported> {
        let mut class = Class::new(self.take("^"));
        while let Some(first) = self.element()? {
            let is_range = self.peek() == Some('-') && !self.rest.as_str().starts_with("-]");
            if !is_range {
                add(&mut class, &first);
                continue;
            }
            self.take("-");
            let second = self.element()?.ok_or_else(unclosed)?;
            match (&first, &second) {
                (Atom::Char(start), Atom::Char(end)) if start > end => {
                    return Err(invalid("the ends of a range are out of order"));
                }
                (Atom::Char(start), Atom::Char(end)) => class.add(*start, *end),
                _ => {
                    // beside a class, `-` is a literal
                    add(&mut class, &first);
                    add(&mut class, &Atom::Char('-'));
                    add(&mut class, &second);
                }
            }
        }
        Ok(class)
    }

    /// Reads the next element of a class; `None` at its end.
    fn element(&mut self) -> Result<Option<Atom>, Unsupported> {
        Ok(Some(match self.rest.next().ok_or_else(unclosed)? {
            ']' => return Ok(None),
            '\\' if self.take("b") => Atom::Char('\u{8}'),
            '\\' => self.escaped()?,
            other => Atom::Char(other),
        }))
    }
}

fn unclosed() -> Unsupported {
    invalid("unclosed `[`")
}

fn add(class: &mut Class, atom: &Atom) {
    match atom {
        Atom::Char(c) => class.add(*c, *c),
        Atom::Class(other) => class.add_class(other),
    }
}
