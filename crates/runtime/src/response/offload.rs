//! Large bodies are decoded on another thread, so that the caller's other tasks go on.

use tokio::task;

use super::deadline::Deadline;

/// Bodies up to this size are decoded in place: another thread would cost more.
const SMALL: usize = 16 * 1024;

/// Returns the result of `read` on a body, and the body. A large body is read on a thread that may block.
///
/// # Errors
/// Why it was not read to its end. After the deadline that thread goes on until its own limit.
pub(crate) async fn offload<T: Send + 'static>(
    body: Vec<u8>,
    deadline: Deadline,
    read: impl FnOnce(&[u8]) -> T + Send + 'static,
) -> Result<(T, Vec<u8>), String> {
    if body.len() <= SMALL {
        return Ok((read(&body), body));
    }
    let reading = task::spawn_blocking(move || (read(&body), body));
    match tokio::time::timeout(deadline.remaining(), reading).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(failure)) => match failure.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err("the program ended while it was read".to_owned()),
        },
        Err(_) => Err(format!("it was not read to its end within {:?}", deadline.limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    #[test]
    fn only_large_bodies_are_read_by_another_thread() {
        for (length, moves) in [(0, false), (SMALL, false), (SMALL + 1, true)] {
            let here = std::thread::current().id();
            let read = move |body: &[u8]| (std::thread::current().id() != here, body.len());
            let (read, body) = run(offload(vec![1; length], Deadline::after(Duration::MAX), read)).unwrap();
            assert_eq!((read, body.len()), ((moves, length), length));
        }
    }

    #[test]
    fn what_takes_longer_than_the_call_may_is_given_up() {
        let (release, held) = std::sync::mpsc::channel::<()>();
        let read = move |_: &[u8]| held.recv();
        let read = run(async {
            let read = offload(vec![0; SMALL + 1], Deadline::after(Duration::from_millis(20)), read).await;
            release.send(()).unwrap();
            read
        });
        assert_eq!(read.err(), Some("it was not read to its end within 20ms".to_owned()));
    }
}
