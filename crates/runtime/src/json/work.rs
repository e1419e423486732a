//! The step limit of decoding a response. Without a discriminator, every variant of a union is tried, and a hostile
//! response could make nested unions try their parts exponentially often.

use std::{
    any::TypeId,
    cell::{Cell, RefCell},
    collections::HashMap,
    fmt,
};

/// Steps for each byte of a response. Usual responses take less than ten.
pub(crate) const STEPS_PER_BYTE: u64 = 128;

/// Smaller responses may take as many steps as one of this size in bytes.
const LEAST_BYTES: u64 = 1024;

/// Maximum steps for a response of any size. They take a few seconds.
pub(crate) const MOST_STEPS: u64 = 1 << 28;

thread_local! {
    /// Remaining steps for the response that this thread decodes.
    static LEFT: Cell<Option<u64>> = const { Cell::new(None) };
    /// The variant that was found for a value, by the value's identity and the type of the union.
    static CHOSEN: RefCell<HashMap<(u64, TypeId), Option<usize>>> = RefCell::default();
}

/// The error when decoding a response takes too many steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl fmt::Display for Exhausted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("decoding its unions takes too many steps")
    }
}

/// Resets the state of the thread when decoding ends, also by a panic.
struct Reset;

impl Drop for Reset {
    fn drop(&mut self) {
        LEFT.set(None);
        CHOSEN.take();
    }
}

/// Calls `read` with the step limit of a response of `bytes` bytes. A nested call shares the steps of the outer one.
pub(crate) fn bounded<T>(bytes: usize, read: impl FnOnce() -> T) -> Result<T, Exhausted> {
    if LEFT.get().is_some() {
        return Ok(read());
    }
    let _reset = Reset;
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX).max(LEAST_BYTES);
    LEFT.set(Some(bytes.saturating_mul(STEPS_PER_BYTE).min(MOST_STEPS)));
    let value = read();
    if LEFT.get() == Some(0) { Err(Exhausted) } else { Ok(value) }
}

/// Takes one step.
pub(crate) fn step() -> Result<(), Exhausted> {
    steps(1)
}

/// Takes `count` steps. If fewer remain, none remain after it.
pub(crate) fn steps(count: usize) -> Result<(), Exhausted> {
    let Some(left) = LEFT.get() else { return Ok(()) };
    let left = left.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
    LEFT.set(Some(left));
    if left == 0 { Err(Exhausted) } else { Ok(()) }
}

/// Returns the variant of the union `T` that was found for a value; `Some(None)` if it matches none.
pub(crate) fn chosen<T: 'static>(id: u64) -> Option<Option<usize>> {
    CHOSEN.with_borrow(|chosen| chosen.get(&(id, TypeId::of::<T>())).copied())
}

/// Stores the result of [`chosen`].
pub(crate) fn remember<T: 'static>(id: u64, variant: Option<usize>) {
    CHOSEN.with_borrow_mut(|chosen| {
        chosen.insert((id, TypeId::of::<T>()), variant);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_limited_for_each_response() {
        let most = LEAST_BYTES * STEPS_PER_BYTE;
        for _ in 0..2 {
            let taken = |count: u64| bounded(0, || (0..count).try_for_each(|_| step()));
            assert_eq!(taken(most - 1), Ok(Ok(())));
            assert_eq!(taken(most), Err(Exhausted));
            assert_eq!(taken(most * 2), Err(Exhausted));
        }
        assert_eq!(bounded(usize::MAX, || steps(usize::MAX)), Err(Exhausted));
        assert_eq!(steps(usize::MAX), Ok(()), "steps are counted only while decoding");
    }

    #[test]
    fn variants_are_remembered_until_decoding_ends() {
        let found = bounded(0, || {
            remember::<u8>(1, Some(2));
            (bounded(0, || chosen::<u8>(1)), chosen::<u16>(1), chosen::<u8>(2))
        });
        assert_eq!(found, Ok((Ok(Some(Some(2))), None, None)));
        assert_eq!(chosen::<u8>(1), None);
    }
}
