//! Every change of a document changes the code or the list of unsupported keywords, or is refused.

use generator_tests::mutate::{Class, Fated, fates, mutants, table};
use pages::{Sources, extract};
use serde_json::Value;
use test_support::{amount, client_documents, root};

/// Mutants whose fate is none that their class may have.
fn lost(name: &str, document: &Value) -> Vec<String> {
    let fates = match fates(document, amount(None, Some(20))) {
        Ok(fates) => fates,
        Err(problems) => return problems.iter().map(ToString::to_string).collect(),
    };
    println!("{name}\n{}", table(&fates));
    assert!(fates.len() > 10, "{name} has {} mutants", fates.len());
    let told = |one: &Fated| {
        let edit = format!("{:?}", one.mutant.edit).chars().take(200).collect::<String>();
        format!("{name}: {:?}: {} at {}: {edit}", one.fate, one.mutant.operator, one.mutant.pointer)
    };
    fates.iter().filter(|one| one.is_wrong()).map(told).collect()
}

#[test]
fn no_change_of_our_document_is_lost() {
    let document = Sources::load(&root()).unwrap().corrected().unwrap();
    assert_eq!(lost("ours", &document), Vec::<String>::new());
}

/// Documents of other shapes: every style, body, status, union and security of the behaviour tests.
#[test]
fn no_change_of_the_behaviour_documents_is_lost() {
    let lost: Vec<_> = client_documents().iter().flat_map(|(name, document)| lost(name, document)).collect();
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn the_mutator_changes_every_kind_of_thing_and_no_mutant_twice() {
    // of one page: whatever other pages a maintainer imports, this one stays
    let page = std::fs::read_to_string(root().join("openapi/pages/oauth.md")).unwrap();
    let document = extract("oauth.md", &page).unwrap().documents[0].document.value().clone();
    let mutants = mutants(&document);
    let of = |class: Class| mutants.iter().filter(|mutant| mutant.class == class).count();
    assert!(of(Class::Meaningful) > 400 && of(Class::Documentation) > 70 && of(Class::Cosmetic) == 4);
    let mut texts: Vec<_> = mutants.iter().map(|mutant| mutant.edit.text(&document)).collect();
    let all = texts.len();
    texts.sort();
    texts.dedup();
    let twice = all - texts.len();
    assert_eq!(twice, 0, "{twice} of {all} mutants are the same as others");
}
