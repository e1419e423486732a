//! The deadline of a call.

use std::time::Duration;

use tokio::time::Instant;

/// The timeout of a call and its start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    start: Instant,
    pub(crate) limit: Duration,
}

impl Deadline {
    pub(crate) fn after(limit: Duration) -> Self {
        Self { start: Instant::now(), limit }
    }

    pub(crate) fn remaining(self) -> Duration {
        self.limit.saturating_sub(self.start.elapsed())
    }
}
