//! Owns: what keeps a site from being founded or opened, and that looking changes nothing, on both engines. Doesn't own:
//! what is done with an open one.

use kernel::{Clock, Locale, Rng, Timestamp, Zone};
use storage::{Location, Migration, site_test};

use super::*;

const CAREERS: &str = include_str!("../../../../charters/careers.toml");

/// Where a site may lie.
struct Place {
    folder: tempfile::TempDir,
    at: Location,
}

impl Place {
    fn new(at: Location) -> Self {
        let folder = tempfile::tempdir().unwrap();
        make_master_key(&folder.path().join("master.key"), &Rng::seeded(7)).unwrap();
        Self { folder, at }
    }

    fn settings(&self) -> Settings {
        Settings {
            name: "careers".to_owned(),
            folder: self.folder.path().join("sites/careers"),
            database: match &self.at {
                Location::Postgres(url) => Some(url.clone()),
                Location::Sqlite(_) => None,
            },
            keys: self.folder.path().join("keys").display().to_string(),
            master_key: self.folder.path().join("master.key"),
            mail_from: "Groupe <jobs@groupe.example>".to_owned(),
            smtp: Some("smtp://127.0.0.1:25".to_owned()),
            zone: Zone::paris(),
            clock: Clock::manual(Timestamp::from_millis(1_790_000_000_000)),
            rng: Rng::seeded(7),
            holdings: Vec::new(),
        }
    }

    async fn found(&self, settings: Settings, charter: &str) -> Result<Guard, Error> {
        Guard::found(settings, Nature::Real, charter, Locale::En).await
    }
}

/// What the error says to do.
fn told<T>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Setup(message)) => message,
        Err(other) => format!("another error: {other}"),
        Ok(_) => "no error".to_owned(),
    }
}

const LATER: &[Migration] = &[Migration {
    name: "later/0001_more",
    sql: "CREATE TABLE more (id TEXT PRIMARY KEY)",
}];

site_test! {
    async fn a_real_site_that_cannot_send_is_neither_founded_nor_opened(at: Location) {
        let place = Place::new(at);
        let mute = || Settings { smtp: None, ..place.settings() };
        let told_at_first = told(place.found(mute(), CAREERS).await);
        assert!(told_at_first.contains("smtp") && told_at_first.contains("site.toml"), "{told_at_first}");
        place.found(place.settings(), CAREERS).await.unwrap().close().await;
        let told_later = told(Guard::open(mute()).await);
        assert!(told_later.contains("smtp") && told_later.contains("careers"), "{told_later}");
        Guard::open(place.settings()).await.unwrap().close().await;
    }

    async fn looking_at_a_site_brings_nothing_into_its_schema(at: Location) {
        let place = Place::new(at);
        let missing = Guard::pending(&place.settings()).await;
        assert!(matches!(missing, Err(Error::Vault(vault::Error::NoStore))));
        place.found(place.settings(), CAREERS).await.unwrap().close().await;
        assert_eq!(Guard::pending(&place.settings()).await.unwrap(), Vec::<&str>::new());

        let holdings = Holdings { capability: "later", migrations: LATER, tables: &[], facts: &[] };
        let newer = || Settings { holdings: vec![holdings], ..place.settings() };
        for _ in 0..2 {
            assert_eq!(Guard::pending(&newer()).await.unwrap(), ["later/0001_more"]);
        }
        Guard::open(newer()).await.unwrap().close().await;
        assert_eq!(Guard::pending(&newer()).await.unwrap(), Vec::<&str>::new());
    }

    async fn a_charter_that_declares_less_than_is_kept_founds_no_site(at: Location) {
        let place = Place::new(at);
        let less = CAREERS.replace("\"exchange\", ", "").replace(", \"exchange\"", "");
        assert!(!less.contains("\"exchange\""));
        let told = told(place.found(place.settings(), &less).await);
        assert!(told.contains("no field exchange") && told.contains("mails."), "{told}");
    }
}

#[test]
fn keys_and_data_lie_in_two_databases() {
    let place = Place::new(Location::Postgres(
        "postgres://site@db.example/careers".to_owned(),
    ));
    let with = |keys: &str| Settings {
        keys: keys.to_owned(),
        ..place.settings()
    };
    let same = told(with("postgresql://keys:secret@DB.example:5432/{site}").apart());
    assert!(same.contains("VIVIER_KEYS") && !same.contains("secret"), "{same}");
    let shared = told(with("postgres://keys@keys.example/keys").apart());
    assert!(shared.contains("{site}"), "{shared}");
    for apart in [
        "postgres://keys@db.example/keys_{site}",
        "postgres://keys@keys.example/{site}",
    ] {
        assert!(with(apart).apart().is_ok(), "{apart}");
    }
}
