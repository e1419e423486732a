//! Boundary values of strings: lengths around each bound with ASCII and other characters, valid and invalid strings of
//! each format.

use serde_json::json;

use super::{
    pattern,
    schema::Schema,
    value::{BoundaryValue, LONGEST},
};

/// Formats, each with valid strings, the simplest first, and with invalid ones.
const FORMATS: &[(&str, &[&str], &[&str])] = &[
    (
        "uri",
        &[
            "https://x.example/a",
            "https://greenhouse.example/callback?a=b&c=%20#d",
            "myapp:/callback",
            "urn:isbn:1",
            "http://[2001:db8::1]:8080/",
            "a:",
        ],
        &[
            "//x.example/a",
            "/callback",
            "x.example",
            "https://é.example",
            "https://x.example/a b",
            "https://x.example/<>",
            "http://[::1",
            "1a:b",
            ":",
            "https://x.example/%zz",
        ],
    ),
    ("uri-reference", &["/a", "https://x.example/a", "?a=b", ""], &["/a b", "/é", "\\\\share"]),
    (
        "email",
        &["a@x.example", "a+b@x.example", "\"a b\"@x.example"],
        &["a", "a@", "@x.example", "a@b@c", "a b@x.example"],
    ),
    (
        "uuid",
        &[
            "6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
            "6F1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D",
            "00000000-0000-0000-0000-000000000000",
        ],
        &[
            "6f1b2c3d4e5f4a6b8c7d9e0f1a2b3c4d",
            "{6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}",
            "urn:uuid:6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
            "6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4",
            "6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4g",
        ],
    ),
    (
        "date",
        &["2024-02-29", "0001-01-01"],
        &["2023-02-29", "2024-1-1", "2024-13-01", "20240101", "2024-01-01T00:00:00Z", " 2024-01-01"],
    ),
    (
        "date-time",
        &["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.123456789+01:00", "2024-02-29t12:00:00z"],
        &[
            "2024-02-29",
            "2024-02-29T12:00:00",
            "2024-02-29 12:00:00Z",
            "2024-02-29T24:00:00Z",
            "2024-02-29T12:00Z",
            "2023-02-29T12:00:00Z",
        ],
    ),
    ("time", &["12:00:00Z", "12:00:00.5+01:00"], &["12:00:00", "25:00:00Z", "12:00Z"]),
    ("duration", &["P1D", "PT1H30M", "P1Y2M3DT4H5M6S"], &["1D", "P", "PT", "P1H", "P1.5D"]),
    ("byte", &["aGVsbG8=", "", "AA=="], &["aGVsbG8", "a", "####", "-_-_", "aGVs bG8="]),
    ("binary", &["text"], &[]),
    ("ipv4", &["192.0.2.1", "0.0.0.0"], &["192.0.2", "192.0.2.256", "192.0.02.1", "::1"]),
    ("ipv6", &["2001:db8::1", "::ffff:192.0.2.1"], &["2001:db8", "192.0.2.1", "::1%eth0", ":::"]),
    ("ip", &["192.0.2.1", "2001:db8::1"], &["192.0.2", "x"]),
    ("hostname", &["x.example", "a"], &["-a.example", "a_b.example", "a..b", "é.example"]),
];

/// Strings that programs often fail on.
const ODD: &[&str] = &["\u{0}", "line\nbreak", "e\u{301}", "null", "0", "true", " ", "{}"];

pub(super) fn of(schema: &Schema<'_>) -> Vec<BoundaryValue> {
    let here = schema.trail();
    let mut found = Vec::new();
    for keyword in ["minLength", "maxLength"] {
        for (at, bound) in schema.count(keyword).filter(|(_, bound)| *bound < LONGEST) {
            for length in [bound.saturating_sub(1), bound, bound + 1] {
                if let Some(text) = of_length(schema, length) {
                    found.push(schema.value_at(at, format!("{length} characters"), json!(text)));
                }
                for (kind, letter) in [("ASCII", "a"), ("emoji", "🌱"), ("accents", "é")] {
                    found.push(schema.value_at(
                        at,
                        format!("{length} characters ({kind})"),
                        json!(letter.repeat(length)),
                    ));
                }
            }
        }
    }
    found.push(BoundaryValue::new("empty string", json!(""), here));
    for (at, pattern) in schema.all("pattern") {
        let Some(pattern) = pattern.as_str() else { continue };
        for example in pattern::examples(pattern, 0) {
            for text in pattern::near(&example) {
                found.push(schema.value_at(at, format!("string {text:?}"), json!(text)));
            }
        }
    }
    for (at, format) in schema.all("format") {
        let known = FORMATS.iter().find(|(name, ..)| format == name);
        for text in known.into_iter().flat_map(|(_, good, bad)| good.iter().chain(*bad)) {
            found.push(schema.value_at(at, format!("string {text:?}"), json!(text)));
        }
    }
    found.extend(ODD.iter().map(|text| BoundaryValue::new(format!("string {text:?}"), json!(text), here)));
    found
}

/// Returns the simplest string of a format.
pub(super) fn of_format(format: &str) -> Option<&'static str> {
    FORMATS.iter().find(|(name, ..)| *name == format)?.1.first().copied()
}

/// Returns a string of a length that satisfies pattern and format, if one can be generated.
pub(super) fn of_length(schema: &Schema<'_>, length: usize) -> Option<String> {
    if let Some(pattern) = schema.text("pattern") {
        return pattern::examples(pattern, length).into_iter().find(|text| text.chars().count() == length);
    }
    let start = match schema.text("format") {
        Some("uri") => "https://x.example/",
        Some("uri-reference") => "/",
        Some("binary" | "password") | None => "",
        Some("byte") => return length.is_multiple_of(4).then(|| "A".repeat(length)),
        Some(_) => return None,
    };
    (length >= start.len()).then(|| format!("{start}{}", "a".repeat(length - start.len())))
}
