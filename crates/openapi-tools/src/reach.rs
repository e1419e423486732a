//! The command `reach`: counts the documents of a folder that generate and compile, with the causes of failures.

mod compile;
mod outcome;
mod report;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use openapi::{Code, Problem};
use rayon::prelude::*;
use serde_json::Value;

pub(crate) use compile::cargo_not_started;
use outcome::{Cause, Outcome};

use crate::{
    Environment, Format,
    output::{CLEAN, FOUND, could_not_run},
};

/// Time limit for one document.
const LONGEST: Duration = Duration::from_secs(120);

pub(crate) fn run(
    corpus: &Path,
    root: Option<&Path>,
    compile: usize,
    clippy: bool,
    environment: &Environment,
    format: Format,
) -> u8 {
    let documents = match documents(corpus) {
        Ok(documents) => documents,
        Err(problem) => return could_not_run(&[problem], format),
    };
    let Ok(crates) = tempfile::tempdir() else {
        return could_not_run(&[Problem::new("no temporary folder can be created", "free some disk space")], format);
    };
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => {
            let what = format!("the path of this program cannot be determined: {error}");
            return could_not_run(&[Problem::new(what, "run the program by its full path").of(Code::System)], format);
        }
    };
    // folders are numbered, since names of documents may differ in characters that names of crates lack
    let mut outcomes =
        in_parallel(&documents, |index, path| generate(&program, path, root, &crates.path().join(index.to_string())));
    if compile > 0 {
        let sample = spread(&outcomes, compile);
        // cargo runs one at a time, since the crates share a target folder
        let bar = ProgressBar::new(sample.len() as u64);
        for at in sample {
            let outcome = &mut outcomes[at];
            match compile::compile(outcome, clippy, environment) {
                Ok(Ok(seconds)) => outcome.compiled = Some(seconds),
                Ok(Err(first_error)) => outcome.cause = Some(Cause::Compilation(first_error)),
                Err(problem) => {
                    bar.finish_and_clear();
                    return could_not_run(&[problem], format);
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    report::report(&outcomes, compile, format);
    if outcomes.iter().all(|outcome| outcome.cause.is_none()) { CLEAN } else { FOUND }
}

fn documents(corpus: &Path) -> Result<Vec<PathBuf>, Problem> {
    let refuse = |what: String| {
        Problem::new(what, "name a folder of OpenAPI documents with --corpus").in_file(corpus.display().to_string())
    };
    let entries = fs::read_dir(corpus).map_err(|error| refuse(format!("the folder cannot be read: {error}")))?;
    let is_document = |path: &PathBuf| {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        path.is_file() && matches!(extension.as_deref(), Some("json" | "yaml" | "yml"))
    };
    let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(is_document).collect();
    found.sort();
    if found.is_empty() {
        Err(refuse("the folder has no documents (.json, .yaml, .yml)".to_owned()))
    } else {
        Ok(found)
    }
}

fn stem(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().replace('.', "-")).unwrap_or_default()
}

fn in_parallel(documents: &[PathBuf], work: impl Fn(usize, &Path) -> Outcome + Sync) -> Vec<Outcome> {
    let bar = ProgressBar::new(documents.len() as u64);
    let outcomes = documents.par_iter().enumerate().map(|(index, path)| {
        let outcome = work(index, path);
        bar.inc(1);
        outcome
    });
    let mut outcomes: Vec<_> = outcomes.collect();
    bar.finish_and_clear();
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));
    outcomes
}

/// Generates in a separate process, so that a crash affects one document only.
fn generate(program: &Path, document: &Path, root: Option<&Path>, out: &Path) -> Outcome {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(["generate", "--format", "json", "--document"]).arg(document).arg("--out").arg(out);
    if let Some(root) = root {
        command.arg("--root").arg(root);
    }
    let (report, cause) = match wait(command) {
        Ok((true, report)) => (report, None),
        Ok((false, report)) => {
            let message = report["errors"][0]["message"].as_str().map(str::to_owned);
            (report, Some(message.unwrap_or_else(|| "the generator crashed".to_owned())))
        }
        Err(cause) => (Value::Null, Some(cause)),
    };
    Outcome {
        name: stem(document),
        folder: out.to_path_buf(),
        operations: report["operations"].as_u64().unwrap_or(0),
        carved: report["carved"].as_array().map_or(0, Vec::len),
        feature: report["tag_features"].as_object().and_then(|all| all.values().next()?.as_str()).map(str::to_owned),
        bytes: fs::metadata(out.join("src/client.rs")).map_or(0, |code| code.len()),
        seconds: start.elapsed().as_secs_f64(),
        cause: cause.map(Cause::Generation),
        compiled: None,
    }
}

/// Runs a program. Returns whether it succeeded, and the JSON that it wrote.
fn wait(mut command: Command) -> Result<(bool, Value), String> {
    let report = tempfile::tempfile().map_err(|error| error.to_string())?;
    let output = report.try_clone().map_err(|error| error.to_string())?;
    let child = command.stdout(Stdio::from(output)).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| format!("the generator cannot be started: {error}"))?;
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("generation exceeds the time limit of {} s", LONGEST.as_secs()));
            }
        }
    };
    let mut report = report;
    let rewound = std::io::Seek::rewind(&mut report);
    let value = rewound.ok().and_then(|()| serde_json::from_reader(report).ok()).unwrap_or_default();
    Ok((status.success(), value))
}

/// Returns the indices of a sample of the generated crates, spread evenly by number of operations.
fn spread(outcomes: &[Outcome], count: usize) -> Vec<usize> {
    let mut generated: Vec<usize> = (0..outcomes.len()).filter(|at| outcomes[*at].cause.is_none()).collect();
    generated.sort_by_key(|at| (outcomes[*at].operations, outcomes[*at].name.clone()));
    let count = count.min(generated.len());
    (0..count).map(|number| generated[number * generated.len() / count]).collect()
}
