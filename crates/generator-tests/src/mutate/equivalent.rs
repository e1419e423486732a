//! Equivalent mutants: changes of a keyword that change no accepted value, such as a bound beside an enum whose values
//! all satisfy it. A JSON Schema validator decides on boundary values, not the generator.

use std::collections::BTreeSet;

use openapi::pointer;
use serde_json::{Value, json};

use super::{edit::Edit, mutant::Mutant};
use crate::{boundary_values::boundary_values, conform::Validator};

/// Keywords without an effect on validation: a validator cannot decide about them.
const WITHOUT_VALIDATION: [&str; 6] = ["default", "deprecated", "discriminator", "readOnly", "writeOnly", "xml"];

/// Whether a mutant accepts the same values as the document. `false` if that cannot be decided.
pub(super) fn is_equivalent(document: &Value, mutant: &Mutant) -> bool {
    decide(document, mutant).unwrap_or_default()
}

fn decide(document: &Value, mutant: &Mutant) -> Option<bool> {
    let at = mutant.pointer.as_str();
    let keyword = pointer::segments(at).last()?;
    let is_number_format = keyword == "format" && document.pointer(pointer::parent(at)?)?["type"] == "integer";
    if WITHOUT_VALIDATION.contains(&&*keyword) || (keyword == "format" && !is_number_format) {
        return None;
    }
    let changed = mutant.edit.apply(document);
    // a control: if the changed schema accepts nothing, the boundary values have to show it
    let control = Edit::set(&schema_of(at)?, json!({"not": {}})).apply(document);
    // a schema that accepts the same values has the same effect on those around it
    Some(schemas_around(at).iter().any(|around| accept_the_same(document, &changed, &control, around) == Some(true)))
}

/// Whether two documents accept the same boundary values at a pointer, and the control does not.
fn accept_the_same(document: &Value, changed: &Value, control: &Value, at: &str) -> Option<bool> {
    let mut values: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for document in [document, changed] {
        let found = boundary_values(document, at).into_iter().map(|one| one.value);
        values.extend(found.filter(|value| seen.insert(value.to_string())));
    }
    let mut verdicts = Vec::new();
    for document in [document, changed, control] {
        let validator = Validator::new(document, at).ok()?;
        verdicts.push(values.iter().map(|value| validator.violations(value).is_empty()).collect::<Vec<_>>());
    }
    Some(verdicts[0] == verdicts[1] && verdicts[0] != verdicts[2])
}

/// Returns the pointers of the schemas around a place, the outermost first: a component, or the schema of a parameter
/// or body, then those in it.
fn schemas_around(at: &str) -> Vec<String> {
    let segments: Vec<_> = pointer::segments(at).collect();
    let outermost = match segments.as_slice() {
        [components, schemas, _, ..] if components == "components" && schemas == "schemas" => 3,
        segments => segments.iter().position(|segment| segment == "schema").map_or(segments.len(), |index| index + 1),
    };
    let to = |count: usize| segments[..count].iter().fold(String::new(), |at, segment| pointer::join(&at, segment));
    let mut found = Vec::new();
    let mut count = outermost;
    while count < segments.len() {
        found.push(to(count));
        count += match &*segments[count] {
            "properties" | "allOf" | "oneOf" | "anyOf" => 2,
            "items" | "additionalProperties" => 1,
            _ => break,
        };
    }
    found
}

/// Returns the pointer of the schema whose keyword, variant or listed value is at a place.
fn schema_of(at: &str) -> Option<String> {
    let (parent, last) = (pointer::parent(at)?, pointer::segments(at).last()?);
    let is_property = pointer::segments(parent).last().is_some_and(|segment| segment == "properties");
    let is_item = last == "-" || last.chars().all(|c| c.is_ascii_digit());
    Some(match () {
        () if is_property => at.to_owned(),
        () if is_item => pointer::parent(parent)?.to_owned(),
        () => parent.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutate::MutantKind;

    fn is_equivalent_in(schema: Value, at: &str, edit: Edit) -> bool {
        let base = json!({"type": "object", "required": ["kind"],
            "properties": {"kind": {"type": "string", "enum": ["a", "b"]}, "size": {"type": "integer", "minimum": 1}}});
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {"S": schema, "Base": base}}});
        let pointer = format!("/components/schemas/S{at}");
        let mutant = Mutant { operator: "test", pointer, kind: MutantKind::Semantic, edit };
        is_equivalent(&document, &mutant)
    }

    fn set(at: &str, value: Value) -> Edit {
        Edit::set(&format!("/components/schemas/S{at}"), value)
    }

    #[test]
    fn a_bound_beside_an_enum_is_equivalent_if_all_values_satisfy_it() {
        let listed = json!({"type": "string", "enum": ["a", "abc"]});
        for (bound, expected) in [(3, true), (40, true), (2, false)] {
            let edit = set("/maxLength", json!(bound));
            assert_eq!(is_equivalent_in(listed.clone(), "/maxLength", edit), expected, "{bound}");
        }
        assert!(is_equivalent_in(listed.clone(), "/type", Edit::Remove("/components/schemas/S/type".to_owned())));
        assert!(!is_equivalent_in(listed, "/enum/1", Edit::Remove("/components/schemas/S/enum/1".to_owned())));
    }

    #[test]
    fn what_another_subschema_requires_is_equivalent() {
        let reference = json!({"$ref": "#/components/schemas/Base"});
        let schema = json!({"allOf": [reference, {"type": "object", "properties": {"kind": {"enum": ["a"]},
            "size": {"type": "integer", "minimum": 1}}}]});
        let size = "/allOf/1/properties/size/minimum";
        assert!(is_equivalent_in(schema.clone(), size, set(size, json!(0))));
        assert!(!is_equivalent_in(schema.clone(), size, set(size, json!(2))));
        let required = set("/allOf/1/required", json!(["kind"]));
        assert!(is_equivalent_in(schema.clone(), "/allOf/1/properties/kind", required));
        let kind = "/allOf/1/properties/kind/enum/-";
        assert!(is_equivalent_in(schema.clone(), kind, set(kind, json!("new"))));
        assert!(!is_equivalent_in(schema, kind, set(kind, json!("b"))));
    }

    #[test]
    fn what_a_validator_cannot_see_is_not_decided() {
        for (keyword, value) in [("default", json!("a")), ("readOnly", json!(true)), ("format", json!("custom"))] {
            let at = format!("/{keyword}");
            assert!(!is_equivalent_in(json!({"type": "string"}), &at, set(&at, value)), "{keyword}");
        }
    }
}
