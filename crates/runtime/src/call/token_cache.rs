//! Cache of access tokens: concurrent calls share one fetch, and a token is replaced shortly before it expires.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Mutex, time::Instant};

use super::{
    super::values::secret::Secret,
    error::TokenFailure,
    token::{Token, TokenSource},
};

/// Maximum time before expiry at which a token is replaced.
const EARLY: Duration = Duration::from_secs(60);
/// Pause after a failed early replacement.
const PAUSE: Duration = Duration::from_secs(5);

pub(crate) struct TokenCache {
    source: Box<dyn TokenSource>,
    /// Number of completed fetches. Read before waiting, to detect afterwards whether one completed meanwhile.
    ended: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The error of the last fetch, if it failed.
    failure: Option<TokenFailure>,
}

struct Held {
    token: Arc<Secret>,
    replace_at: Instant,
    expires_at: Instant,
}

impl TokenCache {
    pub(crate) fn new(source: Box<dyn TokenSource>) -> Self {
        Self { source, ended: AtomicU64::new(0), state: Mutex::default() }
    }

    /// Returns a valid token.
    pub(crate) async fn token(&self) -> Result<Arc<Secret>, TokenFailure> {
        self.token_other_than(None).await
    }

    /// Returns a valid token other than `refused`, which the server has just rejected with 401.
    pub(crate) async fn token_other_than(&self, refused: Option<&Arc<Secret>>) -> Result<Arc<Secret>, TokenFailure> {
        let ended_before = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if refused.is_some_and(|refused| state.held.as_ref().is_some_and(|held| Arc::ptr_eq(&held.token, refused))) {
            state.held = None;
        }
        let now = Instant::now();
        if let Some(held) = state.held.as_ref().filter(|held| now < held.replace_at) {
            return Ok(Arc::clone(&held.token));
        }
        // a fetch that failed while this call waited is the result of this call too
        if let Some(failure) = state.failure.as_ref().filter(|_| self.ended.load(Ordering::Acquire) != ended_before) {
            return Err(Arc::clone(failure));
        }
        let fetched = self.source.fetch().await;
        self.ended.fetch_add(1, Ordering::AcqRel);
        match fetched {
            Ok(token) => {
                let held = Held::new(token, Instant::now());
                let token = Arc::clone(&held.token);
                *state = State { held: Some(held), failure: None };
                Ok(token)
            }
            Err(error) => match state.held.as_mut().filter(|held| now < held.expires_at) {
                Some(held) => {
                    tracing::warn!("the access token could not be replaced early; the current one is still valid");
                    held.replace_at = (now + PAUSE).min(held.expires_at);
                    Ok(Arc::clone(&held.token))
                }
                None => {
                    let failure: TokenFailure = Arc::from(error);
                    *state = State { held: None, failure: Some(Arc::clone(&failure)) };
                    Err(failure)
                }
            },
        }
    }
}

impl Held {
    fn new(token: Token, now: Instant) -> Self {
        // limited to a year, so that the sum below cannot overflow
        let lifetime = token.expires_in.min(Duration::from_secs(365 * 86_400));
        let early = EARLY.min(lifetime / 10);
        Self { token: Arc::new(token.access_token), replace_at: now + (lifetime - early), expires_at: now + lifetime }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::token::TokenFuture, *};
    use std::sync::atomic::AtomicUsize;

    struct Scripted {
        calls: Arc<AtomicUsize>,
        /// Lifetime of the n-th token; `None` fails. The last entry repeats.
        lifetimes: Vec<Option<Duration>>,
    }

    impl TokenSource for Scripted {
        fn fetch(&self) -> TokenFuture<'_> {
            Box::pin(async {
                let call = self.calls.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                match self.lifetimes[call.min(self.lifetimes.len() - 1)] {
                    Some(expires_in) => Ok(Token { access_token: Secret::from(format!("token-{call}")), expires_in }),
                    None => Err(format!("failure {call}").into()),
                }
            })
        }
    }

    fn cache(lifetimes: Vec<Option<Duration>>) -> (Arc<TokenCache>, Arc<AtomicUsize>) {
        let calls = Arc::new(AtomicUsize::new(0));
        (Arc::new(TokenCache::new(Box::new(Scripted { calls: Arc::clone(&calls), lifetimes }))), calls)
    }

    async fn many(cache: &Arc<TokenCache>) -> Vec<Result<String, String>> {
        let calls: Vec<_> = (0..16)
            .map(|_| {
                let cache = Arc::clone(cache);
                tokio::spawn(async move { cache.token().await })
            })
            .collect();
        let mut results = Vec::new();
        for call in calls {
            results.push(match call.await.unwrap() {
                Ok(token) => Ok(token.expose_secret().to_owned()),
                Err(failure) => Err(failure.to_string()),
            });
        }
        results
    }

    const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

    #[tokio::test]
    async fn concurrent_calls_share_one_fetch() {
        let (cache, calls) = cache(vec![HOUR]);
        assert_eq!(many(&cache).await, vec![Ok("token-0".to_owned()); 16]);
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn concurrent_calls_share_a_failed_fetch() {
        let (cache, calls) = cache(vec![None, HOUR]);
        assert_eq!(many(&cache).await, vec![Err("failure 0".to_owned()); 16]);
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        assert_eq!(cache.token().await.unwrap().expose_secret(), "token-1");
    }

    #[tokio::test(start_paused = true)]
    async fn keeps_a_valid_token_when_the_early_replacement_fails() {
        // expires after 300 ms, is replaced after 270 ms
        let (cache, calls) = cache(vec![Some(Duration::from_millis(300)), None, HOUR]);
        assert_eq!(cache.token().await.unwrap().expose_secret(), "token-0");
        tokio::time::sleep(Duration::from_millis(275)).await;
        let kept = cache.token().await;
        assert_eq!(kept.unwrap().expose_secret(), "token-0");
        assert_eq!(calls.load(Ordering::SeqCst), 2);
        tokio::time::sleep(Duration::from_millis(60)).await;
        assert_eq!(cache.token().await.unwrap().expose_secret(), "token-2", "the first token has expired");
    }

    #[tokio::test]
    async fn concurrent_calls_replace_a_rejected_token_once() {
        let (cache, calls) = cache(vec![HOUR]);
        let refused = cache.token().await.unwrap();
        let (one, two) = tokio::join!(cache.token_other_than(Some(&refused)), cache.token_other_than(Some(&refused)));
        assert_eq!(one.unwrap().expose_secret(), "token-1");
        assert_eq!(two.unwrap().expose_secret(), "token-1");
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn accepts_maximal_and_zero_lifetimes() {
        let (endless, calls) = cache(vec![Some(Duration::MAX)]);
        endless.token().await.unwrap();
        endless.token().await.unwrap();
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        let (dead, calls) = cache(vec![Some(Duration::ZERO)]);
        dead.token().await.unwrap();
        dead.token().await.unwrap();
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }
}
