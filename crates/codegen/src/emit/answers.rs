//! How the responses of an operation are decoded by status, and the enums for operations that have several.

use openapi::Status;

use crate::{
    code::Code,
    docs,
    model::{Decoding, Operation, Response},
    naming,
};

const IDENTITY: &str = "::std::convert::identity";

/// The documented responses of an operation: successes and errors.
pub(super) struct Responses<'a> {
    operation: &'a Operation,
    successes: Vec<&'a Response>,
    errors: Vec<&'a Response>,
}

impl<'a> Responses<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        // `default` stands for every status that is not listed: for errors, and for success where none is listed
        let (successes, errors): (Vec<_>, Vec<_>) =
            operation.responses.iter().partition(|response| response.status.is_success());
        let default =
            errors.iter().copied().filter(|response| response.status == Status::Default && successes.is_empty());
        Self { operation, successes: default.chain(successes.iter().copied()).collect(), errors }
    }

    pub(super) fn describe(&self) -> String {
        let one = |response: &&Response| {
            let description = docs::line(&response.description);
            format!("{} ({})", response.status, if description.is_empty() { "no description" } else { &description })
        };
        let list = |responses: &[&Response]| responses.iter().map(one).collect::<Vec<_>>().join(", ");
        format!(
            "Documented success: {}. Documented errors: {}.",
            or_none(list(&self.successes)),
            or_none(list(&self.errors))
        )
    }

    /// Whether a success has a body, or is one of several.
    pub(super) fn have_content(&self) -> bool {
        self.successes.len() > 1 || self.successes.iter().any(|response| response.decoding != Decoding::Empty)
    }

    pub(super) fn success_type(&self) -> String {
        match self.successes.as_slice() {
            // an operation that documents errors only can succeed too
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

    /// Writes the arms that decode by status.
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
        // exact statuses first, then ranges, then the rest
        arms.sort_by_key(|(rank, _)| *rank);
        arms.iter().for_each(|(_, arm)| code.line(arm));
    }

    /// Writes the enums of several successes, and of several errors.
    pub(super) fn enums(&self, code: &mut Code) {
        for (responses, suffix, what) in
            [(&self.successes, "Success", "Documented successes"), (&self.errors, "Error", "Documented errors")]
        {
            if responses.len() < 2 {
                continue;
            }
            code.docs(&[format!(" {what} of {}.", docs::code(&self.operation.id))]);
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

fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_owned() } else { text }
}

/// The match pattern of a status, and its rank: exact, range, default.
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

/// The Rust type of a response's body.
pub(super) fn body_type(response: &Response) -> String {
    match (response.decoding, &response.body) {
        (Decoding::Json, Some(name)) => format!("types::{name}"),
        (Decoding::Json, None) => "::serde_json::Value".to_owned(),
        (Decoding::Text, _) => "::std::string::String".to_owned(),
        (Decoding::Bytes, _) => "::std::vec::Vec<u8>".to_owned(),
        (Decoding::Empty, _) => "()".to_owned(),
    }
}
