//! Keywords of OpenAPI 3.1 and 3.2.

use std::collections::BTreeSet;

use client_tests::keywords_3_1::{
    Client,
    types::{FindPlotsFilter, FindPlotsFilterSize, Page, Plot, PlotRowItem, PlotValuesValue, Tree},
};
use serde_json::{Value, json};

use super::{client, echo_server, last, responding, server, support};

/// A value of each property whose keywords are not enforced: the first is valid, the second violates only them.
fn unenforced() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("row", json!(["a", 1]), json!([1, "a"])),
        ("mixed", json!(["a", null, {}]), json!([1])),
        ("short", json!(["a", true]), json!([true])),
        ("labels", json!({"l-a": "x"}), json!({"a": "x"})),
        ("values", json!({"n-a": 1, "b": "x"}), json!({"n-a": "x", "b": 1})),
        ("notes", json!({"x-a": "x", "b": [1]}), json!({"x-a": 1})),
        ("named", json!({"ab": 1}), json!({"A": 1})),
        ("bed", json!({"width": 1, "at-a": "x"}), json!({"a": "x"})),
        ("tags", json!(["a"]), json!(["b"])),
        ("pair", json!({"a": "x", "b": "y"}), json!({"a": "x"})),
        ("soil", json!({"type": "clay", "drained": true}), json!({"type": "clay", "watered": "x", "measured": 1})),
        ("closed", json!({"name": "n", "age": 1}), json!({"name": "n"})),
        ("cases", json!({"kind": "tree", "height": 1}), json!({"kind": "moss", "height": 1})),
        ("script", json!("{}"), json!("[")),
        ("invented", json!("x"), json!("y")),
    ]
}

#[tokio::test]
async fn values_keep_what_unenforced_keywords_would_narrow() {
    for (name, valid, violating) in unenforced() {
        for value in [valid, violating] {
            let server = echo_server().await;
            let plot = json!({"kind": "k", name: value});
            let typed: Plot = serde_json::from_value(plot.clone()).unwrap_or_else(|error| panic!("{plot}: {error}"));
            let saved = client::<Client>(&server).save_plot().plot(typed).send().await.unwrap();
            assert_eq!(serde_json::from_str::<Value>(&last(&server).2).unwrap(), json!({"plot": plot}), "sent");
            assert_eq!(serde_json::to_value(&saved.plot).unwrap(), plot, "received");
        }
    }
}

#[tokio::test]
async fn what_the_types_express_is_enforced() {
    for (name, valid, invalid) in [
        ("point", json!([1.5, 2]), json!([1, 2, 3])),
        ("point", json!([]), json!([1, "a"])),
        ("short", json!([]), json!(["a", true, "b"])),
        ("empty", json!([]), json!([1])),
        ("labels", json!({}), json!({"l-a": 1})),
        ("every", json!({"a": 1}), json!({"a": "x"})),
        ("values", json!({"a": 1}), json!({"a": true})),
        ("bed", json!({"at-a": "x"}), json!({"at-a": 1})),
        ("absent", json!(null), json!(1)),
        ("soil", json!({"type": "sand"}), json!({"type": 1})),
        ("counts", json!({"tiny": -128, "byte": null}), json!({"tiny": 128})),
        ("counts", json!({"byte": 255, "short": 6, "long": u64::MAX}), json!({"byte": -1})),
        ("counts", json!({"word": u32::MAX}), json!({"short": 5})),
        ("page", json!({"size": 1}), json!({"size": "x"})),
    ] {
        let decoded = |value: &Value| serde_json::from_value::<Plot>(json!({"kind": "k", name: value}));
        assert!(decoded(&valid).is_ok(), "{name}: {valid}");
        let request = decoded(&invalid);
        let server = server().await;
        let sent = match request {
            Ok(plot) => client::<Client>(&server).save_plot().plot(plot).send().await.is_ok(),
            Err(_) => false,
        };
        assert!(!sent && server.requests().is_empty(), "{name}: {invalid}");
    }
}

#[tokio::test]
async fn dynamic_and_relative_references_are_types() {
    let body = json!([{"kind": "k", "tree": {"label": "a", "children": [{"label": "b", "children": []}]},
        "page": {"size": 1, "next": {"size": 2, "previous": {"owner": {"name": "n"}}}}}]);
    let server = responding(support::json("200 OK", &body.to_string())).await;
    let filter = FindPlotsFilter { name: Some("a b".to_owned()), size: Some(3.try_into().unwrap()) };
    let plots = client::<Client>(&server).find_plots().filter(filter).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /plots?name=a%20b&size=3");
    let plot = plots.first().unwrap();
    let tree: &Tree = plot.tree.as_ref().unwrap();
    assert_eq!(tree.children[0].label.as_deref(), Some("b"));
    let page: &Page = plot.page.as_ref().unwrap();
    let owner = page.next.as_ref().unwrap().previous.as_ref().unwrap().owner.as_ref().unwrap();
    assert_eq!(owner.name, "n");
    assert!(FindPlotsFilterSize::try_from(0).is_err(), "not positive");
}

#[test]
fn unions_of_positions_and_patterns_have_variants() {
    let plot: Plot = serde_json::from_value(json!({"kind": "k", "row": ["a", 1], "values": {"n-a": 1}})).unwrap();
    assert!(matches!(plot.row.as_slice(), [PlotRowItem::String(text), PlotRowItem::Integer(1)] if text == "a"));
    assert!(matches!(plot.values["n-a"], PlotValuesValue::Integer(1)));
}

/// The document's keywords that narrow values are listed at their own pointers, with their own values.
#[test]
fn every_unenforced_keyword_is_listed() {
    let path = "conformance/keywords_3_1.yaml";
    let document = openapi::Document::read(path.as_ref(), path).unwrap();
    let generated = codegen::generate(document.value(), &codegen::Settings::package()).unwrap();
    let mut listed = BTreeSet::new();
    for one in &generated.unrepresented {
        let holder = document.value().pointer(&one.pointer).unwrap_or_else(|| panic!("no {}", one.pointer));
        match holder.get(&one.keyword) {
            Some(value) => assert_eq!(one.value, openapi::canonical(value), "{} {}", one.pointer, one.keyword),
            None => assert_eq!((one.keyword.as_str(), &one.value), ("type", &Value::Null), "{}", one.pointer),
        }
        listed.insert(one.keyword.clone());
    }
    for keyword in [
        "$dynamicRef",
        "$recursiveRef",
        "contains",
        "contentMediaType",
        "contentSchema",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "jsonSchemaDialect",
        "keywordOfNobody",
        "maxContains",
        "minContains",
        "nullable",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedProperties",
    ] {
        assert!(listed.contains(keyword), "{keyword} is not in {listed:?}");
    }
}
