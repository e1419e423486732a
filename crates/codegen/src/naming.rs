//! Names as a person writes them.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization as _;

use openapi::Status;

/// Words with capitals inside, which splitting at capitals would tear apart.
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

/// As progenitor names parameters: split at every capital.
pub(crate) fn snake_plain(name: &str) -> String {
    leading(&identifier_text(name).to_snake_case(), "n_")
}

/// `create-OAuth-client` → `CreateOAuthClient`, in the one form that typify leaves as it is.
pub(crate) fn pascal(name: &str) -> String {
    // a b → AB → Ab: only the second time does it stay
    let name = leading(&words(name).to_upper_camel_case().to_upper_camel_case(), "N");
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// The type of a property that has none of its own: its owner's name and its own.
pub(crate) fn child(owner: &str, property: &str) -> String {
    pascal(&format!("{owner} {property}"))
}

/// The variant that typify makes of an enum's value, near enough to know which values would collide.
pub(crate) fn variant(value: &str) -> String {
    let text: String = value.nfkc().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let name: String = text.to_upper_camel_case().nfkc().collect();
    if name.starts_with(|c: char| c.is_numeric()) { format!("X{name}") } else { name }
}

/// `Redirect URLs` → one of them: `RedirectUrl`; what has no plural gets `Item`.
pub(crate) fn singular(pascal: &str) -> String {
    match pascal.strip_suffix('s') {
        // what is left may be another word: TaxIDs without its s is TaxId
        Some(one) if one.len() > 1 && !one.ends_with(['s', 'u', 'i']) => self::pascal(one),
        _ => child(pascal, "Item"),
    }
}

/// The variant of a status: 404 → `NotFound`.
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

/// The reason phrase of a status as a name: `NotFound`.
fn code_variant(code: u16) -> String {
    let status = http::StatusCode::from_u16(code).ok();
    let reason = status.and_then(|status| status.canonical_reason());
    reason.map_or_else(|| format!("Status{code}"), |reason| reason.replace('\'', "").to_upper_camel_case())
}

/// Whether anything of the text can stand in an identifier.
pub(crate) fn has_words(name: &str) -> bool {
    !identifier_text(name).trim().is_empty()
}

/// An identifier from any text; keywords become raw identifiers where Rust has them.
pub(crate) fn ident(name: &str) -> proc_macro2::Ident {
    let span = proc_macro2::Span::call_site();
    if syn::parse_str::<syn::Ident>(name).is_ok() {
        return proc_macro2::Ident::new(name, span);
    }
    match name {
        "self" | "Self" | "super" | "crate" | "_" | "" => proc_macro2::Ident::new(&format!("{name}_"), span),
        _ => proc_macro2::Ident::new_raw(name, span),
    }
}

/// The text of an identifier in which every word can be seen by its first capital.
fn words(name: &str) -> String {
    plain_plurals(&identifier_text(name)).replace("iOS", "Ios").replace("macOS", "Macos")
}

/// `listURLs` → `listUrls`: with its plural an acronym is one word.
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

/// Only what identifiers can hold, composed as Unicode advises for identifiers; the rest separates words.
fn identifier_text(name: &str) -> String {
    name.nfkc().map(|c| if c.is_alphanumeric() && is_xid_continue(c) { c } else { ' ' }).collect()
}

/// The name with a beginning that identifiers can have. Changing capitals may have taken letters apart.
fn leading(name: &str, prefix: &str) -> String {
    let name: String = name.nfkc().collect();
    if name.starts_with(is_xid_start) { name } else { format!("{prefix}{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_named_by_their_reason_phrases() {
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
    fn reads_as_a_person_writes() {
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
    fn makes_an_identifier_of_any_word() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("name").to_string(), "name");
    }
}
