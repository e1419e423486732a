//! Finds descriptions that begin with "Optional" or "Required" and contradict `required`.

use super::{
    subject::{Lint, Subject},
    walk::fields,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        let lower = field.description.trim_start_matches(['*', '_', '(', '[', ' ']).to_lowercase();
        // not "Required permissions" or "Optional parameters of …"
        let first = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let alone = lower
            .get(first.len()..)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',', ')', ']', ':', '*', '_', ';']));
        let described = match first {
            "optional" if alone => false,
            "required" | "mandatory" if alone => true,
            _ => continue,
        };
        if described != field.required {
            let (described, is) = if described { ("required", "optional") } else { ("optional", "required") };
            found.push(Lint::new(field.at, format!("the description says {described}, but the value is {is}")));
        }
    }
    found
}
