//! Types that hold a rule of the document and cannot be made otherwise: an alias of the runtime's type for each, and its rules.

use crate::{
    Settings,
    code::{Code, literal},
    docs::lines as docs_lines,
    model::{Checked, Item, Model},
};

/// The aliases, and the module `rules`. Secrets and files need none: the runtime has them.
pub(crate) fn checked_types(model: &Model, settings: &Settings, code: &mut Code) {
    let runtime = &settings.runtime;
    let mut rules = Vec::new();
    for (name, checked) in &model.checked {
        let (description, target, told, rule) = match checked {
            Checked::Secret | Checked::File => continue,
            Checked::Text { min_length, max_length, uri, description } => {
                let told = [
                    min_length.map(|least| format!("at least {}", counted(least, "character"))),
                    max_length.map(|most| format!("at most {}", counted(most, "character"))),
                    uri.then(|| "a URI (RFC 3986)".to_owned()),
                ];
                let (least, most) = (bound(*min_length), bound(*max_length));
                let rule = format!("{{ min_length: {least}, max_length: {most}, uri: {uri} }}");
                (description, format!("Text<rules::{name}>"), told, ("Text", rule))
            }
            Checked::List { item, min_items, max_items, description } => {
                let told = [
                    min_items.map(|least| format!("at least {}", counted(least, "item"))),
                    max_items.map(|most| format!("at most {}", counted(most, "item"))),
                    None,
                ];
                let (least, most) = (bound(*min_items), bound(*max_items));
                let rule = format!("{{ min_items: {least}, max_items: {most} }}");
                (description, format!("List<rules::{name}, {}>", item_type(item)), told, ("List", rule))
            }
        };
        if !description.is_empty() {
            code.docs(&[docs_lines(description), String::new()]);
        }
        let told: Vec<_> = told.into_iter().flatten().collect();
        code.docs(&[format!(" The document's rule: {}.", told.join(", "))]);
        code.line(&format!("pub type {name} = {runtime}::{target};"));
        rules.push((name, rule));
    }
    if rules.is_empty() {
        return;
    }
    code.docs(&[" The document's rules, a type for each type that keeps them."]);
    code.open("pub mod rules");
    for (name, (kind, rule)) in rules {
        code.docs(&[format!(" Rules of `{name}`.")]);
        code.line(&format!("pub enum {name} {{}}"));
        code.open(&format!("impl {runtime}::{kind}Rule for {name}"));
        code.line(&format!("const NAME: &'static str = {};", literal(name)));
        code.line(&format!("const RULES: {runtime}::{kind}Rules = {runtime}::{kind}Rules {rule};"));
        code.close("");
    }
    code.close("");
}

fn item_type(item: &Item) -> &str {
    match item {
        Item::Named(name) => name,
        Item::Plain("String") => "::std::string::String",
        Item::Plain(plain) => plain,
    }
}

fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A bound that no machine can reach is none.
fn bound(number: Option<u64>) -> String {
    match number.and_then(|number| u32::try_from(number).ok()) {
        Some(number) => format!("Some({number})"),
        None => "None".to_owned(),
    }
}
