//! Objects: how the fields of each struct are read and written, for the runtime's macro that implements `Deserialize`
//! and `Serialize`. Compiling serde's derives takes several times as long.

use syn::{Attribute, Field, Item, ItemStruct};

use crate::{
    code::{Code, literal},
    features::Features,
    syntax::{inside, inside_option, is_map, json_name, serde_settings, without_derive},
};

/// The traits that the macro implements, in the order of typify's derives.
const TRAITS: [&str; 2] = ["Deserialize", "Serialize"];

/// How a field is read and written.
struct Property {
    field: String,
    name: String,
    /// A module of the runtime's `properties`.
    read: &'static str,
    /// A method of the runtime's writers.
    write: &'static str,
}

/// The implementations of a struct.
struct Object {
    traits: Vec<&'static str>,
    properties: Vec<Property>,
    /// `deny_unknown_fields`, or `rest` and the field that collects unknown properties.
    unknown: String,
}

/// Replaces serde's derives by the macro, which is written to `code`. Structs that the macro does not support keep
/// their derives.
pub(super) fn objects(types: &mut [Item], features: &Features, code: &mut Code) {
    for item in types {
        let Item::Struct(item) = item else { continue };
        if let Some(object) = Object::of(item) {
            let name = item.ident.to_string();
            code.attribute(&features.line(&name));
            object.write(&name, code);
            strip(item);
        }
    }
}

impl Object {
    fn of(item: &ItemStruct) -> Option<Self> {
        let derives = |name: &&&str| item.attrs.iter().any(|attribute| derives(attribute, name));
        let traits: Vec<_> = TRAITS.iter().filter(derives).copied().collect();
        let is_named = matches!(item.fields, syn::Fields::Named(_));
        if !is_named || traits.first() != Some(&TRAITS[0]) {
            return None;
        }
        let (mut properties, mut unknown) = (Vec::new(), String::new());
        for (setting, _) in serde_settings(&item.attrs) {
            match setting.to_string().as_str() {
                setting @ "deny_unknown_fields" => unknown = format!(" {setting}"),
                _ => return None,
            }
        }
        for field in &item.fields {
            if serde_settings(&field.attrs).any(|(setting, _)| setting == "flatten") {
                if !unknown.is_empty() || !is_map(&field.ty) {
                    return None;
                }
                unknown = format!(" rest {}", field.ident.as_ref()?);
            } else {
                properties.push(Property::of(field)?);
            }
        }
        (!properties.is_empty()).then_some(Self { traits, properties, unknown })
    }

    fn write(&self, name: &str, code: &mut Code) {
        code.open(&format!("runtime::object! {{ {} for {name}", self.traits.join(", ")));
        code.wrapped(self.properties.iter().enumerate().map(|(number, Property { field, name, read, write })| {
            let end = if number + 1 < self.properties.len() { "," } else { "" };
            format!("{number} {field} {} {read} {write}{end}", literal(name))
        }));
        code.close(&format!("{} }}", self.unknown));
    }
}

impl Property {
    fn of(field: &Field) -> Option<Self> {
        let is_option = inside_option(&field.ty).is_some();
        let (mut default, mut with, mut skip) = (is_option, None, None);
        for (setting, value) in serde_settings(&field.attrs) {
            match (setting.to_string().as_str(), value) {
                ("rename", Some(_)) => {}
                ("default", None) => default = true,
                ("deserialize_with", Some(path)) => with = Some(function(&path)),
                ("skip_serializing_if", Some(path)) => skip = Some(function(&path)),
                _ => return None,
            }
        }
        let read = match (default, with.as_deref()) {
            (true, None) => "optional",
            (false, None) => "required",
            (true, Some("present")) => "strict",
            (true, Some("null_as_default")) => "lenient",
            (_, Some("deserialize")) if is_option => "nullable",
            _ => return None,
        };
        let is_collection = inside(&field.ty, "Vec").is_some() || is_map(&field.ty);
        let write = match skip.as_deref() {
            None => "always",
            Some("is_none") if is_option => "some",
            Some("is_empty") if is_collection => "filled",
            Some(_) => return None,
        };
        Some(Self { field: field.ident.as_ref()?.to_string(), name: json_name(field), read, write })
    }
}

/// Returns the name of a function without its path.
fn function(path: &str) -> String {
    path.rsplit(':').next().unwrap_or_default().trim().to_owned()
}

/// Removes serde's derives and attributes.
fn strip(item: &mut ItemStruct) {
    for attribute in &mut item.attrs {
        TRAITS.iter().for_each(|of| without_derive(attribute, of));
        if is_schemars(attribute) {
            *attribute = syn::parse_quote! {
                #[cfg_attr(
                    feature = "schemars",
                    derive(::schemars::JsonSchema),
                    schemars(transform = runtime::properties::describe::<Self>)
                )]
            };
        }
    }
    item.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    for field in &mut item.fields {
        field.attrs.retain(|attribute| !attribute.path().is_ident("serde") && !is_schemars(attribute));
    }
}

fn is_schemars(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg_attr")
}

fn derives(attribute: &Attribute, name: &str) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        // an attribute that cannot be parsed derives nothing
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == name);
            Ok(())
        });
    }
    found
}
