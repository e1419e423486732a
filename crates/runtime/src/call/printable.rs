//! Text from a server in messages: one line of bounded length, without control characters.

use std::fmt::{self, Write as _};

/// Maximum number of characters.
pub(crate) const MOST: usize = 500;

/// Returns a text on one line: control characters become spaces, invisible and bidirectional formatting characters are
/// removed, and a text that is too long is cut and ends with an ellipsis.
pub(crate) fn line(text: &(impl fmt::Display + ?Sized)) -> String {
    let mut line = Line { text: String::new(), room: MOST };
    if write!(line, "{text}").is_err() {
        line.text.push('…');
    }
    line.text
}

struct Line {
    text: String,
    room: usize,
}

impl fmt::Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars().filter(|c| !is_invisible(*c)) {
            self.room = self.room.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c });
        }
        Ok(())
    }
}

/// Zero-width characters, soft hyphens, bidirectional formatting, interlinear annotations, tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn removes_terminal_escapes_and_line_breaks() {
        for (text, shown) in [
            ("a\r\nERROR b", "a  ERROR b"),
            ("\u{1b}]0;title\u{7}\u{9b}31m", " ]0;title  31m"),
            ("a\u{202e}b\u{200b}c\u{feff}", "abc"),
            ("a\u{2028}b\u{85}c\u{7f}d\0", "a b c d "),
            ("Grüße, 日本", "Grüße, 日本"),
        ] {
            assert_eq!(line(text), shown);
        }
    }

    #[test]
    fn length_is_bounded() {
        for (length, shown) in [(MOST - 1, MOST - 1), (MOST, MOST), (MOST + 1, MOST + 1), (100 * MOST, MOST + 1)] {
            let text = line(&"é".repeat(length));
            assert_eq!((text.chars().count(), text.ends_with('…')), (shown, length > MOST), "{length}");
        }
    }

    proptest! {
        #[test]
        fn any_text_becomes_one_visible_line(text in "\\PC{0,9}\\p{C}{0,9}\\PC{0,600}") {
            let line = line(&text);
            prop_assert!(line.chars().all(|c| !c.is_control() && !is_invisible(c)));
            prop_assert!(line.chars().count() <= MOST + 1);
        }
    }
}
