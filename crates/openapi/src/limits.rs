//! The limits of reading, for `docs/limits.md`.

use crate::{LONGEST_KEY, LONGEST_POINTER, MOST_BYTES, located, pattern, validate, yaml};

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
        most: located::LARGEST as u64,
        unit: "bytes",
        error: "refused with the file's name",
        test: "reads_a_bounded_part_of_an_endless_file",
    },
    Limit {
        what: "values of one file, once read",
        most: MOST_BYTES as u64,
        unit: "bytes of memory, estimated",
        error: "refused at the value that is too much",
        test: "values_that_take_too_much_memory_are_refused_at_their_place",
    },
    Limit {
        what: "values within one another",
        most: yaml::DEEPEST as u64,
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
        most: yaml::MOST_REPEATED as u64,
        unit: "bytes of memory, estimated",
        error: "refused at the value that is too much",
        test: "aliases_cannot_blow_up_a_small_file",
    },
    Limit {
        what: "keys that YAML merges (`<<`) look at",
        most: yaml::MOST_MERGED as u64,
        unit: "keys",
        error: "refused at the mapping that is too much",
        test: "merge_keys_give_what_a_mapping_does_not_say",
    },
    Limit {
        what: "one `pattern`, repetitions written out",
        most: pattern::MOST_WEIGHT,
        unit: "character ranges",
        error: "listed as unsupported, and not enforced",
        test: "what_does_not_translate_is_refused_with_its_reason",
    },
    Limit {
        what: "paths, schemas, properties or required names in one place",
        most: validate::MOST_NAMED as u64,
        unit: "names",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "parameters of an operation or path",
        most: validate::MOST_PARAMETERS as u64,
        unit: "parameters",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "names in braces of a path",
        most: validate::MOST_NAMES as u64,
        unit: "names",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "an `operationId`, a parameter's name",
        most: validate::LONGEST_NAME as u64,
        unit: "bytes",
        error: "refused at the name",
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "values of an `enum`",
        most: validate::MOST_ENUM_VALUES as u64,
        unit: "values",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
    Limit {
        what: "schemas in one `allOf`, `oneOf` or `anyOf`",
        most: validate::MOST_VARIANTS as u64,
        unit: "schemas",
        error: AT_ITS_PLACE,
        test: "more_of_a_kind_than_can_be_taken_is_refused_at_its_place",
    },
];
