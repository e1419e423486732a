//! Workflow commands that GitHub shows as annotations.

use super::{Findings, Level};

/// One line a finding.
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
        let more = one.more.as_deref().map(|more| format!("\n{more}")).unwrap_or_default();
        text.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&(one.message.clone() + &more))));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
