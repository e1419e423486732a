//! A thread with a large stack, for recursion over documents.

use crate::Problem;

/// Stack size in bytes. typify recurses as deep as schemas nest; the default of 2 MiB overflows on real documents.
pub const STACK: usize = 256 * 1024 * 1024;

/// Runs a function on a thread with a large stack, and returns its result.
///
/// # Errors
/// The problems of the function; one problem if it panicked or no thread could be started.
pub fn with_stack<T: Send>(run: impl FnOnce() -> Result<T, Vec<Problem>> + Send) -> Result<T, Vec<Problem>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("generate".to_owned()).stack_size(STACK);
        match thread.spawn_scoped(scope, run).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(vec![Problem::bug("the generator panicked on this document")]),
            Err(error) => Err(vec![Problem::new(format!("a thread cannot be started: {error}"), "free some memory")]),
        }
    })
}
