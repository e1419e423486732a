//! Mutants of documents: the verdicts must agree with the class of each mutant.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use generator_tests::mutate::{Mutant, MutantKind, mutants};
use openapi::pointer;
use openapi_diff::{ChangeKind, Comparison, Verdict};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::Value;
use test_support::{amount, sample};

use super::{both, documents, wire};

fn message(name: &str, mutant: &Mutant, what: &str) -> String {
    format!("{name}: {} at {}: {what}", mutant.operator, mutant.pointer)
}

#[test]
fn each_mutant_has_the_verdict_of_its_kind() {
    let mut wrong = Vec::new();
    let mut all = 0;
    for (name, document) in documents() {
        assert_eq!(wire(&document, &document), (Verdict::None, vec![]), "{name}");
        for mutant in sample(mutants(&document), 40) {
            all += 1;
            let revision = mutant.edit.apply(&document);
            let (verdict, kinds) = wire(&document, &revision);
            let back = wire(&revision, &document).1;
            if kinds.is_empty() != back.is_empty() {
                wrong.push(message(&name, &mutant, &format!("{kinds:?} forward, {back:?} backward")));
            }
            if kinds.contains(&ChangeKind::Unclassified) {
                wrong.push(message(&name, &mutant, "an unclassified change"));
            }
            // these change nothing: a duplicate value, a reference to an enum in a union, `nullable` beside a variant
            // that accepts null
            let is_restated = ["enum: value removed", "$ref: inlined", "nullable: toggled"].contains(&mutant.operator)
                && kinds == [ChangeKind::SchemaRestated];
            let fits = match mutant.kind {
                MutantKind::Semantic if is_restated => true,
                MutantKind::Semantic if verdict <= Verdict::Docs => both(&document, &revision).rust > Verdict::Docs,
                MutantKind::Semantic => true,
                MutantKind::Documentation => {
                    let both = both(&document, &revision);
                    (both.wire, both.rust) == (Verdict::Docs, Verdict::Docs)
                }
                MutantKind::Cosmetic => kinds.is_empty(),
            };
            if !fits {
                wrong.push(message(&name, &mutant, &format!("{verdict:?} {kinds:?}")));
            }
        }
    }
    println!("{all} mutants, {} wrong", wrong.len());
    assert_eq!(wrong, Vec::<String>::new());
    assert!(all > amount(5_000, 500), "{all} mutants");
}

#[test]
fn breaking_changes_for_rust_name_items() {
    let (mut breaking, mut named, mut unnamed) = (0, 0, Vec::new());
    for (name, document) in documents() {
        let meaningful = mutants(&document).into_iter().filter(|mutant| mutant.kind == MutantKind::Semantic);
        for mutant in meaningful.step_by(amount(37, 149)) {
            let comparison = both(&document, &mutant.edit.apply(&document));
            // without generated code there are no items
            if comparison.rust == Verdict::Breaking && comparison.notes.is_empty() {
                breaking += 1;
                if comparison.changes.iter().any(|change| !change.items.is_empty()) {
                    named += 1;
                } else {
                    unnamed.push(message(&name, &mutant, "no items"));
                }
            }
        }
    }
    println!("{named} of {breaking} breaking changes name items");
    assert!(breaking > amount(50, 12) && named * 100 >= breaking * 95, "{unnamed:#?}");
}

/// A document with several mutations applied one after the other, and the mutations.
fn composed(document: &Value, picks: &[proptest::sample::Index]) -> Option<(Value, Vec<Mutant>)> {
    let mut revision = document.clone();
    let mut done = Vec::new();
    for pick in picks {
        let all = mutants(&revision);
        if all.is_empty() {
            return None;
        }
        let mutant = pick.get(&all).clone();
        revision = mutant.edit.apply(&revision);
        done.push(mutant);
    }
    Some((revision, done))
}

/// Whether no mutation is within another.
fn are_disjoint(done: &[Mutant]) -> bool {
    let parent = |mutant: &Mutant| pointer::parent(&mutant.pointer).unwrap_or_default().to_owned();
    done.iter().enumerate().all(|(index, one)| {
        done[..index].iter().all(|other| {
            let (one, other) = (parent(one), parent(other));
            !one.starts_with(&other) && !other.starts_with(&one)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: amount(400, 50),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn detects_composed_mutations_in_both_directions(
        which in any::<proptest::sample::Index>(),
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 2..=3),
    ) {
        static DOCUMENTS: LazyLock<Vec<(String, Value)>> = LazyLock::new(documents);
        let (name, document) = which.get(&DOCUMENTS);
        let Some((revision, done)) = composed(document, &picks) else { return Ok(()) };
        let (verdict, kinds) = wire(document, &revision);
        let (_, back) = wire(&revision, document);
        let message = || {
            let done: Vec<_> = done.iter().map(|one| (one.operator, &one.pointer)).collect();
            format!("{name}: {done:?}: {kinds:?} {back:?}")
        };
        prop_assert_eq!(kinds.is_empty(), back.is_empty(), "{}", message());
        prop_assert_eq!(wire(&revision, &revision).1, vec![]);
        let worst = done.iter().map(|one| one.kind).min();
        match worst {
            // a second mutation of a value may revert the first one
            Some(MutantKind::Semantic) if are_disjoint(&done) => prop_assert!(!kinds.is_empty(), "{}", message()),
            Some(MutantKind::Documentation) if *document != revision => {
                prop_assert_eq!(verdict, Verdict::Docs, "{}", message());
            }
            Some(MutantKind::Cosmetic) => prop_assert!(kinds.is_empty(), "{}", message()),
            _ => {}
        }
    }
}

/// Two mutations at once change the items that each of them changes alone, and each item is attributed to its mutation.
#[test]
fn items_are_attributed_to_the_changes_that_cause_them() {
    let (mut items, mut linked, mut wrong) = (0, 0, Vec::new());
    for (name, document) in documents() {
        let all: Vec<_> = mutants(&document).into_iter().filter(|mutant| mutant.kind == MutantKind::Semantic).collect();
        let step = (all.len() / amount(12, 4)) | 1;
        let some: Vec<_> = all.iter().step_by(step).collect();
        for pair in some.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            if !are_disjoint(&[one.clone(), other.clone()]) {
                continue;
            }
            let first = one.edit.apply(&document);
            let (alone, second, whole) = (
                both(&document, &first),
                both(&document, &other.edit.apply(&document)),
                both(&document, &other.edit.apply(&first)),
            );
            if [&alone, &second, &whole].iter().any(|comparison| !comparison.notes.is_empty()) {
                continue;
            }
            let of = |comparison: &Comparison| -> BTreeMap<String, BTreeSet<(ChangeKind, String)>> {
                let mut found: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
                for change in &comparison.changes {
                    for item in &change.items {
                        found.entry(item.clone()).or_default().insert((change.kind, change.pointer.clone()));
                    }
                }
                found
            };
            let changes = |comparison: &Comparison| -> BTreeSet<(ChangeKind, String)> {
                comparison.changes.iter().map(|change| (change.kind, change.pointer.clone())).collect()
            };
            let (alone_items, second_items, causes) = (of(&alone), of(&second), of(&whole));
            for (item, caused_by) in &causes {
                let own = match (alone_items.contains_key(item), second_items.contains_key(item)) {
                    (true, false) => changes(&alone),
                    (false, true) => changes(&second),
                    _ => continue,
                };
                items += 1;
                if caused_by.is_subset(&own) {
                    linked += 1;
                } else {
                    wrong.push(format!(
                        "{name}: {} at {} and {} at {}: {item} by {caused_by:?}",
                        one.operator, one.pointer, other.operator, other.pointer
                    ));
                }
            }
        }
    }
    println!("{linked} of {items} items are attributed to the change that causes them");
    assert!(items > amount(300, 50) && linked * 100 >= items * 95, "{linked} of {items}: {wrong:#?}");
}
