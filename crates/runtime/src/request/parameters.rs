//! Encoding of parameters by location and style.

use reqwest::header::{COOKIE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::{
    super::{
        call::percent::{ENCODED, NOT_IN_A_URL, encode},
        json::plain::plain,
        metadata::{location::Location, operation::Operation, parameter::Parameter},
        values::violation::Violation,
    },
    style::{Shape, in_path, in_query, joined, pairs, simple},
};

/// Collects and encodes the parameters of a call. Used by generated code.
#[doc(hidden)]
#[must_use]
pub struct Parameters {
    operation: &'static Operation,
    /// Path and constant query of the operation, with the path parameters that were added.
    target: String,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    violation: Option<Violation>,
}

/// Encoded parameters. Used by generated code.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct EncodedParameters {
    /// Path and query of the URL.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
}

impl Parameters {
    /// Returns a collection without parameters. A violation that was already found is an error of `encode`.
    pub fn of(operation: &'static Operation, violation: Option<Violation>) -> Self {
        Self {
            operation,
            // a fragment in a path only makes keys of `paths` distinct; requests have none
            target: operation.path.split('#').next().unwrap_or_default().to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            violation,
        }
    }

    /// Adds the value of the parameter at `index` in the operation table.
    pub fn add(mut self, index: usize, value: Option<&impl Serialize>) -> Self {
        let Some(parameter) = self.operation.parameters.get(index) else { return self };
        let added = match value {
            Some(value) => plain(value).and_then(|value| self.write(parameter, &value)),
            None if parameter.required => Err("is required".to_owned()),
            None => Ok(()),
        };
        if let Err(reason) = added {
            self.violation.get_or_insert_with(|| Violation::new(parameter.name, reason));
        }
        self
    }

    /// Encodes the parameters.
    ///
    /// # Errors
    /// When a required parameter is missing, or a value cannot be encoded.
    pub fn encode(mut self) -> Result<EncodedParameters, Violation> {
        if let Some(violation) = self.violation.take().or_else(|| self.dot_segment()) {
            return Err(violation);
        }
        // values are already encoded, and this set contains none of their characters
        let mut target = encode(&self.target, NOT_IN_A_URL);
        for part in &self.query {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(part);
        }
        if let Ok(value) = HeaderValue::from_str(&self.cookies.join("; "))
            && !self.cookies.is_empty()
        {
            self.headers.insert(COOKIE, value);
        }
        Ok(EncodedParameters { target, headers: self.headers })
    }

    fn write(&mut self, parameter: &Parameter, value: &Value) -> Result<(), String> {
        match parameter.location {
            Location::Path => {
                let text = in_path(parameter, value);
                if text.is_empty() {
                    return Err("is empty, so that the request would go to another path".to_owned());
                }
                self.target = self.target.replace(&format!("{{{}}}", parameter.name), &text);
            }
            Location::Query => self.query.extend(in_query(parameter, value)),
            Location::Cookie => self.cookies.extend(pairs(parameter, value, ENCODED).into_iter().map(joined)),
            Location::Header => {
                let text = simple(&Shape::of(parameter, value), parameter.explode, str::to_owned);
                let refused = |_| "contains characters that are not allowed in a header".to_owned();
                let name = HeaderName::from_bytes(parameter.name.as_bytes())
                    .map_err(|_| "is not a valid header name".to_owned())?;
                self.headers.insert(name, HeaderValue::from_str(&text).map_err(refused)?);
            }
        }
        Ok(())
    }

    /// Returns a violation if a path parameter makes a segment `.` or `..`, which URL parsers resolve to another path
    /// even if it is encoded.
    fn dot_segment(&self) -> Option<Violation> {
        let path = |text: &str| text.split(['?', '#']).next().unwrap_or_default().to_owned();
        let (template, filled) = (path(self.operation.path), path(&self.target));
        let mut segments = template.split('/').zip(filled.split('/'));
        let (template, found) =
            segments.find(|(template, filled)| template.contains('{') && [".", ".."].contains(filled))?;
        let name = template.split('{').nth(1)?.split('}').next()?;
        Some(Violation::new(name, format!("is `{found}`, so that the request would go to another path")))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::metadata::parameter::Style, *};
    use serde_json::json;

    const PLAIN: Parameter = Parameter::new("color", Location::Query, Style::Form);

    /// Returns the target of `GET path` with one parameter of this value, or the error.
    fn target(path: &'static str, parameter: Parameter, value: &Value) -> Result<String, String> {
        let parameters = Box::leak(Box::new([parameter]));
        let operation = Box::leak(Box::new(Operation::new("o", "o", "GET", path).with_parameters(parameters)));
        let encoded = Parameters::of(operation, None).add(0, Some(value)).encode();
        encoded.map(|encoded| encoded.target).map_err(|error| error.to_string())
    }

    /// The rows of the style table of OpenAPI 3.0.4: location, style, explode, then empty, string, array, object. Keys
    /// are sorted.
    #[test]
    fn follows_the_style_table() {
        use Location::{Path, Query};
        use Style::{DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
        let values =
            [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"B": 150, "G": 200, "R": 100})];
        let refused = "color: is empty, so that the request would go to another path";
        for (location, style, explode, expected) in [
            (Path, Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
            (
                Path,
                Matrix,
                true,
                [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"],
            ),
            (Path, Label, false, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
            (Path, Label, true, [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
            (Path, Simple, false, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (Path, Simple, true, ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
            (Query, Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
            (Query, Form, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
            (
                Query,
                SpaceDelimited,
                false,
                ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"],
            ),
            (
                Query,
                PipeDelimited,
                false,
                ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"],
            ),
            (
                Query,
                DeepObject,
                true,
                [
                    "color=",
                    "color=blue",
                    "color=blue&color=black&color=brown",
                    "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
                ],
            ),
        ] {
            for (value, expected) in values.iter().zip(expected) {
                let parameter = Parameter { location, style, explode, ..PLAIN };
                let (path, expected) = match location {
                    Path => ("/{color}", format!("/{expected}")),
                    _ => ("/", format!("/?{expected}")),
                };
                let found = target(path, parameter, value);
                match expected.as_str() {
                    "/" => assert_eq!(found.unwrap_err(), refused),
                    "/." => {
                        assert!(found.unwrap_err().contains("is `.`, so that the request would go to another path"));
                    }
                    expected => assert_eq!(found.unwrap(), expected, "{style:?} {explode} {value}"),
                }
            }
        }
    }

    #[test]
    fn values_stay_in_their_segment_and_parameter() {
        let path = Parameter { location: Location::Path, style: Style::Simple, ..PLAIN };
        assert_eq!(
            target("/a/{color}/b", path, &json!("x/../y?z#é{color}")).unwrap(),
            "/a/x%2F..%2Fy%3Fz%23%C3%A9%7Bcolor%7D/b"
        );
        for dots in [".", ".."] {
            let error = target("/a/{color}/b", path, &json!(dots)).unwrap_err();
            assert_eq!(error, format!("color: is `{dots}`, so that the request would go to another path"));
        }
        assert_eq!(target("/a/v{color}", path, &json!("..")).unwrap(), "/a/v..");
        assert_eq!(target("/", PLAIN, &json!("a&b=c +#")).unwrap(), "/?color=a%26b%3Dc%20%2B%23");
        let reserved = Parameter { allow_reserved: true, ..PLAIN };
        assert_eq!(
            target("/", reserved, &json!("a/b:c?d=e&f+g#h[i]")).unwrap(),
            "/?color=a/b:c?d=e%26f%2Bg%23h%5Bi%5D"
        );
    }

    #[test]
    fn keeps_constant_queries_and_drops_fragments() {
        assert_eq!(target("/a?action=list", PLAIN, &json!(1)).unwrap(), "/a?action=list&color=1");
        assert_eq!(target("/a#x", PLAIN, &json!(1)).unwrap(), "/a?color=1");
        let path = Parameter { location: Location::Path, style: Style::Simple, ..PLAIN };
        assert_eq!(target("/a?of={color}", path, &json!("x y")).unwrap(), "/a?of=x%20y");
        assert_eq!(target("/a b\\c\r\n\u{e9}/{color}", path, &json!("%\\")).unwrap(), "/a%20b%5Cc%0D%0A%C3%A9/%25%5C");
    }

    #[test]
    fn content_and_nested_values_are_json() {
        let content = Parameter { content_type: Some("application/json"), ..PLAIN };
        assert_eq!(target("/", content, &json!({"a": [1, "b"]})).unwrap(), "/?color=%7B%22a%22%3A%5B1%2C%22b%22%5D%7D");
        let text = Parameter { content_type: Some("text/plain"), ..PLAIN };
        assert_eq!(target("/", text, &json!("a")).unwrap(), "/?color=a");
        assert_eq!(target("/", content, &json!("a")).unwrap(), "/?color=%22a%22");
        assert_eq!(target("/", PLAIN, &json!([{"a": 1}])).unwrap(), "/?color=%7B%22a%22%3A1%7D");
        let deep = Parameter { style: Style::DeepObject, ..PLAIN };
        assert_eq!(
            target("/", deep, &json!({"a": {"b": [1, 2]}, "c": null})).unwrap(),
            "/?color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2"
        );
        assert_eq!(target("/", PLAIN, &json!([])).unwrap(), "/");
    }

    #[test]
    fn arrays_in_exploded_objects_repeat_the_name_of_their_property() {
        let value = json!({"a": ["x y", 1, null, [2], {"b": 3}], "c": [], "d": {"e": [4]}, "f": true, "g": null});
        let exploded = Parameter { explode: true, ..PLAIN };
        assert_eq!(
            target("/", exploded, &value).unwrap(),
            "/?a=x%20y&a=1&a=%5B2%5D&a=%7B%22b%22%3A3%7D&d=%7B%22e%22%3A%5B4%5D%7D&f=true"
        );
        assert_eq!(target("/", exploded, &json!({"c": [], "g": null})).unwrap(), "/");
        let value = json!({"a": [1, 2], "b": 3});
        assert_eq!(target("/", PLAIN, &value).unwrap(), "/?color=a,%5B1%2C2%5D,b,3");
        for (style, expected) in
            [(Style::Simple, "a=1,a=2,b=3"), (Style::Label, ".a=1.a=2.b=3"), (Style::Matrix, ";a=1;a=2;b=3")]
        {
            let path = Parameter { location: Location::Path, style, ..exploded };
            assert_eq!(target("/{color}", path, &value).unwrap(), format!("/{expected}"));
        }
    }

    #[test]
    fn encodes_headers_and_cookies() {
        const HEADER: Parameter = Parameter::new("X-Color", Location::Header, Style::Simple);
        const COOKIE_PARAMETER: Parameter = Parameter::new("c", Location::Cookie, Style::Form);
        static OPERATION: Operation =
            Operation::new("o", "o", "GET", "/").with_parameters(&[HEADER, COOKIE_PARAMETER, COOKIE_PARAMETER]);
        let encoded = Parameters::of(&OPERATION, None)
            .add(0, Some(&json!({"a": 1, "b": "x y"})))
            .add(1, Some(&"1; 2"))
            .add(2, Some(&[3, 4]))
            .encode()
            .unwrap();
        assert_eq!(encoded.headers["x-color"], "a,1,b,x y");
        assert_eq!(encoded.headers["cookie"], "c=1%3B%202; c=3,4");
        let error = Parameters::of(&OPERATION, None).add(0, Some(&"a\nb")).encode().unwrap_err();
        assert_eq!(error.to_string(), "X-Color: contains characters that are not allowed in a header");
        assert_eq!(plain(&0.1_f32).unwrap().to_string(), "0.1");
    }
}
