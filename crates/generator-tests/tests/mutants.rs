//! Every semantic change of a document changes the code or the list of unsupported keywords, or is rejected.

use generator_tests::mutate::{MutantKind, TestedMutant, mutants, table, test_mutants};
use pages::{Sources, extract};
use serde_json::Value;
use test_support::{amount, client_document, client_documents, root};

/// Returns the mutants with an unexpected outcome.
fn unexpected(name: &str, document: &Value) -> Vec<String> {
    let tested = match test_mutants(document, amount(None, Some(20)), None) {
        Ok(tested) => tested,
        Err(problems) => return problems.iter().map(ToString::to_string).collect(),
    };
    println!("{name}\n{}", table(&tested));
    assert!(tested.len() > 10, "{name} has {} mutants", tested.len());
    let shown = |one: &TestedMutant| {
        let edit = format!("{:?}", one.mutant.edit).chars().take(200).collect::<String>();
        format!("{name}: {:?}: {} at {}: {edit}", one.outcome, one.mutant.operator, one.mutant.pointer)
    };
    tested.iter().filter(|one| one.is_unexpected()).map(shown).collect()
}

#[test]
fn detects_every_mutant_of_our_document() {
    let document = Sources::load(&root()).unwrap().corrected().unwrap();
    assert_eq!(unexpected("ours", &document), Vec::<String>::new());
}

/// Small documents with every style, body, status, union and security.
#[test]
fn detects_every_mutant_of_the_small_documents() {
    let of_keywords = ("keywords_3_1.yaml".to_owned(), client_document("conformance/keywords_3_1.yaml"));
    let documents = client_documents().into_iter().chain([of_keywords]);
    let found: Vec<_> = documents.flat_map(|(name, document)| unexpected(&name, &document)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn mutants_are_many_and_distinct() {
    // one page, which stays whatever other pages a maintainer imports
    let page = std::fs::read_to_string(root().join("openapi/pages/oauth.md")).unwrap();
    let document = extract("oauth.md", &page).unwrap().documents[0].document.value().clone();
    let mutants = mutants(&document);
    let of = |kind: MutantKind| mutants.iter().filter(|mutant| mutant.kind == kind).count();
    assert!(of(MutantKind::Semantic) > 400 && of(MutantKind::Documentation) > 70 && of(MutantKind::Cosmetic) == 4);
    let mut texts: Vec<_> = mutants.iter().map(|mutant| mutant.edit.text(&document)).collect();
    let all = texts.len();
    texts.sort();
    texts.dedup();
    let duplicates = all - texts.len();
    assert_eq!(duplicates, 0, "{duplicates} of {all} mutants are duplicates");
}
