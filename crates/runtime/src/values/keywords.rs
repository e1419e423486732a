//! What the constraints of several types share.

#[cfg(feature = "schemars")]
pub(crate) fn insert(schema: &mut schemars::Schema, keyword: &str, value: Option<impl Into<serde_json::Value>>) {
    if let Some(value) = value {
        schema.insert(keyword.to_owned(), value.into());
    }
}

pub(crate) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
