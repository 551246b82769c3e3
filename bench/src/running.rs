//! Owns: a site served in this process, its tending running and its mail worker not. Doesn't own: what is asked of it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Context as _;
use app::Site;
use axum::{Extension, Router};
use guard::Guard;
use kernel::Clock;
use platform::tasks;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{Bench, seed};

/// A site at an address of its own.
pub(crate) struct Running {
    pub(crate) site: Site,
    pub(crate) server: SocketAddr,
    /// The server first.
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Opens the site in that folder and serves it.
    pub(crate) fn open(bench: &Bench, folder: &Path) -> anyhow::Result<Self> {
        let settings = seed::settings(folder, Clock::system());
        let guard = bench.runtime.block_on(Guard::open(settings))?;
        Self::serve(bench, guard, |_| Router::new())
    }

    /// Serves a site, with routes of the bench's own beside.
    pub(crate) fn serve(
        bench: &Bench,
        guard: Guard,
        own: impl FnOnce(&Site) -> Router,
    ) -> anyhow::Result<Self> {
        bench.runtime.block_on(async {
            let site = Site::start(guard.clone(), seed::face()).await?;
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let server = listener.local_addr()?;
            // Whoever asks is on this machine, as behind a proxy of the host's own: no limit of theirs is met.
            let here = Extension(web::ClientAddress(Ipv4Addr::LOCALHOST.into()));
            let router = own(&site).merge(app::router(&site)).layer(here);
            let serving = tasks::spawn("server", async move {
                // It ends with its task.
                drop(axum::serve(listener, router).await);
            });
            let tending = tasks::spawn("tend", guard::tend(guard));
            Ok(Self {
                site,
                server,
                tasks: vec![serving, tending],
            })
        })
    }

    /// The cookie of a signed-in recruiter.
    pub(crate) fn recruiter(&self, bench: &Bench) -> anyhow::Result<String> {
        bench.runtime.block_on(async {
            let guard = self.site.guard();
            let staff = guard.demo_staff().await?;
            let (id, _) = staff.first().context("a recruiter")?;
            let session = guard.demo_sign_in(*id).await?;
            Ok(format!("vivier_session={}", session.secret()))
        })
    }

    /// Lets nothing happen by itself any more, so that what is asked is all that goes on.
    pub(crate) fn untended(&mut self) {
        self.tasks.drain(1..).for_each(|tending| tending.abort());
    }

    /// Stops serving and closes the site.
    pub(crate) fn stop(self, bench: &Bench) {
        self.tasks.iter().for_each(JoinHandle::abort);
        bench.runtime.block_on(self.site.guard().close());
    }
}

/// A number that hasn't been given before.
pub(crate) fn fresh() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
