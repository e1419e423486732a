//! The documentation page of `diff`, generated from the tables that decide.

use crate::{
    change_kind::ChangeKind,
    overrides::overridden,
    variance::{Direction, Effect, Verdict, variance_rule},
};

const INTRODUCTION: &str = r#"# Comparing documents

`cargo xtask diff BASE REVISION` (or `openapi-tools diff`) reports the changes between two OpenAPI documents,
whether each breaks callers, and the next version. BASE and REVISION are files, or files of a git revision as
`REV:path`. This page is generated from the tables in `crates/openapi-diff/src`.

```console
$ cargo xtask diff HEAD:api.yaml api.yaml
breaking    POST /oauth2/clients: request property "name": maxLength lowered from 64 to 32 [max-length-lowered]
    at: api.yaml:20:41 (/components/schemas/NewClient/properties/name/maxLength)
    wire: breaking, rust: compatible
    items: types::NewClientName::CONSTRAINTS
breaking    POST /oauth2/clients: request property "age": type changed from "integer" to "string" [type-changed]
    at: api.yaml:21:21 (/components/schemas/NewClient/properties/age/type)
    items: operations::CreateClient::age, types::NewClient::age
2 changes; wire: breaking, rust: breaking; next version: major, for operations::CreateClient::age
```

A message begins with the operation, and the request, response, parameter or property. A component with several
references is named itself, as `schema "Device"`, with the operations that use it. The id in brackets is the kind of
change.

## Verdicts

| verdict | meaning | next version from 1.0.0 on | before 1.0.0 |
|---|---|---|---|
| `none` | no effect on callers | unchanged | unchanged |
| `docs` | only documentation changes | patch | patch |
| `compatible` | existing callers keep working | minor | patch |
| `breaking` | some existing callers stop working | major | minor (before 0.1.0: patch) |

Each change has two verdicts, `wire` and `rust`. The worst verdict of all changes determines the next version.

- **wire**: the effect on callers that send requests and read responses, in any language. It follows from the kind
  of change and the direction.
- **rust**: the effect on Rust code that uses the client generated from the document. Code is generated from both
  documents, and their public items (types, fields, methods) are compared. Each item that changes is listed with the
  changes that cause it; a new public field breaks struct literals, for example. If code cannot be generated from one
  of the documents, every change, except of documentation, is `breaking`, and a note has the reason.

## Requests and responses

The verdict `wire` depends on whether the values that a change concerns are sent in requests, in responses or in
both (the variance rule). The worse direction counts. Webhooks and callbacks are requests from the server, so that
their directions are reversed: for operations, parameters, statuses and response headers, one of the columns below
applies to webhooks and callbacks only. A read-only property is not sent in requests, a write-only one not in responses.

| effect on the accepted values | in requests | in responses |
|---|---|---|
"#;

const USE: &str = r#"
A change of a value that no operation uses is at most `compatible`. An operation whose `x-stability-level` in
BASE is `draft` or `alpha` may change at any time: its changes are at most `compatible`. Some kinds have another
verdict than by this rule; a number refers to the [reason](#reasons). The kind `unclassified` is always `breaking`.

## Exit codes

| code | meaning |
|---|---|
| 0 | the documents were compared; with `--fail-on`, there is no such change |
| 1 | with `--fail-on breaking`: a change is breaking, by `wire` or `rust`; with `--fail-on any`: there is a change |
| 2 | a document or the allow file cannot be read or is not valid, or an entry of the allow file is stale |

## Allowing a change

`--allow FILE` excludes changes from the verdicts, the next version and the exit code. FILE is an array of entries,
in YAML or JSON; each needs all four keys:

```yaml
- id: max-length-lowered
  pointer: /components/schemas/NewClient/properties/name/maxLength
  reason: no client has a longer name
  expires: 2027-01-31
```

`id` and `pointer` are those of the report. An entry that has expired, or matches no change, is an error.

## Kinds of change
"#;

/// Returns the page, with a table of every kind of change.
#[must_use]
pub fn documentation() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (effect, what) in [
        (Effect::Wider, "more values are accepted"),
        (Effect::Narrower, "fewer values are accepted"),
        (Effect::Both, "both, or the effect is unknown"),
        (Effect::Same, "the same values are accepted"),
        (Effect::Documentation, "only documentation changes"),
    ] {
        let [request, response] = [Direction::Request, Direction::Response].map(|way| variance_rule(effect, way));
        text.push_str(&format!("| {what} | {} | {} |\n", request.word(), response.word()));
    }
    text.push_str(USE);
    text.push_str("\n| kind | change | in requests | in responses | example |\n|---|---|---|---|---|\n");
    let mut reasons = Vec::new();
    for kind in ChangeKind::ALL {
        text.push_str(&row(*kind, &mut reasons));
    }
    text.push_str("\n## Reasons\n\n");
    for (index, reason) in reasons.iter().enumerate() {
        text.push_str(&format!("{}. {}.\n", index + 1, capitalized(reason)));
    }
    text
}

/// A row of the table. New reasons are added to `reasons`.
fn row(kind: ChangeKind, reasons: &mut Vec<&'static str>) -> String {
    let mut cell = |direction| match overridden(kind, direction) {
        Some((verdict, reason)) => {
            let known = reasons.iter().position(|known| *known == reason);
            let index = known.unwrap_or_else(|| {
                reasons.push(reason);
                reasons.len() - 1
            });
            format!("{} ({})", verdict.word(), index + 1)
        }
        None if kind == ChangeKind::Unclassified => Verdict::Breaking.word().to_owned(),
        None => variance_rule(kind.effect(), direction).word().to_owned(),
    };
    let verdicts = [Direction::Request, Direction::Response].map(&mut cell).join(" | ");
    let excerpt = |text: &str| if text == "(nothing)" { "nothing".to_owned() } else { format!("`{text}`") };
    let (before, after) = kind.example();
    let example = format!("{} → {}", excerpt(before), excerpt(after));
    format!("| `{}` | {} | {verdicts} | {example} |\n", kind.id(), kind.what())
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
