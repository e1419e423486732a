//! A JSON or YAML document with the location of every value.

use std::{io::Read as _, path::Path, sync::OnceLock};

use serde_json::Value;

use super::{budget::Budget, json, key_length, locations::LocationTree, yaml};
use crate::{Location, Problem, limits::LARGEST_FILE};

/// A parsed document with its text, so that every value has a location.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    text: String,
    value: Value,
    is_yaml: bool,
    warnings: Vec<Problem>,
    locations: OnceLock<Option<LocationTree>>,
}

impl Document {
    /// Reads and parses a file. Problems call it `name`.
    ///
    /// # Errors
    /// A [`Problem`] if the file cannot be read, is larger than 64 MiB, is not UTF-8, or is neither JSON nor YAML.
    pub fn read(path: &Path, name: &str) -> Result<Self, Problem> {
        let mut bytes = Vec::new();
        // the size of a device is known only by reading it
        let file = std::fs::File::open(path);
        file.and_then(|file| file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)).map_err(|error| {
            Problem::new(format!("the file cannot be read: {error}"), "name a readable file").in_file(name)
        })?;
        if bytes.len() > LARGEST_FILE {
            return Err(Problem::new(
                "the file is larger than 64 MiB, the limit",
                "split the document into several files",
            )
            .in_file(name));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            Problem::new(format!("the file is not UTF-8: invalid byte at offset {offset}"), "save the file as UTF-8")
                .in_file(name)
                .at(Some(Location::of_offset(&String::from_utf8_lossy(&error.as_bytes()[..offset]), offset)))
        })?;
        Self::parse(name, text)
    }

    /// Parses a text: JSON if its first character is `{` or `[`, else YAML. YAML may begin with these, too, if `name`
    /// ends with `.yaml` or `.yml`.
    ///
    /// # Errors
    /// A [`Problem`] with the location of a syntax error, of a key that occurs twice or is too long, or of the value
    /// that exceeds the memory limit.
    pub fn parse(name: &str, text: impl Into<String>) -> Result<Self, Problem> {
        let text = text.into();
        let body = text.trim_start_matches('\u{feff}');
        let mut is_yaml = !body.trim_start().starts_with(['{', '[']);

        let value =
            match if is_yaml { yaml::parse(body, Budget::of_a_file()) } else { json::parse(body, Budget::of_a_file()) }
            {
                Err(_) if !is_yaml && (name.ends_with(".yaml") || name.ends_with(".yml")) => {
                    is_yaml = true;
                    yaml::parse(body, Budget::of_a_file())
                }
                read => read,
            };
        let (value, warnings) = match value {
            Err(problem) => {
                let lenient = is_yaml.then(|| yaml::parse_lenient(body, Budget::of_a_file())).flatten();
                let (value, lines) = lenient.ok_or_else(|| problem.in_file(name))?;
                (value, lines.into_iter().map(|location| not_indented(name, location)).collect())
            }
            Ok(value) => (value, Vec::new()),
        };
        let document = Self { name: name.to_owned(), text, value, is_yaml, warnings, locations: OnceLock::new() };
        match key_length::too_long(&document.value) {
            Some(problem) => {
                let location = document.location(problem.pointer.as_deref().unwrap_or_default());
                Err(problem.in_file(name).at(location))
            }
            None => Ok(document),
        }
    }

    /// Returns the name of the document in problems.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns a problem for each line that is read although it is invalid YAML 1.2.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// Returns the parsed value.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the location of the value, or of the innermost existing value around it.
    #[must_use]
    pub fn location(&self, pointer: &str) -> Option<Location> {
        let locations = self.locations.get_or_init(|| {
            let body = self.text.trim_start_matches('\u{feff}');
            if self.is_yaml { yaml::locations(body) } else { json::locations(body) }
        });
        locations.as_ref().map(|locations| locations.find(pointer))
    }

    /// Returns a problem with a value of this document.
    #[must_use]
    pub fn problem_at(&self, pointer: &str, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        Problem::new(what, fix).in_file(&self.name).at(self.location(pointer)).pointing_to(pointer)
    }
}

fn not_indented(name: &str, location: Location) -> Problem {
    let what = "the line continues a value of the key above, and is not indented deeper than that key: YAML 1.2 does \
                not allow it, libyaml does";
    Problem::new(what, "indent the line").in_file(name).at(Some(location))
}

/// Returns the number of values in a value, itself included.
#[must_use]
pub fn size(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(text: &str, pointer: &str) -> Option<(usize, usize)> {
        Document::parse("test", text).unwrap().location(pointer).map(|found| (found.line, found.column))
    }

    #[test]
    fn locates_values_in_json() {
        let text = "{\n  \"é\": [1,\n    {\"b/c\": \"x\"}]\n}";
        assert_eq!(location(text, ""), Some((1, 1)));
        assert_eq!(location(text, "/é"), Some((2, 8)));
        assert_eq!(location(text, "/é/1/b~1c"), Some((3, 13)));
        assert_eq!(location(text, "/é/7/nothing"), Some((2, 8)), "the innermost existing value");
    }

    #[test]
    fn locates_values_in_yaml() {
        let text = "a:\n  - one\n  - b: 2\n";
        assert_eq!(location(text, "/a/1/b"), Some((3, 8)));
    }

    #[test]
    fn yaml_and_json_give_the_same_value() {
        let yaml = Document::parse("y", "a: [1, 2.5, true, null, 'x', \"1\"]\n200: {b: c}\n").unwrap();
        let json = Document::parse("j", r#"{"a":[1,2.5,true,null,"x","1"],"200":{"b":"c"}}"#).unwrap();
        assert_eq!(yaml.value(), json.value());
    }

    #[test]
    fn a_yaml_file_may_begin_like_json() {
        let document = Document::parse("size.yaml", "{type: integer, max: [1, 2]}\n").unwrap();
        assert_eq!(document.value()["max"][1], 2);
        assert_eq!(document.location("/max/1"), Some(Location { line: 1, column: 26 }));
        assert!(Document::parse("size.json", "{type: integer}").unwrap_err().what.contains("not valid JSON"));
        assert!(Document::parse("size.yaml", "{type: integer").unwrap_err().what.contains("not valid YAML"));
        assert!(Document::parse("size.yaml", "{\"a\": 1, \"a\": 2}").unwrap_err().what.contains("occurs twice"));
    }

    #[test]
    fn reports_the_location_of_syntax_errors_and_duplicate_keys() {
        for (text, line, column, part) in [
            ("{\"a\": 1,\n \"a\": 2}", 2, 2, "occurs twice"),
            ("{\"a\": 1,\n \"b\" 2}", 2, 6, "not valid JSON"),
            ("{\"a\":", 1, 5, "not valid JSON: EOF"),
            ("a: 1\na: 2\n", 2, 1, "twice"),
            ("a: [1\n", 2, 1, "not valid YAML"),
        ] {
            let problem = Document::parse("test", text).unwrap_err();
            assert!(problem.what.contains(part), "{problem}");
            assert_eq!((problem.line, problem.column), (Some(line), Some(column)), "{text:?}: {problem}");
        }
    }

    #[test]
    fn handles_deep_and_odd_input() {
        for text in
            ["", "[", "\u{feff}{}", &"[".repeat(100_000), &"{\"a\":".repeat(100_000), "\0", "- - -", "*a", "&a *a"]
        {
            let _ = Document::parse("test", text);
        }
        assert_eq!(
            Document::parse("test", "[".repeat(200)).unwrap_err().what,
            "the value is nested too deeply, the limit is 128 levels"
        );
    }

    #[test]
    fn reports_the_location_of_the_value_that_exceeds_the_memory_limit() {
        let (budget, many) = (Budget::of(1_000_000), 20_000);
        for text in [
            format!("{{\"x\": [{}[]]}}", "[],".repeat(many)),
            format!("[{}{{}}]", "{\"\": {}},".repeat(many)),
            format!("[{}0]", format!("{{\"{}\": 0}},", "k".repeat(900)).repeat(many / 10)),
            format!("[\"{}\"]", "t".repeat(many * 30)),
        ] {
            for read in [json::parse, yaml::parse] {
                let problem = read(&text, budget).unwrap_err();
                assert!(problem.what.contains("of memory") && problem.line.is_some(), "{problem}");
            }
            assert!(Document::parse("test", text).is_ok());
        }
        for text in [format!("x: [{}]", "a: b,".repeat(many)), "- a\n".repeat(many)] {
            assert!(yaml::parse(&text, budget).unwrap_err().what.contains("of memory"));
            assert!(Document::parse("test", text).is_ok());
        }
    }

    #[test]
    fn reports_the_location_of_keys_that_are_too_long() {
        let long = "n".repeat(crate::limits::LONGEST_KEY + 1);
        let short = "n".repeat(crate::limits::LONGEST_KEY);
        let refused = |text: String| Document::parse("test", text).err().and_then(|problem| problem.pointer);
        assert_eq!(refused(format!("{{\"a\": [{{\"{long}\": 1}}]}}")), Some(format!("/a/0/{long}")));
        assert_eq!(refused(format!("a: [{{{long}: 1}}]")), Some(format!("/a/0/{long}")));
        assert_eq!(refused(format!("{{\"{short}\": 1}}")), None);
        let nested = |depth: usize| format!("{}1{}", format!("{{\"{short}\":").repeat(depth), "}".repeat(depth));
        assert_eq!(refused(nested(3)), None);
        assert!(refused(nested(4)).is_some());
    }

    #[test]
    fn reads_a_bounded_part_of_an_endless_file() {
        let endless = Path::new("/dev/zero");
        if endless.exists() {
            let problem = Document::read(endless, "zero").unwrap_err();
            assert_eq!(problem.what, "the file is larger than 64 MiB, the limit");
        }
    }
}
