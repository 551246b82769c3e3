//! Owns: a site in this crate's tests, founded on an empty database. Doesn't own: who is in it (each test's own case).

use std::path::Path;

use kernel::{Clock, Locale, Rng, Timestamp, Zone};
use storage::Location;

use crate::{Guard, Nature, Settings};

pub(crate) const CAREERS: &str = include_str!("../../../charters/careers.toml");
pub(crate) const AGENCY: &str = include_str!("../../../charters/agency.toml");

/// The settings of a site in that folder whose mail server never answers.
pub(crate) fn settings(folder: &Path, at: &Location, clock: &Clock) -> Settings {
    Settings {
        name: "site".to_owned(),
        folder: folder.join("sites/site"),
        database: match at {
            Location::Postgres(url) => Some(url.clone()),
            Location::Sqlite(_) => None,
        },
        keys: folder.join("keys").display().to_string(),
        master_key: folder.join("master.key"),
        mail_from: "Cabinet <jobs@cabinet.example>".to_owned(),
        smtp: Some("smtp://127.0.0.1:1".to_owned()),
        zone: Zone::paris(),
        clock: clock.clone(),
        rng: Rng::seeded(7),
        holdings: Vec::new(),
    }
}

/// A founded site; its folder lives as long as the handle.
pub(crate) async fn found(at: &Location, nature: Nature, charter: &str) -> (Guard, Clock, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::manual(Timestamp::parse("2026-11-21T08:00:00Z").unwrap());
    let settings = settings(folder.path(), at, &clock);
    crate::open::make_master_key(&settings.master_key, &Rng::seeded(7)).unwrap();
    let guard = Guard::found(settings, nature, charter, Locale::En).await.unwrap();
    (guard, clock, folder)
}
