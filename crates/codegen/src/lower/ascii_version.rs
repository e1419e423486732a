//! The version that progenitor sees is plain ASCII; the document's own stays in the generated constants.

use serde_json::Value;

use super::Lowering;

pub(super) fn run(lowering: &mut Lowering) {
    if let Some(Value::Object(info)) = lowering.document.get_mut("info") {
        info.insert("version".to_owned(), "0".into());
        info.remove("description");
        info.remove("termsOfService");
    }
}
