//! Constrained types: for each, an alias of a runtime type, and its constraints.

use crate::{
    code::{Code, literal},
    docs::{DEPRECATED_ATTRIBUTE, deprecation, lines},
    features::Features,
    model::{Checked, Constraints, Model, NumberConstraints},
    settings::Settings,
};

/// Source of a constrained type.
struct Source {
    /// The runtime type with its generic arguments.
    target: String,
    /// `String`, `Number`, `Vec` or `Map`.
    kind: &'static str,
    /// The generic argument of the constraints in angle brackets; empty if there is none.
    of: String,
    /// The constraints in prose, for rustdoc.
    described: Vec<String>,
    /// The constraints as struct fields; the others have their default.
    fields: Vec<String>,
}

/// Writes the aliases and the module `constraints`.
///
/// Secrets and files need an alias only as items of a constrained array or map.
pub(crate) fn checked_types(model: &Model, features: &Features, settings: &Settings, code: &mut Code) {
    let runtime = &settings.runtime;
    let constrained = || {
        model.checked.iter().filter_map(|(name, checked)| match checked {
            Checked::Constrained { constraints, description } => {
                Some((name, source(name, constraints, runtime), description))
            }
            Checked::Secret | Checked::File | Checked::Enum(_) => None,
        })
    };
    for (name, written, description) in constrained() {
        let (description, is_deprecated) = deprecation(description);
        if !description.is_empty() {
            code.docs(&[lines(&description), String::new()]);
        }
        code.docs(&[format!(" Constraints: {}.", written.described.join(", "))]);
        if is_deprecated {
            code.line(DEPRECATED_ATTRIBUTE);
        }
        code.attribute(&features.line(name));
        code.line(&format!("pub type {name} = {runtime}::{};", written.target));
    }
    let holds = |name: &str| {
        constrained().any(|(_, written, _)| written.target.split(['<', '>', ' ', ',']).any(|part| part == name))
    };
    for (name, checked) in &model.checked {
        let of_runtime = match checked {
            Checked::Secret => "Secret",
            Checked::File => "File",
            Checked::Constrained { .. } | Checked::Enum(_) => continue,
        };
        if holds(name) {
            code.attribute(&features.line(name));
            code.line(&format!("type {name} = {runtime}::{of_runtime};"));
        }
    }
    let mut constrained = constrained().peekable();
    if constrained.peek().is_none() {
        return;
    }
    code.docs(&[
        " Constraints of the constrained types: each marker type has the name of the type that it constrains.",
    ]);
    code.open("pub mod constraints");
    code.line("use super::runtime;");
    for (name, Source { kind, of, fields, .. }, _) in constrained {
        code.docs(&[format!(" Constraints of [`{name}`](super::{name}).")]);
        code.attribute(&features.line(name));
        code.line(&format!("pub enum {name} {{}}"));
        code.attribute(&features.line(name));
        code.open(&format!("impl {runtime}::{kind}Schema{of} for {name}"));
        code.line(&format!("const NAME: &'static str = {};", literal(name)));
        let fields: String = fields.iter().map(|field| format!("{field}, ")).collect();
        let constraints = format!("{runtime}::{kind}Constraints {{ {fields}..{runtime}::{kind}Constraints::ANY }}");
        code.line(&format!("const CONSTRAINTS: {runtime}::{kind}Constraints{of} = {constraints};"));
        code.close("");
    }
    code.close("");
}

/// Returns constraints in prose, such as `at least 1 character, at most 64 characters`.
pub(super) fn described(constraints: &Constraints) -> String {
    source("", constraints, "").described.join(", ")
}

fn source(name: &str, constraints: &Constraints, runtime: &str) -> Source {
    let (mut described, mut fields) = (Vec::new(), Vec::new());
    let mut bounds = |least: &Option<u32>, most: &Option<u32>, (min, max): (&str, &str), things: [&str; 2]| {
        for (bound, field, direction) in [(least, min, "at least"), (most, max, "at most")] {
            if let Some(bound) = bound {
                described.push(format!("{direction} {bound} {}", things[usize::from(*bound != 1)]));
                fields.push(format!("{field}: Some({bound})"));
            }
        }
    };
    let (kind, target, of) = match constraints {
        Constraints::String { min_length, max_length, format } => {
            bounds(min_length, max_length, ("min_length", "max_length"), ["character", "characters"]);
            if let Some(format) = format {
                described.push(format.describe().to_owned());
                fields.push(format!("format: Some({runtime}::Format::{format:?})"));
            }
            ("String", format!("ConstrainedString<constraints::{name}>"), String::new())
        }
        Constraints::Array { item, min_items, max_items, unique_items } => {
            bounds(min_items, max_items, ("min_items", "max_items"), ["item", "items"]);
            if *unique_items {
                described.push("unique items".to_owned());
                fields.push("unique_items: true".to_owned());
            }
            ("Vec", format!("ConstrainedVec<constraints::{name}, {item}>"), String::new())
        }
        Constraints::Map { item, min_properties, max_properties } => {
            bounds(min_properties, max_properties, ("min_properties", "max_properties"), ["property", "properties"]);
            ("Map", format!("ConstrainedMap<constraints::{name}, {item}>"), String::new())
        }
        Constraints::Number(constraints) => {
            let NumberConstraints {
                ty,
                descriptions: words,
                minimum,
                maximum,
                exclusive_minimum,
                exclusive_maximum,
                multiple_of,
            } = constraints;
            described.extend(words.iter().cloned());
            let bounds = [("minimum", minimum), ("maximum", maximum), ("multiple_of", multiple_of)];
            fields
                .extend(bounds.iter().filter_map(|(field, bound)| Some(format!("{field}: Some({})", bound.as_ref()?))));
            let marks = [("exclusive_minimum", exclusive_minimum), ("exclusive_maximum", exclusive_maximum)];
            fields.extend(marks.iter().filter(|(_, is_set)| **is_set).map(|(field, _)| format!("{field}: true")));
            ("Number", format!("ConstrainedNumber<constraints::{name}, {ty}>"), format!("<{ty}>"))
        }
    };
    Source { target, kind, of, described, fields }
}
