//! The report of `reach`, as text and JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::outcome::{Cause, Outcome};
use crate::{
    Format,
    output::{count, say, say_json},
};

/// A total of sizes or times, with the number of operations.
struct Figure {
    total: f64,
    operations: u64,
}

impl Figure {
    fn of<'a>(measured: impl Iterator<Item = (&'a Outcome, f64)>) -> Self {
        let mut figure = Self { total: 0.0, operations: 0 };
        for (outcome, value) in measured {
            figure.total += value;
            figure.operations += outcome.operations;
        }
        figure
    }

    fn per_operation(&self) -> f64 {
        if self.operations == 0 { 0.0 } else { self.total / self.operations as f64 }
    }
}

pub(super) fn report(outcomes: &[Outcome], compile: usize, format: Format) {
    let is_generated = |outcome: &&Outcome| !matches!(outcome.cause, Some(Cause::Generation(_)));
    let generated = outcomes.iter().filter(is_generated).count();
    let compiled = outcomes.iter().filter(|outcome| outcome.compiled.is_some()).count();
    let carved: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.carved > 0).collect();
    let slowest = outcomes.iter().map(|outcome| outcome.seconds).fold(0.0, f64::max);
    let code = Figure::of(outcomes.iter().map(|outcome| (outcome, outcome.bytes as f64)));
    let compiling = Figure::of(outcomes.iter().filter_map(|outcome| Some((outcome, outcome.compiled?))));
    let mut causes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(cause) = &outcome.cause {
            causes.entry(cause.to_string()).or_default().push(&outcome.name);
        }
    }
    match format {
        Format::Json => say_json(&json!({
            "format_version": 1,
            "documents": outcomes.len(),
            "generated": generated,
            "sample": compile.min(generated),
            "compiled": compiled,
            "carved": carved.len(),
            "slowest_seconds": slowest,
            "operations": code.operations,
            "bytes": code.total as u64,
            "bytes_an_operation": code.per_operation(),
            "compile_seconds": compiling.total,
            "compile_seconds_an_operation": compiling.per_operation(),
            "causes": causes.iter().map(|(cause, names)| json!({"cause": cause, "documents": names}))
                .collect::<Vec<_>>(),
            "crates": outcomes.iter().filter(|outcome| outcome.bytes > 0).map(row).collect::<Vec<_>>(),
        })),
        Format::Text => {
            say(&format!(
                "generated: {generated} of {}, the slowest in {slowest:.1} s",
                count(outcomes.len(), "document")
            ));
            say(&format!(
                "code: {}, {:.1} MB, {:.1} kB per operation",
                operations(&code),
                code.total / 1e6,
                code.per_operation() / 1e3
            ));
            if !carved.is_empty() {
                say(&format!("without parts that cannot be generated: {}", count(carved.len(), "document")));
                let each = carved.iter().map(|outcome| format!("{} ({})", outcome.name, outcome.carved));
                say(&format!("      {}", each.collect::<Vec<_>>().join(", ")));
            }
            if compile > 0 {
                say(&format!("compiled: {compiled} of a sample of {}", compile.min(generated)));
                say(&format!(
                    "compile time: {} in {:.0} s, {:.0} ms per operation",
                    operations(&compiling),
                    compiling.total,
                    compiling.per_operation() * 1e3
                ));
            }
            for (cause, names) in causes {
                say(&format!("{:>4}  {}", names.len(), cause.lines().next().unwrap_or_default()));
                say(&format!("      {}", names.join(", ")));
            }
        }
    }
}

fn operations(figure: &Figure) -> String {
    count(usize::try_from(figure.operations).unwrap_or(usize::MAX), "operation")
}

fn row(outcome: &Outcome) -> Value {
    json!({"document": outcome.name, "operations": outcome.operations, "bytes": outcome.bytes,
        "carved": outcome.carved, "seconds": outcome.seconds, "compile_seconds": outcome.compiled})
}
