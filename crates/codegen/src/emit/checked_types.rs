//! Types that hold a rule of the document and cannot be made otherwise: an alias of the runtime's type for each, and its rules.

use crate::{
    code::{Code, literal},
    docs::{DEPRECATED_ATTRIBUTE, deprecation, lines},
    model::{Checked, Model, NumberRules, Rules},
    settings::Settings,
};

/// What is written of a type's rules.
struct Written {
    /// The runtime's type, with what it holds.
    target: String,
    /// `Text`, `Number`, `List` or `Map`.
    kind: &'static str,
    /// What the rules are of, in angle brackets, where they are of something.
    of: String,
    /// The rules in words.
    told: Vec<String>,
    /// The rules as fields; those that are not there are none.
    fields: Vec<String>,
}

/// The aliases, and the module `rules`. Secrets and files need none, unless a list or map holds them: the runtime has them.
pub(crate) fn checked_types(model: &Model, settings: &Settings, code: &mut Code) {
    let runtime = &settings.runtime;
    let ruled = || {
        model.checked.iter().filter_map(|(name, checked)| match checked {
            Checked::Ruled { rules, description } => Some((name, written(name, rules, runtime), description)),
            Checked::Secret | Checked::File => None,
        })
    };
    for (name, written, description) in ruled() {
        let (description, is_deprecated) = deprecation(description);
        if !description.is_empty() {
            code.docs(&[lines(&description), String::new()]);
        }
        code.docs(&[format!(" The document's rule: {}.", written.told.join(", "))]);
        if is_deprecated {
            code.line(DEPRECATED_ATTRIBUTE);
        }
        code.line(&format!("pub type {name} = {runtime}::{};", written.target));
    }
    let holds =
        |name: &str| ruled().any(|(_, written, _)| written.target.split(['<', '>', ' ', ',']).any(|part| part == name));
    for (name, checked) in &model.checked {
        let of_runtime = match checked {
            Checked::Secret => "Secret",
            Checked::File => "File",
            Checked::Ruled { .. } => continue,
        };
        if holds(name) {
            code.line(&format!("type {name} = {runtime}::{of_runtime};"));
        }
    }
    let mut ruled = ruled().peekable();
    if ruled.peek().is_none() {
        return;
    }
    code.docs(&[" The document's rules, a type for each type that keeps them."]);
    code.open("pub mod rules");
    for (name, Written { kind, of, fields, .. }, _) in ruled {
        code.docs(&[format!(" Rules of `{name}`.")]);
        code.line(&format!("pub enum {name} {{}}"));
        code.open(&format!("impl {runtime}::{kind}Rule{of} for {name}"));
        code.line(&format!("const NAME: &'static str = {};", literal(name)));
        let fields: String = fields.iter().map(|field| format!("{field}, ")).collect();
        let rules = format!("{runtime}::{kind}Rules {{ {fields}..{runtime}::{kind}Rules::ANY }}");
        code.line(&format!("const RULES: {runtime}::{kind}Rules{of} = {rules};"));
        code.close("");
    }
    code.close("");
}

fn written(name: &str, rules: &Rules, runtime: &str) -> Written {
    let (mut told, mut fields) = (Vec::new(), Vec::new());
    let mut bounds = |least: &Option<u32>, most: &Option<u32>, (min, max): (&str, &str), things: [&str; 2]| {
        for (bound, field, words) in [(least, min, "at least"), (most, max, "at most")] {
            if let Some(bound) = bound {
                told.push(format!("{words} {bound} {}", things[usize::from(*bound != 1)]));
                fields.push(format!("{field}: Some({bound})"));
            }
        }
    };
    let (kind, target, of) = match rules {
        Rules::Text { min_length, max_length, format } => {
            bounds(min_length, max_length, ("min_length", "max_length"), ["character", "characters"]);
            if let Some(format) = format {
                told.push(format.describe().to_owned());
                fields.push(format!("format: Some({runtime}::Format::{format:?})"));
            }
            ("Text", format!("Text<rules::{name}>"), String::new())
        }
        Rules::List { item, min_items, max_items, unique_items } => {
            bounds(min_items, max_items, ("min_items", "max_items"), ["item", "items"]);
            if *unique_items {
                told.push("no item twice".to_owned());
                fields.push("unique_items: true".to_owned());
            }
            ("List", format!("List<rules::{name}, {item}>"), String::new())
        }
        Rules::Map { item, min_properties, max_properties } => {
            bounds(min_properties, max_properties, ("min_properties", "max_properties"), ["property", "properties"]);
            ("Map", format!("Map<rules::{name}, {item}>"), String::new())
        }
        Rules::Number(rules) => {
            let NumberRules { ty, told: words, minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of } =
                rules;
            told.extend(words.iter().cloned());
            let bounds = [("minimum", minimum), ("maximum", maximum), ("multiple_of", multiple_of)];
            fields
                .extend(bounds.iter().filter_map(|(field, bound)| Some(format!("{field}: Some({})", bound.as_ref()?))));
            let marks = [("exclusive_minimum", exclusive_minimum), ("exclusive_maximum", exclusive_maximum)];
            fields.extend(marks.iter().filter(|(_, is_set)| **is_set).map(|(field, _)| format!("{field}: true")));
            ("Number", format!("Number<rules::{name}, {ty}>"), format!("<{ty}>"))
        }
    };
    Written { target, kind, of, told, fields }
}
