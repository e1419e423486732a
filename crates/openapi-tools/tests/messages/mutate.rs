//! The messages of `mutate`.

use crate::transcript::{HEAD, Transcript};

#[test]
fn mutate() {
    let mut run = Transcript::new();
    run.run("help", "mutate --help");
    run.run("missing arguments", "mutate");
    run.run("a sample that is no number", "mutate --document api.yaml --most few");
    run.run("a missing document", "mutate --document gone.yaml");
    run.file("api.yaml", format!("{HEAD}paths: {{/a: {{get: {{responses: 7}}}}}}\n"));
    run.run("an invalid document", "mutate --document api.yaml");
    run.run("an invalid document, as JSON", "mutate --document api.yaml --format json");
    let schema = "{type: object, properties: {name: {type: string, maxLength: 9}}}";
    run.file("api.yaml", format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{Device: {schema}}}}}\n"));
    run.run("a document all of whose mutants have the expected outcome", "mutate --document api.yaml");
    run.run("a sample of the mutants", "mutate --document api.yaml --most 9");
    let bad = "{type: object, properties: {gone: {$ref: '#/gone'}, name: {type: string, maxLength: 9}}}";
    run.file("api.yaml", format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{Device: {bad}}}}}\n"));
    run.run("a document with a part that cannot be generated", "mutate --document api.yaml --most 9");
    insta::assert_snapshot!(run.text());
}
