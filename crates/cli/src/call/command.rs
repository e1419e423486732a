//! One command for each operation, with a flag for each field. Help, suggestions and completion follow from that.

use std::collections::BTreeSet;

use blynk_platform::{OPERATIONS, Operation};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use openapi::plain;
use serde_json::Value;

use super::schemas::{Content, Encoding, Field, OperationSchemas, is_plain};
use crate::target::{ENVIRONMENT, Target};

/// The arguments of a call.
#[derive(Debug)]
pub(crate) struct Call {
    pub(super) operation: &'static Operation,
    /// Values of each parameter, by its index in the operation table.
    pub(super) parameters: Vec<(usize, Vec<String>)>,
    /// Values of each body field, by its index.
    pub(super) fields: Vec<(usize, Vec<String>)>,
    pub(super) json: Option<String>,
    /// The file of a body that is neither JSON nor a form.
    pub(super) data: Option<String>,
    pub(super) target: Target,
}

impl Args for Call {
    fn augment_args(command: Command) -> Command {
        let mut taken = BTreeSet::from(["help".to_owned()]);
        let commands: Vec<_> = OPERATIONS.iter().filter_map(|operation| command_of(operation, &mut taken)).collect();
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

/// Returns the names of an operation: the `operationId`, its snake case and its kebab case.
fn names(operation: &Operation) -> Vec<String> {
    [operation.id.to_owned(), operation.name.to_owned(), operation.name.replace('_', "-")]
        .into_iter()
        // shells interpret other characters, and completion scripts contain these names
        .filter(|name| name.starts_with(char::is_alphanumeric) && name.chars().all(is_plain))
        .collect()
}

fn command_of(operation: &'static Operation, taken: &mut BTreeSet<String>) -> Option<Command> {
    let schemas = OperationSchemas::find(operation).ok()?;
    let mut names = names(operation).into_iter().filter(|name| taken.insert(name.clone()));
    let mut command = Command::new(names.next()?).aliases(names);
    let deprecated = if operation.deprecated { " (deprecated)" } else { "" };
    for (index, (parameter, field)) in operation.parameters.iter().zip(&schemas.parameters).enumerate() {
        command =
            command.arg(flag(format!("parameter {index}"), field, parameter.description).required(field.required));
    }
    if let Some(body) = &schemas.body {
        command = with_body(command, body);
    }
    let summary = format!("{}{deprecated}", one_line(operation.summary));
    let long = format!("{summary}\n\n{} {}", operation.method, plain::one_line(operation.path));
    Some(Target::augment_args(command).about(summary).long_about(long.trim().to_owned()).after_help(ENVIRONMENT))
}

fn with_body(mut command: Command, body: &Content) -> Command {
    if body.encoding == Encoding::Other {
        let help = format!("Send this file as {}; - reads standard input", one_line(body.content_type));
        let data = Arg::new("data").long("data").value_name("FILE").help(help).required(body.required);
        return command.arg(data.allow_hyphen_values(true));
    }
    for (index, field) in body.fields.iter().enumerate() {
        let description = field.schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let required = if field.required { " (required)" } else { "" };
        let file = if field.is_file { "Send this file; - reads standard input. " } else { "" };
        let help = format!("{file}{}{required}", one_line(description));
        command = command.arg(flag(format!("field {index}"), field, help.trim()).conflicts_with("json"));
    }
    let json = Arg::new("json").long("json").value_name("BODY").allow_hyphen_values(true);
    command.arg(json.help("Send this JSON as the body instead of single fields; - reads standard input"))
}

fn flag(id: String, field: &Field, description: &str) -> Arg {
    let action = if field.is_list { ArgAction::Append } else { ArgAction::Set };
    let dashed: String = kebab_case(&field.flag);
    let flag = Arg::new(id).long(field.flag.clone()).value_name("VALUE").action(action).allow_hyphen_values(true);
    let flag = if dashed == field.flag { flag } else { flag.alias(dashed) };
    let several = if field.is_list { "; repeat the flag for more values" } else { "" };
    let help = format!("{}{several}{}", one_line(description), limits(&field.schema));
    flag.help(help.trim_start_matches([';', ' ']).to_owned())
}

/// The keywords of a schema that the help of a flag lists.
const LIMITS: [&str; 13] = [
    "format",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
];

/// Returns the type of a value and its limits, such as ` [string, minLength 1, maxLength 64]`.
fn limits(schema: &Value) -> String {
    let mut parts: Vec<String> = schema.get("type").map(display).into_iter().collect();
    let limit = |key: &&str| schema.get(*key).map(|value| format!("{key} {}", display(value)));
    parts.extend(LIMITS.iter().filter_map(limit));
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        parts.push(format!("one of {}", values.iter().map(display).collect::<Vec<_>>().join(", ")));
    }
    if let Some(items) = schema.get("items").map(limits).filter(|items| !items.is_empty()) {
        parts.push(format!("items{items}"));
    }
    if parts.is_empty() { String::new() } else { format!(" [{}]", parts.join(", ")) }
}

fn display(value: &Value) -> String {
    plain::one_line(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Returns a name in kebab case: `redirectUrls` → `redirect-urls`.
fn kebab_case(name: &str) -> String {
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
            let values_of = |index: usize| {
                let values = matches.try_get_many::<String>(&format!("{kind} {index}")).ok().flatten()?;
                Some((index, values.cloned().collect()))
            };
            (0..count).filter_map(values_of).collect()
        };
        let one = |id: &str| matches.try_get_one::<String>(id).ok().flatten().cloned();
        let body_fields =
            OperationSchemas::find(operation).ok().and_then(|schemas| schemas.body).map_or(0, |body| body.fields.len());
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
    fn document_texts_cannot_control_a_terminal_or_a_shell() {
        let hostile = "a\u{1b}[2J\n\u{202e}b $(run)`run`;'\"";
        assert_eq!(one_line(hostile), "a [2J \u{fffd}b $(run)`run`;'\"");
        assert_eq!(display(&hostile.into()).matches(plain::is_control).count(), 0);
        static OPERATION: Operation = Operation::new("$(run)", "run", "GET", "/a\u{1b}");
        assert_eq!(names(&OPERATION), ["run", "run"]);
        assert!("getThing.v2_a-b".chars().all(is_plain) && !"$`\"'(){};&|<>*?[]~#!\\ \n/".chars().any(is_plain));
    }

    #[test]
    fn flags_have_kebab_case_aliases() {
        assert_eq!(kebab_case("redirectUrls"), "redirect-urls");
        assert_eq!(kebab_case("grant_type"), "grant-type");
        assert_eq!(kebab_case("orgID"), "org-id");
    }

    #[test]
    fn routes_every_operation_has_a_command_and_every_field_a_flag() {
        let _test = cargo_run::Test::start("routes_every_operation_has_a_command_and_every_field_a_flag");
        let command = Call::augment_args(Command::new("call"));
        assert_eq!(command.get_subcommands().count(), OPERATIONS.len());
        for operation in &OPERATIONS {
            let found = command.find_subcommand(operation.name).unwrap();
            let schemas = OperationSchemas::find(operation).unwrap();
            for field in &schemas.parameters {
                assert!(!field.schema.is_null(), "{}: {}", operation.id, field.name);
            }
            let fields = schemas.parameters.iter().chain(schemas.body.iter().flat_map(|body| &body.fields));
            for field in fields {
                assert!(found.get_arguments().any(|flag| flag.get_long() == Some(&field.flag)), "{}", field.name);
            }
        }
        command.debug_assert();
    }
}
