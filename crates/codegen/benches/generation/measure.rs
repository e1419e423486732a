//! The two ways from a document to code, timed in turns.

use std::time::{Duration, Instant};

use codegen::{Settings, generate, lowered};
use progenitor::Generator;
use serde_json::Value;

/// A document to measure.
pub(crate) struct Case {
    pub(crate) name: String,
    document: Value,
    /// The same in the form that progenitor takes.
    lowered: Value,
}

impl Case {
    pub(crate) fn new(name: &str, document: Value) -> Self {
        let lowered = lowered(&document).unwrap_or_else(|problems| panic!("{name}: {problems:?}")).document;
        Self { name: name.to_owned(), document, lowered }
    }
}

/// What one document took, as medians.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) operations: usize,
    pub(crate) ours: Duration,
    pub(crate) raw: Duration,
    pub(crate) our_bytes: usize,
    pub(crate) raw_bytes: usize,
    /// What laying the code out as text takes of these times: it follows from how much code there is.
    pub(crate) our_layout: Duration,
    pub(crate) raw_layout: Duration,
}

pub(crate) fn measure(cases: &[Case], runs: usize) -> Vec<Row> {
    cases.iter().map(|case| one(case, runs)).collect()
}

fn one(case: &Case, runs: usize) -> Row {
    let (mut ours, mut raw, mut our_layout, mut raw_layout) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut operations, mut our_bytes, mut raw_bytes) = (0, 0, 0);
    // in turns, so that what else the machine does falls on both
    for _ in 0..runs {
        let (time, generated) = timed(|| generate(&case.document, &Settings::package()));
        let generated = generated.unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name));
        ours.push(time);
        our_layout.push(layout(&generated.code));
        (operations, our_bytes) = (generated.operations, generated.code.len());
        let (time, code) = timed(|| progenitor_alone(&case.lowered));
        raw.push(time);
        raw_layout.push(layout(&code));
        raw_bytes = code.len();
    }
    let [ours, raw, our_layout, raw_layout] = [ours, raw, our_layout, raw_layout].map(median);
    Row { name: case.name.clone(), operations, ours, raw, our_bytes, raw_bytes, our_layout, raw_layout }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// How long prettyplease takes for code once it is parsed.
fn layout(code: &str) -> Duration {
    let file = syn::parse_file(code).expect("Rust");
    timed(|| prettyplease::unparse(&file)).0
}

/// What progenitor's documentation has a build script do.
fn progenitor_alone(document: &Value) -> String {
    let document: openapiv3::OpenAPI = serde_json::from_value(document.clone()).expect("a lowered document");
    let tokens = Generator::default().generate_tokens(&document).expect("a document that progenitor takes");
    prettyplease::unparse(&syn::parse2(tokens).expect("Rust"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
