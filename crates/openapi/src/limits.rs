//! The limits of reading and validating a document, and their rows of `docs/limits.md`.

/// Length of a chain of references to objects other than schemas.
pub const MOST_REFERENCES: usize = 32;

/// Estimated memory of the values of one file, in bytes. The largest published document takes an eighth of it.
pub const MOST_MEMORY: usize = 384 * 1024 * 1024;

/// Bytes of one key. The longest known key, a path, has 170.
pub const LONGEST_KEY: usize = 1_000;

/// Bytes of all keys around one value. The largest known number is 292.
pub const LONGEST_POINTER: usize = 4_000;

/// Bytes of one file: more than ten times the largest published document.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// Nesting of values, in levels: more than in any known document, and few enough for every stack.
pub const DEEPEST_VALUE: usize = 128;

/// Bytes of memory for the expansion of the YAML aliases of a file: a few lines could expand to more than the memory of
/// the machine.
pub const MOST_REPEATED: usize = 64 * 1024 * 1024;

/// Keys that the merge keys (`<<`) of one YAML file read.
pub const MOST_MERGED: usize = 1_000_000;

/// Character ranges of one `pattern`, with repetitions expanded. `regex` compiles these in some milliseconds.
pub const MOST_PATTERN_WEIGHT: u64 = 100_000;

/// Parameters of one operation or path. The largest known number is 55.
pub const MOST_PARAMETERS: usize = 1_000;

/// Schemas in one `allOf`, `oneOf` or `anyOf`. The largest known number is 111.
pub const MOST_VARIANTS: usize = 2_000;

/// Values of one `enum`. The largest known number is 2 477.
pub const MOST_ENUM_VALUES: usize = 20_000;

/// Paths, schemas, properties or required names of one object. The largest known number is 2 275.
pub const MOST_NAMED: usize = 10_000;

/// Bytes of an `operationId`, and of a parameter's name. The largest known number is 95.
pub const LONGEST_NAME: usize = 1_000;

/// Parameters in one path template. The largest known number is 6.
pub const MOST_PATH_NAMES: usize = 200;

/// Values of all files of one document in total.
pub const MOST_BUNDLED_VALUES: usize = 5_000_000;

/// Values of a document after inlining references to objects other than schemas. The largest known document has about
/// 90 000 before.
pub const MOST_RESOLVED_VALUES: usize = 1_000_000;

/// Bytes of all files of one document in total.
pub const MOST_BUNDLED_BYTES: usize = 256 * 1024 * 1024;

const AT_THE_ENTRIES: &str = "rejected, with the location of the entries";
const AT_THE_REFERENCE: &str = "rejected, with the location of the reference";
const AT_THE_VALUE: &str = "rejected, with the location of the value";

/// A limit, with the test that verifies it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The limited quantity.
    pub what: &'static str,
    /// The largest allowed number.
    pub most: u64,
    /// The unit of `most`.
    pub unit: &'static str,
    /// What happens beyond the limit.
    pub error: &'static str,
    /// The name of the test.
    pub test: &'static str,
}

impl Limit {
    /// Returns the row of the table in `docs/limits.md`.
    #[must_use]
    pub fn row(&self) -> String {
        format!("| {} | {} {} | {} | `{}` |", self.what, self.most, self.unit, self.error, self.test)
    }
}

/// The limits of reading and validating documents.
pub const LIMITS: &[Limit] = &[
    Limit {
        what: "one file",
        most: LARGEST_FILE as u64,
        unit: "bytes",
        error: "rejected, with the name of the file",
        test: "reads_a_bounded_part_of_an_endless_file",
    },
    Limit {
        what: "values of one file",
        most: MOST_MEMORY as u64,
        unit: "bytes of memory, estimated",
        error: AT_THE_VALUE,
        test: "reports_the_location_of_the_value_that_exceeds_the_memory_limit",
    },
    Limit {
        what: "nesting of values",
        most: DEEPEST_VALUE as u64,
        unit: "levels",
        error: AT_THE_VALUE,
        test: "nesting_is_limited",
    },
    Limit {
        what: "one key",
        most: LONGEST_KEY as u64,
        unit: "bytes",
        error: "rejected, with the location of the key",
        test: "reports_the_location_of_keys_that_are_too_long",
    },
    Limit {
        what: "all keys around a value",
        most: LONGEST_POINTER as u64,
        unit: "bytes",
        error: "rejected, with the location of the innermost key",
        test: "reports_the_location_of_keys_that_are_too_long",
    },
    Limit {
        what: "expansion of the YAML aliases of a file",
        most: MOST_REPEATED as u64,
        unit: "bytes of memory, estimated",
        error: AT_THE_VALUE,
        test: "the_expansion_of_aliases_is_limited",
    },
    Limit {
        what: "keys that the YAML merge keys (`<<`) of a file merge",
        most: MOST_MERGED as u64,
        unit: "keys",
        error: "rejected, with the location of the mapping",
        test: "merge_keys_add_missing_entries",
    },
    Limit {
        what: "one `pattern`, with repetitions expanded",
        most: MOST_PATTERN_WEIGHT,
        unit: "character ranges",
        error: "listed as unsupported, and not enforced",
        test: "unsupported_patterns_have_a_reason",
    },
    Limit {
        what: "paths, schemas, properties or required names of one object",
        most: MOST_NAMED as u64,
        unit: "names",
        error: AT_THE_ENTRIES,
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "parameters of an operation or path",
        most: MOST_PARAMETERS as u64,
        unit: "parameters",
        error: AT_THE_ENTRIES,
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "parameters in a path template",
        most: MOST_PATH_NAMES as u64,
        unit: "parameters",
        error: "rejected, with the location of the path",
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "an `operationId`, a parameter's name",
        most: LONGEST_NAME as u64,
        unit: "bytes",
        error: "rejected, with the location of the name",
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "values of an `enum`",
        most: MOST_ENUM_VALUES as u64,
        unit: "values",
        error: AT_THE_ENTRIES,
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "schemas in one `allOf`, `oneOf` or `anyOf`",
        most: MOST_VARIANTS as u64,
        unit: "schemas",
        error: AT_THE_ENTRIES,
        test: "reports_the_location_of_too_many_entries",
    },
    Limit {
        what: "chain of references to objects other than schemas",
        most: MOST_REFERENCES as u64,
        unit: "references",
        error: AT_THE_REFERENCE,
        test: "reference_cycles_and_too_many_values_are_errors",
    },
    Limit {
        what: "document after inlining references to objects other than schemas",
        most: MOST_RESOLVED_VALUES as u64,
        unit: "values",
        error: AT_THE_REFERENCE,
        test: "reference_cycles_and_too_many_values_are_errors",
    },
];
