//! Reads a body of JSON, and says where one is not as documented without a word of what it holds.

use serde::de::DeserializeOwned;

use super::super::{call::printable::line, json::work, values::violation::BrokenRule};

/// The value of a body.
///
/// # Errors
/// Where the body is not as documented. serde's own message may quote it, so that only rules and missing fields are told.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    work::bounded(body.len(), || read(body)).unwrap_or_else(|exhausted| Err(exhausted.to_string()))
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        // the names in it come from the answer
        refusal(&line(error.path()), error.inner())
    })?;
    deserializer.end().map_err(|error| refusal(".", &error))?;
    Ok(value)
}

fn refusal(place: &str, error: &serde_json::Error) -> String {
    // what is read from a value that is in memory has no line
    let position = (error.line() > 0).then(|| format!("line {}, column {}", error.line(), error.column()));
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    let reason = BrokenRule::told_in(said).or_else(|| said.starts_with("missing field ").then_some(said));
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let place = (!matches!(place, "." | "?")).then(|| place.to_owned());
    let place = [place, position].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { place } else { format!(" at {place}") };
    format!("it is not as documented{place}{reason}")
}

#[cfg(test)]
mod tests {
    use super::super::super::values::text::{Text, TextRule, TextRules};
    use super::*;

    enum Code {}

    impl TextRule for Code {
        const NAME: &'static str = "Code";
        const RULES: TextRules = TextRules { max_length: Some(2), ..TextRules::ANY };
    }

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Item {
        code: Text<Code>,
        count: u8,
    }

    #[test]
    fn names_the_place_and_the_rule_and_nothing_of_the_answer() {
        let said = |body: &str| decode::<Vec<Item>>(body.as_bytes()).unwrap_err();
        let rule = r#"[{"code":"topsecret","count":1}]"#;
        assert_eq!(
            said(rule),
            "it is not as documented at [0].code, line 1, column 20: Code: is longer than 2 characters (9)"
        );
        assert_eq!(
            said(r#"[{"code":"ab"}]"#),
            "it is not as documented at [0], line 1, column 14: missing field `count`"
        );
        assert_eq!(
            said(r#"[{"code":"ab","count":"topsecret"}]"#),
            "it is not as documented at [0].count, line 1, column 33"
        );
        assert_eq!(said("[] topsecret"), "it is not as documented at line 1, column 4");
        assert_eq!(said(r#"{"topsecret":1}"#), "it is not as documented at line 1, column 0");
        assert!(decode::<Vec<Item>>(b" [{\"code\":\"ab\",\"count\":1}] \n").is_ok());
    }
}
