//! A description that begins with "Optional" or "Required", and a document that says otherwise.

use super::{
    subject::{Lint, Subject},
    walk::fields,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        let lower = field.description.trim_start_matches(['*', '_', '(', '[', ' ']).to_lowercase();
        // "Required permissions" and "Optional parameters of …" speak of other things
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
            found.push(Lint::new(field.at, format!("`{}` is described as {described}, and is {is}", field.name)));
        }
    }
    found
}
