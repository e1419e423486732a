//! Formats JSON by changing white space only.

/// Returns the same JSON with two spaces of indentation, one member per line and a final line break.
///
/// Copies strings and numbers byte for byte and keeps the order, so `1.0` stays `1.0` and an escape stays an escape.
/// The input should be valid JSON; of invalid input, too, only white space changes.
#[must_use]
pub fn reindent(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut rest = json.trim_start_matches('\u{feff}');
    let mut just_opened = false;
    while let Some(c) = rest.chars().next() {
        let token = match c {
            '"' => string_length(rest),
            '{' | '[' | '}' | ']' | ',' | ':' => 1,
            c if c.is_ascii_whitespace() => {
                rest = &rest[1..];
                continue;
            }
            _ => rest
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, ',' | ':' | ']' | '}' | '{' | '[' | '"'))
                .unwrap_or(rest.len()),
        };
        let (text, after) = rest.split_at(token);
        rest = after;
        let closes = matches!(c, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if just_opened != closes && (just_opened || closes) {
            break_line(&mut out, depth);
        }
        out.push_str(text);
        just_opened = matches!(c, '{' | '[');
        match c {
            '{' | '[' => depth += 1,
            ',' => break_line(&mut out, depth),
            ':' => out.push(' '),
            _ => {}
        }
    }
    out.push('\n');
    out
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Returns the length of the string literal at the start of `text`, quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_numbers_and_text_exactly_as_written() {
        let json = concat!(
            r#"{"a":1.0,"b":[1e3,-0,"\u00e9\/{}[],:\"\\"],"c":{},"d":[],"#,
            r#""e":[[{"x":null}]],"a":12345678901234567890.10}"#
        );
        let expected = r#"{
  "a": 1.0,
  "b": [
    1e3,
    -0,
    "\u00e9\/{}[],:\"\\"
  ],
  "c": {},
  "d": [],
  "e": [
    [
      {
        "x": null
      }
    ]
  ],
  "a": 12345678901234567890.10
}
"#;
        assert_eq!(reindent(json), expected);
    }

    #[test]
    fn is_idempotent_and_formats_like_serde_json() {
        let json = &reindent(include_str!("../../../codegen/tests/every_keyword.json"));
        assert_eq!(reindent(json), *json);
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(reindent(&value.to_string()), serde_json::to_string_pretty(&value).unwrap() + "\n");
    }
}
