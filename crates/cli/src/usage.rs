//! From the words of the command line to a command, or to one line that says what is wrong with them.

use std::error::Error;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Parser as _};
use openapi::plain;

use crate::{
    arguments::{Arguments, Command},
    failure::Failure,
    output,
};

/// Why no command runs.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Help or the version was asked for.
    Asked(String),
    /// The command line cannot be taken.
    Refused(Failure),
}

impl Stop {
    pub(crate) fn say(self) -> Result<(), Failure> {
        match self {
            Self::Asked(text) => {
                output::print(&plain::lines(&text)).map_err(|error| Failure::call(output::unwritable(&error)))
            }
            Self::Refused(failure) => Err(failure),
        }
    }
}

/// The command that `words` ask for; the first word is the program's own name.
pub(crate) fn parse(words: &[OsString]) -> Result<Command, Stop> {
    let mut command = Arguments::command();
    command.build();
    let (command, path, flags) = named(&command, words);
    let refuse = |problem: String| Stop::Refused(Failure::set_up(format!("{problem}; see '{path} --help'")));
    if let Some((flag, swallowed)) = swallowed_flag(command, flags) {
        return Err(refuse(format!(
            "{flag}: needs a value before {swallowed}; write {flag}={swallowed} if that is the value"
        )));
    }
    Arguments::try_parse_from(words).map(|arguments| arguments.command).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Asked(error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Refused(Failure::help(error.to_string())),
        ErrorKind::InvalidUtf8 => refuse(format!("{}: is not UTF-8", not_utf8(flags))),
        _ => refuse(problem(&error)),
    })
}

/// The innermost command that the words name, its names in a row, and the words after them.
fn named<'a>(program: &'a clap::Command, words: &'a [OsString]) -> (&'a clap::Command, String, &'a [OsString]) {
    let (mut command, mut path) = (program, program.get_name().to_owned());
    let mut rest = words.get(1..).unwrap_or_default();
    while let Some((word, after)) = rest.split_first() {
        let Some(inner) = command.find_subcommand(word).filter(|inner| inner.get_name() != "help") else { break };
        path = format!("{path} {}", inner.get_name());
        (command, rest) = (inner, after);
    }
    (command, path, rest)
}

/// A flag whose value is missing, so that the next flag would be taken for it. Values may begin with `-`, which makes
/// this possible: `--name --local` must not create a client of the name `--local` on a real server.
fn swallowed_flag<'a>(command: &clap::Command, words: &'a [OsString]) -> Option<(&'a str, &'a str)> {
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

/// The flag whose value is not UTF-8. clap does not name it.
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

/// clap's error in our form: the flag first where there is one, and all of it on one line.
fn problem(error: &clap::Error) -> String {
    let flag = |text: &str| text.split_whitespace().next().unwrap_or_default().to_owned();
    let named = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => vec![flag(argument)],
        Some(ContextValue::Strings(arguments)) => arguments.iter().map(|argument| flag(argument)).collect(),
        _ => Vec::new(),
    };
    let rule = match error.kind() {
        ErrorKind::MissingRequiredArgument => Some("is required".to_owned()),
        ErrorKind::InvalidValue => match error.get(ContextKind::ValidValue) {
            Some(ContextValue::Strings(valid)) if !valid.is_empty() => {
                Some(format!("is not one of {}", valid.join(", ")))
            }
            _ => Some("needs a value".to_owned()),
        },
        ErrorKind::ValueValidation => error.source().map(not_valid),
        ErrorKind::ArgumentConflict => match error.get(ContextKind::PriorArg) {
            Some(ContextValue::String(prior)) if named.contains(&flag(prior)) => Some("is given twice".to_owned()),
            Some(ContextValue::String(prior)) => Some(format!("cannot be used with {}", flag(prior))),
            _ => None,
        },
        _ => None,
    };
    match rule {
        Some(rule) if !named.is_empty() => format!("{}: {rule}", named.join(", ")),
        _ => in_one_line(error),
    }
}

fn not_valid(source: &(dyn Error + 'static)) -> String {
    match source.downcast_ref().map(ParseIntError::kind) {
        Some(IntErrorKind::Empty | IntErrorKind::InvalidDigit) => "is not a whole number".to_owned(),
        Some(IntErrorKind::PosOverflow | IntErrorKind::NegOverflow) => "is out of range".to_owned(),
        _ => source.to_string(),
    }
}

/// clap's own text without its last parts, which repeat the usage.
fn in_one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let paragraphs = text.strip_prefix("error: ").unwrap_or(&text).split("\n\n");
    let kept = paragraphs.filter(|part| !part.starts_with("Usage:") && !part.starts_with("For more information"));
    kept.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("; ")
}
