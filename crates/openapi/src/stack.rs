//! A thread with a stack for what recurses as deep as documents nest.

use crate::Problem;

/// typify recurses as deep as schemas nest; a thread's usual 2 MiB are not enough for every real document.
pub const STACK: usize = 256 * 1024 * 1024;

/// Runs a function on a thread with a large stack and returns what it returns.
///
/// # Errors
/// The problems of the function; one problem if it panicked or no thread could be started.
pub fn with_stack<T: Send>(run: impl FnOnce() -> Result<T, Vec<Problem>> + Send) -> Result<T, Vec<Problem>> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("generate".to_owned()).stack_size(STACK);
        match thread.spawn_scoped(scope, run).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(vec![Problem::bug("the generator panicked on this document")]),
            Err(error) => Err(vec![Problem::new(format!("no thread could be started: {error}"), "free some memory")]),
        }
    })
}
