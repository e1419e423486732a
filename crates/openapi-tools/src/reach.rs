//! The verb `reach`: how many documents of a folder become crates, how many of those compile, and why the others do
//! not.

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

use outcome::{Cause, Outcome};

use crate::{
    Format, Place,
    output::{CLEAN, FOUND, could_not_run},
};

/// A document that takes longer counts as hanging.
const LONGEST: Duration = Duration::from_secs(120);

pub(crate) fn run(corpus: &Path, compile: usize, clippy: bool, place: &Place, format: Format) -> u8 {
    let documents = match documents(corpus) {
        Ok(documents) => documents,
        Err(problem) => return could_not_run(&[problem], format),
    };
    let Ok(crates) = tempfile::tempdir() else {
        return could_not_run(&[Problem::new("no temporary folder can be made", "free some disk")], format);
    };
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => {
            let what = format!("the path of this program is not known: {error}");
            return could_not_run(&[Problem::new(what, "run it by its full path").of(Code::System)], format);
        }
    };
    // names of files may differ by so little that those of crates would not
    let mut outcomes =
        in_parallel(&documents, |index, path| generate(&program, path, &crates.path().join(index.to_string())));
    if compile > 0 {
        let sample = spread(&outcomes, compile);
        // one cargo at a time: they share a target folder
        let bar = ProgressBar::new(sample.len() as u64);
        for at in sample {
            let outcome = &mut outcomes[at];
            match compile::compile(&outcome.folder, clippy, place) {
                Ok(seconds) => outcome.compiled = Some(seconds),
                Err(cause) => outcome.cause = Some(cause),
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    report::report(&outcomes, compile, format);
    if outcomes.iter().all(|outcome| outcome.cause.is_none()) { CLEAN } else { FOUND }
}

fn documents(corpus: &Path) -> Result<Vec<PathBuf>, Problem> {
    let refuse =
        |what: String| Problem::new(what, "name a folder of OpenAPI documents").in_file(corpus.display().to_string());
    let entries = fs::read_dir(corpus).map_err(|error| refuse(format!("cannot be read: {error}")))?;
    let is_document = |path: &PathBuf| {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        path.is_file() && matches!(extension.as_deref(), Some("json" | "yaml" | "yml"))
    };
    let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(is_document).collect();
    found.sort();
    if found.is_empty() { Err(refuse("holds no document (.json, .yaml)".to_owned())) } else { Ok(found) }
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

/// In a process of its own, so that a document that brings it down says so and nothing else.
fn generate(program: &Path, document: &Path, out: &Path) -> Outcome {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(["generate", "--format", "json", "--document"]).arg(document).arg("--out").arg(out);
    let (answer, cause) = match wait(command) {
        Ok((true, answer)) => (answer, None),
        Ok((false, answer)) => {
            let message = answer["errors"][0]["message"].as_str().map(str::to_owned);
            (answer, Some(message.unwrap_or_else(|| "the generator was brought down".to_owned())))
        }
        Err(cause) => (Value::Null, Some(cause)),
    };
    Outcome {
        name: stem(document),
        folder: out.to_path_buf(),
        operations: answer["operations"].as_u64().unwrap_or(0),
        bytes: fs::metadata(out.join("src/client.rs")).map_or(0, |code| code.len()),
        seconds: start.elapsed().as_secs_f64(),
        cause: cause.map(Cause::Generation),
        compiled: None,
    }
}

/// Whether a program ended well, and what it answered.
fn wait(mut command: Command) -> Result<(bool, Value), String> {
    let answer = tempfile::tempfile().map_err(|error| error.to_string())?;
    let output = answer.try_clone().map_err(|error| error.to_string())?;
    let child = command.stdout(Stdio::from(output)).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| format!("the generator could not be started: {error}"))?;
    let start = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("took longer than {} s", LONGEST.as_secs()));
            }
        }
    };
    let mut answer = answer;
    let rewound = std::io::Seek::rewind(&mut answer);
    let value = rewound.ok().and_then(|()| serde_json::from_reader(answer).ok()).unwrap_or_default();
    Ok((status.success(), value))
}

/// A sample of those that were generated, spread evenly from few operations to many.
fn spread(outcomes: &[Outcome], count: usize) -> Vec<usize> {
    let mut generated: Vec<usize> = (0..outcomes.len()).filter(|at| outcomes[*at].cause.is_none()).collect();
    generated.sort_by_key(|at| (outcomes[*at].operations, outcomes[*at].name.clone()));
    let count = count.min(generated.len());
    (0..count).map(|number| generated[number * generated.len() / count]).collect()
}
