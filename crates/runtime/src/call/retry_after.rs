//! The `Retry-After` header.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// Maximum wait: a year, so that sums with it cannot overflow.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);

/// Returns the wait of `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. A date is relative to the `Date` header of
/// the response, because the clocks of client and server may differ, or to `now` if there is none.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let value = text(RETRY_AFTER)?;
    let wait = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let date = httpdate::parse_http_date(value).ok()?;
            let from = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
            // a date in the past is no wait
            date.duration_since(from).unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(pairs: &[(reqwest::header::HeaderName, &str)]) -> Option<u64> {
        let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
        let now = httpdate::parse_http_date("Fri, 31 Dec 1999 23:00:00 GMT").unwrap();
        retry_after(&headers.collect(), now).map(|wait| wait.as_secs())
    }

    #[test]
    fn parses_seconds_and_dates() {
        const DATE_AT: &str = "Fri, 31 Dec 1999 23:59:00 GMT";
        for (value, with_date, without) in [
            ("0", Some(0), Some(0)),
            (" 120 ", Some(120), Some(120)),
            ("18446744073709551615", Some(LONGEST.as_secs()), Some(LONGEST.as_secs())),
            ("Fri, 31 Dec 1999 23:59:59 GMT", Some(59), Some(3599)),
            ("Friday, 31-Dec-99 23:59:59 GMT", Some(59), Some(3599)),
            ("Fri Dec 31 23:59:59 1999", Some(59), Some(3599)),
            ("Fri, 31 Dec 1999 22:00:00 GMT", Some(0), Some(0)),
            ("Sat, 31 Dec 2033 23:59:59 GMT", Some(LONGEST.as_secs()), Some(LONGEST.as_secs())),
            ("-1", None, None),
            ("1.5", None, None),
            ("soon", None, None),
            ("", None, None),
        ] {
            assert_eq!(wait(&[(RETRY_AFTER, value), (DATE, DATE_AT)]), with_date, "{value}");
            assert_eq!(wait(&[(RETRY_AFTER, value), (DATE, "today")]), without, "{value}");
            assert_eq!(wait(&[(RETRY_AFTER, value)]), without, "{value}");
        }
        assert_eq!(wait(&[(DATE, DATE_AT)]), None);
    }
}
