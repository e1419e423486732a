//! The documentation of every class of change, made of the tables that decide.

use super::{
    law::{Direction, Effect, by_law},
    overrides::overridden,
    rules::{RULES, Rule},
};

/// A page with a section for every id.
#[must_use]
pub fn documentation() -> String {
    let mut text = "# What `cargo xtask diff` tells\n\n\
        Every edit between two documents is in exactly one of these classes. Its verdict on the wire follows from what it does\n\
        to the set of accepted values and from the way in which they travel: fewer values break requests, more values break\n\
        responses. Where that would say what is not so, a reason stands with it. What no operation reaches is at most\n\
        compatible. The verdict for Rust follows from the generated code of both sides, item by item.\n\n\
        This page is made of the tables in `crates/openapi-diff/src`, and a test holds it against them.\n"
        .to_owned();
    for rule in RULES {
        text.push_str(&section(rule));
    }
    text
}

fn section(rule: &Rule) -> String {
    let mut what: String = rule.what.to_owned();
    if let Some(first) = what.get(..1) {
        what = first.to_uppercase() + &what[1..];
    }
    let (before, after) = rule.example;
    format!("\n## {}\n\n{what}.\n\n{}\n\n```text\n- {before}\n+ {after}\n```\n", rule.id, why(rule))
}

fn why(rule: &Rule) -> String {
    let effect = match rule.effect {
        Effect::Wider => "More values are accepted than before",
        Effect::Narrower => "Fewer values are accepted than before",
        Effect::Both => "Some values are accepted that were not, and some that were no longer are, or nobody knows",
        Effect::Same => "The same values are accepted",
        Effect::Words => return "Words for people only: **docs**.".to_owned(),
    };
    let of = |way: Direction| {
        overridden(rule.id, way).map_or_else(|| (by_law(rule.effect, way), None), |(verdict, why)| (verdict, Some(why)))
    };
    let [(request, why_request), (response, why_response)] = Direction::ALL.map(of);
    let verdicts = if request == response {
        format!("**{}** in requests and responses", request.word())
    } else {
        format!("**{}** in requests, **{}** in responses", request.word(), response.word())
    };
    let reason = why_request.or(why_response).map(|reason| format!(" The reason: {reason}.")).unwrap_or_default();
    format!("{effect}: {verdicts}.{reason}")
}
