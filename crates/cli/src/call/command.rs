//! One command an operation, with a flag for each of its fields: help, suggestions and completion follow from that.

use std::collections::BTreeSet;

use blynk_platform::{OPERATIONS, Operation};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use openapi::plain;

use super::described::{BodyForm, Content, Described, Field, is_plain};
use crate::target::{ENVIRONMENT, Target};

/// A call as it was typed.
#[derive(Debug)]
pub(crate) struct Call {
    pub(super) operation: &'static Operation,
    /// Words for each parameter, by its place in the operation table.
    pub(super) parameters: Vec<(usize, Vec<String>)>,
    /// Words for each field of the body, by its place.
    pub(super) fields: Vec<(usize, Vec<String>)>,
    pub(super) json: Option<String>,
    /// The file of a body that is no JSON.
    pub(super) data: Option<String>,
    pub(super) target: Target,
}

impl Args for Call {
    fn augment_args(command: Command) -> Command {
        let mut taken = BTreeSet::from(["help".to_owned()]);
        let commands: Vec<_> = OPERATIONS.iter().filter_map(|operation| of(operation, &mut taken)).collect();
        command
            .subcommands(commands)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand_value_name("OPERATION")
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

/// The names of an operation that no other has: the document's, then as Rust and as shells write it.
fn names(operation: &Operation) -> Vec<String> {
    [operation.id.to_owned(), operation.name.to_owned(), operation.name.replace('_', "-")]
        .into_iter()
        // other names mean something to shells, which read them in completions
        .filter(|name| name.starts_with(char::is_alphanumeric) && name.chars().all(is_plain))
        .collect()
}

fn of(operation: &'static Operation, taken: &mut BTreeSet<String>) -> Option<Command> {
    let described = Described::of(operation).ok()?;
    let mut names = names(operation).into_iter().filter(|name| taken.insert(name.clone()));
    let mut command = Command::new(names.next()?).aliases(names);
    let deprecated = if operation.deprecated { " (deprecated)" } else { "" };
    for (index, (parameter, field)) in operation.parameters.iter().zip(&described.parameters).enumerate() {
        command =
            command.arg(flag(format!("parameter {index}"), field, parameter.description).required(field.required));
    }
    if let Some(body) = &described.body {
        command = with_body(command, body);
    }
    let summary = format!("{}{deprecated}", one_line(operation.summary));
    let long = format!("{summary}\n\n{} {}", operation.method, plain::one_line(operation.path));
    Some(Target::augment_args(command).about(summary).long_about(long.trim().to_owned()).after_help(ENVIRONMENT))
}

fn with_body(mut command: Command, body: &Content) -> Command {
    if body.form == BodyForm::Other {
        let help = format!("File to send as {}; - for standard input", one_line(body.content_type));
        let data = Arg::new("data").long("data").value_name("FILE").help(help).required(body.required);
        return command.arg(data.allow_hyphen_values(true));
    }
    for (index, field) in body.fields.iter().enumerate() {
        let description = field.schema.get("description").and_then(serde_json::Value::as_str).unwrap_or_default();
        let required = if field.required { " (required)" } else { "" };
        let file = if field.is_file { "File to send; - for standard input. " } else { "" };
        let help = format!("{file}{}{required}", one_line(description));
        command = command.arg(flag(format!("field {index}"), field, help.trim()).conflicts_with("json"));
    }
    let json = Arg::new("json").long("json").value_name("BODY").allow_hyphen_values(true);
    command.arg(json.help("The whole body as JSON, in place of its fields; - for standard input"))
}

fn flag(id: String, field: &Field, description: &str) -> Arg {
    let action = if field.is_list { ArgAction::Append } else { ArgAction::Set };
    let dashed: String = dashed(&field.flag);
    let flag = Arg::new(id).long(field.flag.clone()).value_name("VALUE").action(action).allow_hyphen_values(true);
    let flag = if dashed == field.flag { flag } else { flag.alias(dashed) };
    let several = if field.is_list { "; repeat it for several" } else { "" };
    let values = field.schema.get("enum").and_then(serde_json::Value::as_array);
    let values = values.map(|values| format!(" [one of {}]", values.iter().map(shown).collect::<Vec<_>>().join(", ")));
    let help = format!("{}{several}{}", one_line(description), values.unwrap_or_default());
    flag.help(help.trim_start_matches([';', ' ']).to_owned())
}

fn shown(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), plain::one_line)
}

/// `redirectUrls` → `redirect-urls`.
fn dashed(name: &str) -> String {
    let mut dashed = String::new();
    let mut before = '-';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            dashed.push('-');
        }
        dashed.extend(if c == '_' { vec!['-'] } else { c.to_lowercase().collect() });
        before = c;
    }
    dashed
}

fn one_line(text: &str) -> String {
    plain::one_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl FromArgMatches for Call {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let named = |operation: &&Operation| names(operation).iter().any(|one| one == name);
        let operation = OPERATIONS.iter().find(named).ok_or_else(missing)?;
        let fields = |kind: &str, count: usize| {
            let words = |index: usize| {
                let words = matches.try_get_many::<String>(&format!("{kind} {index}")).ok().flatten()?;
                Some((index, words.cloned().collect()))
            };
            (0..count).filter_map(words).collect()
        };
        let one = |id: &str| matches.try_get_one::<String>(id).ok().flatten().cloned();
        let body_fields =
            Described::of(operation).ok().and_then(|described| described.body).map_or(0, |body| body.fields.len());
        Ok(Self {
            operation,
            parameters: fields("parameter", operation.parameters.len()),
            fields: fields("field", body_fields),
            json: one("json"),
            data: one("data"),
            target: Target::from_arg_matches(matches)?,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_document_says_steers_a_terminal_or_a_shell() {
        let hostile = "a\u{1b}[2J\n\u{202e}b $(run)`run`;'\"";
        assert_eq!(one_line(hostile), "a [2J \u{fffd}b $(run)`run`;'\"");
        assert_eq!(shown(&hostile.into()).matches(plain::is_control).count(), 0);
        static OPERATION: Operation = Operation::new("$(run)", "run", "GET", "/a\u{1b}");
        assert_eq!(names(&OPERATION), ["run", "run"]);
        assert!("getThing.v2_a-b".chars().all(is_plain) && !"$`\"'(){};&|<>*?[]~#!\\ \n/".chars().any(is_plain));
    }

    #[test]
    fn flags_are_also_written_with_dashes() {
        assert_eq!(dashed("redirectUrls"), "redirect-urls");
        assert_eq!(dashed("grant_type"), "grant-type");
        assert_eq!(dashed("orgID"), "org-id");
    }

    #[test]
    fn routes_every_operation_has_its_command_and_every_field_its_flag() {
        let _test = cargo_run::Test::start("routes_every_operation_has_its_command_and_every_field_its_flag");
        let command = Call::augment_args(Command::new("call"));
        assert_eq!(command.get_subcommands().count(), OPERATIONS.len());
        for operation in &OPERATIONS {
            let found = command.find_subcommand(operation.name).unwrap();
            let described = Described::of(operation).unwrap();
            for field in &described.parameters {
                assert!(!field.schema.is_null(), "{}: {}", operation.id, field.name);
            }
            let fields = described.parameters.iter().chain(described.body.iter().flat_map(|body| &body.fields));
            for field in fields {
                assert!(found.get_arguments().any(|flag| flag.get_long() == Some(&field.flag)), "{}", field.name);
            }
        }
        command.debug_assert();
    }
}
