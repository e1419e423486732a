//! Whether the compiled types hold the document's rules. This is the one check that needs the compiler.

use std::{path::Path, process::Command};

use blynk_document::Problem;

use crate::finding::Finding;

/// Runs the test that compares the compiled types with the document, by their schemas and by boundary values.
#[must_use]
pub fn compiled_types(root: &Path) -> Vec<Finding> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["test", "--quiet", "--package", "blynk-platform", "--features", "schemars", "--test", "types"];
    let output = Command::new(cargo).args(arguments).current_dir(root).output();
    let shown = format!("cargo {}", arguments.join(" "));
    match output {
        Ok(output) if output.status.success() => Vec::new(),
        Ok(output) => {
            let text =
                format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            let telling =
                text.lines().map(str::trim).filter(|line| line.starts_with("drift:") || line.starts_with("error"));
            let mut findings: Vec<_> = telling
                .take(20)
                .map(|line| {
                    let what = line.trim_start_matches("drift:").trim();
                    Finding::Drift(
                        Problem::new(what, shown.clone())
                            .in_file("tests/types.rs")
                            .because("compiled types and document disagree"),
                    )
                })
                .collect();
            if findings.is_empty() {
                let what = "the test of the compiled types failed and did not say why";
                findings.push(Finding::Broken(Problem::new(what, shown).in_file("tests/types.rs")));
            }
            findings
        }
        Err(error) => {
            vec![Finding::Broken(Problem::new(format!("cargo could not be started: {error}"), format!("run {shown}")))]
        }
    }
}
