//! The limits of generation, for `docs/limits.md`.

use openapi::Limit;

use crate::{backend, generate, lower};

/// The limits of generation.
pub const LIMITS: &[Limit] = &[
    Limit {
        what: "depth of composed schemas",
        most: backend::DEEPEST as u64,
        unit: "levels",
        error: "refused at the outermost schema",
        test: "composition_cycles_are_refused_and_recursion_is_not",
    },
    Limit {
        what: "subschemas to merge for one schema",
        most: backend::MOST_PARTS,
        unit: "subschemas",
        error: "refused at the schema",
        test: "exponential_compositions_are_refused",
    },
    Limit {
        what: "all `pattern`s of a document, repetitions expanded",
        most: lower::MOST_WEIGHT,
        unit: "character ranges",
        error: "refused at the pattern that exceeds the limit",
        test: "refuses_the_pattern_that_exceeds_the_total_weight",
    },
    Limit {
        what: "memory to generate the code of a document",
        most: backend::MOST,
        unit: "KiB, estimated",
        error: "refused at the schema that exceeds the limit",
        test: "refuses_the_schema_that_exceeds_the_memory_limit",
    },
    Limit {
        what: "the same, relative to the document, if that is more",
        most: backend::MOST_A_BYTE,
        unit: "bytes for each byte of the document, estimated",
        error: "refused at the schema that exceeds the limit",
        test: "refuses_the_schema_that_exceeds_the_memory_limit",
    },
    Limit {
        what: "attempts to rename types that share a name",
        most: generate::MOST_RUNS as u64,
        unit: "attempts",
        error: "refused at the schema with that name",
        test: "nullable_inline_schemas_get_unique_type_names",
    },
];
