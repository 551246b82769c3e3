//! Owns: what happened since a backup was made and no restore may undo: erasures, withdrawals, objections, unsubscribes,
//! holds, as today's key store has them; and holding what would otherwise leave or open. Doesn't own: what that means for a
//! capability's own rows ([`Replay`]).

use std::{collections::HashMap, future::Future, pin::Pin};

use charter::Trigger;
use kernel::{Id, Timestamp};
use storage::{KeyedHash, PublicText, sql};
use vault::{DossierId, JournalEntry, JournalKind, JournalRow};

use super::Restored;
use crate::{Error, Guard, Person, rights::replay::is_about_a_consent, send::MailState, told::Cause};

/// Rows of the journal, or dossiers, looked at in one go.
const PAGE: u32 = 500;
/// What opens the site to somebody: a backup is older than what was ended since.
const OPENS: [&str; 5] = ["sessions", "password_links", "ceremonies", "once", "api_tokens"];

/// Something that the journal says of a dossier, and the restored data don't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replayed {
    /// Whose.
    pub dossier: DossierId,
    /// What happened.
    pub event: Trigger,
    /// When.
    pub at: Timestamp,
}

/// Applies to a capability's own rows what its person had already done when the backup was restored.
pub type Replay = fn(Guard, Vec<Replayed>) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What was done to the restored data.
pub(super) struct Done {
    pub(super) erased: u64,
    pub(super) applied: u64,
    pub(super) held: u64,
}

impl Guard {
    /// Applies today's journal to restored data.
    pub(super) async fn replay(&self, replays: &[Replay]) -> Result<Done, Error> {
        let journal = self.journal().await?;
        let (mut erased, mut rights, mut applied, mut after) = (0, 0, Vec::new(), None);
        loop {
            let page = self.dossiers_after(after).await?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            let gone = self.gone(&page, &journal).await?;
            self.remove_rows(&gone).await?;
            erased += gone.len() as u64;
            for (dossier, person) in page.iter().filter(|(dossier, _)| !gone.contains(dossier)) {
                applied.extend(self.since(*dossier, *person, &journal).await?);
                if let Some(rows) = journal.get(&self.vault.subject(*dossier)) {
                    rights += self.replay_rights(*dossier, rows).await?;
                    rights += self.replay_holds(*dossier, rows).await?;
                }
            }
        }
        let mut tx = self.begin().await?;
        for one in &applied {
            let events: &[Trigger] = match one.event {
                Trigger::Withdrawn => &[Trigger::LastContact, Trigger::Withdrawn],
                _ => std::slice::from_ref(&one.event),
            };
            self.all_happened(&mut tx, one.dossier, events, one.at).await?;
        }
        tx.commit().await?;
        for replay in replays {
            replay(self.clone(), applied.clone()).await?;
        }
        Ok(Done {
            erased,
            applied: applied.len() as u64 + rights,
            held: self.hold_back().await?,
        })
    }

    /// The last word on it: in the journal, which no restore rolls back, and in the ledger.
    pub(super) async fn tell_restored(&self, repository: &str, restored: &Restored) -> Result<(), Error> {
        let entry = JournalEntry {
            kind: JournalKind::Restored,
            subject: None,
            scope: PublicText::new(restored.id.as_str()),
        };
        self.vault.record_journal(&[entry]).await?;
        let body = serde_json::json!({
            "repository": repository, "backup": restored.id, "rows": restored.rows, "files": restored.files,
            "erased": restored.erased, "replayed": restored.replayed, "held": restored.held,
        });
        let mut tx = self.begin().await?;
        self.note(&mut tx, "restored", None, &body).await?;
        tx.commit().await?;
        while self.sequence_ledger().await? > 0 {}
        Ok(())
    }

    /// What the journal says of whom.
    async fn journal(&self) -> Result<HashMap<KeyedHash, Vec<JournalRow>>, Error> {
        let (mut journal, mut next) = (HashMap::<_, Vec<_>>::new(), 0);
        loop {
            let rows = self.vault.journal_from(next, PAGE).await?;
            let Some(last) = rows.last() else {
                return Ok(journal);
            };
            next = last.seq + 1;
            for row in rows {
                if let Some(subject) = row.entry.subject {
                    journal.entry(subject).or_default().push(row);
                }
            }
        }
    }

    async fn dossiers_after(&self, after: Option<DossierId>) -> Result<Vec<(DossierId, Id<Person>)>, Error> {
        let query = match after {
            None => sql("SELECT id, person FROM dossiers ORDER BY id LIMIT $1").bind(PAGE),
            Some(after) => sql("SELECT id, person FROM dossiers WHERE id > $1 ORDER BY id LIMIT $2")
                .bind(after)
                .bind(PAGE),
        };
        let rows = query.all(&self.db).await?;
        rows.iter()
            .map(|row| Ok((row.get("id")?, row.get("person")?)))
            .collect()
    }

    /// Of these dossiers, those that are erased: their keys are destroyed, or the journal says so and the key was about
    /// to be.
    async fn gone(
        &self,
        dossiers: &[(DossierId, Id<Person>)],
        journal: &HashMap<KeyedHash, Vec<JournalRow>>,
    ) -> Result<Vec<DossierId>, Error> {
        let ids: Vec<DossierId> = dossiers.iter().map(|(dossier, _)| *dossier).collect();
        let active = self.vault.active(&ids).await?;
        let erased = |dossier: &DossierId| {
            let rows = journal.get(&self.vault.subject(*dossier));
            rows.is_some_and(|rows| rows.iter().any(|row| row.entry.kind == JournalKind::Erased))
        };
        let gone: Vec<DossierId> = ids
            .into_iter()
            .filter(|dossier| !active.contains(dossier) || erased(dossier))
            .collect();
        self.vault.destroy(&gone).await?;
        Ok(gone)
    }

    /// What a person did that the restored data don't know of.
    async fn since(
        &self,
        dossier: DossierId,
        person: Id<Person>,
        journal: &HashMap<KeyedHash, Vec<JournalRow>>,
    ) -> Result<Vec<Replayed>, Error> {
        let of_dossier = journal.get(&self.vault.subject(dossier));
        // A person's identity is a dossier under the same id.
        let of_person = (person.as_bytes() != dossier.as_bytes())
            .then(|| journal.get(&self.vault.subject(person)))
            .flatten();
        let mut last: Vec<(Trigger, Timestamp, &PublicText)> = Vec::new();
        for row in of_dossier.into_iter().chain(of_person).flatten() {
            // Of one consent, not of all that its dossier holds.
            if is_about_a_consent(row) {
                continue;
            }
            let event = match row.entry.kind {
                JournalKind::Withdrawn => Trigger::Withdrawn,
                JournalKind::Objected => Trigger::Objected,
                JournalKind::Unsubscribed => Trigger::Unsubscribed,
                // What is lifted is what was said with the same words: a hold that ends lifts no objection.
                JournalKind::Lifted => {
                    let lifts =
                        |event, scope: &PublicText| event == Trigger::Objected && **scope == *row.entry.scope;
                    last.retain(|(event, _, scope)| !lifts(*event, scope));
                    continue;
                }
                JournalKind::Erased | JournalKind::Restricted | JournalKind::Held | JournalKind::Restored => {
                    continue;
                }
            };
            last.retain(|(known, ..)| *known != event);
            last.push((event, row.at, &row.entry.scope));
        }
        if last.is_empty() {
            return Ok(Vec::new());
        }
        let happened = self.moments((&self.db).into(), dossier).await?;
        let unknown = |(event, at, _): &(Trigger, Timestamp, &PublicText)| {
            !happened.iter().any(|(known, when)| known == event && when >= at)
        };
        let since = last.into_iter().filter(unknown);
        Ok(since
            .map(|(event, at, _)| Replayed { dossier, event, at })
            .collect())
    }

    /// Removes every row that ends with one of these dossiers.
    pub(super) async fn remove_rows(&self, gone: &[DossierId]) -> Result<(), Error> {
        if gone.is_empty() {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        // Who was told is as forgotten as the rest of what happened since: told again, nobody is left out.
        self.tell_receivers(&mut tx, Cause::Erased, gone).await?;
        self.erase_rows(&mut tx, gone).await?;
        Ok(tx.commit().await?)
    }

    /// Nothing leaves and nobody is let in by what may have been ended since: mails wait for a human, and people sign
    /// in again.
    async fn hold_back(&self) -> Result<u64, Error> {
        let mut tx = self.begin().await?;
        let held = sql("UPDATE mails SET state = $1 WHERE state IN ($list)")
            .bind(MailState::Held)
            .bind_list([MailState::Queued, MailState::Sending])
            .run(&mut tx)
            .await?;
        for table in OPENS {
            sql("DELETE FROM ").then(table).run(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(held)
    }
}
