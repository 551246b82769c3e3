//! Owns: [`Site`], what every handler is given: the doors, the page kit, the site's face, the index of what is public.
//! Doesn't own: opening and founding one (the binary).

use std::{path::PathBuf, sync::Arc};

use arc_swap::ArcSwap;
use charter::FormKind;
use guard::{Error, Guard};
use kernel::Locale;
use platform::jobs::{JobToken, Running};
use tokio::sync::Notify;
use web::{Kit, KitError, MenuItem, PolicyNews, SiteFace};

use crate::vacancies::service::Published;

/// So long after a version began the pages still say so.
const NEWS_DAYS: i64 = 30;

/// One site, running. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    guard: Guard,
    kit: Kit,
    face: Face,
    published: ArcSwap<Published>,
    bell: Arc<Notify>,
}

/// What a site shows of itself, from its `site.toml`.
#[derive(Debug, Clone)]
pub struct Face {
    /// The name people see.
    pub title: String,
    /// Where it is reached: `https://jobs.example`, without a slash at the end.
    pub url: String,
    /// The operator's colour.
    pub accent: Option<String>,
    /// The folder of the operator's own templates, texts and colours.
    pub theme: Option<PathBuf>,
}

/// Why a site can't run.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its templates or texts.
    #[error(transparent)]
    Kit(#[from] KitError),
    /// Its data.
    #[error(transparent)]
    Guard(#[from] Error),
}

impl Site {
    /// Makes a site ready: templates and texts checked, what is public indexed.
    ///
    /// # Errors
    /// What is wrong with the theme, or that the data can't be read.
    pub async fn start(guard: Guard, face: Face) -> Result<Self, StartError> {
        let kit = Kit::in_zone(&crate::texts(), face.theme.as_deref(), guard.zone().clone())?;
        let published = ArcSwap::from_pointee(Published::load(&guard).await?);
        Ok(Self(Arc::new(Inner {
            guard,
            kit,
            face,
            published,
            bell: Arc::default(),
        })))
    }

    /// The doors.
    #[must_use]
    pub fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// The page kit.
    #[must_use]
    pub fn kit(&self) -> &Kit {
        &self.0.kit
    }

    /// What is public, indexed.
    #[must_use]
    pub fn published(&self) -> Arc<Published> {
        self.0.published.load_full()
    }

    /// Reads what is public anew, after a change.
    ///
    /// # Errors
    /// The storage's.
    pub async fn publish(&self) -> Result<(), Error> {
        self.0
            .published
            .store(Arc::new(Published::load(self.guard()).await?));
        Ok(())
    }

    /// Rings for the worker: something was enqueued that is due now.
    pub fn ring(&self) {
        self.0.bell.notify_one();
    }

    /// The bell that wakes the worker.
    #[must_use]
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.0.bell)
    }

    /// True when people reach it over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.face.url.starts_with("https://")
    }

    /// An address of this site, in full.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.face.url)
    }

    /// The name people see.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.face.title
    }

    /// The face that its pages show, in that language.
    #[must_use]
    pub fn face(&self, locale: Locale) -> SiteFace {
        let charter = self.guard().charter();
        let text = |key: &str| self.kit().text(locale, key, &[]);
        let mut offers = vec![MenuItem::new(text("menu-jobs"), "/jobs")];
        if crate::form_of(&charter, FormKind::UnsolicitedApplication, locale).is_some() {
            offers.push(MenuItem::new(text("menu-apply"), "/apply"));
        }
        if crate::form_of(&charter, FormKind::Contact, locale).is_some() {
            offers.push(MenuItem::new(text("menu-contact"), "/contact"));
        }
        offers.push(MenuItem::new(text("menu-mine"), "/me"));
        SiteFace {
            name: self.0.face.title.clone(),
            languages: charter.languages().to_vec(),
            accent: self.0.face.accent.clone(),
            logo: None,
            origin: Some(self.0.face.url.clone()),
            charter_version: charter.version(),
            charter_digest: charter.digest().to_string(),
            news: self.news(),
            offers,
        }
    }
}

impl Site {
    /// A change of the policy that has to be told: the announced one, or the last one while it is news.
    fn news(&self) -> Option<PolicyNews> {
        let guard = self.guard();
        if let Some(next) = guard.upcoming().filter(|next| next.told) {
            return Some(PolicyNews {
                from: next.from,
                to_come: true,
                href: "/privacy/next".to_owned(),
            });
        }
        let (running, now) = (guard.running(), guard.now());
        let is_news = running.told && now < running.from.plus_seconds(NEWS_DAYS * 86_400);
        is_news.then(|| PolicyNews {
            from: running.from,
            to_come: false,
            href: format!("/privacy/versions/{}#changes", running.charter.version()),
        })
    }
}

/// The job that sends a mail, as the worker calls it.
pub(crate) fn deliver(site: Site, token: JobToken) -> Running {
    Box::pin(async move { site.guard().deliver(token).await })
}

/// The job that carries an erasure out, as the worker calls it.
pub(crate) fn erase(site: Site, token: JobToken) -> Running {
    Box::pin(async move { site.guard().erase(token).await })
}
