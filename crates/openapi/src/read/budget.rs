//! The memory budget of a file: a value takes much more memory than the two characters that it may have in the file.

use crate::limits::MOST_MEMORY;

/// Bytes of a value with its location.
const VALUE: usize = 200;

/// Bytes of an object without its entries, and of an entry without its key.
const OBJECT: usize = 250;
const ENTRY: usize = 250;

/// The remaining memory of a file.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    left: usize,
}

/// The budget is exhausted.
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) const fn of_a_file() -> Self {
        Self { left: MOST_MEMORY }
    }

    pub(crate) const fn of(bytes: usize) -> Self {
        Self { left: bytes }
    }

    /// Returns the bytes spent since `before`.
    pub(crate) const fn spent(&self, before: &Self) -> usize {
        before.left.saturating_sub(self.left)
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.left = self.left.checked_sub(bytes).ok_or(Exhausted)?;
        Ok(())
    }

    /// Pays for `null`, a boolean, a number or an array.
    pub(crate) fn value(&mut self) -> Result<(), Exhausted> {
        self.spend(VALUE)
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<(), Exhausted> {
        self.spend(VALUE + 2 * text.len())
    }

    pub(crate) fn object(&mut self) -> Result<(), Exhausted> {
        self.spend(OBJECT)
    }

    pub(crate) fn entry(&mut self, key: &str) -> Result<(), Exhausted> {
        self.spend(ENTRY + 3 * key.len())
    }
}

/// The message for a file that exceeds its budget.
pub(crate) const TOO_MUCH: &str = "the values of the file take more than 384 MiB of memory, the limit";

/// The fix.
pub(crate) const TOO_MUCH_FIX: &str = "split the document into several files";
