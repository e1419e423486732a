//! OpenAPI Overlays: corrections to a document, each with its reason.

use crate::{Document, Problem, differences, pointer};
use enumset::EnumSet;
use roas_overlay::{
    apply::{Apply as _, ApplyErrorKind, ApplyOptions},
    v1_0::Overlay,
    validation::Validate as _,
};
use serde_json::Value;

/// Applies every action of an OpenAPI Overlay 1.0 document, in order.
///
/// # Errors
/// All actions that have no reason (`description`), match nothing or change nothing; or why the overlay is invalid.
pub fn apply(overlay: &Document, target: &Value) -> Result<Value, Vec<Problem>> {
    let parsed: Overlay = serde_json::from_value(overlay.value().clone()).map_err(|error| {
        vec![overlay.problem_at("", format!("not an OpenAPI Overlay 1.0 document: {error}"), "correct the overlay")]
    })?;
    parsed.validate(EnumSet::empty()).map_err(|error| {
        vec![overlay.problem_at(
            "",
            format!("not a valid OpenAPI Overlay: {}", error.to_string().trim()),
            "correct the overlay",
        )]
    })?;
    let mut problems = Vec::new();
    let mut corrected = target.clone();
    for (index, action) in parsed.actions.iter().enumerate() {
        let at = pointer::join("/actions", &index.to_string());
        if action.description.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            problems.push(overlay.problem_at(
                &at,
                format!("action on `{}`: `description` is missing", action.target),
                "state the reason in `description`",
            ));
        }
        let mut single = parsed.clone();
        single.actions = vec![action.clone()];
        let before = corrected.clone();
        match single.apply(&mut corrected, EnumSet::only(ApplyOptions::ErrorOnZeroMatch)) {
            Ok(_) if differences(&before, &corrected).is_empty() => problems.push(overlay.problem_at(
                &at,
                format!("action on `{}` changes nothing: the document already has this value", action.target),
                "remove the action",
            )),
            Ok(_) => {}
            Err(error) => {
                let what = match error.kind {
                    ApplyErrorKind::ZeroMatch => format!("action on `{}` matches nothing", action.target),
                    kind => format!("action on `{}` cannot be applied: {kind}", action.target),
                };
                problems.push(overlay.problem_at(
                    &format!("{at}/target"),
                    what,
                    "correct the target, or remove the action",
                ));
            }
        }
    }
    if problems.is_empty() { Ok(corrected) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(actions: &str) -> Result<Value, Vec<String>> {
        let text = format!("overlay: 1.0.0\ninfo:\n  title: t\n  version: '1'\nactions:\n{actions}");
        let overlay = Document::parse("overlay.yaml", text).unwrap();
        apply(&overlay, &json!({"info": {"title": "x"}, "list": []})).map_err(|problems| {
            problems.iter().map(|p| format!("{}: {}", p.place().unwrap_or_default(), p.what)).collect()
        })
    }

    #[test]
    fn applies_actions_in_order() {
        let corrected = run("  - target: $.info\n    description: because\n    update: {title: y}\n").unwrap();
        assert_eq!(corrected, json!({"info": {"title": "y"}, "list": []}));
    }

    #[test]
    fn rejects_actions_without_match_effect_or_reason() {
        let refused = run(
            "  - target: $.gone\n    description: because\n    update: {a: 1}\n  - target: $.info\n    description: \
             because\n    update: {title: x}\n  - target: $.info\n    update: {title: z}\n",
        )
        .unwrap_err();
        assert_eq!(
            refused,
            [
                "overlay.yaml:6:13: action on `$.gone` matches nothing",
                "overlay.yaml:9:5: action on `$.info` changes nothing: the document already has this value",
                "overlay.yaml:12:5: action on `$.info`: `description` is missing",
            ]
        );
    }

    #[test]
    fn rejects_an_unknown_overlay_version() {
        let text =
            Document::parse("overlay.yaml", "overlay: 2.0.0\ninfo: {title: t, version: v}\nactions: []\n").unwrap();
        assert!(apply(&text, &json!({})).is_err());
    }
}
