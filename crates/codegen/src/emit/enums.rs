//! Enums: for each, its variants and values. Enums in responses get a variant for values that the document does not
//! list; enums in requests stay closed.

use std::collections::BTreeSet;

use openapi::{free_name, queries::schema_names};
use serde_json::Value;

use crate::{
    code::{Code, array, literal},
    docs::{self, DEPRECATED_ATTRIBUTE, deprecation, lines},
    features::Features,
    lower::Lowered,
    model::{Checked, Enum, EnumKind, EnumValue},
    polish::summary,
    settings::Settings,
};

/// The macro that implements the traits of an enum. Generated code with enums contains it once.
const MACRO: &str = include_str!("enumeration.rs.in");

/// Writes the enums.
pub(super) fn enums(lowered: &Lowered, features: &Features, settings: &Settings, code: &mut Code) {
    let enums = lowered.model.checked.iter().filter_map(|(name, checked)| match checked {
        Checked::Enum(found) => Some((name, found)),
        _ => None,
    });
    let mut enums = enums.peekable();
    if enums.peek().is_none() {
        return;
    }
    // features may leave out all enums
    code.line("#[allow(unused_macros)]");
    MACRO.replace("runtime::", &format!("{}::", settings.runtime)).lines().for_each(|line| code.line(line));
    let distinguishing = distinguishing(lowered);
    for (name, found) in enums {
        let is_open = lowered.model.in_responses.contains(name) && !distinguishing.contains(name.as_str());
        write(name, found, is_open, (lowered, features), settings, code);
    }
}

fn write(
    name: &str,
    found: &Enum,
    is_open: bool,
    (lowered, features): (&Lowered, &Features),
    settings: &Settings,
    code: &mut Code,
) {
    let Source { value_type, owned, from, into } = source(found.kind, &settings.runtime);
    let (description, is_deprecated) = deprecation(&found.description);
    code.docs(&[match description.as_str() {
        "" => format!(" {}", summary(name, lowered)),
        description => lines(description),
    }]);
    if is_deprecated {
        code.line(DEPRECATED_ATTRIBUTE);
    }
    code.attribute(&features.line(name));
    code.line(&format!("#[derive({})]", derives(found.kind, is_open)));
    code.open(&format!("pub enum {name}"));
    for EnumValue { value, name, description } in &found.values {
        let value = docs::code(&shown(value));
        code.docs(&[match description.as_str() {
            "" => format!(" {value}"),
            description => docs::labelled(&value, description),
        }]);
        code.line(&format!("{name},"));
    }
    let runtime = &settings.runtime;
    let unknown = is_open.then(|| free_name("Unknown", |name| found.values.iter().any(|value| value.name == name)));
    if let Some(unknown) = &unknown {
        code.docs(&[" A value that the document does not list."]);
        code.line(&format!("{unknown}({runtime}::Unknown{owned}),"));
    }
    code.close("");
    let values = found
        .values
        .iter()
        .map(|EnumValue { value, name, .. }| format!("{name} = {}", expression(found.kind, value, runtime)));
    let values = array(values.collect());
    let kind = match found.kind {
        EnumKind::Text => "text".to_owned(),
        _ => format!("{value_type}, from [{from}] into [{into}]"),
    };
    let is_sent = !lowered.model.in_requests.contains(name);
    let open = unknown.map(|unknown| format!(" open {unknown} {is_sent}")).unwrap_or_default();
    code.attribute(&features.line(name));
    let values = values.trim_start_matches('&');
    format!("enumeration! {{ {name} {kind} {values}{open} }}").lines().for_each(|line| code.line(line));
}

/// How generated code writes the values of a kind of enum.
struct Source {
    /// The type of listed values.
    value_type: String,
    /// The generic argument of `Unknown`.
    owned: &'static str,
    /// The types that convert into the enum.
    from: &'static str,
    /// The type that the enum converts into, if there is one.
    into: &'static str,
}

fn source(kind: EnumKind, runtime: &str) -> Source {
    const ANY: &str = "&str, ::std::string::String, bool, i32, i64, f64";
    let (value_type, owned, from, into) = match kind {
        // the macro adds its types
        EnumKind::Text => ("&'static str", "", "", ""),
        EnumKind::Boolean => ("bool", "<bool>", "bool", "bool"),
        EnumKind::Integer => ("i64", "<i64>", "i32, i64", "i64"),
        EnumKind::Unsigned => ("u64", "<u64>", "u64", "u64"),
        EnumKind::Number => ("f64", "<f64>", "i32, f64", "f64"),
        EnumKind::Mixed => ("Scalar", "<::serde_json::Value>", ANY, ""),
    };
    let value_type = if kind == EnumKind::Mixed { format!("{runtime}::{value_type}") } else { value_type.to_owned() };
    Source { value_type, owned, from, into }
}

/// Returns the traits that an enum derives: as many as the values allow that the document does not list.
fn derives(kind: EnumKind, is_open: bool) -> &'static str {
    match kind {
        _ if !is_open => "Clone, Copy, Debug, PartialEq, Eq, Hash",
        EnumKind::Boolean | EnumKind::Integer | EnumKind::Unsigned => "Clone, Copy, Debug, PartialEq, Eq, Hash",
        EnumKind::Text => "Clone, Debug, PartialEq, Eq, Hash",
        EnumKind::Number => "Clone, Copy, Debug, PartialEq",
        EnumKind::Mixed => "Clone, Debug, PartialEq, Eq",
    }
}

/// Returns a value as text for documentation.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the expression of a value.
fn expression(kind: EnumKind, value: &Value, runtime: &str) -> String {
    if kind == EnumKind::Number {
        return value.as_f64().map_or_else(|| value.to_string(), |float| format!("{float:?}"));
    }
    let plain = value.as_str().map_or_else(|| value.to_string(), literal);
    if kind != EnumKind::Mixed {
        return plain;
    }
    match value {
        Value::String(_) => format!("{runtime}::Scalar::Text({plain})"),
        Value::Bool(_) => format!("{runtime}::Scalar::Bool({plain})"),
        Value::Number(number) if number.is_i64() => format!("{runtime}::Scalar::Int({plain})"),
        Value::Number(_) => format!("{runtime}::Scalar::Float({plain})"),
        _ => format!("{runtime}::Scalar::Null"),
    }
}

/// Returns the enums whose values distinguish the variants of a union. With an open enum, one variant would accept the
/// values of another.
fn distinguishing(lowered: &Lowered) -> BTreeSet<&str> {
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut variants = BTreeSet::new();
    for (name, schema) in schemas.into_iter().flatten() {
        let untagged = lowered.model.unions.get(name).is_some_and(|union| union.tag.is_none());
        if untagged {
            variants.extend(schema_names(&schema["properties"]));
        }
        for keyword in ["oneOf", "anyOf"] {
            variants.extend(schema_names(&schema[keyword]));
        }
    }
    let mut found = variants.clone();
    for schema in variants.iter().filter_map(|name| schemas?.get(*name)) {
        found.extend(schema_names(schema));
    }
    found
}
