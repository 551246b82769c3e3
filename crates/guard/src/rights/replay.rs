//! Owns: what the restriction journal says of a dossier's consents, objections, restrictions and of a death, applied
//! again to restored data. Doesn't own: erasures and withdrawn applications ([`crate::backup`]).

use kernel::Timestamp;
use storage::{PublicText, sql};
use vault::{DossierId, JournalKind, JournalRow};

use super::consent::SCOPE;
use crate::{
    Error, Guard,
    keep::hold::{DEATH, ON_REQUEST},
};

/// Whether a row of the journal is about a consent alone, and not about all of its dossier.
pub(crate) fn is_about_a_consent(row: &JournalRow) -> bool {
    let scope = &*row.entry.scope;
    row.entry.kind == JournalKind::Withdrawn
        && scope
            .strip_prefix(SCOPE)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl Guard {
    /// Applies the journal's rows about one dossier; gives how many changed something.
    pub(crate) async fn replay_rights(&self, dossier: DossierId, rows: &[JournalRow]) -> Result<u64, Error> {
        let mut applied = 0;
        for row in rows.iter().filter(|row| is_about_a_consent(row)) {
            let field = row
                .entry
                .scope
                .strip_prefix(SCOPE)
                .and_then(|rest| rest.strip_prefix('.'));
            for consent in self.consents_of(&self.db, dossier).await? {
                // One given since the withdrawal stands.
                let last_given = consent.renewed_at.unwrap_or(consent.given_at);
                let same = consent.field.as_deref() == field && last_given <= row.at;
                if same && consent.withdrawn_at.is_none() {
                    self.end_consent(&consent, row.at).await?;
                    applied += 1;
                }
            }
        }
        for row in rows.iter().filter(|row| row.entry.kind == JournalKind::Objected) {
            applied += self.object_again(dossier, &row.entry.scope, row.at).await?;
        }
        let last = |scope: &str| {
            let mut about = rows.iter().rev().filter(|row| &*row.entry.scope == scope);
            about.find(|row| matches!(row.entry.kind, JournalKind::Restricted | JournalKind::Lifted))
        };
        if last(ON_REQUEST).is_some_and(|row| row.entry.kind == JournalKind::Restricted) {
            let mut tx = self.begin().await?;
            self.set_restricted(&mut tx, &[dossier], ON_REQUEST).await?;
            let person = self.dossier(&mut tx, dossier).await?.person;
            self.settle_identities(&mut tx, &[person], ON_REQUEST).await?;
            tx.commit().await?;
            applied += 1;
        }
        if let Some(row) = last(DEATH) {
            let mut tx = self.begin().await?;
            self.end_with_death(&mut tx, &[dossier], row.at).await?;
            tx.commit().await?;
            applied += 1;
        }
        Ok(applied)
    }

    /// An objection to the dossier's purpose; one by the house's older word is about the clock alone.
    async fn object_again(&self, dossier: DossierId, purpose: &str, at: Timestamp) -> Result<u64, Error> {
        let row = self.dossier(&self.db, dossier).await?;
        if row.purpose != purpose {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        sql("INSERT INTO objections (person, purpose, at) VALUES ($1, $2, $3) ON CONFLICT (person, purpose) DO NOTHING")
            .bind(row.person)
            .bind(PublicText::new(purpose))
            .bind(at)
            .run(&mut tx)
            .await?;
        self.stop_on_objection(&mut tx, &[dossier], at).await?;
        self.settle_identities(&mut tx, &[row.person], crate::keep::hold::OBJECTED)
            .await?;
        tx.commit().await?;
        Ok(1)
    }
}
