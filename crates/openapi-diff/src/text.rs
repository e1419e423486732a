//! Text of documents in one line of a message.

use openapi::plain;

/// Characters of one name in a message.
pub(crate) const MAX_NAME: usize = 120;

/// A name in quotes, shortened.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", shortened(name, MAX_NAME))
}

/// Returns text in one line, cut if it is longer than `max` characters.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    let mut line = plain::one_line(&text.chars().take(max + 1).collect::<String>());
    if line.chars().count() > max {
        line = line.chars().take(max.saturating_sub(1)).collect();
        line.push('…');
    }
    line
}
