//! Credentials of a client, and of one attempt.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::{
    super::{
        metadata::{
            location::Location,
            operation::Operation,
            security::{Requirement, Scheme},
        },
        values::secret::Secret,
    },
    error::{Error, Kind},
    percent::encoded,
    token_cache::TokenCache,
};

pub(crate) enum Bearer {
    Fixed(Secret),
    Fetched(TokenCache),
}

/// Credentials of a client.
pub(crate) struct Credentials {
    pub(crate) bearer: Option<Bearer>,
    pub(crate) basic: Option<HeaderValue>,
    pub(crate) api_keys: BTreeMap<String, Secret>,
}

/// Credentials of one attempt.
#[derive(Default)]
pub(crate) struct AttemptCredentials {
    headers: HeaderMap,
    /// `name=value`, percent-encoded.
    query: Vec<String>,
    cookies: Vec<String>,
    /// The fetched token, if there is one. A 401 invalidates it.
    pub(crate) fetched: Option<Arc<Secret>>,
}

impl Credentials {
    /// Returns the first security alternative that the client has all credentials for. It is empty if a call needs
    /// none.
    pub(crate) fn requirements<E>(&self, operation: &'static Operation) -> Result<&'static [Requirement], Error<E>> {
        // an empty alternative allows calls without credentials; it is used last
        let (named, anonymous): (Vec<&[Requirement]>, Vec<&[Requirement]>) =
            operation.security.iter().copied().partition(|alternative| !alternative.is_empty());
        let has_all = |alternative: &&[Requirement]| alternative.iter().all(|requirement| self.has(requirement));
        match named.iter().copied().find(has_all) {
            Some(alternative) => Ok(alternative),
            None if named.is_empty() || !anonymous.is_empty() => Ok(&[]),
            None => Err(Error::new(operation, Kind::NoCredentials { needs: needs(operation) })),
        }
    }

    /// Returns the credentials for a security alternative. `refused` is the token that the server rejected.
    pub(crate) async fn of_attempt<E>(
        &self,
        operation: &'static Operation,
        requirements: &[Requirement],
        refused: Option<&Arc<Secret>>,
    ) -> Result<AttemptCredentials, Error<E>> {
        let mut credential = AttemptCredentials::default();
        for requirement in requirements {
            self.add(operation, requirement, refused, &mut credential).await?;
        }
        Ok(credential)
    }

    /// Returns whether the client has credentials for a requirement.
    fn has(&self, requirement: &Requirement) -> bool {
        match requirement.scheme {
            Scheme::Bearer { .. } => self.bearer.is_some(),
            Scheme::Basic => self.basic.is_some(),
            Scheme::ApiKey { .. } => self.api_keys.contains_key(requirement.name),
            Scheme::Other { .. } => false,
        }
    }

    async fn add<E>(
        &self,
        operation: &'static Operation,
        requirement: &Requirement,
        refused: Option<&Arc<Secret>>,
        credential: &mut AttemptCredentials,
    ) -> Result<(), Error<E>> {
        match (requirement.scheme, &self.bearer) {
            (Scheme::Bearer { .. }, Some(Bearer::Fixed(token))) => {
                credential.headers.extend(bearer_header(token).map(|header| (AUTHORIZATION, header)));
            }
            (Scheme::Bearer { .. }, Some(Bearer::Fetched(cache))) => {
                let token = match refused {
                    None => cache.token().await,
                    Some(refused) => cache.token_other_than(Some(refused)).await,
                }
                .map_err(|failure| Error::new(operation, Kind::Token(failure)))?;
                let Some(header) = bearer_header(&token) else {
                    let reason = "the token endpoint issued a token with characters that are not allowed in a header";
                    return Err(Error::new(operation, Kind::Token(Arc::from(Box::from(reason)))));
                };
                credential.headers.insert(AUTHORIZATION, header);
                credential.fetched = Some(token);
            }
            (Scheme::Basic, _) => {
                credential.headers.extend(self.basic.clone().map(|header| (AUTHORIZATION, header)));
            }
            (Scheme::ApiKey { location, name }, _) => {
                let Some(key) = self.api_keys.get(requirement.name) else { return Ok(()) };
                match location {
                    Location::Header => {
                        let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(sensitive(key.expose_secret()));
                        credential.headers.extend(header);
                    }
                    Location::Cookie => credential.cookies.push(pair(name, key)),
                    Location::Query | Location::Path => credential.query.push(pair(name, key)),
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn pair(name: &str, key: &Secret) -> String {
    format!("{}={}", encoded(name), encoded(key.expose_secret()))
}

impl AttemptCredentials {
    /// Returns path and query of a request, with the credentials that are sent in the query.
    pub(crate) fn target(&self, target: &str) -> String {
        let mut target = target.to_owned();
        for pair in &self.query {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(pair);
        }
        target
    }

    /// Merges the headers of every call, those of this call, and the credentials that are sent in headers and cookies.
    pub(crate) fn headers(&self, of_every: &HeaderMap, of_this: &HeaderMap) -> HeaderMap {
        let mut headers = of_every.clone();
        headers.extend(of_this.clone());
        headers.extend(self.headers.clone());
        if !self.cookies.is_empty() {
            let own = headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let all: Vec<_> = own.into_iter().chain(self.cookies.iter().cloned()).collect();
            if let Some(value) = sensitive(&all.join("; ")) {
                headers.insert(COOKIE, value);
            }
        }
        headers
    }
}

/// Describes the credentials that an operation requires, for an error.
fn needs(operation: &Operation) -> String {
    let one = |requirement: &Requirement| match requirement.scheme {
        Scheme::Basic => "a user name and password (HTTP Basic)".to_owned(),
        Scheme::Bearer { .. } => "a bearer token".to_owned(),
        Scheme::ApiKey { .. } => format!("an API key (`{}`)", requirement.name),
        Scheme::Other { kind } => format!("{} ({kind}, which is not supported)", requirement.name),
    };
    operation
        .security
        .iter()
        .map(|alternative| alternative.iter().map(one).collect::<Vec<_>>().join(" and "))
        .collect::<Vec<_>>()
        .join(", or ")
}

pub(crate) fn bearer_header(token: &Secret) -> Option<HeaderValue> {
    sensitive(&format!("Bearer {}", token.expose_secret()))
}

pub(crate) fn basic_header(user: &str, password: &Secret) -> HeaderValue {
    let encoded = BASE64_STANDARD.encode(format!("{user}:{}", password.expose_secret()));
    // base64 is always a valid header value
    sensitive(&format!("Basic {encoded}")).unwrap_or(HeaderValue::from_static("Basic"))
}

pub(crate) fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_a_sensitive_header() {
        assert_eq!(format!("{:?}", basic_header("me", &Secret::from("topsecret"))), "Sensitive");
    }
}
