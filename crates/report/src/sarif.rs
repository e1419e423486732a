//! SARIF 2.1.0, which code scanning services read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Findings, Level, Reported};

/// Returns a SARIF log with one run.
#[must_use]
pub fn sarif(findings: &Findings) -> Value {
    let rules: Vec<_> =
        findings.rules.iter().map(|rule| json!({"id": rule.id, "shortDescription": {"text": rule.what}})).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": findings.command, "rules": rules}},
            "results": findings.found.iter().map(|one| result(one, findings)).collect::<Vec<_>>(),
        }],
    })
}

fn result(one: &Reported, findings: &Findings) -> Value {
    let level = match one.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    let details = one.details.as_deref().map(|text| format!("\n{text}")).unwrap_or_default();
    let mut result =
        json!({"ruleId": one.id, "level": level, "message": {"text": format!("{}{details}", one.message)}});
    if let Some(index) = findings.rules.iter().position(|rule| rule.id == one.id) {
        result["ruleIndex"] = json!(index);
    }
    let mut location = json!({});
    if let Some(file) = &one.file {
        location["physicalLocation"] = json!({"artifactLocation": {"uri": uri(file)}});
        if let Some(line) = one.line {
            location["physicalLocation"]["region"] = json!({"startLine": line, "startColumn": one.column.unwrap_or(1)});
        }
    }
    if let Some(pointer) = &one.pointer {
        location["logicalLocations"] = json!([{"fullyQualifiedName": pointer}]);
    }
    result["locations"] = json!([location]);
    result
}

/// Returns a path as a relative URI reference, percent-encoded.
fn uri(path: &str) -> String {
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, ESCAPED).to_string()
}
