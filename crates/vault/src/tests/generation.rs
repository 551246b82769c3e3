//! The key store's own copies, and another master key: whole or told, and never a key that was destroyed.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use kernel::{Clock, Id, Rng};
use storage::{Location, PublicText, site_test, sql};

use super::store::{Site, master};
use crate::{
    Checked, Error, Generation, JournalEntry, JournalKind, LookupKind, MasterKey, Vault, install_keys,
    read_keys,
};

pub(super) type Parts = Vec<Vec<u8>>;

pub(super) async fn copied(site: &Site, generation: Id<Generation>) -> Parts {
    let parts = Arc::new(Mutex::new(Vec::new()));
    let put = |number: u32, part| {
        let parts = Arc::clone(&parts);
        async move {
            let mut parts = parts.lock().unwrap();
            assert_eq!(parts.len(), usize::try_from(number).unwrap());
            parts.push(part);
            Ok::<_, Error>(())
        }
    };
    site.vault.copy_keys(&master(), generation, put).await.unwrap();
    Arc::into_inner(parts).unwrap().into_inner().unwrap()
}

pub(super) async fn read(
    parts: &Parts,
    key: &MasterKey,
    generation: Id<Generation>,
) -> Result<Checked, Error> {
    let fetch = |number: u32| {
        let part = parts.get(usize::try_from(number).unwrap()).cloned();
        async move { part.ok_or(Error::Tampered) }
    };
    read_keys(key, generation, &HashSet::new(), fetch).await
}

async fn filled(at: Location) -> Site {
    let site = Site::new(at).await;
    for nth in 0..40 {
        let id = site.dossier().await;
        let hash = site.vault.blind(LookupKind::Email, &format!("{nth}@exemple.fr"));
        site.vault
            .add_lookups(&[(id, LookupKind::Email, hash)])
            .await
            .unwrap();
        if nth % 4 == 0 {
            let erased = JournalEntry {
                kind: JournalKind::Erased,
                subject: Some(site.vault.subject(id)),
                scope: PublicText::new("dossier"),
            };
            site.vault.record_journal(&[erased]).await.unwrap();
            site.vault.destroy(&[id]).await.unwrap();
        }
    }
    site
}

site_test! {
    async fn a_generation_is_looked_over_as_if_it_were_used(at: Location) {
        let site = filled(at).await;
        let (id, other) = (site.id().cast(), site.id().cast());
        let parts = copied(&site, id).await;
        let checked = read(&parts, &master(), id).await.unwrap();
        assert_eq!((checked.active, checked.destroyed, checked.lookups), (30, 10, 30));
        assert_eq!((checked.journal.length, checked.is_whole()), (10, true));

        // Nothing of it in the place of another, and no other master key.
        assert!(matches!(read(&parts, &master(), other).await, Err(Error::Tampered)));
        let wrong = MasterKey::generate(&Rng::seeded(8));
        assert!(matches!(read(&parts, &wrong, id).await, Err(Error::Tampered)));
        for nth in 0..parts.len() {
            for at in [0, 5, 37, 38, 60] {
                let mut changed = parts.clone();
                changed[nth][at] ^= 1;
                assert!(read(&changed, &master(), id).await.is_err(), "part {nth}, byte {at}");
            }
            let mut short = parts.clone();
            short.remove(nth);
            assert!(read(&short, &master(), id).await.is_err(), "without part {nth}");
        }
    }

    async fn of_whom_is_asked_it_tells_whose_keys_open(at: Location) {
        let site = filled(at).await;
        let (there, gone, never) = (site.dossier().await, site.dossier().await, site.id().cast());
        site.vault.destroy(&[gone]).await.unwrap();
        let id = site.id().cast();
        let parts = copied(&site, id).await;
        site.vault.destroy(&[there]).await.unwrap();
        let fetch = |number: u32| {
            let part = parts[usize::try_from(number).unwrap()].clone();
            async move { Ok::<_, Error>(part) }
        };
        let watched = HashSet::from([there, gone, never]);
        let checked = read_keys(&master(), id, &watched, fetch).await.unwrap();
        assert_eq!(checked.seen, [there], "destroyed since, and in the copy still");
    }

    async fn a_broken_chain_shows_in_the_copy(at: Location) {
        let site = filled(at).await;
        let mut tx = site.vault.db().begin().await.unwrap();
        sql("UPDATE journal SET scope = 'person' WHERE seq = 7").run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let id = site.id().cast();
        let checked = read(&copied(&site, id).await, &master(), id).await.unwrap();
        assert_eq!(checked.journal.broken.map(|broken| broken.seq), Some(7));
        assert!(!checked.is_whole());
        assert!(!site.vault.check().await.unwrap().is_whole());
    }

    async fn a_lost_store_comes_back_and_each_key_is_looked_at_again(at: Location) {
        let site = filled(at.clone()).await;
        let kept = site.dossier().await;
        site.vault.settle(&[kept]).await.unwrap();
        let subject = site.vault.subject(kept);
        let id = site.id().cast();
        let parts = copied(&site, id).await;
        let fetch = |number: u32| {
            let part = parts[usize::try_from(number).unwrap()].clone();
            async move { Ok::<_, Error>(part) }
        };
        let there = install_keys(&at, &master(), id, fetch).await;
        assert!(matches!(there, Err(Error::StoreExists)));
        let folder = tempfile::tempdir().unwrap();
        let fresh = Location::Sqlite(folder.path().join("fresh.keys.db"));
        let installed = install_keys(&fresh, &master(), id, fetch).await.unwrap();
        assert_eq!((installed.active, installed.destroyed), (31, 10));
        let vault = Vault::open(&fresh, &master(), Clock::system(), Rng::system()).await.unwrap();
        vault.key(kept).await.unwrap();
        assert_eq!(vault.subject(kept), subject);
        assert_eq!(vault.unsettled(site.clock.now().plus_seconds(1), 500).await.unwrap().len(), 31);
        assert!(vault.check().await.unwrap().is_whole());
    }

    async fn another_master_key_opens_everything_and_the_old_one_nothing(at: Location) {
        let site = filled(at.clone()).await;
        let kept = site.dossier().await;
        let pseudonym = site.vault.key(kept).await.unwrap().pseudonym();
        let (old, new, rng) = (master(), MasterKey::generate(&Rng::seeded(9)), Rng::system());
        assert!(matches!(Vault::rotate(&at, &old, &new, &rng).await, Err(Error::InUse)));
        let clock = site.clock.clone();
        site.vault.close().await;
        drop(site);
        // A session of PostgreSQL's ends in its own time.
        let count = loop {
            match Vault::rotate(&at, &old, &new, &rng).await {
                Err(Error::InUse) => {}
                done => break done.unwrap(),
            }
        };
        assert_eq!(count, 41);
        assert_eq!(Vault::rotate(&at, &old, &new, &rng).await.unwrap(), 0, "done before");
        let opened = Vault::open(&at, &old, clock.clone(), rng.clone()).await;
        assert!(matches!(opened, Err(Error::WrongMasterKey)));
        let vault = Vault::open(&at, &new, clock, rng).await.unwrap();
        assert_eq!(vault.key(kept).await.unwrap().pseudonym(), pseudonym);
        let checked = vault.check().await.unwrap();
        assert_eq!((checked.active, checked.destroyed, checked.is_whole()), (31, 10, true));
    }
}
