//! YAML 1.2 to JSON values, with places. OpenAPI allows the part of YAML that JSON can express.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    rc::Rc,
};

use saphyr::Scalar;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use serde_json::{Map, Number, Value};

use crate::{
    Location, Problem,
    located::MOST_VALUES,
    place::{Inner, Place},
};

pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) places: Place,
}

/// As deep as JSON is read: deeper than any real document, and shallow enough for every stack.
const DEEPEST: usize = 128;

/// Aliases repeat what they name: a few lines of them could stand for more than memory holds. This many values may.
const MOST_REPEATED: usize = 300_000;

pub(crate) fn parse(text: &str) -> Result<Parsed, Problem> {
    let mut reader = Reader { events: Parser::new_from_str(text), anchors: HashMap::new(), written: 0 };
    let root = reader.document()?;
    let mut values = Values { left: reader.written + MOST_REPEATED };
    let (value, places) = values.value(&root, 0)?;
    Ok(Parsed { value, places })
}

/// A value as written, shared by the aliases that name it.
struct Node {
    place: Location,
    data: Data,
}

enum Data {
    Scalar(Value),
    Sequence(Vec<Rc<Node>>),
    Mapping(Vec<(String, Rc<Node>)>),
}

impl Node {
    /// One value, and more if it is a long text.
    fn weight(&self) -> usize {
        match &self.data {
            Data::Scalar(Value::String(text)) => 1 + text.len() / 64,
            _ => 1,
        }
    }
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Rc<Node>>,
    /// Weight of all values that stand in the text.
    written: usize,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<Rc<Node>, Problem> {
        let mut root = None;
        loop {
            match self.next()? {
                (Event::DocumentStart(_), _) if root.is_some() => {
                    return Err(Problem::new("the file holds several YAML documents", "keep one document a file"));
                }
                (Event::StreamEnd, _) => {
                    return root.ok_or_else(|| Problem::new("the file is empty", "name a file that holds a document"));
                }
                (Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _) => {}
                (event, span) => root = Some(self.node(event, span, 0)?),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Problem> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(not_yaml(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Rc<Node>, Problem> {
        let place = location(&span.start);
        if depth > DEEPEST {
            return Err(refuse("nested too deeply", place));
        }
        let (anchor, data) = match event {
            Event::Alias(id) => {
                return self
                    .anchors
                    .get(&id)
                    .cloned()
                    .ok_or_else(|| refuse("this alias stands inside what it names", place));
            }
            Event::Scalar(text, style, anchor, tag) => {
                (anchor, Data::Scalar(scalar(text, style, tag.as_ref(), place)?))
            }
            Event::SequenceStart(anchor, _) => (anchor, Data::Sequence(self.items(depth)?)),
            Event::MappingStart(anchor, _) => (anchor, Data::Mapping(self.entries(depth)?)),
            _ => return Err(refuse("this value is not complete YAML", place)),
        };
        let node = Rc::new(Node { place, data });
        self.written += node.weight();
        if self.written > MOST_VALUES {
            return Err(too_many(place));
        }
        // parsers count anchors from 1
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        Ok(node)
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Rc<Node>>, Problem> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, span) => items.push(self.node(event, span, depth + 1)?),
            }
        }
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<(String, Rc<Node>)>, Problem> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        let mut merged = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let place = location(&span.start);
            let merges;
            let key = match event {
                Event::MappingEnd => {
                    self.merge(&mut entries, seen, &merged, place)?;
                    return Ok(entries);
                }
                Event::Scalar(text, style, anchor, _) => {
                    merges = text == "<<" && style == ScalarStyle::Plain;
                    if anchor > 0 {
                        let data = Data::Scalar(Value::String(text.to_string()));
                        self.anchors.insert(anchor, Rc::new(Node { place, data }));
                    }
                    text.into_owned()
                }
                _ => return Err(refuse("a key must be a plain value", place)),
            };
            if !seen.insert(key.clone()) {
                let what = "this key occurs twice in one mapping; all but the last would be lost";
                return Err(Problem::new(what, "remove one of the two").at(Some(place)));
            }
            let (event, span) = self.next()?;
            let node = self.node(event, span, depth + 1)?;
            match &node.data {
                Data::Mapping(_) if merges => merged.push(node),
                Data::Sequence(items) if merges && items.iter().all(|item| matches!(item.data, Data::Mapping(_))) => {
                    merged.extend(items.iter().cloned());
                }
                _ => entries.push((key, node)),
            }
        }
    }

    /// Merge keys, which YAML 1.1 has and its readers still know: what a mapping does not say itself, the first of those
    /// that it names by `<<` says.
    fn merge(
        &mut self,
        entries: &mut Vec<(String, Rc<Node>)>,
        mut seen: HashSet<String>,
        merged: &[Rc<Node>],
        place: Location,
    ) -> Result<(), Problem> {
        for node in merged {
            let Data::Mapping(others) = &node.data else { continue };
            for (key, node) in others.iter().filter(|(key, _)| seen.insert(key.clone())) {
                self.written += 1;
                if self.written > MOST_VALUES {
                    return Err(too_many(place));
                }
                entries.push((key.clone(), Rc::clone(node)));
            }
        }
        Ok(())
    }
}

/// Writes shared nodes out, as far as that stays within bounds.
struct Values {
    left: usize,
}

impl Values {
    fn value(&mut self, node: &Node, depth: usize) -> Result<(Value, Place), Problem> {
        self.left = self.left.checked_sub(node.weight()).ok_or_else(|| {
            let what = "the aliases of this file stand for too many values";
            Problem::new(what, "write out what the aliases name, or less of it").at(Some(node.place))
        })?;
        // aliases deepen what they stand in
        if depth > DEEPEST {
            return Err(refuse("nested too deeply", node.place));
        }
        let (value, inner) = match &node.data {
            Data::Scalar(value) => (value.clone(), Inner::Nothing),
            Data::Sequence(items) => {
                let (mut list, mut places) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
                for item in items {
                    let (value, place) = self.value(item, depth + 1)?;
                    list.push(value);
                    places.push(place);
                }
                (Value::Array(list), Inner::Items(places))
            }
            Data::Mapping(entries) => {
                let (mut map, mut places) = (Map::new(), HashMap::new());
                for (key, node) in entries {
                    let (value, place) = self.value(node, depth + 1)?;
                    map.insert(key.clone(), value);
                    places.insert(key.clone(), place);
                }
                (Value::Object(map), Inner::Keys(places))
            }
        };
        Ok((value, Place { location: node.place, inner }))
    }
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    place: Location,
) -> Result<Value, Problem> {
    let integer = text.parse::<u64>();
    let number = |value: f64| Number::from_f64(value).map(Value::Number);
    let value = match Scalar::parse_from_cow_and_metadata(text, style, tag) {
        Some(Scalar::Null) => Some(Value::Null),
        Some(Scalar::Boolean(value)) => Some(Value::Bool(value)),
        Some(Scalar::Integer(value)) => Some(Value::Number(value.into())),
        // an integer past the range of i64 is no fraction
        Some(Scalar::FloatingPoint(value)) => {
            integer.map_or_else(|_| number(value.into_inner()), |value| Some(value.into()))
        }
        Some(Scalar::String(value)) => Some(Value::String(value.into_owned())),
        None => None,
    };
    value.ok_or_else(|| refuse("this value cannot be written in JSON", place))
}

fn location(marker: &Marker) -> Location {
    Location { line: marker.line(), column: marker.col() + 1 }
}

fn too_many(place: Location) -> Problem {
    let what = format!("holds more than {MOST_VALUES} values, the most that are read");
    Problem::new(what, "split the document into files").at(Some(place))
}

fn refuse(what: &str, place: Location) -> Problem {
    Problem::new(what, "write it as JSON could express it").at(Some(place))
}

fn not_yaml(error: &ScanError) -> Problem {
    Problem::new(format!("not valid YAML: {}", error.info()), "mend the YAML at this place")
        .at(Some(location(error.marker())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(text: &str) -> Problem {
        match parse(text) {
            Ok(parsed) => panic!("read as {}", parsed.value),
            Err(problem) => problem,
        }
    }

    #[test]
    fn keys_stay_as_written_and_aliases_stand_for_what_they_name() {
        let parsed = parse("a: &a {x: 1}\n1.10: *a\n0x10: 18446744073709551615\n~: !!str 7\n").unwrap();
        assert_eq!(parsed.value, json!({"a": {"x": 1}, "1.10": {"x": 1}, "0x10": u64::MAX, "~": "7"}));
        assert_eq!(parsed.places.find("/1.10/x"), Location { line: 1, column: 11 });
    }

    #[test]
    fn merge_keys_give_what_a_mapping_does_not_say() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {y: 3, <<: [*a, *b]}\nd: {<<: {<<: *b, y: 4}}\n";
        let parsed = parse(text).unwrap().value;
        assert_eq!(parsed["c"], json!({"y": 3, "x": 1, "z": 2}));
        assert_eq!(parsed["d"], json!({"y": 4, "z": 2}));
        // what merges nothing is a key like others
        assert_eq!(parse("{\"<<\": {x: 1}}").unwrap().value, json!({"<<": {"x": 1}}));
        assert_eq!(parse("<<: [x]").unwrap().value, json!({"<<": ["x"]}));
        assert!(refused("a: &a {x: 1}\nb: {<<: *a, <<: *a}\n").what.contains("occurs twice"));
        let keys: String = (0..3_000).map(|at| format!("k{at}: {at}, ")).collect();
        let many: String = (0..3_000).map(|at| format!("m{at}: {{<<: *a}}\n")).collect();
        assert!(refused(&format!("a: &a {{{keys}}}\n{many}")).what.contains("values"));
    }

    #[test]
    fn nesting_ends_before_the_stack_does() {
        for deep in ["- ", "[", "{a: ", "? ", "a:\n"] {
            for depth in [129, 130, 5_000, 100_000] {
                let text = match deep {
                    "a:\n" if depth > 5_000 => continue,
                    "a:\n" => (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect(),
                    _ => format!("x: \n  {}", deep.repeat(depth)),
                };
                let problem = refused(&text);
                assert!(problem.line.is_some(), "{problem}");
            }
        }
        assert!(parse(&format!("{}x", "- ".repeat(128))).is_ok());
        assert_eq!(refused(&format!("{}x", "- ".repeat(130))).what, "nested too deeply");
    }

    #[test]
    fn aliases_cannot_blow_up_a_small_file() {
        let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let previous = format!("*a{}", level - 1);
            laughs += &format!("a{level}: &a{level} [{}]\n", vec![previous; 10].join(", "));
        }
        assert!(refused(&laughs).what.contains("too many values"));
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 10_000].join(", "));
        assert!(refused(&long).what.contains("too many values"));
        let mut deep = "a0: &a0 [x]\n".to_owned();
        for level in 1..1_000 {
            deep += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
        }
        assert_eq!(refused(&deep).what, "nested too deeply");
        assert!(refused("a: &a [*a]\n").what.contains("inside what it names"));
        let anchors: String = (0..50_000).map(|at| format!("k{at}: &k{at} {{}}\n")).collect();
        assert!(parse(&anchors).is_ok());
    }
}
