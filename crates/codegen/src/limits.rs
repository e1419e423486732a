//! The limits of generation, for `docs/limits.md`.

use openapi::Limit;

use crate::{backend, generate, lower};

/// The limits of generation.
pub const LIMITS: &[Limit] = &[
    Limit {
        what: "schemas composed of one another, one within the other",
        most: backend::DEEPEST as u64,
        unit: "levels",
        error: "refused at the outermost schema",
        test: "finds_schemas_that_are_composed_of_themselves_and_lets_others_recur",
    },
    Limit {
        what: "parts to merge for one schema",
        most: backend::MOST_PARTS,
        unit: "parts",
        error: "refused at the schema",
        test: "what_doubles_at_every_level_ends_at_a_limit",
    },
    Limit {
        what: "all `pattern`s of a document, repetitions written out",
        most: lower::MOST_WEIGHT,
        unit: "character ranges",
        error: "refused at the pattern that is too much",
        test: "patterns_that_are_too_much_together_are_refused_at_their_place",
    },
    Limit {
        what: "memory for the code of a document",
        most: backend::MOST,
        unit: "KiB, estimated",
        error: "refused at the schema that is too much",
        test: "many_large_types_are_refused_where_they_become_too_much",
    },
    Limit {
        what: "the same, where that is more",
        most: backend::MOST_A_BYTE,
        unit: "bytes a byte of the document, estimated",
        error: "refused at the schema that is too much",
        test: "many_large_types_are_refused_where_they_become_too_much",
    },
    Limit {
        what: "runs with other names where two types had one",
        most: generate::MOST_RUNS as u64,
        unit: "runs",
        error: "refused at the schema that has the name",
        test: "every_inline_schema_that_may_be_null_gets_names_and_ends",
    },
];
