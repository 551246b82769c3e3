//! Owns: how the restriction journal speaks of holds, and applying that again to restored data: one placed since stands,
//! one lifted since doesn't. Doesn't own: placing and lifting ([`super`]), what else is applied again ([`crate::backup`]).
//!
//! The journal is never erased, so it holds neither the reference of the file, which may say who it is about, nor who
//! placed the hold: a hold that comes back bears the word [`COME_BACK`] for the one, and nobody's id for the other.

use charter::vocabulary;
use kernel::{Date, Id, Word as _};
use storage::{PublicText, sql};
use vault::{DossierId, JournalKind, JournalRow};

use super::Hold;
use crate::{Error, Guard, Staff};

/// The reference of a hold that only the journal remembered: whoever protects looks its file up and places it anew.
const COME_BACK: &str = "restored";

/// A hold as the journal names it: its kind, its id, its last day when it is placed.
pub(super) fn scope(kind: vocabulary::Hold, id: Id<Hold>, until: Option<Date>) -> String {
    let until = until.map(|day| format!(" {day}")).unwrap_or_default();
    format!("{} {id}{until}", kind.word())
}

/// Reads that back; `None` of what is about no hold.
fn read(scope: &str) -> Option<(vocabulary::Hold, Id<Hold>, Option<Date>)> {
    let mut words = scope.split(' ');
    let kind = vocabulary::Hold::from_word(words.next()?).ok()?;
    let id = words.next()?.parse().ok()?;
    let until = words.next().map(Date::parse);
    match until {
        Some(None) => None,
        Some(until) => Some((kind, id, until)),
        None => Some((kind, id, None)),
    }
}

impl Guard {
    /// Applies the journal's rows about one dossier's holds; gives how many changed something.
    pub(crate) async fn replay_holds(&self, dossier: DossierId, rows: &[JournalRow]) -> Result<u64, Error> {
        let mut applied = 0;
        for row in rows {
            let Some((kind, id, until)) = read(&row.entry.scope) else {
                continue;
            };
            applied += match (row.entry.kind, until) {
                (JournalKind::Held, Some(until)) => {
                    let mut tx = self.begin().await?;
                    let placed = sql("INSERT INTO holds (id, dossier, kind, reference, staff, placed_at, until_at, charter_version) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING")
                        .bind(id)
                        .bind(dossier)
                        .bind(kind)
                        .bind(PublicText::new(COME_BACK))
                        .bind(nobody()?)
                        .bind(row.at)
                        .bind(until.plus_days(1).start(&self.zone))
                        .bind(self.charter().version())
                        .run(&mut tx)
                        .await?;
                    tx.commit().await?;
                    placed
                }
                (JournalKind::Lifted, None) => {
                    let mut tx = self.begin().await?;
                    let lifted = self.end_hold(&mut tx, id, row.at).await?;
                    tx.commit().await?;
                    u64::from(lifted.is_some())
                }
                _ => 0,
            };
        }
        Ok(applied)
    }
}

/// No member of staff's id.
fn nobody() -> Result<Id<Staff>, Error> {
    "0".repeat(32)
        .parse()
        .map_err(|_| Error::Invalid("no identifier"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journals_words_of_a_hold_are_read_back_and_no_others() {
        let id: Id<Hold> = "0123456789abcdef0123456789abcdef".parse().unwrap();
        let (claim, day) = (vocabulary::Hold::LegalClaim, Date::parse("2028-01-31").unwrap());
        for until in [Some(day), None] {
            let said = scope(claim, id, until);
            assert_eq!(read(&said), Some((claim, id, until)), "{said}");
        }
        for other in [
            "",
            "request",
            "legal_claim",
            "legal_claim x",
            "apply 0123456789abcdef0123456789abcdef",
            "legal_claim 0123456789abcdef0123456789abcdef tomorrow",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
