//! Owns: starting tasks, so that none that is to stay dies unseen. Doesn't own: what they do.

use std::{future::Future, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt as _;
use tracing::Instrument as _;

/// After so long a task that died begins anew.
const REST: Duration = Duration::from_secs(1);

/// Runs `future` beside the rest; its name stands in every line it logs.
pub fn spawn<F>(name: &'static str, future: F) -> tokio::task::JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    #[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
    tokio::spawn(future.instrument(tracing::info_span!("task", name)))
}

/// Keeps a task running until the process ends: one that panics, or ends, is named in the log and begins anew.
pub fn keep<F>(name: &'static str, begin: impl Fn() -> F + Send + 'static)
where
    F: Future<Output = ()> + Send + 'static,
{
    spawn(name, async move {
        loop {
            let event = match AssertUnwindSafe(begin()).catch_unwind().await {
                Ok(()) => "ended",
                Err(_) => "panicked",
            };
            tracing::error!(event, "a task that runs until the end begins anew");
            tokio::time::sleep(REST).await;
        }
    });
}

/// Runs heavy, blocking work (a password's hash) off the request threads.
///
/// `None` when the work panicked.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    #[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
    tokio::task::spawn_blocking(work).await.ok()
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_task_that_is_to_stay_begins_anew_when_it_panics() {
        let (here, mut begun) = mpsc::unbounded_channel();
        keep("faulty", move || {
            let here = here.clone();
            async move {
                here.send(()).unwrap();
                panic!("a fault of ours")
            }
        });
        for _ in 0..3 {
            begun.recv().await.unwrap();
        }
    }
}
