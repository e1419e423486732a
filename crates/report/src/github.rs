//! GitHub workflow commands, which are shown as annotations.

use openapi::plain;

use super::{Findings, Level};

/// Returns a workflow command per finding.
#[must_use]
pub fn github(findings: &Findings) -> String {
    let mut text = String::new();
    for one in &findings.found {
        let command = match one.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(file) = &one.file {
            properties.push(format!("file={}", property(file)));
        }
        for (name, number) in [("line", one.line), ("col", one.column)] {
            properties.extend(number.map(|number| format!("{name}={number}")));
        }
        properties.push(format!("title={}", property(&one.id)));
        let details = one.details.as_deref().map(|text| format!("\n{}", plain::lines(text))).unwrap_or_default();
        let message = plain::one_line(&one.message) + &details;
        text.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&message)));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&plain::one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
