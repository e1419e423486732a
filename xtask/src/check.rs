//! `cargo xtask check`.

use std::path::Path;

use blynk_drift::{COMPILED, Report, Status, Workspace};
use openapi::Document;
use openapi_diff::openapi_document;
use report::{github, junit, sarif};

use openapi_tools::{
    Format,
    output::{CLEAN, FOUND, could_not_run, say_json, say_raw},
};

use crate::{
    arguments::CheckFormat,
    workspace::{load, workspace},
};

pub(crate) fn run(document: Option<&Path>, full: bool, format: CheckFormat) -> u8 {
    let root = workspace();
    let loaded = load(&root).and_then(|workspace| match document {
        // a document that cannot be read is invalid input, not drift
        Some(path) => {
            let document = Document::read(path, &path.display().to_string()).and_then(openapi_document)?;
            Ok(workspace.with_document(document))
        }
        None => Ok(workspace),
    });
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(problem) => {
            return could_not_run(&[problem], if format == CheckFormat::Json { Format::Json } else { Format::Text });
        }
    };
    let mut report = blynk_drift::check(&loaded);
    if document.is_none() && full {
        // stale code would only repeat the problems above as compiler errors
        if report.status == Status::Fresh {
            for check in COMPILED {
                report.add(check.name, check.compares, check.run(&root));
            }
        } else if format == CheckFormat::Text {
            openapi_tools::output::note("the checks that compile were skipped, because the committed code is stale");
        }
    }
    print(&report, &loaded, format);
    if report.status == Status::Fresh { CLEAN } else { FOUND }
}

fn print(report: &Report, workspace: &Workspace, format: CheckFormat) {
    match format {
        CheckFormat::Json => say_json(&serde_json::to_value(report).unwrap_or_default()),
        CheckFormat::Github => say_raw(&github(&report.findings())),
        CheckFormat::Sarif => say_json(&sarif(&report.findings())),
        CheckFormat::Junit => say_raw(&junit(&report.findings())),
        CheckFormat::Text => {
            // a closed pipe is not an error
            let _ = blynk_drift::display(report, workspace, &mut anstream::stdout());
        }
    }
}
