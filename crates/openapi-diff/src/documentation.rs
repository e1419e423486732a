//! The documentation of every kind of change, generated from the tables that decide.

use crate::{
    change_kind::ChangeKind,
    overrides::overridden,
    variance::{Direction, Effect, variance_rule},
};

/// Returns a page with a section for every kind of change.
#[must_use]
pub fn documentation() -> String {
    let mut text = [
        "# What `cargo xtask diff` tells",
        "",
        "Every edit between two documents is in exactly one of these classes. \
         Its verdict on the wire follows from what it does",
        "to the set of accepted values and from the way in which they travel: \
         fewer values break requests, more values break",
        "responses. Where that would say what is not so, a reason stands with it. \
         What no operation reaches is at most",
        "compatible. The verdict for Rust follows from the generated code of both sides, item by item.",
        "",
        "This page is made of the tables in `crates/openapi-diff/src`, and a test holds it against them.",
        "",
    ]
    .join("\n");
    for kind in ChangeKind::ALL {
        text.push_str(&section(*kind));
    }
    text
}

fn section(kind: ChangeKind) -> String {
    let mut what = kind.what().to_owned();
    if let Some(first) = what.get(..1) {
        what = first.to_uppercase() + &what[1..];
    }
    let (before, after) = kind.example();
    format!("\n## {}\n\n{what}.\n\n{}\n\n```text\n- {before}\n+ {after}\n```\n", kind.id(), why(kind))
}

fn why(kind: ChangeKind) -> String {
    let effect = match kind.effect() {
        Effect::Wider => "More values are accepted than before",
        Effect::Narrower => "Fewer values are accepted than before",
        Effect::Both => "Some values are accepted that were not, and some that were no longer are, or nobody knows",
        Effect::Same => "The same values are accepted",
        Effect::Documentation => return "Words for people only: **docs**.".to_owned(),
    };
    let of = |direction| match overridden(kind, direction) {
        Some((verdict, reason)) => (verdict, Some(reason)),
        None => (variance_rule(kind.effect(), direction), None),
    };
    let [(request, why_request), (response, why_response)] = [Direction::Request, Direction::Response].map(of);
    let verdicts = if request == response {
        format!("**{}** in requests and responses", request.word())
    } else {
        format!("**{}** in requests, **{}** in responses", request.word(), response.word())
    };
    let reason = why_request.or(why_response).map(|reason| format!(" The reason: {reason}.")).unwrap_or_default();
    format!("{effect}: {verdicts}.{reason}")
}
