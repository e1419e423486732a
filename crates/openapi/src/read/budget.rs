//! How much memory a file may take once it is read. A value takes many times more than the two characters that it may
//! be written in.

use crate::limits::MOST_MEMORY;

/// What a value takes by itself, with its place.
const VALUE: usize = 200;

/// What an object takes beside its entries, and an entry beside its key.
const OBJECT: usize = 250;
const ENTRY: usize = 250;

/// What is left of the memory of a file.
#[derive(Clone, Copy)]
pub(crate) struct Budget {
    left: usize,
}

/// There is nothing left.
pub(crate) struct Spent;

impl Budget {
    pub(crate) const fn of_a_file() -> Self {
        Self { left: MOST_MEMORY }
    }

    pub(crate) const fn of(bytes: usize) -> Self {
        Self { left: bytes }
    }

    /// What was spent since the budget was this.
    pub(crate) const fn spent(&self, before: &Self) -> usize {
        before.left.saturating_sub(self.left)
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Spent> {
        self.left = self.left.checked_sub(bytes).ok_or(Spent)?;
        Ok(())
    }

    /// Null, a flag, a number or a list.
    pub(crate) fn value(&mut self) -> Result<(), Spent> {
        self.spend(VALUE)
    }

    pub(crate) fn text(&mut self, text: &str) -> Result<(), Spent> {
        self.spend(VALUE + 2 * text.len())
    }

    pub(crate) fn object(&mut self) -> Result<(), Spent> {
        self.spend(OBJECT)
    }

    pub(crate) fn entry(&mut self, key: &str) -> Result<(), Spent> {
        self.spend(ENTRY + 3 * key.len())
    }
}

/// What is said of a file that takes too much.
pub(crate) const TOO_MUCH: &str = "its values take more than 384 MiB of memory, the most that is read";

/// What to do about it.
pub(crate) const TOO_MUCH_FIX: &str = "split the document into files";
