//! The limits of generation, for `docs/limits.md`.

use openapi::Limit;

use crate::{backend, carve, generate, lower};

/// The limits of generation.
pub const LIMITS: &[Limit] = &[
    Limit {
        what: "depth of composed schemas",
        most: backend::DEEPEST as u64,
        unit: "levels",
        error: "rejected, with the location of the outermost schema",
        test: "composition_cycles_are_errors_and_recursion_is_not",
    },
    Limit {
        what: "subschemas to merge for one schema",
        most: backend::MOST_PARTS,
        unit: "subschemas",
        error: "rejected, with the location of the schema",
        test: "exponential_compositions_are_errors",
    },
    Limit {
        what: "definitions of properties, items and map values to merge for one schema",
        most: lower::MOST_DEFINITIONS as u64,
        unit: "definitions",
        error: "listed as unsupported; of two definitions, the later one is enforced",
        test: "definitions_to_merge_are_limited",
    },
    Limit {
        what: "all `pattern`s of a document, with repetitions expanded",
        most: lower::MOST_WEIGHT,
        unit: "character ranges",
        error: "rejected, with the location of the pattern that exceeds the limit",
        test: "rejects_the_pattern_that_exceeds_the_total_weight",
    },
    Limit {
        what: "memory to generate the code of a document",
        most: backend::MOST,
        unit: "KiB, estimated",
        error: "rejected, with the location of the schema that exceeds the limit",
        test: "rejects_the_schema_that_exceeds_the_memory_limit",
    },
    Limit {
        what: "memory to generate the code of a document, relative to its size, if that is more",
        most: backend::MOST_A_BYTE,
        unit: "bytes for each byte of the document, estimated",
        error: "rejected, with the location of the schema that exceeds the limit",
        test: "rejects_the_schema_that_exceeds_the_memory_limit",
    },
    Limit {
        what: "attempts to rename types that share a name",
        most: generate::MOST_RUNS as u64,
        unit: "attempts",
        error: "rejected, with the location of a schema with that name",
        test: "nullable_inline_schemas_get_unique_type_names",
    },
    Limit {
        what: "attempts to generate a document without the parts that cannot be generated",
        most: carve::MOST_ATTEMPTS as u64,
        unit: "attempts",
        error: "rejected, with the locations of the problems",
        test: "problems_of_more_phases_than_attempts_are_errors",
    },
    Limit {
        what: "documents generated to find the smallest such parts",
        most: carve::MOST_WORK as u64,
        unit: "values",
        error: "the whole schema or operation is left out",
        test: "large_documents_are_carved_within_the_limit_of_work",
    },
];
