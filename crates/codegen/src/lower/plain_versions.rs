//! Replaces versions by ones that progenitor accepts. Generated constants use the versions in the model.

use serde_json::Value;

use super::Lowering;

pub(super) fn run(lowering: &mut Lowering) {
    if let Value::Object(document) = &mut lowering.document {
        document.insert("openapi".to_owned(), "3.0.3".into());
        if let Some(Value::Object(info)) = document.get_mut("info") {
            info.insert("version".to_owned(), "0".into());
            info.remove("description");
            info.remove("termsOfService");
        }
    }
}
