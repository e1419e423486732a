//! Cargo features of a crate: with which of them an operation or a type is compiled.
//!
//! The feature `webhooks` has the types that only webhooks and callbacks use. In a crate of many operations, each tag
//! has a feature, so that the operations of a few tags can be compiled alone.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToKebabCase as _;
use openapi::free_name;

use crate::{
    model::{Model, Operation, User},
    settings::Settings,
};

/// The feature of types that only webhooks and callbacks use.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// Documents with fewer operations have no features of tags: their attributes would cost more than they save.
const FEWEST_OPERATIONS: usize = 300;

/// Documents with more tags have no features of tags: crates.io accepts 300 features.
const MOST_TAGS: usize = 250;

/// A type that more features use is always compiled. It is a type of the whole API, and its attributes would be long.
const MOST_FEATURES: usize = 3;

/// The features of a crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    /// The features with any of which a type is compiled. Types without an entry are always compiled.
    pub(crate) types: BTreeMap<String, BTreeSet<String>>,
    /// The features of tags, by tag. Empty if they have none.
    pub(crate) tags: BTreeMap<String, String>,
}

impl Features {
    pub(crate) fn of(model: &Model, settings: &Settings) -> Self {
        let tags = if settings.tag_features { tags(model) } else { BTreeMap::new() };
        let (mut always, mut types) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<String>>::new());
        for (user, used) in &model.users {
            let feature = match user {
                User::Always => None,
                User::Tag(tag) => tags.get(tag).map(String::as_str),
                User::Webhooks => Some(WEBHOOKS),
            };
            match feature {
                Some(feature) => used.iter().for_each(|name| {
                    types.entry(name.clone()).or_default().insert(feature.to_owned());
                }),
                None => always.extend(used),
            }
        }
        types.retain(|name, features| !always.contains(name) && features.len() <= MOST_FEATURES);
        Self { types, tags }
    }

    /// Returns the features with any of which an operation is compiled; none if it is always compiled.
    pub(crate) fn of_operation(&self, operation: &Operation) -> BTreeSet<String> {
        operation.tags.iter().filter_map(|tag| self.tags.get(tag)).cloned().collect()
    }

    /// Returns the attribute of a type, in a line of its own; empty if the type is always compiled.
    pub(crate) fn line(&self, name: &str) -> String {
        self.types.get(name).map(|features| attribute(features) + "\n").unwrap_or_default()
    }

    /// Returns the attribute of an operation; empty if the operation is always compiled.
    pub(crate) fn line_of_operation(&self, operation: &Operation) -> String {
        let features = self.of_operation(operation);
        if features.is_empty() { String::new() } else { attribute(&features) }
    }
}

/// Returns a feature for each tag.
fn tags(model: &Model) -> BTreeMap<String, String> {
    let tags: BTreeSet<&String> = model.operations.iter().flat_map(|operation| &operation.tags).collect();
    if model.operations.len() < FEWEST_OPERATIONS || !(2..=MOST_TAGS).contains(&tags.len()) {
        return BTreeMap::new();
    }
    let mut taken = BTreeSet::new();
    tags.into_iter()
        .map(|tag| {
            let ascii: String = tag.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
            let name = format!("tag-{}", ascii.to_kebab_case());
            let name = free_name(name.trim_end_matches('-'), |name| taken.contains(name));
            taken.insert(name.clone());
            (tag.clone(), name)
        })
        .collect()
}

/// Returns the attribute of an item that is compiled with any of some features.
pub(crate) fn attribute(features: &BTreeSet<String>) -> String {
    let all: Vec<_> = features.iter().map(|feature| format!("feature = \"{feature}\"")).collect();
    match all.as_slice() {
        [one] => format!("#[cfg({one})]"),
        all => format!("#[cfg(any({}))]", all.join(", ")),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};
    use syn::{Attribute, Item, LitStr};

    use super::*;
    use crate::generate;

    /// Returns code as it is compiled with some features, and the names of the types that are left out.
    pub(crate) fn compiled_with(code: &str, features: &[&str]) -> (String, BTreeSet<String>) {
        let mut file = syn::parse_file(code).unwrap();
        let mut left_out = BTreeSet::new();
        retain(&mut file.items, features, &mut left_out);
        (prettyplease::unparse(&file), left_out)
    }

    fn retain(items: &mut Vec<Item>, features: &[&str], left_out: &mut BTreeSet<String>) {
        items.retain_mut(|item| {
            let (attributes, name) = match item {
                Item::Struct(item) => (&item.attrs, Some(&item.ident)),
                Item::Enum(item) => (&item.attrs, Some(&item.ident)),
                Item::Type(item) => (&item.attrs, Some(&item.ident)),
                Item::Impl(item) => {
                    item.items.retain(|item| match item {
                        syn::ImplItem::Fn(function) => is_compiled(&function.attrs, features),
                        _ => true,
                    });
                    (&item.attrs, None)
                }
                Item::Const(item) => (&item.attrs, None),
                Item::Fn(item) => (&item.attrs, None),
                Item::Use(item) => (&item.attrs, None),
                // the tables name types as text, and rows of the type table have attributes
                Item::Static(_) => return false,
                Item::Mod(item) => {
                    if let Some((_, items)) = &mut item.content {
                        retain(items, features, left_out);
                    }
                    (&item.attrs, None)
                }
                Item::Macro(item) => (&item.attrs, None),
                _ => return true,
            };
            let is_compiled = is_compiled(attributes, features);
            left_out.extend(name.filter(|_| !is_compiled).map(ToString::to_string));
            is_compiled
        });
    }

    fn is_compiled(attributes: &[Attribute], features: &[&str]) -> bool {
        attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
            let mut is_enabled = false;
            let feature = |meta: syn::meta::ParseNestedMeta<'_>| {
                let mut value = |meta: &syn::meta::ParseNestedMeta<'_>| {
                    is_enabled |= features.contains(&meta.value()?.parse::<LitStr>()?.value().as_str());
                    Ok(())
                };
                if meta.path.is_ident("any") { meta.parse_nested_meta(|meta| value(&meta)) } else { value(&meta) }
            };
            attribute.parse_nested_meta(feature).unwrap();
            is_enabled
        })
    }

    /// A document with operations of two tags, of both, and of none.
    fn document(operations: usize) -> Value {
        let of = |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let operation = |id: String, tags: &[&str], name: &str| {
            json!({"get": {"operationId": id, "tags": tags, "parameters": [{"name": format!("in{name}"), "in": "query",
                "schema": {"type": "string", "enum": [id]}}],
                "responses": {"200": {"description": "", "content": of(name)}}}})
        };
        let holder = |name: &str, of: &str| {
            json!({"type": "object", "properties": {"own": {"type": "string", "enum": [name]},
                "limit": {"type": "integer", "maximum": 9}, "of": {"$ref": format!("#/components/schemas/{of}")},
                "code": {"type": "string", "pattern": "^a", "default": "ab"},
                "either": {"oneOf": [{"$ref": format!("#/components/schemas/{of}")}, {"type": "object",
                    "properties": {"deep": {"type": "object", "properties": {"x": {"type": "string"}}}}}]}}})
        };
        let mut paths = json!({"/both": operation("both".to_owned(), &["Cats", "Dogs & more"], "Both"),
            "/none": operation("none".to_owned(), &[], "Plain")});
        for index in 0..operations - 2 {
            let (tag, name) = if index % 2 == 0 { ("Cats", "Cat") } else { ("Dogs & more", "Dog") };
            paths[format!("/{index}")] = operation(format!("one{index}"), &[tag], name);
        }
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths, "components": {"schemas": {
            "Cat": holder("cat", "Shared"), "Dog": holder("dog", "Shared"), "Both": holder("both", "Plain"),
            "Shared": holder("shared", "Plain"), "Unused": holder("unused", "Kept"), "Kept": holder("kept", "Plain"),
            "Plain": {"type": "object", "properties": {"x": {"type": "string", "enum": ["plain"]}}}}}})
    }

    #[test]
    fn a_large_document_has_a_feature_for_each_tag() {
        let generated = generate(&document(FEWEST_OPERATIONS), &Settings::package()).unwrap();
        let tags: Vec<_> = generated.tag_features.values().map(String::as_str).collect();
        assert_eq!(tags, ["tag-cats", "tag-dogs-more"]);
        for (features, expected) in [
            (&[][..], &["Both", "BothOwn", "Cat", "CatLimit", "CatOwn", "Dog", "DogOwn", "Shared", "SharedOwn"][..]),
            (&["tag-cats"], &["Dog", "DogLimit", "DogOwn"]),
            (&["tag-dogs-more"], &["Cat", "CatLimit", "CatOwn", "One0InCat"]),
            (&["tag-cats", "tag-dogs-more"], &[]),
        ] {
            let (rest, left_out) = compiled_with(&generated.code, features);
            assert!(expected.iter().all(|name| left_out.contains(*name)), "{features:?}: {left_out:?}");
            let words: BTreeSet<&str> = rest.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let left: Vec<_> = left_out.iter().filter(|name| words.contains(name.as_str())).collect();
            assert!(left.is_empty(), "{features:?}: {left:?}");
            for always in ["struct Plain", "struct Unused", "struct Kept", "fn none("] {
                assert!(rest.contains(always), "{features:?}: {always}");
            }
            assert_eq!(rest.contains("fn one0("), features.contains(&"tag-cats"));
            assert_eq!(rest.contains("fn both("), !features.is_empty());
        }
    }

    #[test]
    fn small_documents_and_workspaces_have_no_features_of_tags() {
        let small = generate(&document(FEWEST_OPERATIONS - 1), &Settings::package()).unwrap();
        assert_eq!((small.tag_features.len(), small.code.contains("#[cfg(feature = \"tag")), (0, false));
        let settings = Settings { tag_features: false, ..Settings::package() };
        assert!(generate(&document(FEWEST_OPERATIONS), &settings).unwrap().tag_features.is_empty());
    }
}
