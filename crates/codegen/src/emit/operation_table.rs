//! The operation table: what the document says of each operation beyond its types, as constants.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::{Model, Operation, Parameter, Requirement, Response, Server},
    naming,
};

/// The constants `OPERATIONS` and `SERVERS`, and what the document calls itself.
pub(crate) fn operation_table(model: &Model, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let rows = model.operations.iter().map(|operation| row(operation, settings));
    let servers = model.servers.iter().map(|each| server(each, settings));
    let (title, version, count) = (&model.title, &model.version, model.operations.len());
    let mut lines = vec![" Every operation of the document, in its order.".to_owned()];
    let named =
        |heading: &str, entries: &[(String, String)], lines: &mut Vec<String>| {
            let mut entries = entries.iter().filter(|(_, description)| !description.is_empty()).peekable();
            if entries.peek().is_some() {
                lines.extend([String::new(), format!(" {heading}:"), String::new()]);
                lines.extend(entries.map(|(name, description)| {
                    format!(" - `{name}`:{}", docs_lines(description).replace('\n', "\n  "))
                }));
            }
        };
    named("Security schemes", &model.schemes, &mut lines);
    named("Tags", &model.tags, &mut lines);
    let docs = attributes(&lines);
    quote! {
        /// `info.title` of the document.
        pub const TITLE: &str = #title;
        /// `info.version` of the document.
        pub const VERSION: &str = #version;
        #docs
        pub static OPERATIONS: [#runtime::Operation; #count] = [#(#rows),*];
        /// The servers of the document.
        pub static SERVERS: &[#runtime::Server] = &[#(#servers),*];
    }
}

fn row(operation: &Operation, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let Operation { id, name, method, path, tags, deprecated, .. } = operation;
    let responses = operation.responses.iter().map(|each| response(each, settings));
    let parameters: Vec<_> = operation.parameters.iter().map(|each| parameter(each, &quote! { #runtime })).collect();
    let parameters = (!parameters.is_empty()).then(|| quote! { .with_parameters(&[#(#parameters),*]) });
    let security = operation.security.iter().map(|alternative| {
        let requirements = alternative.iter().map(|each| requirement(each, settings));
        quote! { &[#(#requirements),*] }
    });
    quote! {
        #runtime::Operation::new(#id, #name, #method, #path)
            .tagged(&[#(#tags),*], #deprecated)
            .secured(&[#(#security),*])
            #parameters
            .answered(&[#(#responses),*])
    }
}

fn requirement(requirement: &Requirement, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let Requirement { name, kind, scheme, bearer_format, location, header, scopes } = requirement;
    let scheme = match (kind.as_str(), scheme.as_str()) {
        ("http", "basic") => quote! { #runtime::Scheme::Basic },
        ("http", "bearer") => {
            let format = option(bearer_format.as_deref());
            quote! { #runtime::Scheme::Bearer { format: #format } }
        }
        ("apiKey", _) => {
            let location = format_ident!("{}", naming::pascal(location));
            quote! { #runtime::Scheme::ApiKey { location: #runtime::Location::#location, name: #header } }
        }
        ("oauth2" | "openIdConnect", _) => quote! { #runtime::Scheme::Bearer { format: None } },
        _ => quote! { #runtime::Scheme::Other { kind: #kind } },
    };
    quote! { #runtime::Requirement { name: #name, scheme: #scheme, scopes: &[#(#scopes),*] } }
}

pub(super) fn parameter(parameter: &Parameter, runtime: &TokenStream) -> TokenStream {
    let name = &parameter.name;
    let location = format_ident!("{}", naming::pascal(&parameter.location));
    let style = format_ident!("{}", naming::pascal(&parameter.style));
    let mut marks = TokenStream::new();
    if parameter.explode {
        marks.extend(quote! { .exploded() });
    }
    if parameter.required {
        marks.extend(quote! { .required() });
    }
    if parameter.allow_reserved {
        marks.extend(quote! { .allowing_reserved() });
    }
    if let Some(content_type) = &parameter.content_type {
        marks.extend(quote! { .with_content(#content_type) });
    }
    quote! { #runtime::Parameter::new(#name, #runtime::Location::#location, #runtime::Style::#style)#marks }
}

fn response(response: &Response, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let Response { status, description, content_type, body, headers, .. } = response;
    let (content_type, body) = (option(content_type.as_deref()), option(body.as_deref()));
    let headers = headers.iter().map(|(name, required, description)| {
        quote! { #runtime::Header { name: #name, required: #required, description: #description } }
    });
    quote! { #runtime::Response { status: #status, content_type: #content_type, body: #body, description: #description, headers: &[#(#headers),*] } }
}

fn server(server: &Server, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let Server { url, description, variables } = server;
    let variables = variables.iter().map(|(name, default, values, description)| {
        quote! { #runtime::Variable { name: #name, default: #default, values: &[#(#values),*], description: #description } }
    });
    quote! { #runtime::Server { url: #url, description: #description, variables: &[#(#variables),*] } }
}

pub(super) fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
