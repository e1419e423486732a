//! The work that decoding a response may take. Where no discriminator names the variant of a union, each is tried, and
//! a server could send a value whose parts are tried again and again.

use std::{
    any::TypeId,
    cell::{Cell, RefCell},
    collections::HashMap,
    fmt,
};

/// Steps for every byte of a response: usual ones take less than ten.
pub(crate) const STEPS_PER_BYTE: u64 = 128;

/// Small responses may take as many steps as one of so many bytes.
const LEAST_BYTES: u64 = 1024;

/// Steps for a response of any size: a few seconds.
pub(crate) const MOST_STEPS: u64 = 1 << 28;

thread_local! {
    /// Steps that are left for the response that this thread decodes.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
    /// The variant that a value was found to be of, by the value's id and the type of the union.
    static CHOSEN: RefCell<HashMap<(u64, TypeId), Option<usize>>> = RefCell::default();
}

/// More steps than a response may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many variants of unions fit its parts to try them all")
    }
}

/// Ends the decoding of a response, also when it panics.
struct Reading;

impl Drop for Reading {
    fn drop(&mut self) {
        LEFT.set(None);
        CHOSEN.take();
    }
}

/// Decodes a response of so many bytes in a bounded number of steps. Calls inside of another share its steps.
pub(crate) fn bounded<T>(bytes: usize, read: impl FnOnce() -> T) -> Result<T, Exhausted> {
    if LEFT.get().is_some() {
        return Ok(read());
    }
    let _reading = Reading;
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).max(LEAST_BYTES);
    LEFT.set(Some(bytes.saturating_mul(STEPS_PER_BYTE).min(MOST_STEPS)));
    let value = read();
    if LEFT.get() == Some(0) { Err(Exhausted) } else { Ok(value) }
}

/// Takes one step.
pub(crate) fn step() -> Result<(), Exhausted> {
    steps(1)
}

/// Takes so many steps. Once too few are left, none are.
pub(crate) fn steps(count: usize) -> Result<(), Exhausted> {
    let Some(left) = LEFT.get() else { return Ok(()) };
    let left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
    LEFT.set(Some(left));
    if left == 0 { Err(Exhausted) } else { Ok(()) }
}

/// Returns the variant of the union `T` that a value was found to be of: `Some(None)` if it is of none.
pub(crate) fn chosen<T: 'static>(id: u64) -> Option<Option<usize>> {
    CHOSEN.with_borrow(|chosen| chosen.get(&(id, TypeId::of::<T>())).copied())
}

/// Sets what [`chosen`] returns.
pub(crate) fn remember<T: 'static>(id: u64, variant: Option<usize>) {
    CHOSEN.with_borrow_mut(|chosen| {
        chosen.insert((id, TypeId::of::<T>()), variant);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_ends_after_the_steps_of_its_size_and_takes_nothing_from_the_next() {
        let most = LEAST_BYTES * STEPS_PER_BYTE;
        for _ in 0..2 {
            let taken = |count: u64| bounded(0, || (0..count).try_for_each(|_| step()));
            assert_eq!(taken(most - 1), Ok(Ok(())));
            assert_eq!(taken(most), Err(Exhausted));
            assert_eq!(taken(most * 2), Err(Exhausted));
        }
        assert_eq!(bounded(usize::MAX, || steps(usize::MAX)), Err(Exhausted));
        assert_eq!(steps(usize::MAX), Ok(()), "outside of a reading nothing is counted");
    }

    #[test]
    fn what_was_found_is_forgotten_with_its_reading() {
        let found = bounded(0, || {
            remember::<u8>(1, Some(2));
            (bounded(0, || chosen::<u8>(1)), chosen::<u16>(1), chosen::<u8>(2))
        });
        assert_eq!(found, Ok((Ok(Some(Some(2))), None, None)));
        assert_eq!(chosen::<u8>(1), None);
    }
}
