//! The XML of `JUnit`, which build servers show as failed tests.

use openapi::plain;

use super::{Findings, Level};

/// One test case a finding; those that are worth a look or more have failed.
#[must_use]
pub fn junit(findings: &Findings) -> String {
    let failed = |level: Level| level == Level::Error;
    let failures = findings.found.iter().filter(|one| failed(one.level)).count();
    let name = escaped(&findings.command);
    // build servers want at least one test
    let tests = findings.found.len().max(1);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"{name}\" tests=\"{tests}\" \
         failures=\"{failures}\" errors=\"0\">\n"
    );
    if findings.found.is_empty() {
        text.push_str(&format!("    <testcase classname=\"{name}\" name=\"nothing found\"/>\n"));
    }
    for one in &findings.found {
        let at = one.pointer.as_deref().unwrap_or_default();
        let case = format!(
            "    <testcase classname=\"{}\" name=\"{}\"",
            escaped(&one.id),
            escaped(&format!("{} {at}", one.message))
        );
        if !failed(one.level) {
            text.push_str(&format!("{case}/>\n"));
            continue;
        }
        let place =
            [one.file.clone(), one.line.map(|line| line.to_string()), one.column.map(|column| column.to_string())];
        let place: Vec<_> = place.into_iter().flatten().collect();
        let more = one.more.as_deref().map(|more| format!("\n{more}")).unwrap_or_default();
        text.push_str(&format!(
            "{case}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
            escaped(&one.message),
            escaped(&format!("{}{more}", place.join(":")))
        ));
    }
    text + "  </testsuite>\n</testsuites>\n"
}

/// Text as XML has it. What XML cannot hold at all is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push('\t'),
            c if plain::is_control(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
