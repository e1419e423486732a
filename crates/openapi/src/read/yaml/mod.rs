//! Reads YAML 1.2 to JSON values with locations. OpenAPI allows the subset of YAML that JSON can express.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
};

use saphyr::Scalar;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use serde_json::{Map, Number, Value};

use super::{
    budget::{Budget, Exhausted, TOO_MUCH, TOO_MUCH_FIX},
    continuations::{Indented, indent},
    locations::{Inner, LocationTree},
};
use crate::{
    Location, Problem,
    limits::{DEEPEST_VALUE, MOST_MERGED, MOST_REPEATED},
    plain::quoted,
};

pub(crate) fn parse(text: &str, budget: Budget) -> Result<Value, Problem> {
    let (root, mut left) = read(text, budget, &BTreeMap::new())?;
    expanded(&root, 0, &mut left)
}

/// Parses a text as libyaml does, which is invalid YAML 1.2. Returns the value and the location of each line that is
/// not indented as YAML 1.2 requires; `None` if the text is invalid for another reason.
pub(crate) fn parse_lenient(text: &str, budget: Budget) -> Option<(Value, Vec<Location>)> {
    let Indented { text: indented, added } = indent(text)?;
    let (root, mut left) = read(&indented, budget, &added).ok()?;
    let value = expanded(&root, 0, &mut left).ok()?;
    let first = |line: &str| line.len() - line.trim_start_matches(' ').len() + 1;
    let lines = text.lines().enumerate().filter(|(index, _)| added.contains_key(&(index + 1)));
    Some((value, lines.map(|(index, line)| Location { line: index + 1, column: first(line) }).collect()))
}

/// Returns the locations of all values of a valid text, or of one that [`parse_lenient`] reads.
pub(crate) fn locations(text: &str) -> Option<LocationTree> {
    let read_as_it_is = read(text, Budget::of_a_file(), &BTreeMap::new()).ok();
    let (root, _) = read_as_it_is.or_else(|| {
        let Indented { text, added } = indent(text)?;
        read(&text, Budget::of_a_file(), &added).ok()
    })?;
    Some(root.locations())
}

/// Reads the values without expanding aliases, and returns the budget for expanding them. `added` has the numbers of
/// spaces in front of lines that are not in the file.
fn read(text: &str, budget: Budget, added: &BTreeMap<usize, usize>) -> Result<(Rc<Node>, Budget), Problem> {
    let mut reader = Reader { events: Parser::new_from_str(text), anchors: HashMap::new(), budget, merged: 0, added };
    let root = reader.document()?;
    Ok((root, Budget::of(reader.budget.spent(&budget) + MOST_REPEATED)))
}

/// A value of the file, shared by its aliases.
struct Node {
    line: u32,
    column: u32,
    data: Data,
}

type Entries = Vec<(Rc<str>, Rc<Node>)>;

enum Data {
    Null,
    Bool(bool),
    Number(Number),
    String(Box<str>),
    Sequence(Box<[Rc<Node>]>),
    Mapping(Box<[(Rc<str>, Rc<Node>)]>),
}

impl Node {
    fn new(location: Location, data: Data) -> Self {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: short(location.line), column: short(location.column), data }
    }

    fn location(&self) -> Location {
        Location { line: self.line as usize, column: self.column as usize }
    }

    /// Pays for the node itself.
    fn pay(&self, budget: &mut Budget) -> Result<(), Exhausted> {
        match &self.data {
            Data::Null | Data::Bool(_) | Data::Number(_) | Data::Sequence(_) => budget.value(),
            Data::String(text) => budget.text(text),
            Data::Mapping(entries) => {
                budget.object()?;
                entries.iter().try_for_each(|(key, _)| budget.entry(key))
            }
        }
    }

    /// Returns the locations of the value and of all values in it, those of aliases included.
    fn locations(&self) -> LocationTree {
        let inner = match &self.data {
            Data::Sequence(items) => Inner::Items(items.iter().map(|item| item.locations()).collect()),
            Data::Mapping(entries) => {
                Inner::keys(entries.iter().map(|(key, node)| (Box::from(&**key), node.locations())).collect())
            }
            _ => Inner::Nothing,
        };
        LocationTree::new(self.location(), inner)
    }
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Rc<Node>>,
    budget: Budget,
    /// Keys that merges have read so far.
    merged: usize,
    /// Spaces that were added in front of lines.
    added: &'t BTreeMap<usize, usize>,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Result<Rc<Node>, Problem> {
        let mut root = None;
        loop {
            match self.next()? {
                (Event::DocumentStart(_), _) if root.is_some() => {
                    return Err(Problem::new("the file contains several YAML documents", "keep one document per file"));
                }
                (Event::StreamEnd, _) => {
                    return root
                        .ok_or_else(|| Problem::new("the file is empty", "name a file that contains a document"));
                }
                (Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _) => {}
                (event, span) => root = Some(self.node(event, span, 0)?),
            }
        }
    }

    fn location_of(&self, marker: &Marker) -> Location {
        let location = location_of(marker);
        let added = self.added.get(&location.line).copied().unwrap_or_default();
        Location { column: location.column.saturating_sub(added).max(1), ..location }
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), Problem> {
        match self.events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(not_yaml(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Rc<Node>, Problem> {
        let location = self.location_of(&span.start);
        if depth > DEEPEST_VALUE {
            return Err(refuse(
                "the value is nested too deeply, the limit is 128 levels",
                "nest less deeply",
                location,
            ));
        }
        let (anchor, data) = match event {
            Event::Alias(id) => {
                return self.anchors.get(&id).cloned().ok_or_else(|| {
                    refuse(
                        "the alias is inside the value that it names",
                        "write the value in place of the alias",
                        location,
                    )
                });
            }
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar(text, style, tag.as_ref(), location)?),
            Event::SequenceStart(anchor, _) => (anchor, Data::Sequence(self.items(depth)?.into_boxed_slice())),
            Event::MappingStart(anchor, _) => (anchor, Data::Mapping(self.entries(depth)?.into_boxed_slice())),
            _ => return Err(refuse("the value is incomplete YAML", JSON_ONLY, location)),
        };
        let node = Rc::new(Node::new(location, data));
        node.pay(&mut self.budget).map_err(|Exhausted| too_much(location))?;
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

    fn entries(&mut self, depth: usize) -> Result<Entries, Problem> {
        let mut entries = Entries::new();
        let mut seen = HashSet::new();
        let mut merged = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let location = self.location_of(&span.start);
            let merges;
            let key: Rc<str> = match event {
                Event::MappingEnd => {
                    self.merge(&mut entries, seen, &merged, location)?;
                    return Ok(entries);
                }
                Event::Scalar(text, style, anchor, _) => {
                    merges = text == "<<" && style == ScalarStyle::Plain;
                    if anchor > 0 {
                        let data = Data::String(Box::from(&*text));
                        self.anchors.insert(anchor, Rc::new(Node::new(location, data)));
                    }
                    Rc::from(&*text)
                }
                _ => return Err(refuse("the mapping key is not a scalar", JSON_ONLY, location)),
            };
            if !seen.insert(Rc::clone(&key)) {
                let what = format!("key {} occurs twice in one mapping", quoted(&key));
                return Err(Problem::new(what, "remove one of the two").at(Some(location)));
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

    /// Applies merge keys (`<<`), which are YAML 1.1 and still common: adds the entries of the merged mappings whose
    /// keys the mapping does not have. Of several mappings with one key, the first counts.
    fn merge(
        &mut self,
        entries: &mut Entries,
        mut seen: HashSet<Rc<str>>,
        merged: &[Rc<Node>],
        location: Location,
    ) -> Result<(), Problem> {
        for node in merged {
            let Data::Mapping(others) = &node.data else { continue };
            self.merged = self.merged.saturating_add(others.len());
            if self.merged > MOST_MERGED {
                let what = format!("the merge keys (`<<`) of the file read more than {MOST_MERGED} keys, the limit");
                return Err(
                    Problem::new(what, "replace merge keys with the entries that they merge").at(Some(location))
                );
            }
            for (key, node) in others.iter().filter(|(key, _)| seen.insert(Rc::clone(key))) {
                entries.push((Rc::clone(key), Rc::clone(node)));
            }
        }
        Ok(())
    }
}

/// Returns the value of a node with its aliases expanded, within the budget.
fn expanded(node: &Node, depth: usize, left: &mut Budget) -> Result<Value, Problem> {
    node.pay(left).map_err(|Exhausted| {
        let what = "the aliases of the file expand to more than 64 MiB of memory, the limit";
        Problem::new(what, "use fewer aliases").at(Some(node.location()))
    })?;
    // expanding an alias can exceed the depth
    if depth > DEEPEST_VALUE {
        return Err(refuse(
            "the value is nested too deeply, the limit is 128 levels",
            "nest less deeply",
            node.location(),
        ));
    }
    Ok(match &node.data {
        Data::Null => Value::Null,
        Data::Bool(flag) => Value::Bool(*flag),
        Data::Number(number) => Value::Number(number.clone()),
        Data::String(text) => Value::String(text.to_string()),
        Data::Sequence(items) => {
            let mut array = Vec::with_capacity(items.len());
            for item in items {
                array.push(expanded(item, depth + 1, left)?);
            }
            Value::Array(array)
        }
        Data::Mapping(entries) => {
            let mut map = Map::with_capacity(entries.len());
            for (key, node) in entries {
                map.insert(key.to_string(), expanded(node, depth + 1, left)?);
            }
            Value::Object(map)
        }
    })
}

fn scalar(
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    location: Location,
) -> Result<Data, Problem> {
    let integer = text.parse::<u64>();
    let number = |value: f64| Number::from_f64(value).map(Data::Number);
    let value = match Scalar::parse_from_cow_and_metadata(text, style, tag) {
        Some(Scalar::Null) => Some(Data::Null),
        Some(Scalar::Boolean(value)) => Some(Data::Bool(value)),
        Some(Scalar::Integer(value)) => Some(Data::Number(value.into())),
        // saphyr reads integers beyond i64 as floats
        Some(Scalar::FloatingPoint(value)) => {
            integer.map_or_else(|_| number(value.into_inner()), |value| Some(Data::Number(value.into())))
        }
        Some(Scalar::String(value)) => Some(Data::String(value.into_owned().into_boxed_str())),
        None => None,
    };
    value.ok_or_else(|| refuse("the value cannot be expressed in JSON", JSON_ONLY, location))
}

fn location_of(marker: &Marker) -> Location {
    Location { line: marker.line(), column: marker.col() + 1 }
}

fn too_much(location: Location) -> Problem {
    Problem::new(TOO_MUCH, TOO_MUCH_FIX).at(Some(location))
}

/// The fix for YAML without a JSON equivalent.
const JSON_ONLY: &str = "use only YAML that JSON can express";

fn refuse(what: &str, fix: &str, location: Location) -> Problem {
    Problem::new(what, fix).at(Some(location))
}

fn not_yaml(error: &ScanError) -> Problem {
    Problem::new(format!("not valid YAML: {}", error.info()), "correct the YAML at this location")
        .at(Some(location_of(error.marker())))
}

#[cfg(test)]
mod tests;
