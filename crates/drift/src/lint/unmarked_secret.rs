//! Finds credentials without `format: password`: generated code prints them in `Debug`.

use super::{
    subject::{Lint, Subject},
    walk::{fields, text},
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    for field in fields(subject.document) {
        let name: String = field.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let is_secret = ["secret", "password", "accesstoken", "refreshtoken", "apikey", "privatekey"]
            .iter()
            .any(|word| name == *word || name.ends_with(word));
        if is_secret && text(field.schema, "type") == "string" && text(field.schema, "format") != "password" {
            let what =
                "the name is that of a credential, but `format` is not `password`: generated code prints the value";
            found.push(Lint::new(field.at, what));
        }
    }
    found
}
