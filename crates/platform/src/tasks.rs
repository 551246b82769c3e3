//! Owns: starting tasks, so that none dies unseen. Doesn't own: what they do.

use std::future::Future;

use tracing::Instrument as _;

/// Runs `future` beside the rest; its name stands in every line it logs.
pub fn spawn<F>(name: &'static str, future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    #[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
    tokio::spawn(future.instrument(tracing::info_span!("task", name)))
}

/// Runs heavy, blocking work (a password's hash) off the request threads.
///
/// `None` when the work panicked.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
