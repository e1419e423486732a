//! The verb `diff`.

use std::{path::PathBuf, time::SystemTime};

use chrono::{DateTime, Utc};
use clap::{Parser, ValueEnum};
use openapi::Problem;
use openapi_diff::{Allowed, Comparison, Options, Report, Source, Verdict, compare, read_version};
use report::{Findings, github, junit, sarif};

use crate::{
    Format, Place,
    output::{CLEAN, FOUND, could_not_run, say_json, say_lines, say_raw},
};

/// What `diff` takes.
#[derive(Debug, Parser)]
pub struct DiffArguments {
    /// The document as it was: a file, or REV:path of git
    #[arg(value_name = "BASE")]
    base: String,
    /// The document as it is
    #[arg(value_name = "REVISION")]
    revision: String,
    /// Exit with 1 if there is such a change
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
    /// Changes that are allowed: a list of id, pointer, reason and expires
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
    /// The version that the next one follows [default: the base's info.version]
    #[arg(long, value_name = "VERSION")]
    current: Option<String>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
}

/// Which changes a command is to fail on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Those that break callers, on the wire or in Rust.
    Breaking,
    /// All.
    Any,
}

/// How changes are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people.
    #[default]
    Text,
    /// For programs; `format_version` says which form.
    Json,
    /// An entry of a changelog.
    Markdown,
    /// Annotations of GitHub.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    #[value(help = "JUnit XML, for build servers")]
    Junit,
}

pub(crate) fn run(asked: &DiffArguments, place: &Place) -> u8 {
    let (base, revision, comparison) = match compared(asked, place) {
        Ok(compared) => compared,
        Err(problems) => {
            let format = if asked.format == DiffFormat::Json { Format::Json } else { Format::Text };
            return could_not_run(&problems, format);
        }
    };
    let report = Report { comparison: &comparison, base: &base, revision: &revision };
    let findings = || Findings { command: place.command("diff"), ..report.findings() };
    match asked.format {
        DiffFormat::Text => say_lines(&report.text()),
        DiffFormat::Json => say_json(&report.json()),
        DiffFormat::Markdown => say_lines(&report.markdown()),
        DiffFormat::Github => say_raw(&github(&findings())),
        DiffFormat::Sarif => say_json(&sarif(&findings())),
        DiffFormat::Junit => say_raw(&junit(&findings())),
    }
    let counted = comparison.changes.iter().any(|change| change.allowed.is_none());
    let fails = match asked.fail_on {
        Some(FailOn::Breaking) => comparison.wire.max(comparison.rust) == Verdict::Breaking,
        Some(FailOn::Any) => counted,
        None => false,
    };
    if fails { FOUND } else { CLEAN }
}

fn compared(asked: &DiffArguments, place: &Place) -> Result<(Source, Source, Comparison), Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let version = match asked.current.as_deref().map(|text| (text, read_version(text))) {
        Some((text, None)) => {
            let what = format!("--current takes a version, and `{text}` is none");
            return Err(vec![Problem::new(what, "write it as 1.2.3")]);
        }
        Some((_, version)) => version,
        None => None,
    };
    let allowed = match &asked.allow {
        Some(path) => Some(Allowed::read(path)?),
        None => None,
    };
    let (base, revision) = match (Source::read(&asked.base), Source::read(&asked.revision)) {
        (Ok(base), Ok(revision)) => (base, revision),
        (one, other) => return Err([one.err(), other.err()].into_iter().flatten().collect()),
    };
    let options = Options { today: today(), version, settings: place.settings().clone() };
    let mut comparison = compare(base.value(), revision.value(), &options).map_err(one)?;
    comparison.notes.extend([base.notes(), revision.notes()].concat());
    if let Some(allowed) = allowed {
        allowed.apply(&mut comparison, &options.today)?;
    }
    Ok((base, revision, comparison))
}

/// The day in UTC, as `2026-11-25`.
fn today() -> String {
    DateTime::<Utc>::from(SystemTime::now()).date_naive().to_string()
}
