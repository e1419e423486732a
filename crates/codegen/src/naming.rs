//! Idiomatic Rust names for the names of a document.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization as _;

use openapi::Status;

/// Words with inner capitals, which are not to be split at these.
const WORDS: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("oAuth", "oauth"),
    ("OpenAPI", "Openapi"),
    ("OpenId", "Openid"),
    ("OpenID", "Openid"),
    ("IoT", "Iot"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("WiFi", "Wifi"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("WebHook", "Webhook"),
    ("openAPI", "openapi"),
    ("MySQL", "Mysql"),
    ("PostgreSQL", "Postgresql"),
    ("LoRaWAN", "Lorawan"),
];

/// `createOAuthClient` → `create_oauth_client`.
pub(crate) fn snake(name: &str) -> String {
    let mut name = words(name);
    for (word, plain) in WORDS {
        name = name.replace(word, plain);
    }
    leading(&name.to_snake_case(), "n_")
}

/// Returns the name that progenitor gives a parameter: split at every capital.
pub(crate) fn snake_plain(name: &str) -> String {
    leading(&identifier_text(name).to_snake_case(), "n_")
}

/// `create-OAuth-client` → `CreateOAuthClient`, in the form that typify leaves unchanged.
pub(crate) fn pascal(name: &str) -> String {
    // `a b` → `AB` → `Ab`: the conversion is stable only after the second time
    let name = leading(&words(name).to_upper_camel_case().to_upper_camel_case(), "N");
    if name == "Self" { "SelfType".to_owned() } else { name }
}

/// Returns the name of the type of an inline property: the name of its owner, then its own.
pub(crate) fn child(owner: &str, property: &str) -> String {
    pascal(&format!("{owner} {property}"))
}

/// `RedirectUrls` → `RedirectUrl`. A name that is no plural gets the suffix `Item`.
pub(crate) fn singular(pascal: &str) -> String {
    match pascal.strip_suffix('s') {
        // without its `s` the name may split differently: `TaxIDs` becomes `TaxId`
        Some(one) if one.len() > 1 && !one.ends_with(['s', 'u', 'i']) => self::pascal(one),
        _ => child(pascal, "Item"),
    }
}

/// Returns the variant of a status: 404 → `NotFound`.
pub(crate) fn status_variant(status: Status) -> String {
    let reason = match status {
        Status::Default => "Default",
        Status::Range(1) => "Informational",
        Status::Range(2) => "Success",
        Status::Range(3) => "Redirection",
        Status::Range(4) => "ClientError",
        Status::Range(_) => "ServerError",
        Status::Code(code) => return code_variant(code),
    };
    reason.to_owned()
}

/// Returns the reason phrase of a status as a name: `NotFound`.
fn code_variant(code: u16) -> String {
    let status = http::StatusCode::from_u16(code).ok();
    let reason = status.and_then(|status| status.canonical_reason());
    reason.map_or_else(|| format!("Status{code}"), |reason| reason.replace('\'', "").to_upper_camel_case())
}

/// Whether the name has a character that identifiers can have.
pub(crate) fn has_words(name: &str) -> bool {
    !identifier_text(name).trim().is_empty()
}

/// Returns an identifier for a name. A keyword gets a `_`, as typify's fields do.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    // a keyword since the edition of generated crates
    let is_keyword = name == "gen" || syn::parse_str::<syn::Ident>(name).is_err();
    let name = if is_keyword { format!("{name}_") } else { name.to_owned() };
    proc_macro2::Ident::new(&name, proc_macro2::Span::call_site())
}

/// Returns the identifier characters of a name, with acronyms and plurals capitalized as words.
fn words(name: &str) -> String {
    plain_plurals(&identifier_text(name)).replace("iOS", "Ios").replace("macOS", "Macos")
}

/// `listURLs` → `listUrls`: an acronym and its plural `s` are one word.
fn plain_plurals(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let capitals = letters[at..].iter().take_while(|letter| letter.is_uppercase()).count();
        let ends = letters.get(at + capitals + 1).is_none_or(|next| !next.is_lowercase());
        if capitals > 1 && letters.get(at + capitals) == Some(&'s') && ends {
            out.push(*letter);
            out.extend(letters[at + 1..=at + capitals].iter().flat_map(|letter| letter.to_lowercase()));
            at += capitals + 1;
        } else {
            out.extend(&letters[at..at + capitals.max(1)]);
            at += capitals.max(1);
        }
    }
    out
}

/// Returns the name in NFKC, with every character that identifiers cannot have replaced by a space.
fn identifier_text(name: &str) -> String {
    name.nfkc().map(|c| if c.is_alphanumeric() && is_xid_continue(c) { c } else { ' ' }).collect()
}

/// Adds `prefix` unless the name begins as identifiers can. Changing case may have decomposed letters.
fn leading(name: &str, prefix: &str) -> String {
    let name: String = name.nfkc().collect();
    if name.starts_with(is_xid_start) { name } else { format!("{prefix}{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_statuses_by_reason_phrase() {
        for (code, name) in [
            (200, "Ok"),
            (203, "NonAuthoritativeInformation"),
            (207, "MultiStatus"),
            (413, "PayloadTooLarge"),
            (414, "UriTooLong"),
            (418, "ImATeapot"),
            (505, "HttpVersionNotSupported"),
            (299, "Status299"),
        ] {
            assert_eq!(status_variant(Status::Code(code)), name);
        }
    }

    #[test]
    fn names_are_idiomatic() {
        for (name, snake_name, pascal_name) in [
            ("createOAuthClient", "create_oauth_client", "CreateOAuthClient"),
            ("OAuthClient", "oauth_client", "OAuthClient"),
            ("listDevices_v2", "list_devices_v2", "ListDevicesV2"),
            ("get /a/b", "get_a_b", "GetAb"),
            ("2fa", "n_2fa", "N2fa"),
            ("", "n_", "N"),
            ("redirectUrls", "redirect_urls", "RedirectUrls"),
            ("redirectURLs", "redirect_urls", "RedirectUrls"),
            ("listAPIKeys", "list_api_keys", "ListApiKeys"),
            ("getURLsByID", "get_urls_by_id", "GetUrlsById"),
            ("userIDs", "user_ids", "UserIds"),
            ("HTTPSProxy", "https_proxy", "HttpsProxy"),
            ("getHTTPStatus", "get_http_status", "GetHttpStatus"),
            ("XMLHTTPRequest", "xmlhttp_request", "XmlhttpRequest"),
            ("iOSDevice", "ios_device", "IosDevice"),
            ("list_macOS_hosts", "list_macos_hosts", "ListMacosHosts"),
            ("IPv4Address", "ipv4_address", "IPv4Address"),
            ("IoTDevice", "iot_device", "IoTDevice"),
            ("deviceIoTHub", "device_iot_hub", "DeviceIoTHub"),
            ("OpenIDConnect", "openid_connect", "OpenIdConnect"),
            ("MQTTTopics", "mqtt_topics", "MqttTopics"),
            ("openAPISpec", "openapi_spec", "OpenApiSpec"),
            ("JWT", "jwt", "Jwt"),
            ("oauth2Token", "oauth2_token", "Oauth2Token"),
            ("OAuth2Token", "oauth2_token", "OAuth2Token"),
            ("CPUs", "cpus", "Cpus"),
            ("US", "us", "Us"),
            ("statusOKs_a", "status_oks_a", "StatusOksA"),
        ] {
            assert_eq!((snake(name).as_str(), pascal(name).as_str()), (snake_name, pascal_name));
        }
        assert_eq!(child("Book", "self"), "BookSelf");
        assert_eq!(singular("RedirectUrls"), "RedirectUrl");
        assert_eq!(singular("TaxIDs"), "TaxId");
        assert_eq!(singular("Address"), "AddressItem");
        assert_eq!(singular("Status"), "StatusItem");
        assert_eq!(singular("Data"), "DataItem");
    }

    #[test]
    fn escapes_keywords() {
        for name in ["type", "self", "Self", "crate", "async", "gen", "try", "_"] {
            assert_eq!(ident(name).to_string(), format!("{name}_"));
        }
        assert_eq!(ident("name").to_string(), "name");
    }
}
