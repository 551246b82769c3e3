//! Owns: how often something may be tried, counted in the database so that every process sees it. Doesn't own: what is
//! tried.
//!
//! A limit is one number, the moment at which it is full again (the generic cell rate algorithm, ITU-T I.371). Names are
//! keyed hashes. A row dies when it is full again, and what is refused leaves none: at most one row a caller and
//! account that were tried lately.

use kernel::Timestamp;
use storage::{KeyedHash, Tx, sql};

use crate::{Error, Guard};

/// Where the database refuses a limit that is used up: it is made to have no end, which none may be without.
pub(crate) const USED_UP: &str = "limits.full_at";

/// So many at once, then one each so many seconds.
#[derive(Clone, Copy)]
pub(super) struct Rate {
    pub(super) burst: i64,
    pub(super) seconds: i64,
}

impl Rate {
    const fn cost(self) -> i64 {
        self.seconds * 1_000
    }
}

/// A limit of one thing: of one account, of one address.
#[derive(Clone, Copy)]
pub(super) struct Limit(Rate, KeyedHash);

impl Guard {
    /// The limit of what those parts name together.
    pub(super) fn limit(&self, rate: Rate, kind: &str, parts: &[&[u8]]) -> Limit {
        let mut name = kind.as_bytes().to_vec();
        for part in parts {
            name.extend_from_slice(&(part.len() as u64).to_be_bytes());
            name.extend_from_slice(part);
        }
        Limit(rate, self.vault.token_mac("limit", &name))
    }

    /// Takes one try from each of the limits, or from none.
    ///
    /// # Errors
    /// [`Error::TooOften`] when one of them is used up.
    pub(super) async fn take(&self, limits: &[Limit]) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        self.take_with(&mut tx, limits).await?;
        match tx.commit().await.map_err(Error::from) {
            Err(error) if error.is_used_up() => Err(Error::TooOften {
                seconds: self.seconds_until(limits).await?,
            }),
            taken => taken,
        }
    }

    /// Takes one try from each of the limits in a transaction that is for the case alone that none is used up: its commit
    /// fails otherwise, as [`Error::is_used_up`] knows.
    pub(super) async fn take_with(&self, tx: &mut Tx, limits: &[Limit]) -> Result<(), Error> {
        for limit in limits {
            let (now, Limit(rate, name)) = (self.now(), limit);
            sql("INSERT INTO limits (name, full_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET full_at = \
                 CASE WHEN limits.full_at > $5 THEN NULL WHEN limits.full_at > $3 THEN limits.full_at + $4 ELSE $3 + $4 END")
                .bind(*name)
                .bind(now.plus_millis(rate.cost()))
                .bind(now)
                .bind(rate.cost())
                .bind(self.most(limit))
                .later(&mut *tx)
                .await?;
        }
        Ok(())
    }

    /// In how many seconds all of them have room.
    async fn seconds_until(&self, limits: &[Limit]) -> Result<u32, Error> {
        let mut longest = 1;
        for limit in limits {
            let row = sql("SELECT full_at FROM limits WHERE name = $1").bind(limit.1);
            if let Some(row) = row.optional(&self.db).await? {
                let full_at: Timestamp = row.get("full_at")?;
                longest = longest.max((full_at.as_millis() - self.most(limit).as_millis() + 999) / 1_000);
            }
        }
        Ok(u32::try_from(longest).unwrap_or(u32::MAX))
    }

    /// What may be owed at most before one more.
    fn most(&self, Limit(rate, _): &Limit) -> Timestamp {
        self.now().plus_millis((rate.burst - 1) * rate.cost())
    }

    /// As [`Guard::take`] where nobody is refused by it: false when one of them is used up.
    pub(super) async fn has_room(&self, limits: &[Limit]) -> Result<bool, Error> {
        match self.take(limits).await {
            Ok(()) => Ok(true),
            Err(Error::TooOften { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Gives a try back: it was no wrong one.
    pub(super) async fn give_back(&self, tx: &mut Tx, Limit(rate, name): Limit) -> Result<(), Error> {
        sql("UPDATE limits SET full_at = full_at - $2 WHERE name = $1")
            .bind(name)
            .bind(rate.cost())
            .run(tx)
            .await?;
        Ok(())
    }

    /// Forgets what was tried: whoever tried was right in the end.
    pub(super) async fn forget_tries(&self, tx: &mut Tx, limit: Limit) -> Result<(), Error> {
        sql("DELETE FROM limits WHERE name = $1")
            .bind(limit.1)
            .run(tx)
            .await?;
        Ok(())
    }
}
