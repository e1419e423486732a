//! The command `conform`.

mod report;
mod runner;
mod time_limit;

use std::{
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
    time::Duration,
};

use generator_tests::{
    boundary_values::boundary_values,
    conform::{Comparison, Conformance, Refusal, Subject},
};
use openapi::{
    Bundle, Problem,
    schema_resources::{resolve_dynamic, resolve_ids},
};
use serde_json::{Value, json};

use crate::{
    Environment, Format, carved,
    output::{CLEAN, FOUND, could_not_run},
};

pub(crate) fn run(
    document: &Path,
    root: Option<&Path>,
    target: Option<&Path>,
    limit: Duration,
    environment: &Environment,
    format: Format,
) -> u8 {
    // ends the process after the limit, until it is dropped
    let _watch = time_limit::watch(document, limit, format);
    // cargo runs in other folders
    let target = target.map_or_else(
        || environment.folder("conform"),
        |given| std::path::absolute(given).unwrap_or_else(|_| given.to_path_buf()),
    );
    let compared = codegen::read(document, &document.display().to_string(), root).and_then(|bundle| {
        let conformance = compare(&bundle, &target, limit, environment)?;
        Ok((bundle, conformance))
    });
    match compared {
        Ok((bundle, conformance)) => {
            report::report(&bundle, &conformance, format);
            if conformance.problems().next().is_none() { CLEAN } else { FOUND }
        }
        Err(problems) => could_not_run(&problems, format),
    }
}

fn compare(
    bundle: &Bundle,
    target: &Path,
    limit: Duration,
    environment: &Environment,
) -> Result<Conformance, Vec<Problem>> {
    let package = carved::package(bundle)?;
    let document = package.part.as_ref().unwrap_or_else(|| bundle.document());
    let one = |problem: Problem| vec![problem];
    let program = runner::build(&package, target, limit, environment).map_err(one)?;
    let subjects = subjects(&program).map_err(one)?;
    // the validator has no dynamic references
    let mut resolved = document.clone();
    resolve_ids(&mut resolved);
    resolve_dynamic(&mut resolved);
    let results = results(&program, &resolved, &subjects).map_err(|error| {
        one(Problem::new(
            format!("the compiled types cannot be run on the boundary values: {error}"),
            "run the command again with more free disk space and memory",
        ))
    })?;
    let mut results = BufReader::new(results).lines();
    let mut missing = 0;
    let comparison = Comparison::new(&resolved, &package.generated.unrepresented, &subjects);
    let mut found = Conformance::default();
    for subject in &subjects {
        found.add(comparison.of(subject, |_| {
            let line = results.next().and_then(Result::ok);
            match line.and_then(|line| serde_json::from_str::<Option<Refusal>>(&line).ok()) {
                Some(None) => Ok(()),
                Some(Some(refusal)) => Err(refusal),
                None => {
                    missing += 1;
                    Ok(())
                }
            }
        }));
    }
    if missing > 0 {
        let what = format!("the compiled types returned no result for {missing} boundary values");
        return Err(one(Problem::bug(what)));
    }
    Ok(found)
}

/// Returns the compiled types, as the program lists them.
fn subjects(program: &runner::Program) -> Result<Vec<Subject>, Problem> {
    let broken = |what: String| Problem::bug(what);
    let listed = program.types().map_err(|error| broken(format!("the compiled types cannot be listed: {error}")))?;
    let parsed: Result<Vec<(String, String, bool, bool)>, _> = serde_json::from_str(&listed);
    let parsed = parsed.map_err(|error| broken(format!("the list of compiled types cannot be read: {error}")))?;
    let subject = |(name, pointer, in_requests, in_responses)| Subject { name, pointer, in_requests, in_responses };
    Ok(parsed.into_iter().map(subject).collect())
}

/// Runs the program on every boundary value of every type. Returns a file with one result per line.
fn results(program: &runner::Program, document: &Value, subjects: &[Subject]) -> std::io::Result<std::fs::File> {
    let mut values = tempfile::NamedTempFile::new()?;
    let mut lines = BufWriter::new(values.as_file_mut());
    for (index, subject) in subjects.iter().enumerate() {
        for input in boundary_values(document, &subject.pointer) {
            writeln!(lines, "{}", json!([index, input.value]))?;
        }
    }
    lines.flush()?;
    drop(lines);
    program.read(values.path())
}
