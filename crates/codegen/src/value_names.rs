//! Names of the variants of enums, made of the values.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use openapi::free_name;
use serde_json::Value;
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization as _;

use crate::naming;

/// Returns the names of the variants of an enum, in the order of its values.
///
/// A name depends on its value only, so that it stays when another value is added. Values that would have one name are
/// the exception: all of them get a longer name, so that no name changes its value. `given` are the document's names,
/// by the JSON text of the value; they are ignored if two are equal in Rust.
pub(crate) fn value_names(values: &[Value], given: &BTreeMap<String, String>) -> Vec<String> {
    let texts: Vec<String> = values.iter().map(text_of).collect();
    let given: Vec<Option<String>> =
        values.iter().map(|value| given.get(&value.to_string()).map(|name| naming::pascal(name))).collect();
    let is_unique = given.iter().flatten().collect::<BTreeSet<_>>().len() == given.iter().flatten().count();
    let given = if is_unique { given } else { vec![None; values.len()] };
    let short: Vec<String> =
        texts.iter().zip(&given).map(|(text, given)| given.clone().unwrap_or_else(|| name(text))).collect();
    let mut counts = BTreeMap::new();
    short.iter().for_each(|name| *counts.entry(name.as_str()).or_insert(0_usize) += 1);
    let is_kept = |at: usize| given[at].is_some() || counts[short[at].as_str()] == 1;
    let mut taken: BTreeSet<String> = short.iter().cloned().collect();
    let mut long = BTreeMap::new();
    // the order of the values has no meaning
    let mut others: Vec<usize> = (0..values.len()).filter(|at| !is_kept(*at)).collect();
    others.sort_by_key(|at| &texts[*at]);
    let mut spelled: BTreeMap<String, usize> = BTreeMap::new();
    others.iter().for_each(|at| *spelled.entry(spell(&texts[*at])).or_insert(0) += 1);
    for at in others {
        let mut name = spell(&texts[at]);
        if taken.contains(&name) || spelled.get(&name).is_some_and(|count| *count > 1) {
            name = format!("{}{name}", distinction(&values[at]));
        }
        let name = free_name(&name, |name| taken.contains(name));
        taken.insert(name.clone());
        long.insert(at, name);
    }
    short.into_iter().enumerate().map(|(at, short)| long.remove(&at).unwrap_or(short)).collect()
}

/// Returns a value as text.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the name of a value: `in progress` → `InProgress`, `-created` → `MinusCreated`, `2.1` → `X2_1`.
fn name(text: &str) -> String {
    let text: String = text.nfkc().collect();
    let words: Vec<&str> = text.split(|c| !is_letter(c)).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return spell(&text);
    }
    let sign = match text.strip_prefix(['+', '-', '\u{2212}']) {
        Some(rest) if rest.starts_with(is_letter) => sign(&text),
        _ => "",
    };
    if let (false, [digit]) = (sign.is_empty(), words.as_slice())
        && let Some(digit) = spelled_digit(digit)
    {
        return format!("{sign}{digit}");
    }
    identifier(words.iter().fold(sign.to_owned(), |name, word| joined(name, &word.to_upper_camel_case())))
}

/// Returns the name of a value with all of its characters: `a_b` → `AUnderscoreB`, `<=` → `LessThanOrEqual`.
fn spell(text: &str) -> String {
    let mut name = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let letters = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        let (word, length) = match letters {
            0 => signs(rest, name.is_empty()),
            length => (rest[..length].to_upper_camel_case(), length),
        };
        name = joined(name, &word);
        rest = &rest[length.max(first.len_utf8())..];
    }
    if name.is_empty() { "Empty".to_owned() } else { identifier(name) }
}

/// Whether identifiers can have the character.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && is_xid_continue(c)
}

/// Appends a word. An underscore separates digits, so that `1.12` and `11.2` differ.
fn joined(mut name: String, word: &str) -> String {
    if name.ends_with(|c: char| c.is_numeric()) && word.starts_with(|c: char| c.is_numeric()) {
        name.push('_');
    }
    name + word
}

/// Returns a name that begins as identifiers can. Changing the case may have decomposed letters.
fn identifier(name: String) -> String {
    let name: String = name.nfkc().collect();
    match name.as_str() {
        "Self" => "Self_".to_owned(),
        _ if name.starts_with(is_xid_start) => name,
        _ => format!("X{name}"),
    }
}

fn sign(text: &str) -> &'static str {
    if text.starts_with('+') { "Plus" } else { "Minus" }
}

fn spelled_digit(digit: &str) -> Option<&'static str> {
    const DIGITS: [&str; 10] = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    match digit.as_bytes() {
        [digit @ b'0'..=b'9'] => DIGITS.get(usize::from(digit - b'0')).copied(),
        _ => None,
    }
}

/// Returns the prefix that distinguishes values of which only the case or the type differs.
fn distinction(value: &Value) -> &'static str {
    let Some(text) = value.as_str() else { return if value.is_number() { "Number" } else { "Literal" } };
    match (text.contains(char::is_lowercase), text.contains(char::is_uppercase)) {
        (true, true) => "Mixed",
        (true, false) => "Lower",
        (false, true) => "Upper",
        (false, false) => "Text",
    }
}

/// Returns the word for the sign at the start of a text, and its length.
fn signs(text: &str, is_leading: bool) -> (String, usize) {
    const PAIRS: [(&str, &str); 5] = [
        ("<=", "LessThanOrEqual"),
        (">=", "GreaterThanOrEqual"),
        ("<>", "NotEqual"),
        ("!=", "NotEqual"),
        ("==", "DoubleEqual"),
    ];
    if let Some((pair, word)) = PAIRS.iter().find(|(pair, _)| text.starts_with(pair)) {
        return ((*word).to_owned(), pair.len());
    }
    let Some(c) = text.chars().next() else { return (String::new(), 0) };
    let word = match c {
        '-' | '\u{2212}' if is_leading => "Minus",
        '-' => "Dash",
        '+' => "Plus",
        ' ' => "Space",
        '_' => "Underscore",
        '.' => "Dot",
        ',' => "Comma",
        ':' => "Colon",
        ';' => "Semicolon",
        '/' => "Slash",
        '\\' => "Backslash",
        '*' => "Asterisk",
        '%' => "Percent",
        '$' => "Dollar",
        '#' => "Hash",
        '@' => "At",
        '!' => "Exclamation",
        '?' => "Question",
        '&' => "Ampersand",
        '|' => "Bar",
        '~' => "Tilde",
        '^' => "Caret",
        '=' => "Equal",
        '<' => "LessThan",
        '>' => "GreaterThan",
        '(' => "LeftParenthesis",
        ')' => "RightParenthesis",
        '[' => "LeftBracket",
        ']' => "RightBracket",
        '{' => "LeftBrace",
        '}' => "RightBrace",
        '\'' => "Apostrophe",
        '"' => "Quote",
        '`' => "Backtick",
        '°' => "Degree",
        '¹' => "SuperscriptOne",
        '²' => "Squared",
        '³' => "Cubed",
        '€' => "Euro",
        '£' => "Pound",
        _ => return (format!("U{:04x}", u32::from(c)), c.len_utf8()),
    };
    (word.to_owned(), c.len_utf8())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn names(values: Value) -> Vec<String> {
        value_names(values.as_array().unwrap(), &BTreeMap::new())
    }

    #[test]
    fn names_show_the_value() {
        for (value, name) in [
            (json!("in progress"), "InProgress"),
            (json!("+1"), "PlusOne"),
            (json!("-1"), "MinusOne"),
            (json!(-1), "MinusOne"),
            (json!(-10), "Minus10"),
            (json!("-created"), "MinusCreated"),
            (json!("1.12"), "X1_12"),
            (json!(7), "X7"),
            (json!(0.5), "X0_5"),
            (json!(true), "True"),
            (json!(null), "Null"),
            (json!(""), "Empty"),
            (json!(" "), "Space"),
            (json!("."), "Dot"),
            (json!("<="), "LessThanOrEqual"),
            (json!("m²"), "M2"),
            (json!("größe"), "Größe"),
            (json!("да"), "Да"),
            (json!("中文"), "中文"),
            (json!("👍"), "U1f44d"),
            (json!("self"), "Self_"),
            (json!("https://a.b/c"), "HttpsABC"),
        ] {
            assert_eq!(names(json!([value])), [name], "{value}");
        }
    }

    #[test]
    fn values_with_one_name_get_longer_names() {
        assert_eq!(names(json!(["asc", "ASC", "x"])), ["LowerAsc", "UpperAsc", "X"]);
        assert_eq!(names(json!(["a b", "a_b", "a-b"])), ["ASpaceB", "AUnderscoreB", "ADashB"]);
        assert_eq!(names(json!(["<5", ">5"])), ["LessThan5", "GreaterThan5"]);
        assert_eq!(names(json!(["", "empty"])), ["TextEmpty", "LowerEmpty"]);
        assert_eq!(names(json!(["m²", "m³", "m2"])), ["MSquared", "M3", "LowerM2"]);
        assert_eq!(names(json!([1, "1"])), ["NumberX1", "TextX1"]);
    }

    #[test]
    fn names_of_the_document_are_used_if_they_differ() {
        let given = |names: [&str; 2]| {
            let names = [1, 2].iter().map(ToString::to_string).zip(names.map(str::to_owned)).collect();
            value_names(&[json!(1), json!(2), json!(3)], &names)
        };
        assert_eq!(given(["LOW_LEVEL", "high"]), ["LowLevel", "High", "X3"]);
        assert_eq!(given(["low", "LOW"]), ["X1", "X2", "X3"]);
    }

    fn any_values() -> impl Strategy<Value = Vec<Value>> {
        let value = prop_oneof![
            "[aAbB12 _.²+<=-]{0,4}".prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            any::<i8>().prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
        ];
        prop::collection::hash_map(value.clone().prop_map(|value| value.to_string()), value, 1..12)
            .prop_map(|map| map.into_values().map(|value| (value.to_string(), value)).collect::<BTreeMap<_, _>>())
            .prop_map(|map| map.into_values().collect())
    }

    proptest! {
        #[test]
        fn names_are_distinct_identifiers_in_any_order(values in any_values()) {
            let names = value_names(&values, &BTreeMap::new());
            prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), values.len());
            for name in &names {
                prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{}", name);
            }
            let reversed: Vec<Value> = values.iter().rev().cloned().collect();
            let mut reversed = value_names(&reversed, &BTreeMap::new());
            reversed.reverse();
            prop_assert_eq!(reversed, names);
        }

        #[test]
        fn a_name_never_moves_to_another_value(values in any_values(), at in any::<prop::sample::Index>()) {
            let names = |values: &[Value]| -> BTreeMap<String, String> {
                value_names(values, &BTreeMap::new()).into_iter().zip(values.iter().map(Value::to_string)).collect()
            };
            let all = names(&values);
            let mut fewer = values.clone();
            fewer.remove(at.index(values.len()));
            for (name, value) in names(&fewer) {
                let is_numbered = name.ends_with(|c: char| c.is_ascii_digit());
                prop_assert!(is_numbered || all.get(&name).is_none_or(|other| *other == value), "{} {:?}", name, all);
            }
        }
    }
}
