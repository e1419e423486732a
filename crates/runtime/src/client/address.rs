//! Server addresses: https, or plain http for loopback addresses.

use reqwest::Url;

/// Returns the base URL of an address: a host, `host:port`, or an `http(s)://` URL, which may have a path.
///
/// URL parsers are lenient: with missing slashes, backslashes, escapes or numbers, the parsed host can differ from the
/// one a person reads. This function returns an error unless the host is the one in the text.
///
/// # Errors
/// When the address is invalid, or http to another machine is not allowed: the reason as a predicate.
pub(crate) fn base_url(address: &str, allow_plain_http: bool) -> Result<Url, &'static str> {
    let refuse = Err::<Url, &str>;
    if address.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return refuse("contains white space or control characters");
    }
    if address.contains(['{', '}']) {
        return refuse("contains a placeholder in braces, such as {host}");
    }
    if address.contains('\\') {
        return refuse("contains a backslash");
    }
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return refuse("contains credentials");
    }
    if !authority.is_ascii() {
        return refuse("has a host that is not ASCII; its Punycode form begins with xn--");
    }
    let Ok(url) = Url::parse(&format!("{scheme}://{rest}")) else {
        return refuse(NO_HOST);
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&url) => {}
        "http" => {
            return refuse("uses http, which sends credentials unencrypted and is allowed for loopback addresses only");
        }
        _ => return refuse("has a scheme other than https (http is allowed for loopback addresses)"),
    }
    if !is_as_written(authority, &url) {
        return refuse(NO_HOST);
    }
    if has_query_or_fragment(&url) {
        return refuse(HAS_QUERY);
    }
    Ok(url)
}

/// Returns the URL of a server of the document: an absolute URL, or one relative to `document`.
///
/// # Errors
/// Same as [`base_url`].
pub(crate) fn documented_url(url: &str, document: &Url, allow_plain_http: bool) -> Result<Url, &'static str> {
    if url.starts_with("//") {
        return base_url(&format!("{}:{url}", document.scheme()), allow_plain_http);
    }
    // only `base_url` rejects what a URL parser corrects, such as backslashes and missing slashes
    if url.chars().any(|c| c.is_whitespace() || c.is_control() || "{}\\".contains(c)) || Url::parse(url).is_ok() {
        return base_url(url, allow_plain_http);
    }
    match document.join(url) {
        Ok(url) if has_query_or_fragment(&url) => Err(HAS_QUERY),
        Ok(url) => Ok(url),
        Err(_) => Err(NO_HOST),
    }
}

fn has_query_or_fragment(url: &Url) -> bool {
    url.query().is_some() || url.fragment().is_some()
}

const HAS_QUERY: &str = "has a query or fragment";

const NO_HOST: &str = "is not a host name or URL such as api.example.com";

/// Returns whether a URL's host is the one in the text of its authority.
fn is_as_written(authority: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let bracket = authority.rfind(']').map_or(0, |at| at + 1);
    let (written, port) = match authority.get(bracket..).and_then(|rest| rest.find(':')) {
        Some(at) => (&authority[..bracket + at], Some(&authority[bracket + at + 1..])),
        None => (authority, None),
    };
    let number = |text: &str| text.strip_prefix('[')?.strip_suffix(']')?.parse::<std::net::Ipv6Addr>().ok();
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = match number(host) {
        Some(address) => number(written) == Some(address),
        None => !host.is_empty() && written.eq_ignore_ascii_case(host),
    };
    is_host && port.is_none_or(is_port)
}

/// Returns whether the host is `localhost` or a loopback IP address.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_https_and_loopback_http() {
        for (address, url) in [
            ("api.example.com", "https://api.example.com/"),
            ("localhost:8443", "https://localhost:8443/"),
            ("https://a.example/stem", "https://a.example/stem"),
            ("HTTPS://A.Example:443/Stem", "https://a.example/Stem"),
            ("a.example./x", "https://a.example./x"),
            ("xn--bcher-kva.example", "https://xn--bcher-kva.example/"),
            ("https://192.0.2.1:1", "https://192.0.2.1:1/"),
            ("[2001:DB8:0::1]:8443", "https://[2001:db8::1]:8443/"),
            ("http://127.0.0.1:9999", "http://127.0.0.1:9999/"),
            ("http://[::1]:1", "http://[::1]:1/"),
            ("http://localhost", "http://localhost/"),
        ] {
            assert_eq!(base_url(address, false).map(String::from).ok().as_deref(), Some(url), "{address}");
        }
        assert!(base_url("http://example.com", true).is_ok());
    }

    #[test]
    fn rejects_unsafe_and_ambiguous_addresses() {
        let (host, space, braces, slash) = ("host name or URL", "white space", "placeholder", "backslash");
        let ascii = "not ASCII";
        for (address, reason) in [
            ("", host),
            ("https://", host),
            ("https:///a.example", host),
            ("//a.example", host),
            ("/v1", host),
            ("https:/a.example", host),
            ("https:a.example", host),
            ("https://https://a.example", host),
            ("https:\\\\a.example", slash),
            ("https:/\\a.example", slash),
            ("https://a.example\\@b.example", slash),
            ("https://{region}.x", braces),
            ("https://a.example/{version}", braces),
            ("{host}", braces),
            (" ", space),
            (" https://a.example", space),
            ("https://a.example\n", space),
            ("https://a\t.example", space),
            ("https://a.example\0", space),
            ("https://a\u{a0}.example", space),
            ("https://user:pw@x.example", "credentials"),
            ("https://@x.example", "credentials"),
            ("user@x.example", "credentials"),
            ("https://x.example?a=b", "query"),
            ("https://x.example#a", "query"),
            ("https://x.example:", host),
            ("https://x.example:65536", host),
            ("https://x.example:+1", host),
            ("https://:443", host),
            ("https://%61.example", host),
            ("https://bücher.example", ascii),
            ("https://ａ.example", ascii),
            ("https://a。example", ascii),
            ("https://a\u{ad}b.example", ascii),
            ("https://2130706433", host),
            ("https://0x7f.1", host),
            ("https://127.1", host),
            ("https://[::1", host),
            ("https://[::1]x", host),
            ("http://example.com", "uses http"),
            ("http://127.0.0.1.evil.example", "uses http"),
            ("http://127.1", host),
            ("ftp://x", "scheme other than https"),
            ("file:///etc/passwd", "scheme other than https"),
            ("javascript://x", "scheme other than https"),
        ] {
            let refused = base_url(address, false).unwrap_err().to_string();
            assert!(refused.contains(reason), "{address:?}: {refused}");
        }
    }

    #[test]
    fn urls_of_the_document_are_relative_to_it() {
        let document = Url::parse("https://a.example/v1").unwrap();
        for (url, expected) in [
            ("", "https://a.example/v1"),
            ("/", "https://a.example/"),
            ("/v2", "https://a.example/v2"),
            ("v2", "https://a.example/v2"),
            ("../x/../v2", "https://a.example/v2"),
            ("//b.example/v2", "https://b.example/v2"),
            ("https://b.example/v2", "https://b.example/v2"),
        ] {
            assert_eq!(documented_url(url, &document, false).map(String::from), Ok(expected.to_owned()), "{url}");
        }
        for (url, reason) in [
            ("/v2?a", HAS_QUERY),
            ("/v2#a", HAS_QUERY),
            ("https:/b.example", NO_HOST),
            ("https:b.example", NO_HOST),
            ("///b.example", NO_HOST),
            ("/\\b.example", "contains a backslash"),
            ("/{version}", "contains a placeholder in braces, such as {host}"),
            ("/ v2", "contains white space or control characters"),
            ("//me@b.example", "contains credentials"),
        ] {
            assert_eq!(documented_url(url, &document, false), Err(reason), "{url}");
        }
        assert!(documented_url("http://b.example", &document, false).is_err_and(|reason| reason.contains("http")));
        assert!(documented_url("http://b.example", &document, true).is_ok());
    }

    proptest! {
        #[test]
        fn the_host_is_the_one_in_the_text(
            pieces in prop::collection::vec(prop_oneof![
                Just("https://"), Just("https:/"), Just("http://"), Just("//"), Just("/"), Just("\\"), Just(":"),
                Just("@"), Just("a.example"), Just("127.0.0.1"), Just("0x7f"), Just("%2e"), Just("."), Just("?"),
                Just("#"), Just("8443"), Just("{a}"), Just("\t"), Just(" "), Just("é"), Just("。"), Just("[::1]"),
                Just("xn--"), Just("LOCALHOST"), Just("\u{200b}"),
            ], 1..6)
        ) {
            let address = pieces.concat();
            if let Ok(url) = base_url(&address, true) {
                let rest = address.strip_prefix("https://").or(address.strip_prefix("http://")).unwrap_or(&address);
                let end = if rest.starts_with('[') { rest.find(']').map_or(0, |at| at + 1) } else { 0 };
                let end = rest[end..].find(['/', ':']).map_or(rest.len(), |at| end + at);
                prop_assert_eq!(url.host_str(), Some(&*rest[..end].to_lowercase()), "{}", address);
                prop_assert!(url.username().is_empty() && url.password().is_none());
            }
        }
    }
}
