//! Decoding of large bodies on a blocking thread, so that the executor stays responsive.

use tokio::task;

use super::deadline::Deadline;

/// Maximum size in bytes of bodies that are decoded on the current thread, where a thread switch would cost more.
const SMALL: usize = 16 * 1024;

/// Returns the result of `read` on a body, and the body. Large bodies are passed to `read` on a blocking thread.
///
/// # Errors
/// When the deadline passes. The blocking thread then continues until `read` returns.
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
            Err(_) => Err("the runtime was shut down while it was decoded".to_owned()),
        },
        Err(_) => Err(format!("it was not decoded within {:?}", deadline.limit)),
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
    fn only_large_bodies_move_to_another_thread() {
        for (length, moves) in [(0, false), (SMALL, false), (SMALL + 1, true)] {
            let here = std::thread::current().id();
            let read = move |body: &[u8]| (std::thread::current().id() != here, body.len());
            let (read, body) = run(offload(vec![1; length], Deadline::after(Duration::MAX), read)).unwrap();
            assert_eq!((read, body.len()), ((moves, length), length));
        }
    }

    #[test]
    fn stops_waiting_at_the_deadline() {
        let (release, held) = std::sync::mpsc::channel::<()>();
        let read = move |_: &[u8]| held.recv();
        let read = run(async {
            let read = offload(vec![0; SMALL + 1], Deadline::after(Duration::from_millis(20)), read).await;
            release.send(()).unwrap();
            read
        });
        assert_eq!(read.err(), Some("it was not decoded within 20ms".to_owned()));
    }
}
