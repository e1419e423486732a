//! Excerpts of lines and values for messages.

/// Quotes a line, cut to 80 characters.
fn shown(line: &str) -> String {
    let line = line.trim();
    if line.chars().count() <= 80 {
        format!("`{line}`")
    } else {
        format!("`{}…`", line.chars().take(79).collect::<String>())
    }
}

/// Quotes a line, cut to 80 characters around a column.
pub(crate) fn shown_around(line: &str, column: usize) -> String {
    const BEFORE: usize = 30;
    let plain = line.trim_start();
    let at = column.saturating_sub(line.chars().count() - plain.chars().count());
    if plain.chars().count() <= 80 || at <= BEFORE + 10 {
        return shown(plain);
    }
    let rest: String = plain.chars().skip(at - BEFORE).collect();
    format!("`…{}", shown(&rest).trim_start_matches('`'))
}

/// Quotes a value, cut to 80 characters.
pub(crate) fn shown_value(value: Option<&serde_json::Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| shown(&value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_long_line_around_the_difference() {
        let line = format!("    {}max: 64{}", "a".repeat(100), "b".repeat(100));
        let shown = shown_around(&line, 4 + 100 + 6);
        assert_eq!(shown, format!("`…{}max: 64{}…`", "a".repeat(24), "b".repeat(48)));
        assert_eq!(shown_around("  short", 3), "`short`");
        assert_eq!(shown_around(&format!("  {}", "c".repeat(200)), 5), format!("`{}…`", "c".repeat(79)));
    }
}
