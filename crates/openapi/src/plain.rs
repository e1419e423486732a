//! Untrusted text, made safe for terminals, logs and line-based formats.

/// Whether a character controls its display: a control character, a line or paragraph separator, or a bidirectional
/// control.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control() || is_separator(c) || is_bidi(c)
}

fn is_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the last character boundary of a text that is not after a byte offset. Offsets beyond the text are its end.
/// The method of `str` needs Rust 1.91.
#[must_use]
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Returns the text in one line: control characters become spaces, bidirectional controls U+FFFD.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// Characters of a name in a message, at most.
pub const MAX_NAME: usize = 120;

/// Returns a name in one line, in quotes, cut if it is longer than [`MAX_NAME`].
#[must_use]
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", shortened(name, MAX_NAME))
}

/// Returns the text in one line, cut if it is longer than `max` characters.
#[must_use]
pub fn shortened(text: &str, max: usize) -> String {
    let mut line = one_line(&text.chars().take(max + 1).collect::<String>());
    if line.chars().count() > max {
        line = line.chars().take(max.saturating_sub(1)).collect();
        line.push('…');
    }
    line
}

/// Returns the text with its line feeds, and every other control character as in [`one_line`].
#[must_use]
pub fn lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { shown(c) }).collect()
}

/// Returns the same JSON with control characters, which occur in strings only, as escapes. Line feeds between values
/// stay.
#[must_use]
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            // all of them are in the Basic Multilingual Plane
            c if is_control(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

fn shown(c: char) -> char {
    match c {
        c if is_bidi(c) => char::REPLACEMENT_CHARACTER,
        c if is_control(c) => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_all_control_characters() {
        let all: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        assert_eq!(one_line(&all).chars().count(), all.chars().count());
        assert!(!one_line(&all).contains(is_control));
        assert_eq!(lines(&all).matches(is_control).collect::<Vec<_>>(), ["\n"]);
        let value = serde_json::json!({ &all[..200]: all });
        let written = json(&format!("{value:#}"));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
        assert_eq!(written.matches(is_control).collect::<String>().trim_matches('\n'), "");
        assert_eq!(one_line("a\u{1b}[2J\r\n\u{85}\u{2028}b\u{202e}c é日"), "a [2J    b\u{fffd}c é日");
    }
}
