//! The command `diff`.

use std::{path::PathBuf, time::SystemTime};

use chrono::{DateTime, Utc};
use clap::{Parser, ValueEnum};
use openapi::Problem;
use openapi_diff::{Allowed, Comparison, Options, Report, Source, Verdict, compare, read_version};
use report::{Findings, github, junit, sarif};

use crate::{
    Environment, Format,
    output::{CLEAN, FOUND, could_not_run, say_json, say_lines, say_raw},
};

/// The arguments of `diff`.
#[derive(Debug, Parser)]
pub struct DiffArguments {
    /// Base document: a file, or REV:path for a revision of git
    #[arg(value_name = "BASE")]
    base: String,
    /// Revised document, in the same forms
    #[arg(value_name = "REVISION")]
    revision: String,
    /// Folder whose files references may read [default: the folder of each document]; for REV:path, a path of the
    /// revision
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Exit with code 1 if there are such changes
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
    /// File of allowed changes, each with id, pointer, reason and expires
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
    /// Current version, from which the next one follows [default: info.version of the base]
    #[arg(long, value_name = "VERSION")]
    current: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
}

/// The changes on which `diff` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Changes that break requests, responses or Rust callers.
    Breaking,
    /// All changes.
    Any,
}

/// The format of the report of `diff`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// Text for people.
    #[default]
    Text,
    /// JSON for programs, versioned by `format_version`.
    Json,
    /// Markdown for a changelog.
    Markdown,
    /// GitHub annotations.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    #[value(help = "JUnit XML, for build servers")]
    Junit,
}

pub(crate) fn run(asked: &DiffArguments, environment: &Environment) -> u8 {
    let (base, revision, comparison) = match compared(asked, environment) {
        Ok(compared) => compared,
        Err(problems) => {
            let format = if asked.format == DiffFormat::Json { Format::Json } else { Format::Text };
            return could_not_run(&problems, format);
        }
    };
    let report = Report { comparison: &comparison, base: &base, revision: &revision };
    let findings = || Findings { command: environment.command("diff"), ..report.findings() };
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

fn compared(asked: &DiffArguments, environment: &Environment) -> Result<(Source, Source, Comparison), Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let version = match asked.current.as_deref().map(|text| (text, read_version(text))) {
        Some((text, None)) => {
            let what = format!("--current: `{text}` is not a version");
            return Err(vec![Problem::new(what, "write a version such as 1.2.3")]);
        }
        Some((_, version)) => version,
        None => None,
    };
    let allowed = match &asked.allow {
        Some(path) => Some(Allowed::read(path)?),
        None => None,
    };
    let read = |name: &String| Source::read(name, asked.root.as_deref());
    let (base, revision) = match (read(&asked.base), read(&asked.revision)) {
        (Ok(base), Ok(revision)) => (base, revision),
        (one, other) => return Err([one.err(), other.err()].into_iter().flatten().collect()),
    };
    let options = Options { today: today(), version, settings: environment.settings().clone() };
    let mut comparison = compare(base.value(), revision.value(), &options).map_err(one)?;
    comparison.notes.extend([base.notes(), revision.notes()].concat());
    if let Some(allowed) = allowed {
        allowed.apply(&mut comparison, &options.today)?;
    }
    Ok((base, revision, comparison))
}

/// Returns the current day in UTC, such as `2026-11-25`.
fn today() -> String {
    DateTime::<Utc>::from(SystemTime::now()).date_naive().to_string()
}
