//! Owns: the life of dossier keys: absent, active, destroyed. Doesn't own: what they seal
//! ([`crate::DossierKey`]), when they end (`guard::keep`).

use std::collections::{HashMap, HashSet};

use kernel::Timestamp;
use storage::{Bind as _, Ciphertext, Constraint, KeyedHash, LIST, Row, Tx, sql};

use crate::{
    DossierId, DossierKey, Error, Lookup, Vault,
    crypto::{self, Cipher, Secret},
    lookups,
    site::to_secret,
};

kernel::words! {
    pub(crate) enum State {
        Active = "active",
        Destroyed = "destroyed",
    }
}

impl Vault {
    /// Makes the keys of new dossiers, and their look-ups, in one durable transaction: the first step of writing
    /// (keys, files, rows). They count as orphans until [`Vault::settle`]. Gives the keys in the order of `ids`.
    ///
    /// # Errors
    /// As [`Vault::hold_keys`].
    pub async fn make_keys(&self, ids: &[DossierId], lookups: &[Lookup]) -> Result<Vec<DossierKey>, Error> {
        let made: Vec<_> = ids.iter().map(|&id| self.new_key(id)).collect();
        self.hold_keys(&made, lookups).await?;
        Ok(made)
    }

    /// The key of a new dossier, which nothing holds yet. What is sealed under it may be written aside meanwhile; into its
    /// place it comes only after [`Vault::hold_keys`], or it might open for nobody.
    #[must_use]
    pub fn new_key(&self, id: DossierId) -> DossierKey {
        DossierKey::new(id, crypto::random(self.rng()), self.rng().clone())
    }

    /// Makes new keys durable, with their look-ups.
    ///
    /// # Errors
    /// [`Error::AlreadyMade`] when one of the dossiers has or had a key; nothing is made then, and these are worth
    /// nothing. [`Error::Absent`] when a look-up names a dossier that has no key.
    pub async fn hold_keys(&self, made: &[DossierKey], lookups: &[Lookup]) -> Result<(), Error> {
        let now = self.now();
        let before = self.cache().before(now);
        let rows: Vec<_> = made
            .iter()
            .map(|key| {
                let secret = key.secret().as_ref();
                let wrapped = self.site().wrap.seal(self.rng(), &place(key.id()), secret);
                let (state, wrapped) = (State::Active.value(), Ciphertext::from_sealed(wrapped).value());
                [key.id().value(), state, wrapped, now.value(), false.value()]
            })
            .collect();
        let mut tx = self.db().begin().await?;
        for piece in rows.chunks(LIST / 5) {
            sql("INSERT INTO keys (dossier, state, wrapped, made_at, settled) VALUES $rows")
                .bind_rows(piece.iter().cloned())
                .later(&mut tx)
                .await
                .map_err(refused)?;
        }
        let others = lookups.iter().map(|(dossier, ..)| *dossier);
        let others = others.filter(|dossier| made.iter().all(|key| key.id() != *dossier));
        lookups::only_active(&mut tx, others).await?;
        lookups::insert(&mut tx, lookups).await?;
        tx.commit().await.map_err(refused)?;
        made.iter()
            .for_each(|key| self.cache().add(key.clone(), now, before));
        Ok(())
    }

    /// The key of a dossier.
    ///
    /// # Errors
    /// [`Error::Absent`] when none was made, [`Error::Destroyed`] when it was destroyed.
    pub async fn key(&self, id: DossierId) -> Result<DossierKey, Error> {
        let now = self.now();
        if let Some(key) = self.cache().get(id, now) {
            return Ok(key);
        }
        let before = self.cache().before(now);
        let row = sql("SELECT dossier, state, wrapped FROM keys WHERE dossier = $1").bind(id);
        let row = row.optional(self.db()).await?.ok_or(Error::Absent)?;
        let key = self.unwrap(&row)?.ok_or(Error::Destroyed)?;
        self.cache().add(key.clone(), now, before);
        Ok(key)
    }

    /// The pseudonym of a dossier, which dies with its key.
    ///
    /// # Errors
    /// As [`Vault::key`].
    pub async fn pseudonym(&self, id: DossierId) -> Result<KeyedHash, Error> {
        Ok(self.key(id).await?.pseudonym())
    }

    /// The keys of many dossiers with few questions asked; those absent or destroyed are left out.
    ///
    /// # Errors
    /// The key store's.
    pub async fn keys(&self, ids: &[DossierId]) -> Result<HashMap<DossierId, DossierKey>, Error> {
        let now = self.now();
        let before = self.cache().before(now);
        let mut keys = HashMap::with_capacity(ids.len());
        let mut wanted = Vec::new();
        for &id in ids {
            match self.cache().get(id, now) {
                Some(key) => drop(keys.insert(id, key)),
                None => wanted.push(id),
            }
        }
        for piece in wanted.chunks(LIST) {
            let rows = sql("SELECT dossier, state, wrapped FROM keys WHERE dossier IN ($list)");
            for row in rows.bind_list(piece).all(self.db()).await? {
                if let Some(key) = self.unwrap(&row)? {
                    self.cache().add(key.clone(), now, before);
                    keys.insert(key.id(), key);
                }
            }
        }
        Ok(keys)
    }

    /// Destroys keys for good, with their look-ups: afterwards each of them is destroyed, those that never were
    /// included. Other processes may hold a copy for 60 seconds.
    ///
    /// # Errors
    /// The key store's. [`storage::Error::Busy`] may mean that the keys are destroyed but readers kept the old
    /// pages in the key store's log: destroying again finishes it.
    pub async fn destroy(&self, ids: &[DossierId]) -> Result<(), Error> {
        if ids.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut tx = self.db().begin().await?;
        for piece in ids.chunks(LIST) {
            // The row is written, and so locked, before the look-ups go: none can be added meanwhile.
            sql(
                "UPDATE keys SET state = $1, wrapped = $2, settled = TRUE, destroyed_at = $3
                 WHERE state = $4 AND dossier IN ($list)",
            )
            .bind(State::Destroyed)
            .bind(None::<Ciphertext>)
            .bind(now)
            .bind(State::Active)
            .bind_list(piece)
            .run(&mut tx)
            .await?;
            sql("DELETE FROM lookups WHERE dossier IN ($list)")
                .bind_list(piece)
                .run(&mut tx)
                .await?;
        }
        for piece in ids.chunks(LIST / 5) {
            bury(&mut tx, piece, now).await?;
        }
        let done = tx.commit().await;
        // Even when the outcome is unknown.
        self.cache().forget(ids, now);
        done?;
        // The wrapped keys must not stay in SQLite's log either.
        Ok(self.db().tidy().await?)
    }

    /// Keys made before `older_than` whose dossiers never settled: what a killed or refused writing left behind.
    ///
    /// # Errors
    /// The key store's.
    pub async fn unsettled(&self, older_than: Timestamp, limit: u32) -> Result<Vec<DossierId>, Error> {
        let rows = sql("SELECT dossier FROM keys WHERE settled = FALSE AND made_at < $1
                        ORDER BY made_at, dossier LIMIT $2")
        .bind(older_than)
        .bind(limit)
        .all(self.db())
        .await?;
        Ok(rows
            .iter()
            .map(|row| row.get("dossier"))
            .collect::<Result<_, _>>()?)
    }

    /// Destroys those of the keys that are still orphans made before `older_than`, in one transaction with the check, so
    /// that none is taken which [`Vault::renew`] has just renewed. Gives those that are destroyed now, an earlier time's
    /// included: they count as unsettled until [`Vault::settle`], when what lay under them is gone too.
    ///
    /// # Errors
    /// As [`Vault::destroy`].
    pub async fn destroy_orphans(
        &self,
        ids: &[DossierId],
        older_than: Timestamp,
    ) -> Result<Vec<DossierId>, Error> {
        let now = self.now();
        let mut gone = Vec::new();
        for piece in ids.chunks(LIST) {
            let mut tx = self.db().begin().await?;
            sql("UPDATE keys SET state = $1, wrapped = $2, destroyed_at = $3 \
                 WHERE state = $4 AND settled = FALSE AND made_at < $5 AND dossier IN ($list)")
            .bind(State::Destroyed)
            .bind(None::<Ciphertext>)
            .bind(now)
            .bind(State::Active)
            .bind(older_than)
            .bind_list(piece)
            .run(&mut tx)
            .await?;
            let rows = sql("SELECT dossier FROM keys WHERE state = $1 AND dossier IN ($list)")
                .bind(State::Destroyed)
                .bind_list(piece)
                .all(&mut tx)
                .await?;
            let piece = rows
                .iter()
                .map(|row| row.get("dossier"))
                .collect::<Result<Vec<DossierId>, _>>()?;
            sql("DELETE FROM lookups WHERE dossier IN ($list)")
                .bind_list(&piece)
                .run(&mut tx)
                .await?;
            let done = tx.commit().await;
            self.cache().forget(&piece, now);
            done?;
            gone.extend(piece);
        }
        self.db().tidy().await?;
        Ok(gone)
    }

    /// Counts these keys as made now: what is being written under them goes on, and the sweep of orphans waits for it.
    ///
    /// # Errors
    /// [`Error::Destroyed`] when one of them isn't an unsettled, active key any more.
    pub async fn renew(&self, ids: &[DossierId]) -> Result<(), Error> {
        let mut tx = self.db().begin().await?;
        let renewed =
            sql("UPDATE keys SET made_at = $1 WHERE state = $2 AND settled = FALSE AND dossier IN ($list)")
                .bind(self.now())
                .bind(State::Active)
                .bind_list(ids)
                .run(&mut tx)
                .await?;
        tx.commit().await?;
        if renewed == ids.len() as u64 {
            Ok(())
        } else {
            Err(Error::Destroyed)
        }
    }

    /// Notes that these dossiers have their rows: their keys are no orphans.
    ///
    /// # Errors
    /// The key store's.
    pub async fn settle(&self, ids: &[DossierId]) -> Result<(), Error> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut tx = self.db().begin().await?;
        for piece in ids.chunks(LIST) {
            let settled = sql("UPDATE keys SET settled = TRUE WHERE settled = FALSE AND dossier IN ($list)");
            settled.bind_list(piece).run(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Which of the dossiers have an active key now.
    ///
    /// # Errors
    /// The key store's.
    pub async fn active(&self, ids: &[DossierId]) -> Result<HashSet<DossierId>, Error> {
        let mut active = HashSet::with_capacity(ids.len());
        for piece in ids.chunks(LIST) {
            let rows = sql("SELECT dossier FROM keys WHERE state = $1 AND dossier IN ($list)")
                .bind(State::Active)
                .bind_list(piece)
                .all(self.db())
                .await?;
            for row in &rows {
                active.insert(row.get("dossier")?);
            }
        }
        Ok(active)
    }

    /// The key in a row; `None` when it was destroyed.
    fn unwrap(&self, row: &Row) -> Result<Option<DossierKey>, Error> {
        let secret = secret(row, &self.site().wrap)?;
        Ok(secret.map(|(id, secret)| DossierKey::new(id, secret, self.rng().clone())))
    }
}

/// The dossier and the secret in a row of keys; `None` when it was destroyed.
pub(crate) fn secret(row: &Row, wrap: &Cipher) -> Result<Option<(DossierId, Secret)>, Error> {
    let id = row.get("dossier")?;
    match (row.get("state")?, row.get::<Option<Ciphertext>, _>("wrapped")?) {
        (State::Destroyed, _) => Ok(None),
        (State::Active, None) => Err(Error::Tampered),
        (State::Active, Some(wrapped)) => {
            let secret = to_secret(&wrap.open(&place(id), wrapped.as_bytes())?)?;
            Ok(Some((id, secret)))
        }
    }
}

/// What the database refuses of keys and look-ups, in our words.
pub(crate) fn refused(error: storage::Error) -> Error {
    match error {
        storage::Error::Conflict {
            constraint: Constraint::Unique,
            ..
        } => Error::AlreadyMade,
        // No such key, or none that is active.
        storage::Error::Conflict {
            constraint: Constraint::Foreign | Constraint::NotNull,
            ..
        } => Error::Absent,
        error => error.into(),
    }
}

/// Destroyed rows for keys that never were.
async fn bury(tx: &mut Tx, ids: &[DossierId], now: Timestamp) -> Result<(), Error> {
    let rows = ids.iter().map(|id| {
        let state = State::Destroyed.value();
        [id.value(), state, now.value(), true.value(), now.value()]
    });
    sql(
        "INSERT INTO keys (dossier, state, made_at, settled, destroyed_at) VALUES $rows
         ON CONFLICT (dossier) DO NOTHING",
    )
    .bind_rows(rows)
    .run(tx)
    .await?;
    Ok(())
}

/// The associated data of a wrapped key.
pub(crate) fn place(id: DossierId) -> Vec<u8> {
    [b"vivier/1/key".as_slice(), id.as_bytes()].concat()
}
