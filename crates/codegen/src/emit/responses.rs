//! Decoding of an operation's responses by status, and enums for operations that document several responses.

use openapi::Status;

use crate::{
    code::Code,
    docs,
    model::{Decoding, Operation, Response},
    naming,
};

const IDENTITY: &str = "::std::convert::identity";

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

    /// Lists the documented errors for rustdoc, such as `403 (Forbidden), 404`; `none` if there are none.
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

    /// Writes the match arms that decode a response by its status.
    pub(super) fn arms(&self, code: &mut Code) {
        let mut arms = Vec::new();
        if self.successes.is_empty() {
            arms.push((2, format!("200..=299 => response.bytes({IDENTITY}),")));
        }
        for (responses, suffix, success) in [(&self.successes, "Success", true), (&self.errors, "Error", false)] {
            for response in responses {
                let (rank, pattern) = pattern(response.status, success);
                let (wrap, empty) = if responses.len() == 1 {
                    (IDENTITY.to_owned(), "()".to_owned())
                } else {
                    let variant = format!("{}::{}", self.enum_name(suffix), naming::status_variant(response.status));
                    (variant.clone(), variant)
                };
                let decode = match (response.decoding, success) {
                    (Decoding::Json, true) => format!("response.json({wrap}).await"),
                    (Decoding::Text, true) => format!("response.text({wrap})"),
                    (Decoding::Bytes, true) => format!("response.bytes({wrap})"),
                    (Decoding::Empty, true) => format!("response.empty({empty})"),
                    (Decoding::Json, false) => format!("Err(response.json_error({wrap}).await)"),
                    (Decoding::Text, false) => format!("Err(response.text_error({wrap}))"),
                    (Decoding::Bytes, false) => format!("Err(response.bytes_error({wrap}))"),
                    (Decoding::Empty, false) => format!("Err(response.empty_error({empty}))"),
                };
                arms.push((rank, format!("{pattern} => {decode},")));
            }
        }
        // exact statuses first, then ranges, then `default`
        arms.sort_by_key(|(rank, _)| *rank);
        arms.iter().for_each(|(_, arm)| code.line(arm));
    }

    /// Writes an enum for several successes, and one for several errors.
    pub(super) fn enums(&self, code: &mut Code) {
        for (responses, suffix, what) in
            [(&self.successes, "Success", "success responses"), (&self.errors, "Error", "error responses")]
        {
            if responses.len() < 2 {
                continue;
            }
            code.docs(&[format!(" Documented {what} of {}.", docs::code(&self.operation.id))]);
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

fn list(responses: &[&Response]) -> String {
    let one = |response: &&Response| match docs::line(&response.description) {
        description if description.is_empty() => response.status.to_string(),
        description => format!("{} ({description})", response.status),
    };
    if responses.is_empty() {
        return "none".to_owned();
    }
    responses.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Returns the match pattern of a status, after its rank: 0 is an exact status, 1 a range, 2 and 3 `default`.
fn pattern(status: Status, success: bool) -> (u8, String) {
    match status {
        Status::Code(code) => (0, code.to_string()),
        Status::Range(class) => {
            let from = u16::from(class) * 100;
            (1, format!("{from}..={}", from + 99))
        }
        Status::Default if success => (2, "200..=299".to_owned()),
        Status::Default => (3, "100..=199 | 300..=999".to_owned()),
    }
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
