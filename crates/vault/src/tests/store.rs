//! The key store: one life of a key, look-ups, tokens, what lies readable in its files.
#![expect(clippy::disallowed_methods, reason = "what several do at once")]

use std::path::Path;

use kernel::{Clock, Rng, Timestamp};
use storage::{Db, Engine, KeyedHash, Location, site_test, sql, testing::TestDb};

use crate::{COLUMNS, Cell, DossierId, Error, LookupKind, MasterKey, Nature, Sealed, Vault};

pub(super) struct Site {
    pub(super) vault: Vault,
    pub(super) clock: Clock,
    pub(super) at: Location,
    rng: Rng,
}

pub(super) fn master() -> MasterKey {
    MasterKey::generate(&Rng::seeded(42))
}

impl Site {
    pub(super) async fn new(at: Location) -> Self {
        let clock = Clock::manual(Timestamp::from_millis(1_800_000_000_000));
        let rng = Rng::system();
        let vault = Vault::create(&at, &master(), Nature::Demo, clock.clone(), rng.clone())
            .await
            .unwrap();
        Self {
            vault,
            clock,
            at,
            rng,
        }
    }

    /// Another process on the same key store.
    pub(super) async fn another(&self) -> Vault {
        Vault::open(&self.at, &master(), self.clock.clone(), self.rng.clone())
            .await
            .unwrap()
    }

    pub(super) fn id(&self) -> DossierId {
        DossierId::new(&self.rng, self.clock.now())
    }

    pub(super) async fn dossier(&self) -> DossierId {
        let id = self.id();
        self.vault.make_keys(&[id], &[]).await.unwrap();
        id
    }
}

fn cell(row: &DossierId) -> Cell<'_> {
    Cell {
        table: "people",
        column: "name",
        row: row.as_bytes(),
    }
}

site_test! {
    async fn a_key_opens_in_another_process_what_it_sealed_here(at: Location) {
        let site = Site::new(at).await;
        let ids = [site.id(), site.id()];
        let made = site.vault.make_keys(&ids, &[]).await.unwrap();
        assert_eq!(made.iter().map(crate::DossierKey::id).collect::<Vec<_>>(), ids);
        let sealed: Sealed<String> = made[0].seal(cell(&ids[0]), b"Zo\xc3\xa9");
        let there = site.another().await;
        assert_eq!(there.nature(), Nature::Demo);
        let key = there.key(ids[0]).await.unwrap();
        assert_eq!(*key.open(cell(&ids[0]), &sealed).unwrap(), b"Zo\xc3\xa9");
        assert_eq!(key.pseudonym(), made[0].pseudonym());
        assert!(there.key(ids[1]).await.unwrap().open(cell(&ids[0]), &sealed).is_err());
    }

    async fn keys_come_together_and_leave_out_who_has_none(at: Location) {
        let site = Site::new(at).await;
        let mut ids: Vec<_> = (0..1_100).map(|_| site.id()).collect();
        site.vault.make_keys(&ids, &[]).await.unwrap();
        site.vault.destroy(&ids[..1]).await.unwrap();
        ids.push(site.id());
        for vault in [&site.vault, &site.another().await] {
            let keys = vault.keys(&ids).await.unwrap();
            assert_eq!(keys.len(), 1_099);
            assert!(!keys.contains_key(&ids[0]) && !keys.contains_key(&ids[1_100]));
        }
    }

    async fn destroyed_never_returns(at: Location) {
        let site = Site::new(at).await;
        let (id, never) = (site.dossier().await, site.id());
        assert!(matches!(site.vault.key(never).await, Err(Error::Absent)));
        site.vault.destroy(&[id, never]).await.unwrap();
        site.vault.destroy(&[id]).await.unwrap();
        for id in [id, never] {
            assert!(matches!(site.vault.key(id).await, Err(Error::Destroyed)));
            let fresh = site.id();
            let again = site.vault.make_keys(&[fresh, id], &[]).await;
            assert!(matches!(again, Err(Error::AlreadyMade)));
            assert!(matches!(site.vault.key(fresh).await, Err(Error::Absent)), "all or nothing");
        }
        let hash = site.vault.blind(LookupKind::Email, "zoe@exemple.fr");
        let late = site.vault.add_lookups(&[(id, LookupKind::Email, hash)]).await;
        assert!(matches!(late, Err(Error::Absent)));
    }

    async fn who_comes_together_is_refused_alone(at: Location) {
        let site = Site::new(at).await;
        let (vault, taken, absent) = (&site.vault, site.dossier().await, site.id());
        let hash = vault.blind(LookupKind::Email, "zoe@exemple.fr");
        let ids: Vec<_> = (0..40).map(|_| site.id()).collect();
        let wishes = ids.iter().enumerate().map(async |(n, &id)| match n % 4 {
            0 => vault.make_keys(&[id, taken], &[]).await,
            1 => vault.make_keys(&[id], &[(absent, LookupKind::Email, hash)]).await,
            _ => vault.make_keys(&[id], &[(id, LookupKind::Email, hash)]).await,
        });
        let mut written = Vec::new();
        for (n, made) in futures_util::future::join_all(wishes).await.into_iter().enumerate() {
            match n % 4 {
                0 => assert!(matches!(made, Err(Error::AlreadyMade)), "{n}"),
                1 => assert!(matches!(made, Err(Error::Absent)), "{n}"),
                _ => written.push(made.unwrap()[0].id()),
            }
        }
        written.sort();
        assert_eq!(vault.find(LookupKind::Email, hash).await.unwrap(), written);
        assert_eq!(vault.active(&ids).await.unwrap().len(), written.len());
    }

    async fn who_hangs_up_takes_nobody_along(at: Location) {
        let site = Site::new(at).await;
        let (one, two) = ([site.id()], [site.id()]);
        let mut first = Box::pin(site.vault.make_keys(&one, &[]));
        let mut second = Box::pin(site.vault.make_keys(&two, &[]));
        for waiting in [&mut first, &mut second] {
            tokio::select! {
                biased;
                // A server on this machine may have answered before it was asked twice: nobody waits then.
                _ = waiting => return,
                () = std::future::ready(()) => {}
            }
        }
        drop(first);
        assert_eq!(second.await.unwrap()[0].id(), two[0]);
        site.vault.key(two[0]).await.unwrap();
    }

    async fn a_key_destroyed_elsewhere_is_forgotten_within_a_minute(at: Location) {
        let site = Site::new(at).await;
        let there = site.another().await;
        let id = site.dossier().await;
        there.key(id).await.unwrap();
        site.vault.destroy(&[id]).await.unwrap();
        assert!(matches!(site.vault.key(id).await, Err(Error::Destroyed)), "at once where it was destroyed");
        site.clock.advance(60);
        assert!(matches!(there.key(id).await, Err(Error::Destroyed)));
    }

    async fn orphans_show_until_they_settle(at: Location) {
        let site = Site::new(at).await;
        let (orphan, settled, destroyed) = (site.dossier().await, site.dossier().await, site.dossier().await);
        site.vault.settle(&[settled]).await.unwrap();
        site.vault.destroy(&[destroyed]).await.unwrap();
        let hour = |site: &Site| site.clock.now().plus_seconds(-3_600);
        assert_eq!(site.vault.unsettled(hour(&site), 10).await.unwrap(), []);
        site.clock.advance(3_601);
        let young = site.dossier().await;
        assert_eq!(site.vault.unsettled(hour(&site), 10).await.unwrap(), [orphan]);
        assert!(site.vault.key(young).await.is_ok());
    }

    async fn look_ups_find_and_go_with_the_dossier(at: Location) {
        let site = Site::new(at).await;
        let vault = &site.vault;
        let (a, b) = (site.id(), site.id());
        let email = vault.blind(LookupKind::Email, "zoe@exemple.fr");
        let (zoe, durand) = (vault.blind(LookupKind::NameWord, "zoe"), vault.blind(LookupKind::NameWord, "durand"));
        let mut lookups = vec![(a, LookupKind::Email, email), (a, LookupKind::NameWord, zoe)];
        lookups.extend([(b, LookupKind::Email, email), (b, LookupKind::Email, email)]);
        vault.make_keys(&[a, b], &lookups).await.unwrap();
        vault.add_lookups(&[(b, LookupKind::NameWord, durand)]).await.unwrap();

        let mut both = [a, b];
        both.sort();
        assert_eq!(vault.find(LookupKind::Email, email).await.unwrap(), both);
        assert_eq!(vault.find(LookupKind::Phone, email).await.unwrap(), []);
        assert_eq!(vault.find_any(LookupKind::NameWord, &[zoe, durand]).await.unwrap().len(), 2);
        assert_eq!(vault.find_every(LookupKind::NameWord, &[zoe, durand], 9).await.unwrap(), []);
        vault.add_lookups(&[(b, LookupKind::NameWord, zoe)]).await.unwrap();
        assert_eq!(vault.find_every(LookupKind::NameWord, &[zoe, durand], 9).await.unwrap(), [b]);
        assert_eq!(vault.find_every(LookupKind::NameWord, &[zoe], 1).await.unwrap(), [both[1]]);
        assert_eq!(vault.find_every(LookupKind::NameWord, &[], 9).await.unwrap(), []);
        vault.remove_lookups(&[(b, LookupKind::NameWord, zoe)]).await.unwrap();
        vault.remove_lookups(&[(b, LookupKind::NameWord, durand)]).await.unwrap();
        assert_eq!(vault.find_any(LookupKind::NameWord, &[zoe, durand]).await.unwrap(), [(zoe, a)]);
        vault.destroy(&[a]).await.unwrap();
        assert_eq!(vault.find(LookupKind::Email, email).await.unwrap(), [b]);
        let nobody = [(site.id(), LookupKind::Email, email)];
        assert!(matches!(vault.make_keys(&[site.id()], &nobody).await, Err(Error::Absent)));
    }

    async fn hashes_and_tokens_belong_to_a_site_and_a_context(at: Location) {
        let site = Site::new(at).await;
        let folder = tempfile::tempdir().unwrap();
        let other = Site::new(Location::Sqlite(folder.path().join("keys.db"))).await.vault;
        let vault = &site.vault;
        let hash = |vault: &Vault| vault.blind(LookupKind::Email, "zoe@exemple.fr");
        assert_eq!(hash(vault), hash(&site.another().await));
        assert_ne!(hash(vault), hash(&other));
        assert_ne!(hash(vault), vault.blind(LookupKind::Phone, "zoe@exemple.fr"));
        assert_ne!(vault.token_mac("csrf", b"a"), vault.token_mac("link", b"a"));
        let token = vault.seal_token("draft", b"kept");
        assert_eq!(*vault.open_token("draft", &token).unwrap(), b"kept");
        for (vault, context) in [(vault, "other"), (&other, "draft")] {
            assert_eq!(vault.open_token(context, &token), None);
        }
        assert_eq!(vault.open_token("draft", b""), None);
        let id = site.id();
        assert_ne!(vault.subject(id), other.subject(id));
    }

    async fn another_master_key_a_second_store_and_none_are_told(at: Location) {
        let site = Site::new(at.clone()).await;
        let (clock, rng) = (site.clock.clone(), Rng::system());
        let wrong = MasterKey::generate(&rng);
        let opened = Vault::open(&at, &wrong, clock.clone(), rng.clone()).await;
        assert!(matches!(opened, Err(Error::WrongMasterKey)));
        let second = Vault::create(&at, &wrong, Nature::Real, clock.clone(), rng.clone()).await;
        assert!(matches!(second, Err(Error::StoreExists)));
        let none = Location::Sqlite("/nowhere/keys.db".into());
        assert!(matches!(Vault::open(&none, &wrong, clock, rng).await, Err(Error::NoStore)));
        site.vault.ping().await.unwrap();
        site.vault.close().await;
        assert!(site.vault.ping().await.unwrap_err().is_temporary());
    }

    async fn a_wrapped_key_moved_to_another_dossier_does_not_open(at: Location) {
        let site = Site::new(at).await;
        let (a, b) = (site.dossier().await, site.dossier().await);
        let mut tx = site.vault.db().begin().await.unwrap();
        sql("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE dossier = $1) WHERE dossier = $2")
            .bind(a).bind(b).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        let there = site.another().await;
        assert!(there.key(a).await.is_ok());
        assert!(matches!(there.key(b).await, Err(Error::Tampered)));
    }

    async fn look_ups_added_while_the_dossier_is_destroyed_do_not_stay(at: Location) {
        let site = Site::new(at).await;
        for n in 0..12_u8 {
            let id = site.dossier().await;
            let (vault, other) = (site.vault.clone(), site.vault.clone());
            let adding = tokio::runtime::Handle::current().spawn(async move {
                other.add_lookups(&[(id, LookupKind::Email, KeyedHash([n; 32]))]).await
            });
            vault.destroy(&[id]).await.unwrap();
            let _ = adding.await.unwrap();
            assert_eq!(vault.find(LookupKind::Email, KeyedHash([n; 32])).await.unwrap(), []);
        }
    }

    async fn every_column_is_declared(at: Location) {
        let site = Site::new(at).await;
        let declared: Vec<_> = COLUMNS
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(|&column| ((*table).to_owned(), column.to_owned())))
            .collect();
        let columns = site.vault.db().columns().await.unwrap();
        let found: Vec<_> = columns.into_iter().map(|column| (column.table, column.name)).collect();
        assert_eq!(found, declared);
    }
}

/// Neither the secrets nor the look-ups' words lie readable in the files, and a destroyed key's wrapped bytes are
/// gone from them.
#[tokio::test]
async fn nothing_readable_lies_in_the_key_store_s_files() {
    let test = TestDb::create(Engine::Sqlite).await;
    let site = Site::new(test.location().clone()).await;
    let id = site.id();
    let hash = site.vault.blind(LookupKind::Email, "token-zoe@exemple.fr");
    let key = &site
        .vault
        .make_keys(&[id], &[(id, LookupKind::Email, hash)])
        .await
        .unwrap()[0];
    let sealed: Sealed<String> = key.seal(cell(&id), b"TOKEN-Durand");
    let row = sql("SELECT wrapped FROM keys WHERE dossier = $1")
        .bind(id)
        .one(site.vault.db())
        .await
        .unwrap();
    let wrapped: storage::Ciphertext = row.get("wrapped").unwrap();
    let Location::Sqlite(path) = test.location() else {
        unreachable!()
    };
    assert!(lies_in(path, wrapped.as_bytes()), "the scan finds what is there");
    for secret in [
        b"TOKEN-Durand".as_slice(),
        b"token-zoe",
        master().0.as_ref(),
        sealed.as_bytes(),
    ] {
        assert!(!lies_in(path, secret));
    }
    site.vault.destroy(&[id]).await.unwrap();
    assert!(!lies_in(path, wrapped.as_bytes()));
    assert!(!lies_in(path, &hash.0));
}

fn lies_in(path: &Path, token: &[u8]) -> bool {
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    folder
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap())
        .any(|bytes| bytes.windows(token.len()).any(|window| window == token))
}

/// Two processes on PostgreSQL making the same key: one of them is told.
#[tokio::test]
async fn a_key_is_made_once_even_by_two_at_the_same_time() {
    let test = TestDb::create(Engine::Postgres).await;
    let site = Site::new(test.location().clone()).await;
    let (there, id) = (site.another().await, site.id());
    let ids = [id];
    let (here, there) = tokio::join!(site.vault.make_keys(&ids, &[]), there.make_keys(&ids, &[]));
    assert!(here.is_ok() != there.is_ok());
    let lost = here.err().or(there.err()).unwrap();
    assert!(matches!(lost, Error::AlreadyMade));
    let db: &Db = site.vault.db();
    assert_eq!(sql("SELECT dossier FROM keys").all(db).await.unwrap().len(), 1);
}
