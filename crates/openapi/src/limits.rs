//! Every limit of reading and validating a document, and the table of them for `docs/limits.md`.

/// References in a row, but for schemas.
pub const MOST_REFERENCES: usize = 32;

/// Memory that the values of one file may take, in bytes, estimated. The largest published document takes an eighth.
pub const MOST_MEMORY: usize = 384 * 1024 * 1024;

/// Bytes of one key. The longest known, a path, has 170.
pub const LONGEST_KEY: usize = 1_000;

/// Bytes of all keys around one value. The most known are 292.
pub const LONGEST_POINTER: usize = 4_000;

/// Bytes of one file: more than ten times the largest published document.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;

/// Levels of values within one another: more than any real document has, and few enough for every stack.
pub const DEEPEST_VALUE: usize = 128;

/// Bytes of memory that YAML aliases may stand for, beyond what is written: a few lines could stand for more than
/// memory holds.
pub const MOST_REPEATED: usize = 64 * 1024 * 1024;

/// Keys that the merges (`<<`) of one YAML file look at.
pub const MOST_MERGED: usize = 1_000_000;

/// Character ranges of one `pattern`, repetitions written out. `regex` compiles this much in some milliseconds.
pub const MOST_PATTERN_WEIGHT: u64 = 100_000;

/// Parameters of one operation or path. The most known are 55.
pub const MOST_PARAMETERS: usize = 1_000;

/// Schemas in one `allOf`, `oneOf` or `anyOf`. The most known are 111.
pub const MOST_VARIANTS: usize = 2_000;

/// Values of one `enum`. The most known are 2 477.
pub const MOST_ENUM_VALUES: usize = 20_000;

/// Paths, schemas, properties or required names in one place. The most known are 2 275.
pub const MOST_NAMED: usize = 10_000;

/// Bytes of an `operationId`, and of a parameter's name. The most known are 95.
pub const LONGEST_NAME: usize = 1_000;

/// Names in braces of one path. The most known are 6.
pub const MOST_PATH_NAMES: usize = 200;

/// Values of all files of one document together.
pub const MOST_BUNDLED_VALUES: usize = 5_000_000;

/// Values of a document once references to other than schemas are resolved. The most known are some 90 000 before.
pub const MOST_RESOLVED_VALUES: usize = 1_000_000;

/// Bytes of all files of one document together.
pub const MOST_BUNDLED_BYTES: usize = 256 * 1024 * 1024;

const AT_ITS_PLACE: &str = "refused at the value that has too many";

/// One limit: what is limited, the most of it, and the test that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is limited.
    pub what: &'static str,
    /// The most of it.
    pub most: u64,
    /// The unit of `most`.
    pub unit: &'static str,
    /// What is said beyond it, and where.
    pub error: &'static str,
    /// The name of the test.
    pub test: &'static str,
}

impl Limit {
    /// The row of the table in `docs/limits.md`.
    #[must_use]
    pub fn row(&self) -> String {
        format!("| {} | {} {} | {} | `{}` |", self.what, self.most, self.unit, self.error, self.test)
    }
}

/// The limits of reading.
pub const LIMITS: &[Limit] = &[
    Limit {
        what: "one file",
        most: LARGEST_FILE as u64,
        unit: "bytes",
        error: "refused with the file's name",
        test: "reads_a_bounded_part_of_an_endless_file",
    },
    Limit {
        what: "values of one file, once read",
        most: MOST_MEMORY as u64,
        unit: "bytes of memory, estimated",
        error: "refused at the value that is too much",
        test: "values_that_take_too_much_memory_are_refused_at_their_place",
    },
    Limit {
        what: "values within one another",
        most: DEEPEST_VALUE as u64,
        unit: "levels",
        error: "refused at the value that is too deep",
        test: "nesting_ends_before_the_stack_does",
    },
    Limit {
        what: "one key",
        most: LONGEST_KEY as u64,
        unit: "bytes",
        error: "refused at the key",
        test: "names_that_are_too_long_are_refused_at_their_place",
    },
    Limit {
        what: "all keys around a value",
        most: LONGEST_POINTER as u64,
        unit: "bytes",
        error: "refused at the key that is too much",
        test: "names_that_are_too_long_are_refused_at_their_place",
    },
    Limit {
        what: "what YAML aliases stand for, beyond what is written",
        most: MOST_REPEATED as u64,
        unit: "bytes of memory, estimated",
        error: "refused at the value that is too much",
        test: "aliases_cannot_blow_up_a_small_file",
    },
    Limit {
        what: "keys that YAML merges (`<<`) look at",
        most: MOST_MERGED as u64,
        unit: "keys",
        error: "refused at the mapping that is too much",
        test: "merge_keys_give_what_a_mapping_does_not_say",
    },
    Limit {
        what: "one `pattern`, repetitions written out",
        most: MOST_PATTERN_WEIGHT,
        unit: "character ranges",
        error: "listed as unsupported, and not enforced",
        test: "what_does_not_translate_is_refused_with_its_reason",
    },
    Limit {
        what: "paths, schemas, properties or required names in one place",
        most: MOST_NAMED as u64,
        unit: "names",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "parameters of an operation or path",
        most: MOST_PARAMETERS as u64,
        unit: "parameters",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "names in braces of a path",
        most: MOST_PATH_NAMES as u64,
        unit: "names",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "an `operationId`, a parameter's name",
        most: LONGEST_NAME as u64,
        unit: "bytes",
        error: "refused at the name",
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "values of an `enum`",
        most: MOST_ENUM_VALUES as u64,
        unit: "values",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "schemas in one `allOf`, `oneOf` or `anyOf`",
        most: MOST_VARIANTS as u64,
        unit: "schemas",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "references in a row, but for schemas",
        most: MOST_REFERENCES as u64,
        unit: "references",
        error: "refused at the reference that is too much",
        test: "cycles_and_reference_bombs_are_refused",
    },
    Limit {
        what: "the document once references to other than schemas are resolved",
        most: MOST_RESOLVED_VALUES as u64,
        unit: "values",
        error: "refused at the reference that is too much",
        test: "cycles_and_reference_bombs_are_refused",
    },
];
