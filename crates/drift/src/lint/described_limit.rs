//! Finds descriptions with another limit than `maxLength` or `maxItems`.

use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::fields,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        for (described, keyword) in described(field.description) {
            if let Some(limit) = field.schema.get(keyword).and_then(Value::as_u64)
                && limit != described
            {
                let what = format!("the description says at most {described}, but `{keyword}` is {limit}");
                found.push(Lint::new(format!("{}/{keyword}", field.at), what));
            }
        }
    }
    found
}

/// Returns the numbers after phrases like "at most", each with the keyword for the unit after it.
fn described(description: &str) -> Vec<(u64, &'static str)> {
    let lower = description.to_lowercase();
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Ok(number) = word.replace([',', '_'], "").parse::<u64>() else { continue };
        let before = words.get(index.saturating_sub(3)..index).unwrap_or_default().join(" ");
        let is_limit =
            ["up to", "at most", "max", "maximum", "maximum of", "no more than", "maximum length", "max length"]
                .iter()
                .any(|limit| {
                    before == *limit
                        || before.ends_with(&format!(" {limit}"))
                        || before.ends_with(&format!("{limit} is"))
                });
        let unit = words.get(index + 1).copied().unwrap_or_default();
        let keyword = match unit {
            "character" | "characters" | "chars" | "symbols" | "letters" => "maxLength",
            "item" | "items" | "elements" | "entries" | "values" | "ids" => "maxItems",
            _ if before.ends_with("length") || before.ends_with("length is") => "maxLength",
            _ => continue,
        };
        if is_limit {
            found.push((number, keyword));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_limits_only() {
        assert_eq!(described("Name, up to 64 characters."), [(64, "maxLength")]);
        assert_eq!(described("At most 1,000 items; 5 characters each"), [(1000, "maxItems")]);
        assert_eq!(described("Maximum length is 20"), [(20, "maxLength")]);
        assert_eq!(described("Wait up to 10 seconds, 5 items"), []);
    }
}
