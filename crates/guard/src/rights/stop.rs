//! Owns: setting apart what somebody stops, whatever the right: the word in the dossier's row, who they are with the last
//! of it, mails and questions that end. Doesn't own: which right does what ([`super::restrict`], [`super::object`],
//! [`super::consent`], [`super::death`]), who still reads ([`crate::keep::hold`]).

use kernel::{Id, Timestamp};
use storage::{LIST, PublicText, Tx, sql};
use vault::{DossierId, JournalEntry, JournalKind};

use crate::{
    Actor, Error, Guard, Person,
    keep::hold::{OBJECTED, ON_REQUEST, RIGHTS},
    send::{DELIVER, MailState},
};

/// Something kept of the acting person, and why nobody uses it now, if so.
#[derive(Debug, Clone)]
pub struct Use {
    /// Which dossier.
    pub dossier: DossierId,
    /// The charter's purpose.
    pub purpose: String,
    /// When it was opened.
    pub since: Timestamp,
    /// By its person's wish, and they may lift it.
    pub is_restricted: bool,
    /// For another reason: an objection, a consent withdrawn, a hold.
    pub is_stopped: bool,
}

impl Guard {
    /// What is kept of the acting person and how it stands, the latest first; neither who they are nor their requests.
    ///
    /// # Errors
    /// The storage's.
    pub async fn own_uses(&self, actor: &Actor) -> Result<Vec<Use>, Error> {
        let rows = sql("SELECT id, purpose, opened_at, restricted FROM dossiers WHERE person IN ($list) AND id <> person \
             AND (restricted IS NULL OR restricted <> $1) ORDER BY opened_at DESC, id DESC LIMIT 200")
        .bind(PublicText::new(RIGHTS))
        .bind_list(actor.people().iter().copied())
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                let restricted: Option<PublicText> = row.get("restricted")?;
                let is_restricted = restricted.as_deref() == Some(ON_REQUEST);
                Ok(Use {
                    dossier: row.get("id")?,
                    purpose: row.get::<PublicText, _>("purpose")?.into_string(),
                    since: row.get("opened_at")?,
                    is_restricted,
                    is_stopped: restricted.is_some() && !is_restricted,
                })
            })
            .collect()
    }

    /// Whoever is used for nothing has their name set apart with the last that was; it is shown again with the first
    /// that is used.
    pub(super) async fn settle_identities(
        &self,
        tx: &mut Tx,
        people: &[Id<Person>],
        why: &'static str,
    ) -> Result<(), Error> {
        for person in people {
            let used =
                sql("SELECT id FROM dossiers WHERE person = $1 AND id <> $1 AND restricted IS NULL LIMIT 1")
                    .bind(*person)
                    .optional(&mut *tx)
                    .await?;
            let query = if used.is_some() {
                sql("UPDATE dossiers SET restricted = NULL WHERE id = $1 AND restricted IN ($list)")
                    .bind(*person)
                    .bind_list([ON_REQUEST, OBJECTED].map(PublicText::new))
            } else {
                sql("UPDATE dossiers SET restricted = $2 WHERE id = $1 AND restricted IS NULL")
                    .bind(*person)
                    .bind(PublicText::new(why))
            };
            query.run(&mut *tx).await?;
        }
        Ok(())
    }

    /// Sets these apart, unless something weightier has.
    pub(super) async fn set_restricted(
        &self,
        tx: &mut Tx,
        these: &[DossierId],
        why: &'static str,
    ) -> Result<(), Error> {
        for some in these.chunks(LIST) {
            sql("UPDATE dossiers SET restricted = $1 WHERE id IN ($list) AND (restricted IS NULL OR restricted = $2)")
                .bind(PublicText::new(why))
                .bind(PublicText::new(ON_REQUEST))
                .bind_list(some.iter().copied())
                .run(&mut *tx)
                .await?;
        }
        Ok(())
    }

    /// Mails of these dossiers that wait don't leave.
    pub(super) async fn drop_waiting_mails(&self, tx: &mut Tx, these: &[DossierId]) -> Result<(), Error> {
        for some in these.chunks(LIST) {
            let gone = sql("DELETE FROM mails WHERE dossier IN ($list) AND state IN ($list) RETURNING id")
                .bind_list(some.iter().copied())
                .bind_list([MailState::Queued, MailState::Held])
                .all(&mut *tx)
                .await?;
            for row in &gone {
                platform::jobs::cancel(tx, DELIVER, row.get("id")?).await?;
            }
        }
        Ok(())
    }

    /// Nobody is asked any more whether to keep on, and a link that asks answers nothing; the clock goes on as it was.
    pub(super) async fn ask_no_more(&self, tx: &mut Tx, these: &[DossierId]) -> Result<(), Error> {
        for some in these.chunks(LIST) {
            for statement in [
                "UPDATE clocks SET asks_at = NULL, asked_at = NULL WHERE dossier IN ($list)",
                "DELETE FROM renewals WHERE dossier IN ($list)",
            ] {
                sql(statement)
                    .bind_list(some.iter().copied())
                    .run(&mut *tx)
                    .await?;
            }
        }
        Ok(())
    }

    /// The dossiers of these people that stand so, who they are aside.
    pub(super) async fn own_dossiers(
        &self,
        people: &[Id<Person>],
        restricted: Option<&str>,
    ) -> Result<Vec<DossierId>, Error> {
        let rows = sql("SELECT id FROM dossiers WHERE person IN ($list) AND id <> person AND COALESCE(restricted, '') = $1 ORDER BY id")
            .bind(PublicText::new(restricted.unwrap_or_default()))
            .bind_list(people.iter().copied())
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok(row.get("id")?)).collect()
    }

    /// Writes into the restriction journal what becomes of these.
    pub(super) async fn set_apart_on(
        &self,
        kind: JournalKind,
        scope: &str,
        these: &[DossierId],
    ) -> Result<(), Error> {
        let entries: Vec<JournalEntry> = these
            .iter()
            .map(|dossier| JournalEntry {
                kind,
                subject: Some(self.vault.subject(*dossier)),
                scope: PublicText::new(scope),
            })
            .collect();
        Ok(self.vault.record_journal(&entries).await?)
    }
}

/// The one that was named, or all; something must be left to do.
pub(super) fn chosen(all: Vec<DossierId>, one: Option<DossierId>) -> Result<Vec<DossierId>, Error> {
    let these: Vec<DossierId> = match one {
        Some(one) => all.into_iter().filter(|id| *id == one).collect(),
        None => all,
    };
    if these.is_empty() {
        Err(Error::NotFound)
    } else {
        Ok(these)
    }
}
