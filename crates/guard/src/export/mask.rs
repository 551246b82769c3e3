//! Owns: that nobody else is in a person's copy (a member of staff stands in it by their role, anybody else not at all),
//! and no link that works. Doesn't own: what is in a copy ([`super::gather`]).

use std::collections::{HashMap, HashSet};

use kernel::Id;
use storage::{LIST, PublicText, sql};

use super::{Everything, Fact};
use crate::{Error, Guard, access::is_token};

/// Where mails lie, whose words may hold a link.
pub(super) const MAILS: &str = "mails";

/// The column that names who did something, in every table of the house.
const WHO: &str = "staff";

impl Guard {
    /// Puts roles in the place of members of staff, and nothing in that of other people, wherever a plain column names one.
    pub(super) async fn mask(&self, everything: &mut Everything) -> Result<(), Error> {
        let dossiers = everything
            .dossiers
            .iter()
            .map(|dossier| dossier.held.dossier.cast());
        let own: HashSet<Id<()>> = dossiers
            .chain(everything.people.iter().map(|person| person.cast()))
            .collect();
        let named: HashSet<Id<()>> = everything
            .rows()
            .flat_map(|row| &row.facts)
            .filter_map(|(_, fact)| match fact {
                Fact::Reference(id) if !own.contains(id) => Some(*id),
                _ => None,
            })
            .collect();
        let named: Vec<Id<()>> = named.into_iter().collect();
        let roles = self.roles_of(&named).await?;
        let others = self.filed_among(&named).await?;
        for (column, fact) in everything.rows_mut().flat_map(|row| &mut row.facts) {
            let Fact::Reference(id) = *fact else {
                continue;
            };
            if own.contains(&id) {
                continue;
            }
            if let Some(role) = roles.get(&id) {
                *fact = Fact::Staff(Some(role.clone()));
            } else if others.contains(&id) {
                *fact = Fact::SomebodyElse;
            } else if *column == WHO {
                *fact = Fact::Staff(None);
            }
        }
        Ok(())
    }

    /// The role that each of these has or had, of those who are members of staff.
    async fn roles_of(&self, ids: &[Id<()>]) -> Result<HashMap<Id<()>, String>, Error> {
        let mut roles = HashMap::new();
        for some in ids.chunks(LIST) {
            let rows = sql("SELECT id, role FROM staff WHERE id IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in &rows {
                roles.insert(row.get("id")?, row.get::<PublicText, _>("role")?.into_string());
            }
        }
        Ok(roles)
    }

    /// Those of these that are dossiers.
    async fn filed_among(&self, ids: &[Id<()>]) -> Result<HashSet<Id<()>>, Error> {
        let mut filed = HashSet::new();
        for some in ids.chunks(LIST) {
            let rows = sql("SELECT id FROM dossiers WHERE id IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in &rows {
                filed.insert(row.get("id")?);
            }
        }
        Ok(filed)
    }
}

/// The words of a mail without the secrets of its links: they are for its mailbox alone, and a copy may be made by
/// somebody else.
pub(super) fn without_secrets(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut pieces = text.split('/');
    let mut told = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c| !is_part(c)).unwrap_or(piece.len());
        let (part, rest) = piece.split_at(end);
        told.push('/');
        told.push_str(if is_token(part) { "…" } else { part });
        told.push_str(rest);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_a_mail_opens_nothing() {
        let secret = "majOKRTBQ0c1jtZs53VNfOqehvAauQeB8_sozDRtwug";
        for after in ["", "\n\nBonjour", "?to=/me", ".", "/more"] {
            let mail = format!("Suivez https://jobs.example/follow/{secret}{after}");
            assert_eq!(
                without_secrets(&mail),
                format!("Suivez https://jobs.example/follow/…{after}")
            );
        }
        let harmless = "https://jobs.example/privacy et/ou /jobs/soudeur-nantes-0001 / fin";
        assert_eq!(without_secrets(harmless), harmless);
    }
}
