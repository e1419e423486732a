//! Decoding of an operation's responses by status, and enums for operations that document several responses.

use openapi::Status;

use crate::{
    code::{Code, literal},
    docs,
    model::{Decoding, Operation, Response},
    naming,
};

const IDENTITY: &str = "identity";

/// The documented responses of an operation, split into successes and errors.
pub(super) struct Responses<'a> {
    operation: &'a Operation,
    successes: Vec<&'a Response>,
    errors: Vec<&'a Response>,
}

impl<'a> Responses<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        // `default` covers every status that is not listed: errors, and successes if no success is listed
        let (successes, errors): (Vec<_>, Vec<_>) =
            operation.responses.iter().partition(|response| response.status.is_success());
        let default =
            errors.iter().copied().filter(|response| response.status == Status::Default && successes.is_empty());
        Self { operation, successes: default.chain(successes.iter().copied()).collect(), errors }
    }

    /// Lists the documented successes for rustdoc, such as `201 (Created)`; `none` if there are none.
    pub(super) fn list_successes(&self) -> String {
        list(&self.successes)
    }

    /// Lists the documented errors for rustdoc, such as `403, 404`; `none` if there are none.
    pub(super) fn list_errors(&self) -> String {
        list(&self.errors)
    }

    /// Returns whether a success has a body, or there are several successes.
    pub(super) fn have_content(&self) -> bool {
        self.successes.len() > 1 || self.successes.iter().any(|response| response.decoding != Decoding::Empty)
    }

    pub(super) fn success_type(&self) -> String {
        match self.successes.as_slice() {
            // an operation that documents only errors can still succeed
            [] => "::std::vec::Vec<u8>".to_owned(),
            [single] => body_type(single),
            _ => self.enum_name("Success"),
        }
    }

    pub(super) fn error_type(&self) -> String {
        match self.errors.as_slice() {
            [] => "::std::convert::Infallible".to_owned(),
            [single] => body_type(single),
            _ => self.enum_name("Error"),
        }
    }

    fn enum_name(&self, suffix: &str) -> String {
        format!("{}{suffix}", self.operation.type_name)
    }

    /// Writes the decoders of a response, one for each status.
    pub(super) fn decoders(&self, code: &mut Code) {
        let mut decoders = Vec::new();
        if self.successes.is_empty() {
            decoders.push((2, format!("bytes \"default\" {IDENTITY},")));
        }
        for (responses, suffix, success) in [(&self.successes, "Success", true), (&self.errors, "Error", false)] {
            for response in responses {
                let rank = match response.status {
                    Status::Code(_) => 0,
                    Status::Range(_) => 1,
                    Status::Default => 2,
                };
                let (wrap, empty) = if responses.len() == 1 {
                    (IDENTITY.to_owned(), "()".to_owned())
                } else {
                    let variant = format!("{}::{}", self.enum_name(suffix), naming::status_variant(response.status));
                    (variant.clone(), variant)
                };
                let (kind, value) = match response.decoding {
                    Decoding::Json => ("json", wrap),
                    Decoding::Text => ("text", wrap),
                    Decoding::Bytes => ("bytes", wrap),
                    Decoding::Empty => ("empty", empty),
                };
                let error = if success { "" } else { "_error" };
                let status = literal(&response.status.to_string());
                decoders.push((rank, format!("{kind}{error} {status} {value},")));
            }
        }
        // exact statuses first, then ranges, then `default`
        decoders.sort_by_key(|(rank, _)| *rank);
        decoders.iter().for_each(|(_, decoder)| code.line(decoder));
    }

    /// Writes an enum for several successes, and one for several errors.
    pub(super) fn enums(&self, feature: &str, code: &mut Code) {
        for (responses, suffix, what) in
            [(&self.successes, "Success", "success responses"), (&self.errors, "Error", "error responses")]
        {
            if responses.len() < 2 {
                continue;
            }
            code.docs(&[format!(" Documented {what} of {}.", docs::code(&self.operation.id))]);
            code.attribute(feature);
            code.line("#[derive(Clone, Debug)]");
            code.line("#[non_exhaustive]");
            code.open(&format!("pub enum {}", self.enum_name(suffix)));
            for response in responses {
                code.docs(&[docs::labelled(&response.status.to_string(), &response.description)]);
                let variant = naming::status_variant(response.status);
                match response.decoding {
                    Decoding::Empty => code.line(&format!("{variant},")),
                    _ => code.line(&format!("{variant}({}),", body_type(response))),
                }
            }
            code.close("");
        }
    }
}

/// Lists statuses. The descriptions of several are in the documentation of their enum.
fn list(responses: &[&Response]) -> String {
    let one = |response: &&Response| match docs::line(&response.description) {
        description if description.is_empty() || responses.len() > 1 => response.status.to_string(),
        description => format!("{} ({description})", response.status),
    };
    if responses.is_empty() {
        return "none".to_owned();
    }
    responses.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Returns the Rust type of a response body.
pub(super) fn body_type(response: &Response) -> String {
    match (response.decoding, &response.body) {
        (Decoding::Json, Some(name)) => format!("types::{name}"),
        (Decoding::Json, None) => "::serde_json::Value".to_owned(),
        (Decoding::Text, _) => "::std::string::String".to_owned(),
        (Decoding::Bytes, _) => "::std::vec::Vec<u8>".to_owned(),
        (Decoding::Empty, _) => "()".to_owned(),
    }
}
