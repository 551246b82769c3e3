//! Owns: giving a key store another master key, and looking over all of its keys. Doesn't own: the master key's file
//! (`guard::keys`).

use kernel::Rng;
use storage::{Ciphertext, Db, Hold, Location, Tx, sql};

use crate::{
    Checked, DossierId, Error, MasterKey, Vault,
    keys::{self, State},
    signing,
    site::{self, SiteKeys, Stored},
};

/// Keys looked at in one question.
const PAGE: u32 = 500;

impl Vault {
    /// Wraps everything that hangs directly under the master key anew, in one transaction: killed before its end, the
    /// old master key opens the store, and after it the new one. Gives how many keys there are; a store that has the
    /// new one already is left as it is.
    ///
    /// # Errors
    /// [`Error::InUse`] while others use it: they would go on with the old key. [`Error::WrongMasterKey`] when
    /// neither opens it.
    pub async fn rotate(store: &Location, from: &MasterKey, to: &MasterKey, rng: &Rng) -> Result<u64, Error> {
        if let Location::Sqlite(path) = store
            && !path.exists()
        {
            return Err(Error::NoStore);
        }
        let db = Db::open(store).await?;
        let _alone = Hold::take(store, &db, true).await?.ok_or(Error::InUse)?;
        let done = rewrap(&db, from, to, rng).await;
        if done.is_ok() {
            // The keys as they were wrapped must not stay in SQLite's log.
            db.tidy().await?;
        }
        db.close().await;
        done
    }

    /// Whether this master key opens that store.
    ///
    /// # Errors
    /// [`Error::NoStore`] when there is none.
    pub async fn is_opened_by(store: &Location, master: &MasterKey) -> Result<bool, Error> {
        if let Location::Sqlite(path) = store
            && !path.exists()
        {
            return Err(Error::NoStore);
        }
        let db = Db::open(store).await?;
        let row = sql("SELECT seal, check_value FROM site").optional(&db).await?;
        let stored = Stored::read(&row.ok_or(Error::NoStore)?)?;
        db.close().await;
        match SiteKeys::open_secret(master, &stored) {
            Ok(_) => Ok(true),
            Err(Error::WrongMasterKey) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Opens every key and goes along both chains.
    ///
    /// # Errors
    /// [`Error::Tampered`] when a key doesn't open. A broken chain isn't an error: [`Checked`] says where.
    pub async fn check(&self) -> Result<Checked, Error> {
        signing::check(self.db(), &self.site().wrap).await?;
        let mut checked = Checked {
            taken_at: self.now(),
            nature: self.nature(),
            active: 0,
            destroyed: 0,
            lookups: 0,
            seen: Vec::new(),
            journal: self.verify_journal().await?,
            ledger: self.verify_ledger().await?,
        };
        let mut after: Option<DossierId> = None;
        loop {
            let page = page(after).all(self.db()).await?;
            for row in &page {
                match keys::secret(row, &self.site().wrap)? {
                    Some(_) => checked.active += 1,
                    None => checked.destroyed += 1,
                }
            }
            match page.last() {
                Some(row) => after = Some(row.get("dossier")?),
                None => break,
            }
        }
        let lookups = sql("SELECT COUNT(*) AS count FROM lookups")
            .one(self.db())
            .await?;
        checked.lookups = lookups.get::<i64, _>("count")?.unsigned_abs();
        Ok(checked)
    }
}

async fn rewrap(db: &Db, from: &MasterKey, to: &MasterKey, rng: &Rng) -> Result<u64, Error> {
    let mut tx = db.begin().await?;
    let row = sql("SELECT seal, check_value FROM site")
        .optional(&mut tx)
        .await?;
    let stored = Stored::read(&row.ok_or(Error::NoStore)?)?;
    let (old, secret) = match SiteKeys::open_secret(from, &stored) {
        Err(Error::WrongMasterKey) if SiteKeys::open_secret(to, &stored).is_ok() => return Ok(0),
        opened => opened?,
    };
    let (new, stored) = site::seal(to, &secret, rng);
    sql("UPDATE site SET seal = $1, check_value = $2")
        .bind(stored.seal)
        .bind(stored.check)
        .run(&mut tx)
        .await?;
    signing::rewrap(&mut tx, &old, &new, rng).await?;
    let mut count = 0;
    let mut after = None;
    loop {
        let page = page(after).all(&mut tx).await?;
        for row in &page {
            count += 1;
            after = Some(row.get("dossier")?);
            if let Some((id, secret)) = keys::secret(row, &old)? {
                wrap(&mut tx, id, new.seal(rng, &keys::place(id), secret.as_ref())).await?;
            }
        }
        if page.is_empty() {
            break;
        }
    }
    tx.commit().await?;
    Ok(count)
}

async fn wrap(tx: &mut Tx, id: DossierId, wrapped: Vec<u8>) -> Result<(), Error> {
    sql("UPDATE keys SET wrapped = $2 WHERE dossier = $1 AND state = $3")
        .bind(id)
        .bind(Ciphertext::from_sealed(wrapped))
        .bind(State::Active)
        .run(tx)
        .await?;
    Ok(())
}

/// Keys in order of their dossiers, from the one after.
fn page(after: Option<DossierId>) -> storage::Query {
    match after {
        None => sql("SELECT dossier, state, wrapped FROM keys ORDER BY dossier LIMIT $1").bind(PAGE),
        Some(after) => {
            sql("SELECT dossier, state, wrapped FROM keys WHERE dossier > $1 ORDER BY dossier LIMIT $2")
                .bind(after)
                .bind(PAGE)
        }
    }
}
