//! Request builders: their values, and how these form the request.

use proc_macro2::Ident;
use syn::Type;

use super::{
    operation_table::parameter,
    responses::Responses,
    slots::{BodySlots, Slot, Slots, null_setter},
};
use crate::{
    code::{Code, literal, literals, option},
    docs::{self, DEPRECATED_ATTRIBUTE},
    model::{Body, Encoding, Operation, Parameter},
    naming,
    settings::Settings,
    syntax::{inside, source},
};

/// Writes the request builder of the operation at `index` of the operation table, and the enums of its responses.
///
/// A macro of the runtime writes its struct, its setters and `send`. The builder calls the method `transport` of
/// progenitor's client.
pub(super) fn builder(
    index: usize,
    operation: &Operation,
    transport: &str,
    slots: &Slots,
    (feature, settings): (&str, &Settings),
    code: &mut Code,
) {
    let (builder, client) = (&operation.type_name, &settings.client);
    let Operation { method, path, name, .. } = operation;
    let others = operation.body.as_ref().map_or(&[][..], |body| body.others.as_slice());
    let responses = Responses::of(operation);
    let target = docs::code(&format!("{method} {path}"));
    code.attribute(feature);
    code.open("runtime::request_builder!");
    code.docs(&[format!(" Request builder of {target}, returned by [`{name}`]({client}::{name}).")]);
    let required: Vec<_> =
        slots.slots.iter().filter(|slot| slot.required).map(|slot| docs::code(&slot.ident.to_string())).collect();
    if !required.is_empty() {
        code.docs(&["".to_owned(), format!(" Required: {}.", required.join(", "))]);
    }
    code.open(&format!("{builder}({client})"));
    for (at, slot) in slots.slots.iter().enumerate() {
        let location = match operation.parameters.get(at).filter(|_| at < slots.parameters) {
            Some(parameter) => format!("{} parameter", naming::pascal(&parameter.location)),
            None => match slots.body {
                BodySlots::Whole { .. } => "Request".to_owned(),
                _ => "Body property".to_owned(),
            },
        };
        value(slot, &location, code);
    }
    if !others.is_empty() {
        raw_body(others, code);
    }
    code.close("");
    let [successes, errors] = [responses.list_successes(), responses.list_errors()].map(|list| literal(&list));
    let (success, error) = (responses.success_type(), responses.error_type());
    let method = naming::ident(transport);
    code.open(&format!("send {index} {method} {successes} {errors} -> {success}, {error}"));
    responses.decoders(code);
    code.close("");
    code.close("");
    code.attribute(feature);
    code.open(&format!("impl {builder}<'_>"));
    request(index, operation, slots, code);
    code.close("");
    responses.enums(feature, code);
}

/// Writes a value of a builder; `location` precedes its JSON name in the documentation of its setter.
fn value(slot: &Slot, location: &str, code: &mut Code) {
    let Slot { ident, ty, .. } = slot;
    if !slot.description.is_empty() {
        code.docs(&[docs::lines(&slot.description), String::new()]);
    }
    let required = if slot.required { ", required" } else { "" };
    let constraints = match slot.constraints.as_str() {
        "" => String::new(),
        constraints => format!(" Constraints: {constraints}."),
    };
    let json_name = docs::code(&slot.json_name);
    code.docs(&[format!(" {location} {json_name}{required}.{constraints}")]);
    if slot.deprecated {
        code.line(DEPRECATED_ATTRIBUTE);
    }
    let (ty, name) = (source(ty), literal(&slot.json_name));
    if slot.nullable {
        code.line(&format!("{ident}: Option<{ty}> = {name} nullable [{ty},"));
        code.docs(&[format!(" Sends {json_name} as null.")]);
        if slot.deprecated {
            code.line(DEPRECATED_ATTRIBUTE);
        }
        code.line(&format!("{}],", null_setter(ident)));
    } else if let Some(item) = &slot.item {
        code.line(&format!("{ident}: {ty} = {name} each [{}],", source(item)));
    } else {
        code.line(&format!("{ident}: {ty} = {name},"));
    }
}

/// Writes the value of a body whose content type is not the typed one.
fn raw_body(others: &[String], code: &mut Code) {
    let listed = others.iter().map(|other| docs::code(other)).collect::<Vec<_>>().join(", ");
    code.docs(&[format!(
        " Sets the complete body in another documented content type: {listed}. Body properties set by other methods \
         are not sent."
    )]);
    code.line(&format!("raw_body: runtime::Body = \"\" raw [{}],", literals(others)));
}

/// Writes the function that prepares the request.
fn request(index: usize, operation: &Operation, slots: &Slots, code: &mut Code) {
    code.open("fn into_request(self) -> runtime::Request");
    let parameters = slots.slots.iter().take(slots.parameters).enumerate();
    let adds: String = parameters.map(|(at, slot)| format!(".add({at}, self.{}.as_ref())", slot.ident)).collect();
    let parameters = format!("runtime::Parameters::of(&OPERATIONS[{index}], self.violation){adds}.encode()");
    if operation.body.is_some() {
        code.line(&format!("let parameters = {parameters}?;"));
        body(operation, slots, code);
        code.line("Ok((parameters, body))");
    } else {
        code.line(&format!("Ok(({parameters}?, None))"));
    }
    code.close("");
}

/// Returns source for the value of a slot, or for the error when a required one is missing.
fn take(slot: &Slot) -> String {
    if slot.required {
        format!("runtime::required(self.{}, {})?", slot.ident, literal(&slot.json_name))
    } else {
        format!("self.{}", slot.ident)
    }
}

/// Writes the statement that encodes the body.
fn body(operation: &Operation, slots: &Slots, code: &mut Code) {
    let Some(body) = &operation.body else { return };
    if body.others.is_empty() {
        return encode_body(body, slots, code);
    }
    code.open("let body = if self.raw_body.is_some()");
    code.line("self.raw_body");
    code.reopen(" else");
    encode_body(body, slots, code);
    code.line("body");
    code.close(";");
}

fn encode_body(body: &Body, slots: &Slots, code: &mut Code) {
    let content_type = literal(&body.content_type);
    let forms: Vec<_> = body.properties.iter().map(parameter).collect();
    let forms = forms.join(", ");
    match &slots.body {
        BodySlots::None => code.line("let body = None;"),
        BodySlots::Whole { at } => {
            let slot = &slots.slots[*at];
            let value = take(slot);
            let encode = match body.encoding {
                Encoding::Json => format!("runtime::Body::json({content_type}, &value)?"),
                Encoding::Form => format!("runtime::Body::form({content_type}, &value, &[{forms}])?"),
                Encoding::Multipart => "value.encode()".to_owned(),
                Encoding::Text | Encoding::Bytes => format!("runtime::Body::plain({content_type}, value)"),
            };
            if slot.required {
                code.line(&format!("let value = {value};"));
                code.line(&format!("let body = Some({encode});"));
            } else {
                code.open(&format!("let body = match {value}"));
                code.line(&format!("Some(value) => Some({encode}),"));
                code.line("None => None,");
                code.close(";");
            }
        }
        BodySlots::Struct { name, fields } => {
            // an optional body is omitted if none of its fields is set
            let is_unset: Vec<_> =
                fields.iter().map(|(_, at)| format!("self.{}.is_none()", slots.slots[*at].ident)).collect();
            if body.required {
                code.open("let body =");
            } else {
                code.open(&format!("let body = if {}", is_unset.join(" && ")));
                code.line("None");
                code.reopen(" else");
            }
            if body.encoding == Encoding::Multipart {
                parts(fields, &slots.slots, &body.properties, code);
            } else {
                structure(name, fields, &slots.slots, code);
                code.line(&match body.encoding {
                    Encoding::Json => format!("Some(runtime::Body::json({content_type}, &value)?)"),
                    _ => format!("Some(runtime::Body::form({content_type}, &value, &[{forms}])?)"),
                });
            }
            code.close(";");
        }
    }
}

/// Writes the struct of a body, built from its slots.
fn structure(name: &Ident, fields: &[(Ident, usize)], slots: &[Slot], code: &mut Code) {
    code.open(&format!("let value = types::{name}"));
    code.wrapped(fields.iter().map(|(field, at)| {
        let slot = &slots[*at];
        let filled = if slot.required || slot.wrapped { "" } else { ".unwrap_or_default()" };
        format!("{field}: {}{filled},", take(slot))
    }));
    code.close(";");
}

/// Writes the parts of a multipart body, one for each slot.
fn parts(fields: &[(Ident, usize)], slots: &[Slot], properties: &[Parameter], code: &mut Code) {
    code.line("let mut parts = runtime::Parts::default();");
    for (_, at) in fields {
        let slot = &slots[*at];
        let (name, value) = (literal(&slot.json_name), take(slot));
        let given = properties.iter().find(|property| property.name == slot.json_name);
        let content_type = option(given.and_then(|property| property.content_type.as_deref()));
        let is_files = inside(&slot.ty, "Vec").is_some_and(is_file);
        let add = if is_files || is_file(&slot.ty) {
            // a form has no null: the part is left out
            let files = match (is_files, slot.nullable) {
                (true, false) => "value.iter()",
                (true, true) => "value.iter().flatten()",
                (false, false) => "::std::iter::once(&value)",
                (false, true) => "value.iter()",
            };
            format!("{files}.try_for_each(|file| parts.file({name}, file, {content_type}))?;")
        } else {
            format!("parts.value({name}, &value, {content_type})?;")
        };
        if slot.required {
            code.line(&format!("let value = {value};"));
            code.line(&add);
        } else {
            code.open(&format!("if let Some(value) = {value}"));
            code.line(&add);
            code.close("");
        }
    }
    code.line("Some(parts.encode())");
}

/// Whether a type is that of files, and not a component of this name.
fn is_file(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let is_module = |segment: &syn::PathSegment| segment.ident == "types";
    path.path.segments.last().is_some_and(|segment| segment.ident == "File")
        && !path.path.segments.iter().any(is_module)
}
