//! The verb `conform`.

mod report;
mod runner;

use std::{
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::Path,
};

use generator_tests::{
    boundary_values::boundary_values,
    conform::{Comparison, Conformance, Refusal, Subject},
};
use openapi::{Bundle, Problem};
use serde_json::{Value, json};

use crate::{
    Format, Place,
    output::{CLEAN, FOUND, could_not_run},
};

pub(crate) fn run(document: &Path, target: Option<&Path>, place: &Place, format: Format) -> u8 {
    // cargo is run in other folders
    let target = target.map_or_else(
        || place.folder("conform"),
        |given| std::path::absolute(given).unwrap_or_else(|_| given.to_path_buf()),
    );
    let measured = codegen::read(document, &document.display().to_string()).and_then(|bundle| {
        let conformance = measure(&bundle, &target, place)?;
        Ok((bundle, conformance))
    });
    match measured {
        Ok((bundle, conformance)) => {
            report::report(&bundle, &conformance, format);
            if conformance.problems().next().is_none() { CLEAN } else { FOUND }
        }
        Err(problems) => could_not_run(&problems, format),
    }
}

fn measure(bundle: &Bundle, target: &Path, place: &Place) -> Result<Conformance, Vec<Problem>> {
    let document = bundle.document();
    let package = codegen::package(document)
        .map_err(|problems| problems.into_iter().map(|problem| bundle.place(problem)).collect::<Vec<_>>())?;
    let one = |problem: Problem| vec![problem];
    let program = runner::build(&package, target, place).map_err(one)?;
    let subjects = subjects(&program).map_err(one)?;
    let answers = answers(&program, document, &subjects).map_err(|error| {
        one(Problem::new(
            format!("the vectors cannot be given to the types: {error}"),
            "run it again, with disk and memory free",
        ))
    })?;
    let mut answers = BufReader::new(answers).lines();
    let mut missing = 0;
    let comparison = Comparison::new(document, &package.generated.unrepresented, &subjects);
    let mut found = Conformance::default();
    for subject in &subjects {
        found.add(comparison.of(subject, |_| {
            let answer = answers.next().and_then(Result::ok);
            let answer = answer.and_then(|line| serde_json::from_str::<Option<Refusal>>(&line).ok());
            match answer {
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
        let what = format!("the program with the compiled types gave no answer to {missing} vectors");
        return Err(one(Problem::bug(what)));
    }
    Ok(found)
}

/// The compiled types, as the program lists them.
fn subjects(program: &runner::Program) -> Result<Vec<Subject>, Problem> {
    let broken = |what: String| Problem::new(what, "report this as a bug").of(openapi::Code::Bug);
    let listed = program.types().map_err(|error| broken(format!("the compiled types cannot be listed: {error}")))?;
    let parsed: Result<Vec<(String, String, bool, bool)>, _> = serde_json::from_str(&listed);
    let parsed = parsed.map_err(|error| broken(format!("the list of compiled types cannot be read: {error}")))?;
    let subject = |(name, pointer, in_requests, in_responses)| Subject { name, pointer, in_requests, in_responses };
    Ok(parsed.into_iter().map(subject).collect())
}

/// A file with an answer a line, to every boundary value of every type in turn.
fn answers(program: &runner::Program, document: &Value, subjects: &[Subject]) -> std::io::Result<std::fs::File> {
    let mut asked = tempfile::NamedTempFile::new()?;
    let mut lines = BufWriter::new(asked.as_file_mut());
    for (index, subject) in subjects.iter().enumerate() {
        for input in boundary_values(document, &subject.pointer) {
            writeln!(lines, "{}", json!([index, input.value]))?;
        }
    }
    lines.flush()?;
    drop(lines);
    program.read(asked.path())
}
