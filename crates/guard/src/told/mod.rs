//! Owns: that whoever received something about a person hears of its erasure, rectification or restriction (GDPR art. 17(2),
//! 19): who received what is read off the records of sending and of sharing, and what remains to be told is a row of the
//! transaction that causes it. Doesn't own: the words of the letter and its page (`app`), what is sent ([`crate::send`]) or
//! shared ([`crate::share`]).
//!
//! Who received it for purposes of their own is told always, at the contact that its person was given.
//!
//! A processor of which nothing remains to be asked gets no notice: it is the controller's own, it received nothing that
//! identifies anybody, it keeps nothing, or what it holds goes with ours. One that forgets by itself within a stated time
//! gets one that says until when. The others are told by a human and chased until they answer: no gateway has a
//! connector to a processor's own interface yet, so `api` is told by a human too.

mod desk;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use charter::{Keep, Receives, What, vocabulary::Deletion};
use kernel::{Id, Timestamp, words};
use storage::{Bind as _, LIST, PublicText, Tx, sql};
use vault::DossierId;

use serde::Serialize;

use crate::{Error, Guard};

pub use desk::{Answer, CHASE_DAYS, Notice};

/// Whoever received something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Receiver {
    /// A processor, by the charter's name.
    Processor(String),
    /// Somebody with purposes of their own.
    Recipient {
        /// By which of the charter's shares.
        share: String,
        /// Who.
        name: String,
        /// Where it is told.
        contact: String,
    },
}

words! {
    /// What a receiver is told.
    pub enum Cause {
        /// The data were erased: it erases them too.
        Erased = "erased",
        /// They were rectified.
        Rectified = "rectified",
        /// Their use was restricted.
        Restricted = "restricted",
    }
}

words! {
    /// How what a receiver holds comes to its end.
    pub enum Way {
        /// Somebody writes to it.
        Manual = "manual",
        /// It has an interface of its own for it; until the gateway speaks it, somebody writes.
        Api = "api",
        /// By itself, on a day.
        ByItself = "by_itself",
    }
}

words! {
    /// Where a notice stands.
    pub enum State {
        /// To be told.
        Open = "open",
        /// Told; no answer yet.
        Told = "told",
        /// The receiver has answered.
        Answered = "answered",
        /// Goes by itself.
        ByItself = "by_itself",
    }
}

/// What one receiver has, of all the dossiers together.
#[derive(Default)]
struct Received {
    dossiers: BTreeSet<DossierId>,
    sendings: Vec<(Id<Sent>, Timestamp)>,
}

/// Marks the id under which something was received: a mail's, or a sharing's.
enum Sent {}

impl Received {
    fn first(&self) -> Option<Timestamp> {
        self.sendings.iter().map(|(_, at)| *at).min()
    }

    fn last(&self) -> Option<Timestamp> {
        self.sendings.iter().map(|(_, at)| *at).max()
    }
}

impl Guard {
    /// Whoever received something about these dossiers is to be told of it: in the caller's transaction, and while the
    /// records of it are still there. Gives how many are.
    ///
    /// # Errors
    /// The storage's.
    pub async fn tell_receivers(
        &self,
        tx: &mut Tx,
        cause: Cause,
        dossiers: &[DossierId],
    ) -> Result<usize, Error> {
        let batch = self.id();
        self.tell_together(tx, cause, dossiers, batch).await
    }

    /// As [`Guard::tell_receivers`]: what goes under one `batch`, an erasure in several steps, is told at once.
    pub(crate) async fn tell_together(
        &self,
        tx: &mut Tx,
        cause: Cause,
        dossiers: &[DossierId],
        batch: Id<()>,
    ) -> Result<usize, Error> {
        let mut told = 0;
        for (receiver, received) in &received(tx, dossiers).await? {
            let Some(standing) = self.standing(receiver, cause, received) else {
                continue;
            };
            let notice = self
                .write_notice(tx, (batch, cause, receiver), received, standing)
                .await?;
            for some in received.sendings.chunks(LIST / 3) {
                let rows = some
                    .iter()
                    .map(|(sending, at)| [notice.value(), sending.value(), at.value()]);
                sql("INSERT INTO notice_sendings (notice, sending, at) VALUES $rows \
                     ON CONFLICT (notice, sending) DO NOTHING")
                .bind_rows(rows)
                .run(&mut *tx)
                .await?;
            }
            let body = serde_json::json!({
                receiver.kind(): receiver.rule(), "cause": cause, "way": standing.way, "dossiers": received.dossiers.len(),
                "sendings": received.sendings.len(),
            });
            self.note(tx, "receiver_to_be_told", None, &body).await?;
            told += 1;
        }
        Ok(told)
    }

    async fn write_notice(
        &self,
        tx: &mut Tx,
        (batch, cause, receiver): (Id<()>, Cause, &Receiver),
        received: &Received,
        standing: Standing,
    ) -> Result<Id<Notice>, Error> {
        let (now, open) = (self.now(), standing.way != Way::ByItself);
        let (name, share, contact) = match receiver {
            Receiver::Processor(name) => (name, "", ""),
            Receiver::Recipient { share, name, contact } => (name, share.as_str(), contact.as_str()),
        };
        let row = sql(
            "INSERT INTO notices (id, batch, receiver, cause, way, state, dossiers, first_at, last_at, made_at, next_at, \
             ends_at, times, charter_version, share, contact) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, $15) \
             ON CONFLICT (batch, cause, receiver, share, contact) DO UPDATE SET dossiers = notices.dossiers + excluded.dossiers, \
             first_at = CASE WHEN excluded.first_at < notices.first_at THEN excluded.first_at ELSE notices.first_at END, \
             last_at = CASE WHEN excluded.last_at > notices.last_at THEN excluded.last_at ELSE notices.last_at END, \
             ends_at = CASE WHEN excluded.ends_at > notices.ends_at THEN excluded.ends_at ELSE notices.ends_at END \
             RETURNING id",
        )
        .bind(self.id::<Notice>())
        .bind(batch)
        .bind(PublicText::new(name.as_str()))
        .bind(cause)
        .bind(standing.way)
        .bind(if open { State::Open } else { State::ByItself })
        .bind(i64::try_from(received.dossiers.len()).unwrap_or(i64::MAX))
        .bind(received.first())
        .bind(received.last())
        .bind(now)
        .bind(open.then_some(now))
        .bind(standing.ends_at)
        .bind(i64::from(self.charter().version()))
        .bind(PublicText::new(share))
        .bind(PublicText::new(contact))
        .one(tx)
        .await?;
        Ok(row.get("id")?)
    }

    /// How a receiver is told, and when what it holds goes by itself; `None` when nothing remains to be told.
    fn standing(&self, receiver: &Receiver, cause: Cause, received: &Received) -> Option<Standing> {
        let charter = self.charter();
        let by_hand = |way| Some(Standing { way, ends_at: None });
        let Receiver::Processor(name) = receiver else {
            return by_hand(Way::Manual);
        };
        let Some(processor) = charter.processors().iter().find(|one| one.name == *name) else {
            // It received something under an older version, and no rule says any more how that goes.
            return by_hand(Way::Manual);
        };
        let identifies = matches!(processor.receives, What::Fields(_) | What::Shape(Receives::All));
        if processor.entity.is_none() || !identifies {
            return None;
        }
        match (processor.deletion, processor.keeps) {
            (Some(Deletion::Cascade), _) if cause == Cause::Erased => None,
            (Some(Deletion::Api), _) => by_hand(Way::Api),
            (Some(Deletion::Manual), _) => by_hand(Way::Manual),
            (_, Keep::Nothing) => None,
            (_, Keep::For(keep)) => {
                let ends_at = keep.end(received.last()?, &self.zone);
                match cause {
                    _ if ends_at <= self.now() => None,
                    Cause::Erased => Some(Standing {
                        way: Way::ByItself,
                        ends_at: Some(ends_at),
                    }),
                    // What it holds for a while still is to be corrected, or left alone, for so long.
                    Cause::Rectified | Cause::Restricted => by_hand(Way::Manual),
                }
            }
            (_, Keep::WithUs) => by_hand(Way::Manual),
        }
    }
}

/// How a notice comes to its end.
#[derive(Clone, Copy)]
struct Standing {
    way: Way,
    ends_at: Option<Timestamp>,
}

impl Receiver {
    /// As a notice names it: who received by no share is a processor.
    fn of(name: PublicText, share: PublicText, contact: PublicText) -> Self {
        if share.is_empty() {
            return Self::Processor(name.into_string());
        }
        Self::Recipient {
            share: share.into_string(),
            name: name.into_string(),
            contact: contact.into_string(),
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Processor(_) => "processor",
            Self::Recipient { .. } => "share",
        }
    }

    /// The charter's rule by which it received.
    fn rule(&self) -> &str {
        match self {
            Self::Processor(name) => name,
            Self::Recipient { share, .. } => share,
        }
    }
}

/// What was sent or given to whom of these.
async fn received(tx: &mut Tx, dossiers: &[DossierId]) -> Result<BTreeMap<Receiver, Received>, Error> {
    let mut received: BTreeMap<Receiver, Received> = BTreeMap::new();
    for table in [
        "SELECT id, dossier, processor AS receiver, '' AS share, '' AS contact, at FROM disclosures",
        "SELECT id, dossier, recipient AS receiver, share, contact, at FROM sharings",
    ] {
        for some in dossiers.chunks(LIST) {
            let rows = sql(table)
                .then(" WHERE dossier IN ($list)")
                .bind_list(some.iter().copied())
                .all(&mut *tx)
                .await?;
            for row in &rows {
                let receiver = Receiver::of(row.get("receiver")?, row.get("share")?, row.get("contact")?);
                let one = received.entry(receiver).or_default();
                one.dossiers.insert(row.get("dossier")?);
                one.sendings.push((row.get("id")?, row.get("at")?));
            }
        }
    }
    Ok(received)
}
