//! The versions that progenitor sees are ones that it takes; the document's own stay in the generated constants.

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
