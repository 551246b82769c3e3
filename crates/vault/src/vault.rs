//! Owns: [`Vault`], an open key store with its site's keys; small tokens under them. Doesn't own: dossier keys
//! (`keys.rs`), look-ups, journal, ledger, each in its own file.

use std::sync::Arc;

use kernel::{Clock, Rng, Timestamp, Word as _};
use storage::{Db, Hold, KeyedHash, Location, sql};
use zeroize::Zeroizing;

use crate::{
    BackupSeal, Error, MasterKey, Nature,
    cache::Cache,
    chain::{Chain, START},
    crypto,
    schema::MIGRATIONS,
    site::{SiteKeys, Stored},
};

/// An open key store. Cheap to clone; the keys are wiped with the last clone.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    db: Db,
    nature: Nature,
    site: SiteKeys,
    cache: Cache,
    clock: Clock,
    rng: Rng,
    at: Location,
    /// Tells whoever needs the key store alone that it is in use.
    _hold: Hold,
}

impl Vault {
    /// Makes the key store of a new site. `rng` must be the system's wherever keys outlive the process: a seed
    /// that is used again makes the same nonces again.
    ///
    /// # Errors
    /// [`Error::StoreExists`] when there is one already.
    pub async fn create(
        store: &Location,
        master: &MasterKey,
        nature: Nature,
        clock: Clock,
        rng: Rng,
    ) -> Result<Self, Error> {
        let db = Db::open(store).await?;
        let hold = Hold::take(store, &db, false).await?.ok_or(Error::Away)?;
        db.migrate(MIGRATIONS).await?;
        let (site, stored) = SiteKeys::make(master, &rng);
        let mut tx = db.begin().await?;
        let made = sql(
            "INSERT INTO site (id, nature, made_at, seal, check_value) VALUES (1, $1, $2, $3, $4)
                        ON CONFLICT (id) DO NOTHING",
        )
        .bind(nature)
        .bind(clock.now())
        .bind(stored.seal)
        .bind(stored.check)
        .run(&mut tx)
        .await?;
        if made == 0 {
            return Err(Error::StoreExists);
        }
        for &chain in Chain::ALL {
            let head = sql("INSERT INTO heads (chain, length, hash) VALUES ($1, $2, $3)");
            head.bind(chain)
                .bind(START.length)
                .bind(START.hash)
                .run(&mut tx)
                .await?;
        }
        tx.commit().await?;
        Ok(Self::new(db, (store.clone(), hold), nature, site, clock, rng))
    }

    /// Opens the key store of a site. About `rng` see [`Vault::create`].
    ///
    /// # Errors
    /// [`Error::NoStore`] when there is none, [`Error::WrongMasterKey`] when it was made with another,
    /// [`Error::Away`] while somebody needs it alone.
    pub async fn open(store: &Location, master: &MasterKey, clock: Clock, rng: Rng) -> Result<Self, Error> {
        Self::open_as(store, master, clock, rng, false).await
    }

    /// As [`Vault::open`], and nobody else opens it meanwhile: for restoring.
    ///
    /// # Errors
    /// [`Error::InUse`] while others use it.
    pub async fn open_alone(
        store: &Location,
        master: &MasterKey,
        clock: Clock,
        rng: Rng,
    ) -> Result<Self, Error> {
        Self::open_as(store, master, clock, rng, true).await
    }

    async fn open_as(
        store: &Location,
        master: &MasterKey,
        clock: Clock,
        rng: Rng,
        alone: bool,
    ) -> Result<Self, Error> {
        if let Location::Sqlite(path) = store
            && !path.exists()
        {
            // Opening would make an empty one.
            return Err(Error::NoStore);
        }
        let db = Db::open(store).await?;
        let refused = || if alone { Error::InUse } else { Error::Away };
        let hold = Hold::take(store, &db, alone).await?.ok_or_else(refused)?;
        db.migrate(MIGRATIONS).await?;
        let row = sql("SELECT nature, seal, check_value FROM site")
            .optional(&db)
            .await?
            .ok_or(Error::NoStore)?;
        let site = SiteKeys::open(master, &Stored::read(&row)?, &rng)?;
        let at = (store.clone(), hold);
        Ok(Self::new(db, at, row.get("nature")?, site, clock, rng))
    }

    /// Which migrations opening the key store would apply; changes nothing.
    ///
    /// # Errors
    /// [`Error::NoStore`] when there is none.
    pub async fn pending(store: &Location) -> Result<Vec<&'static str>, Error> {
        if matches!(store, Location::Sqlite(path) if !path.exists()) {
            return Err(Error::NoStore);
        }
        let db = Db::open(store).await?;
        let pending = db.pending(MIGRATIONS).await;
        db.close().await;
        Ok(pending?)
    }

    fn new(
        db: Db,
        (at, hold): (Location, Hold),
        nature: Nature,
        site: SiteKeys,
        clock: Clock,
        rng: Rng,
    ) -> Self {
        let cache = Cache::new(clock.now());
        Self(Arc::new(Inner {
            db,
            nature,
            site,
            cache,
            clock,
            rng,
            at,
            _hold: hold,
        }))
    }

    /// What the site is, as written when the key store was made.
    #[must_use]
    pub fn nature(&self) -> Nature {
        self.0.nature
    }

    /// The hash by which a token, a link or an upload is recognised again. `context` says what it is for: a hash
    /// made for one thing is worth nothing for another.
    #[must_use]
    pub fn token_mac(&self, context: &str, bytes: &[u8]) -> KeyedHash {
        self.0.site.token_mac.of(context, bytes)
    }

    /// Seals a small thing that a browser or a link carries for us.
    #[must_use]
    pub fn seal_token(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        self.0
            .site
            .token_seal
            .seal(&self.0.rng, &token_place(context), plain)
    }

    /// Opens what [`Vault::seal_token`] sealed for the same context; `None` for anything else.
    #[must_use]
    pub fn open_token(&self, context: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.site.token_seal.open(&token_place(context), sealed).ok()
    }

    /// What seals the backups of the site's data.
    #[must_use]
    pub fn backup_seal(&self) -> BackupSeal {
        self.0.site.backup.clone()
    }

    /// Takes the one turn there is at copies that hang under these keys, whichever process and whichever restored site
    /// works on them; `None` while somebody else has it. Let go when dropped.
    ///
    /// # Errors
    /// The key store's.
    pub async fn turn(&self) -> Result<Option<Hold>, Error> {
        Ok(Hold::turn(&self.0.at, &self.0.db).await?)
    }

    /// Drops unwrapped keys that are older than the cache keeps them, which otherwise happens with the next use:
    /// to be called now and then by a process at rest.
    pub fn expire_keys(&self) {
        self.0.cache.expire(self.now());
    }

    /// Asks the key store for a sign of life.
    ///
    /// # Errors
    /// The key store's.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.0.db.ping().await?)
    }

    /// Closes the key store.
    pub async fn close(&self) {
        self.0.db.close().await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn site(&self) -> &SiteKeys {
        &self.0.site
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.0.cache
    }

    pub(crate) fn rng(&self) -> &Rng {
        &self.0.rng
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}

/// The associated data of a sealed token.
fn token_place(context: &str) -> Vec<u8> {
    [
        b"vivier/1/token".as_slice(),
        &crypto::length(context),
        context.as_bytes(),
    ]
    .concat()
}
