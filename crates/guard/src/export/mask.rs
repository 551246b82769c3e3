//! Owns: that nobody else is in a person's copy: a member of staff stands in it by their role, anybody else not at all.
//! Doesn't own: what is in a copy ([`super::gather`]).

use std::collections::{HashMap, HashSet};

use kernel::Id;
use storage::{LIST, PublicText, sql};

use super::{Everything, Fact};
use crate::{Error, Guard};

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
