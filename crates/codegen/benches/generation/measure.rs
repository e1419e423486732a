//! Measures generation and progenitor alone, alternately.

use std::time::{Duration, Instant};

use codegen::{Settings, generate, lowered};
use progenitor::Generator;
use serde_json::Value;

/// A document to measure.
pub(crate) struct Case {
    pub(crate) name: String,
    document: Value,
    /// The document in the form that progenitor accepts.
    lowered: Value,
}

impl Case {
    pub(crate) fn new(name: &str, document: Value) -> Self {
        let lowered = lowered(&document).unwrap_or_else(|problems| panic!("{name}: {problems:?}")).document;
        Self { name: name.to_owned(), document, lowered }
    }
}

/// The medians of one document.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) operations: usize,
    pub(crate) ours: Duration,
    pub(crate) progenitor: Duration,
    pub(crate) our_bytes: usize,
    pub(crate) progenitor_bytes: usize,
    /// The part of these times that formatting takes, which depends on the amount of code.
    pub(crate) our_layout: Duration,
    pub(crate) progenitor_layout: Duration,
}

pub(crate) fn measure(cases: &[Case], runs: usize) -> Vec<Row> {
    cases.iter().map(|case| one(case, runs)).collect()
}

fn one(case: &Case, runs: usize) -> Row {
    let (mut ours, mut progenitor, mut our_layout, mut progenitor_layout) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut operations, mut our_bytes, mut progenitor_bytes) = (0, 0, 0);
    // alternately, so that other load affects both
    for _ in 0..runs {
        let (time, generated) = timed(|| generate(&case.document, &Settings::package()));
        let generated = generated.unwrap_or_else(|problems| panic!("{}: {problems:?}", case.name));
        ours.push(time);
        our_layout.push(layout(&generated.code));
        (operations, our_bytes) = (generated.operations, generated.code.len());
        let (time, code) = timed(|| progenitor_alone(&case.lowered));
        progenitor.push(time);
        progenitor_layout.push(layout(&code));
        progenitor_bytes = code.len();
    }
    let [ours, progenitor, our_layout, progenitor_layout] =
        [ours, progenitor, our_layout, progenitor_layout].map(median);
    Row {
        name: case.name.clone(),
        operations,
        ours,
        progenitor,
        our_bytes,
        progenitor_bytes,
        our_layout,
        progenitor_layout,
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// Measures prettyplease on parsed code.
fn layout(code: &str) -> Duration {
    let file = syn::parse_file(code).expect("Rust");
    timed(|| prettyplease::unparse(&file)).0
}

/// Generates code as a build script from progenitor's documentation does.
fn progenitor_alone(document: &Value) -> String {
    let document: openapiv3::OpenAPI = serde_json::from_value(document.clone()).expect("a lowered document");
    let tokens = Generator::default().generate_tokens(&document).expect("a document that progenitor accepts");
    prettyplease::unparse(&syn::parse2(tokens).expect("Rust"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
