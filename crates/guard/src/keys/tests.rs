//! Generations of the key store, and the master key's file: whole or told, killed at any step.

use kernel::{Clock, Locale, Rng, Timestamp, Zone};
use vault::{DossierId, MasterKey, Vault};

use super::*;
use crate::{
    Error, Guard, Nature, Settings,
    backup::{BackupError, BackupKind},
};

const CAREERS: &str = include_str!("../../../../charters/careers.toml");

struct House {
    folder: tempfile::TempDir,
    clock: Clock,
}

impl House {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Clock::manual(Timestamp::parse("2026-11-21T09:00:00Z").unwrap()),
        }
    }

    fn settings(&self, name: &str) -> Settings {
        let folder = self.folder.path();
        Settings {
            name: name.to_owned(),
            folder: folder.join("sites").join(name),
            database: None,
            keys: folder.join("keys").display().to_string(),
            master_key: folder.join("master.key"),
            mail_from: "Groupe <jobs@groupe.example>".to_owned(),
            smtp: None,
            zone: Zone::paris(),
            clock: self.clock.clone(),
            rng: Rng::system(),
            holdings: Vec::new(),
        }
    }

    async fn found(&self, name: &str) -> Guard {
        let settings = self.settings(name);
        crate::open::make_master_key(&settings.master_key, &settings.rng).unwrap();
        Guard::found(settings, Nature::Demo, CAREERS, Locale::Fr)
            .await
            .unwrap()
    }

    fn target(&self) -> String {
        self.folder.path().join("generations").display().to_string()
    }

    fn generations(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path().join("generations/keys"))
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| std::fs::read_dir(entry.path()).unwrap().next().is_some())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

async fn key(guard: &Guard) -> DossierId {
    let id = guard.id();
    guard.vault.make_keys(&[id], &[]).await.unwrap();
    guard.vault.settle(&[id]).await.unwrap();
    id
}

#[tokio::test]
async fn two_generations_are_kept_within_the_window() {
    let house = House::new();
    let guard = house.found("careers").await;
    let erased = key(&guard).await;
    let first = guard.back_up_keys(&house.target()).await.unwrap();
    assert_eq!((first.active, first.destroyed), (1, 0));
    guard.vault.destroy(&[erased]).await.unwrap();
    house.clock.advance(86_400);
    let second = guard.back_up_keys(&house.target()).await.unwrap();
    // The canary of the first, and whoever was erased.
    assert_eq!((second.active, second.destroyed, second.removed.len()), (0, 2, 0));
    house.clock.advance(86_400);
    let third = guard.back_up_keys(&house.target()).await.unwrap();
    assert_eq!(third.removed, [first.generation]);
    assert_eq!(
        house.generations(),
        [second.generation.clone(), third.generation.clone()]
    );
    // The one before is too old to be kept: what was destroyed must be out of every copy.
    house.clock.advance(8 * 86_400);
    let told = guard.backups_state().await.unwrap();
    assert!(told.0[1].is_outdated && !told.is_in_order(), "{told:?}");
    let old = guard.verify_keys(&house.target()).await.unwrap();
    assert!(!old.is_in_order(), "{old:?}");
    assert!(!guard.backups_state().await.unwrap().is_in_order());
    house.clock.advance(60);
    let fourth = guard.back_up_keys(&house.target()).await.unwrap();
    let state = guard.backups_state().await.unwrap();
    assert!(state.is_in_order(), "a new generation was read back: {state:?}");
    assert!(state.0[1].looked_at < state.0[1].done_at);
    assert_eq!(house.generations(), [fourth.generation]);
}

#[tokio::test]
async fn a_generation_goes_in_time_though_no_other_is_planned_and_the_canary_measures_it() {
    let house = House::new();
    let guard = house.found("careers").await;
    let (target, window) = (house.target(), 7 * 86_400);
    let first = guard.back_up_keys(&target).await.unwrap();
    assert_eq!(first.active, 0, "the canary is nobody");
    let measured = async || guard.verify_keys(&target).await.unwrap().window.unwrap();
    assert_eq!(
        (measured().await.still_opens, measured().await.promised),
        (Some(0), window)
    );

    // Nothing is done before its time, and the last one isn't let go without another.
    house.clock.advance(6 * 86_400);
    let next = guard.keep_window(&target).await.unwrap();
    assert_eq!(next, guard.now().plus_seconds(3_600), "it looks again");
    assert_eq!(house.generations(), std::slice::from_ref(&first.generation));
    assert_eq!(measured().await.still_opens, Some(6 * 86_400));
    house.clock.advance(86_400);
    guard.keep_window(&target).await.unwrap();
    let held = house.generations();
    assert_eq!(held.len(), 1);
    assert_ne!(held, [first.generation], "another was made for it");
    assert!(measured().await.holds());

    // Where none can be made it stays, and the desk is told that the promise isn't kept.
    house.clock.advance(window);
    let place = house.folder.path().join("generations");
    std::fs::write(place.join("site"), "").unwrap();
    assert!(guard.keep_window(&target).await.is_err());
    assert_eq!(house.generations(), held);
    house.clock.advance(1);
    let found = guard.verify_keys(&target).await.unwrap();
    assert!(!found.is_in_order() && !found.window.as_ref().unwrap().holds());
    let state = guard.backups_state().await.unwrap();
    let keys = state.0.iter().find(|last| last.kind == BackupKind::Keys).unwrap();
    let told = &keys.damage.as_ref().unwrap().1.problem;
    assert!(told.contains("destroyed 7 days ago still opens"), "{told}");
    std::fs::remove_file(place.join("site")).unwrap();
    guard.keep_window(&target).await.unwrap();
    assert!(guard.verify_keys(&target).await.unwrap().is_in_order());
}

#[tokio::test]
async fn what_was_cut_short_goes_with_the_window_too() {
    let house = House::new();
    let guard = house.found("careers").await;
    let cut = guard.back_up_keys(&house.target()).await.unwrap().generation;
    let folder = house.folder.path().join("generations/keys").join(&cut);
    std::fs::remove_file(folder.join("verified")).unwrap();
    house.clock.advance(86_400);
    guard.keep_window(&house.target()).await.unwrap();
    assert_eq!(
        house.generations(),
        std::slice::from_ref(&cut),
        "it may be being made"
    );
    house.clock.advance(6 * 86_400);
    guard.keep_window(&house.target()).await.unwrap();
    assert!(house.generations().is_empty());
}

#[tokio::test]
async fn the_older_generation_serves_when_the_newest_is_corrupt_and_it_is_told() {
    let house = House::new();
    let guard = house.found("careers").await;
    let kept = key(&guard).await;
    let older = guard.back_up_keys(&house.target()).await.unwrap();
    house.clock.advance(86_400);
    let newest = guard.back_up_keys(&house.target()).await.unwrap();
    let part = house
        .folder
        .path()
        .join("generations/keys")
        .join(&newest.generation)
        .join("0002");
    let mut bytes = std::fs::read(&part).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&part, bytes).unwrap();
    house.clock.advance(60);
    let found = guard.verify_keys(&house.target()).await.unwrap();
    assert!(!found.is_in_order());
    assert_eq!(found.serves.as_ref(), Some(&older.generation));
    let state = guard.backups_state().await.unwrap();
    let keys = state.0.iter().find(|last| last.kind == BackupKind::Keys).unwrap();
    let damage = &keys.damage.as_ref().unwrap().1;
    assert_eq!(damage.place, newest.generation);
    assert_eq!(damage.serves.as_ref(), Some(&older.generation));
    assert!(!state.is_in_order() && !damage.problem.is_empty() && keys.failed.is_none());

    let here = install(&house.settings("careers"), &house.target()).await;
    assert!(
        matches!(here, Err(Error::Vault(vault::Error::StoreExists))),
        "it isn't lost"
    );
    guard.close().await;
    drop(guard);
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(
            house.folder.path().join(format!("keys/careers.keys.db{end}")),
        ));
    }
    let used = install(&house.settings("careers"), &house.target())
        .await
        .unwrap();
    assert_eq!(used.serves, Some(older.generation));
    let guard = Guard::open(house.settings("careers")).await.unwrap();
    // The one that is kept, and the canary of the generation that came back.
    assert_eq!(guard.vault.check().await.unwrap().active, 2);
    assert!(guard.vault.active(&[kept]).await.unwrap().contains(&kept));
    // Its dossier has no row: it was erased since, and its key goes with the next sweep.
    house.clock.advance(2 * 3_600);
    while guard.sweep_orphans().await.unwrap() > 0 {}
    assert!(guard.vault.active(&[kept]).await.unwrap().is_empty());
}

#[tokio::test]
async fn keys_and_data_lie_apart() {
    let house = House::new();
    let guard = house.found("careers").await;
    let settings = house.settings("careers");
    std::fs::write(settings.folder.join("site.toml"), "").unwrap();
    guard.back_up_keys(&house.target()).await.unwrap();
    let beside = guard.back_up(&house.target()).await;
    assert!(matches!(
        beside,
        Err(Error::Backup(BackupError::NotApart("the key store")))
    ));
    let data = format!("{}-data", house.target());
    guard.back_up(&data).await.unwrap();
    let beside = guard.back_up_keys(&data).await;
    assert!(matches!(
        beside,
        Err(Error::Backup(BackupError::NotApart("the data")))
    ));
}

#[tokio::test]
async fn a_successor_of_the_master_key_killed_at_any_step_leaves_one_that_opens() {
    let house = House::new();
    let (one, two) = (house.found("careers").await, house.found("agency").await);
    let (first, second) = (key(&one).await, key(&two).await);
    let sites = || [house.settings("careers"), house.settings("agency")];
    let rng = Rng::system();
    let used = rotate(&sites(), &rng).await.err().unwrap();
    assert!(used.to_string().contains("stop `vivier serve`"), "{used}");
    assert!(!house.folder.path().join("master.key.next").exists());
    one.close().await;
    two.close().await;
    drop((one, two));
    let before = std::fs::read(house.folder.path().join("master.key")).unwrap();

    // Killed after the successor was written, and after the first store was wrapped anew.
    let next = house.folder.path().join("master.key.next");
    MasterKey::generate(&rng).write_new(&next).unwrap();
    let opens = async || {
        for (name, id) in [("careers", first), ("agency", second)] {
            let guard = Guard::open(house.settings(name)).await.unwrap();
            // Each key is opened.
            assert_eq!(guard.vault.check().await.unwrap().active, 1, "{id}");
            guard.close().await;
        }
    };
    opens().await;
    let (old, new) = (
        MasterKey::from_file(&house.folder.path().join("master.key")).unwrap(),
        MasterKey::from_file(&next).unwrap(),
    );
    Vault::rotate(&house.settings("careers").key_store(), &old, &new, &rng)
        .await
        .unwrap();
    opens().await;

    let rotated = rotate(&sites(), &rng).await.unwrap();
    assert_eq!(
        rotated.sites,
        [("careers".to_owned(), 0), ("agency".to_owned(), 1)]
    );
    assert_eq!(std::fs::read(&rotated.before).unwrap(), before);
    assert_ne!(
        std::fs::read(house.folder.path().join("master.key")).unwrap(),
        before
    );
    assert!(!next.exists());
    opens().await;
}
