//! Usage programs cover every public item of generated code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed setup fails the test")]

use std::collections::BTreeSet;

use codegen::{Settings, generate};
use test_support::client_documents;

#[test]
fn every_item_has_a_usage_program() {
    let mut count = 0;
    for (name, document) in client_documents() {
        let generated = generate(&document, &Settings::package()).unwrap();
        let programs = generated.usage_programs();
        let used: BTreeSet<_> = programs.iter().map(|program| program.path.clone()).collect();
        let items: BTreeSet<_> = generated.items().into_keys().collect();
        assert_eq!(items, used, "{name}");
        // without anything equal, every item is read, in whatever parts
        let mut nothing = generated.clone();
        nothing.code.clear();
        let [all, none] = generated.items_beside(&nothing);
        assert!(all == generated.items() && none.is_empty(), "{name}");
        count += programs.len();
    }
    assert!(count > 500, "{count}");
}
