//! Parses the command line into a command, or into one line that says what is wrong and how to fix it.

use std::error::Error;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};
use openapi::plain;

use crate::{
    arguments::{Arguments, Command},
    failure::{Failure, with_fix},
    output,
};

/// Why no command runs.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The command line requests the help or the version.
    Help(String),
    /// The command line is invalid.
    Invalid(Failure),
}

impl Stop {
    /// Prints the help, or returns the failure.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Help(text) => {
                output::print(&plain::lines(&text)).map_err(|error| Failure::call(output::write_error(&error)))
            }
            Self::Invalid(failure) => Err(failure),
        }
    }
}

/// Parses the words of the command line; the first one is the name of the program.
pub(crate) fn parse(words: &[OsString]) -> Result<Command, Stop> {
    let mut command = Arguments::command();
    command.build();
    let (command, path, flags) = innermost(&command, words);
    let invalid = |problem: &str| Stop::Invalid(Failure::setup(with_fix(problem, &format!("see '{path} --help'"))));
    if let Some((flag, next)) = flag_without_value(command, flags) {
        return Err(invalid(&format!(
            "{flag}: has no value before {next}; fix: add the value, or write {flag}={next} if this is the value"
        )));
    }
    Arguments::try_parse_from(words).map(|arguments| arguments.command).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Help(error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Invalid(Failure::help(error.to_string())),
        ErrorKind::InvalidUtf8 => invalid(&format!("{}: is not UTF-8; fix: write the value in UTF-8", not_utf8(flags))),
        _ => invalid(&problem(&error, if path.ends_with(" call") { "an operation" } else { "a command" })),
    })
}

/// Returns the innermost command that the words name, its path, and the words after it.
fn innermost<'a>(program: &'a clap::Command, words: &'a [OsString]) -> (&'a clap::Command, String, &'a [OsString]) {
    let (mut command, mut path) = (program, program.get_name().to_owned());
    let mut rest = words.get(1..).unwrap_or_default();
    while let Some((word, after)) = rest.split_first() {
        let Some(inner) = command.find_subcommand(word).filter(|inner| inner.get_name() != "help") else { break };
        path = format!("{path} {}", inner.get_name());
        (command, rest) = (inner, after);
    }
    (command, path, rest)
}

/// Returns a flag without a value, and the flag after it. Values may start with `-`, so clap would use the next flag as
/// the value, and `--name --local` would create a client named `--local` on a real server.
fn flag_without_value<'a>(command: &clap::Command, words: &'a [OsString]) -> Option<(&'a str, &'a str)> {
    let takes_value = |word: &str| {
        let mut flags = command.get_arguments().filter(|argument| argument.get_action().takes_values());
        flags.any(|flag| word.strip_prefix("--").is_some_and(|name| flag.get_long() == Some(name)))
    };
    let is_flag = |word: &str| {
        let name = word.split('=').next().unwrap_or(word);
        command.get_arguments().any(|flag| {
            name.strip_prefix("--").is_some_and(|name| flag.get_long() == Some(name))
                || flag.get_short().is_some_and(|short| name == format!("-{short}"))
        })
    };
    words.windows(2).find_map(|pair| {
        let (flag, next) = (pair.first()?.to_str()?, pair.get(1)?.to_str()?);
        (takes_value(flag) && is_flag(next)).then_some((flag, next))
    })
}

/// Returns the flag whose value is not UTF-8, which clap does not name.
fn not_utf8(words: &[OsString]) -> String {
    let bad = words.iter().position(|word| word.to_str().is_none());
    let bad = bad.unwrap_or_default();
    let lossy = |word: &OsString| word.to_string_lossy().into_owned();
    let word = words.get(bad).map(lossy).unwrap_or_default();
    match (word.split_once('='), bad.checked_sub(1).and_then(|before| words.get(before))) {
        (Some((flag, _)), _) if flag.starts_with("--") => flag.to_owned(),
        (_, Some(flag)) if flag.as_encoded_bytes().starts_with(b"--") => lossy(flag),
        _ => word,
    }
}

/// Converts an error of clap to one line: the flag or argument, what is wrong, and the fix. `subcommand` is the noun of
/// a subcommand.
fn problem(error: &clap::Error, subcommand: &str) -> String {
    let arguments = texts(error, ContextKind::InvalidArg);
    let named = arguments.iter().map(|argument| flag(argument)).collect::<Vec<_>>().join(", ");
    let reason = match error.kind() {
        ErrorKind::MissingRequiredArgument => Some(format!("is required; fix: add {}", arguments.join(" "))),
        ErrorKind::InvalidValue => Some(match texts(error, ContextKind::ValidValue).as_slice() {
            [] => format!("requires a value; fix: write {}", arguments.join(" ")),
            values => format!("has an unknown value; fix: use one of {}", values.join(", ")),
        }),
        ErrorKind::ValueValidation => error.source().map(ToString::to_string),
        ErrorKind::ArgumentConflict => texts(error, ContextKind::PriorArg).first().map(|prior| match flag(prior) {
            prior if named == prior => "occurs more than once; fix: remove all but one".to_owned(),
            prior => format!("cannot be used with {prior}; fix: remove one of them"),
        }),
        ErrorKind::UnknownArgument => {
            Some(format!("is not an argument of this command{}", suggestion(error, ContextKind::SuggestedArg)))
        }
        _ => None,
    };
    let command = texts(error, ContextKind::InvalidSubcommand).join(" ");
    match reason {
        Some(reason) if !named.is_empty() => format!("{named}: {reason}"),
        _ if error.kind() == ErrorKind::InvalidSubcommand && !command.is_empty() => {
            format!("{command}: is not {subcommand}{}", suggestion(error, ContextKind::SuggestedSubcommand))
        }
        _ => one_line(error),
    }
}

/// Returns the flag of an argument such as `--name <NAME>`.
fn flag(argument: &str) -> String {
    argument.split_whitespace().next().unwrap_or_default().to_owned()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// Returns the fix with the most similar name, which clap lists last, if there is one.
fn suggestion(error: &clap::Error, kind: ContextKind) -> String {
    match texts(error, kind).last() {
        Some(similar) => format!("; fix: use {similar}"),
        None => String::new(),
    }
}

/// Returns the text of clap on one line, without its usage.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let paragraphs = text.strip_prefix("error: ").unwrap_or(&text).split("\n\n");
    let kept = paragraphs.filter(|part| !part.starts_with("Usage:") && !part.starts_with("For more information"));
    kept.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("; ")
}
