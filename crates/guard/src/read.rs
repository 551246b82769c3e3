//! Owns: the door "show only to whom it names": a [`Permit`] says who reads for which purposes, a [`Reading`] opens
//! sealed values under it, and each is recorded before the answer. Doesn't own: the rule (the charter), the facts
//! behind its conditions (the capabilities' [`crate::Holdings`]).

mod record;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use charter::{Charter, Condition, Duty, Purpose, PurposeKind};
use kernel::Id;
use platform::jobs::JobToken;
use storage::{PublicText, sql};
use vault::{Cell, DossierId, DossierKey, Sealed};

use crate::{Actor, Error, Guard, Person, Personal, Shown, Staff, actor::Who, dossier::Dossier, keep::hold};

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Rows of a list: one record with its subjects.
    List,
    /// One dossier opened: one record a person.
    One,
}

/// Who reads, and for which of the charter's purposes. Values shown under it have been allowed by the charter.
pub struct Permit {
    reader: Reader,
    purposes: Vec<(String, Vec<Condition>)>,
    charter: Arc<Charter>,
}

/// The role under which the service's own readings are recorded; the actor is then its errand.
pub const SERVICE: &str = "service";

enum Reader {
    Staff {
        id: Id<Staff>,
        role: String,
    },
    /// The person, of their own.
    Own(Vec<Id<Person>>),
    /// A member of staff who makes a copy of everything held about these people, for them.
    Copyist {
        id: Id<Staff>,
        role: String,
        /// The charter's purpose: answering requests.
        purpose: String,
        people: Vec<Id<Person>>,
    },
    /// The service itself, on an errand.
    Service {
        errand: &'static str,
    },
}

impl Guard {
    /// A permit to read for the purposes of those kinds.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when the charter names the actor's role as a reader of none of them.
    pub fn permit(&self, actor: &Actor, kinds: &[PurposeKind]) -> Result<Permit, Error> {
        let charter = self.charter();
        let of_kinds = || kinds.iter().flat_map(|kind| charter.purposes_of(*kind));
        let (reader, purposes) = match actor.who() {
            Who::Stranger | Who::Halfway { .. } => return Err(Error::Forbidden),
            Who::Person(people) => (
                Reader::Own(people.clone()),
                of_kinds()
                    .map(|purpose| (purpose.name.clone(), vec![Condition::All]))
                    .collect(),
            ),
            Who::Staff { id, role, .. } => {
                let readable = of_kinds().filter_map(|purpose| {
                    let conditions: Vec<Condition> = purpose
                        .readers
                        .iter()
                        .filter(|reader| reader.role == *role)
                        .map(|reader| reader.when)
                        .collect();
                    (!conditions.is_empty()).then(|| (purpose.name.clone(), conditions))
                });
                (
                    Reader::Staff {
                        id: *id,
                        role: role.clone(),
                    },
                    readable.collect::<Vec<_>>(),
                )
            }
        };
        if purposes.is_empty() {
            return Err(Error::Forbidden);
        }
        Ok(Permit {
            reader,
            purposes,
            charter,
        })
    }

    /// The permit of a job: only a running one has the token. The person sees "the service", and its errand.
    #[must_use]
    pub fn permit_for_job(&self, _: JobToken, errand: &'static str) -> Permit {
        self.permit_of_service(errand)
    }

    /// The permit under which a demo shows what a real site shows nobody.
    pub(crate) fn permit_of_demo(&self, errand: &'static str) -> Result<Permit, Error> {
        if self.is_demo() {
            Ok(self.permit_of_service(errand))
        } else {
            Err(Error::NotFound)
        }
    }

    fn permit_of_service(&self, errand: &'static str) -> Permit {
        let charter = self.charter();
        let all = |purpose: &Purpose| (purpose.name.clone(), vec![Condition::All]);
        Permit {
            reader: Reader::Service { errand },
            purposes: charter.purposes().iter().map(all).collect(),
            charter,
        }
    }

    /// The permit of a member of staff to their own account.
    pub(crate) fn permit_to_own_account(&self, staff: Id<Staff>) -> Permit {
        let charter = self.charter();
        let own = |purpose: &Purpose| (purpose.name.clone(), vec![Condition::All]);
        Permit {
            reader: Reader::Own(vec![staff.cast()]),
            purposes: charter.purposes_of(PurposeKind::ManageAccount).map(own).collect(),
            charter,
        }
    }

    /// The permit of these people to everything of theirs.
    pub(crate) fn permit_to_own(&self, people: &[Id<Person>]) -> Permit {
        Permit {
            reader: Reader::Own(people.to_vec()),
            purposes: Vec::new(),
            charter: self.charter(),
        }
    }

    /// The permit of a member of staff to make a copy of everything held about these people, for them: the duty to
    /// protect, in a role that the charter names as the reader of what people request.
    pub(crate) fn permit_to_copy(
        &self,
        id: Id<Staff>,
        role: &str,
        people: &[Id<Person>],
    ) -> Result<Permit, Error> {
        let charter = self.charter();
        let protects = charter.role(role).is_some_and(|role| role.has(Duty::Protect));
        let answers = |purpose: &&Purpose| purpose.readers.iter().any(|reader| reader.role == role);
        let purpose = charter
            .purposes_of(PurposeKind::AnswerRights)
            .find(answers)
            .filter(|_| protects)
            .ok_or(Error::Forbidden)?
            .name
            .clone();
        Ok(Permit {
            reader: Reader::Copyist {
                id,
                role: role.to_owned(),
                purpose,
                people: people.to_vec(),
            },
            purposes: Vec::new(),
            charter,
        })
    }

    /// Opens dossiers for reading, and records it before anything is answered. A dossier that isn't there, whose key
    /// is destroyed, or that the permit doesn't reach is left out.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn read<'p>(
        &self,
        permit: &'p Permit,
        view: View,
        dossiers: &[DossierId],
    ) -> Result<Reading<'p>, Error> {
        let mut reach = self.reach(permit, dossiers).await?;
        let ids: Vec<DossierId> = reach.keys().copied().collect();
        let keys = self.vault.keys(&ids).await?;
        reach.retain(|dossier, _| keys.contains_key(dossier));
        self.record(permit, view, &reach).await?;
        let opened = keys
            .into_iter()
            .filter_map(|(id, key)| Some((id, (key, reach.get(&id)?.purpose.clone()))))
            .collect();
        Ok(Reading { permit, opened })
    }

    /// Whether the permit reaches the dossier, without opening anything.
    ///
    /// # Errors
    /// The storage's.
    pub async fn reaches(&self, permit: &Permit, dossier: DossierId) -> Result<bool, Error> {
        Ok(!self.reached(permit, &[dossier]).await?.is_empty())
    }

    /// Those of the dossiers that the permit reaches, without opening anything.
    ///
    /// # Errors
    /// The storage's.
    pub async fn reached(
        &self,
        permit: &Permit,
        dossiers: &[DossierId],
    ) -> Result<HashSet<DossierId>, Error> {
        Ok(self.reach(permit, dossiers).await?.into_keys().collect())
    }

    async fn reach(&self, permit: &Permit, dossiers: &[DossierId]) -> Result<Reach, Error> {
        let mut reach = self.dossiers(dossiers).await?;
        self.read_with_others(permit, &mut reach).await?;
        reach.retain(|_, dossier| permit.reaches(dossier));
        self.retain_by_facts(permit, &mut reach).await?;
        Ok(reach)
    }

    /// Who somebody is, is read with each dossier of theirs, by whoever reads that, and for its purpose: an identity bears
    /// the purpose of the first, and lives as long as the last.
    async fn read_with_others(&self, permit: &Permit, reach: &mut Reach) -> Result<(), Error> {
        if !matches!(permit.reader, Reader::Staff { .. }) {
            return Ok(());
        }
        let doubtful: Vec<DossierId> = reach
            .iter()
            .filter(|(id, dossier)| dossier.is_identity(**id) && !permit.always(&dossier.purpose))
            .map(|(id, _)| *id)
            .collect();
        for some in doubtful.chunks(storage::LIST) {
            let rows = sql(
                "SELECT DISTINCT person, purpose FROM dossiers WHERE person IN ($list) AND purpose IN ($list) \
                 AND id <> person AND restricted IS NULL",
            )
            .bind_list(some.iter().copied())
            .bind_list(permit.purposes().map(PublicText::new))
            .all(&self.db)
            .await?;
            for row in &rows {
                let purpose = row.get::<PublicText, _>("purpose")?.into_string();
                if let Some(identity) = reach.get_mut(&row.get("person")?)
                    && (permit.always(&purpose) || permit.conditions(&identity.purpose).is_empty())
                    && !permit.always(&identity.purpose)
                {
                    identity.purpose = purpose;
                }
            }
        }
        Ok(())
    }

    /// Drops the dossiers of which no condition holds.
    async fn retain_by_facts(&self, permit: &Permit, reach: &mut Reach) -> Result<(), Error> {
        let Reader::Staff { id, .. } = &permit.reader else {
            return Ok(());
        };
        let doubtful: Vec<DossierId> = reach
            .iter()
            .filter(|(_, dossier)| !permit.always(&dossier.purpose))
            .map(|(dossier, _)| *dossier)
            .collect();
        if doubtful.is_empty() {
            return Ok(());
        }
        let mut holding = HashSet::new();
        for (condition, fact) in self.holdings.iter().flat_map(|holdings| holdings.facts) {
            let asked = |dossier: &&DossierId| {
                reach
                    .get(dossier)
                    .is_some_and(|dossier| permit.conditions(&dossier.purpose).contains(condition))
            };
            let asked: Vec<DossierId> = doubtful.iter().filter(asked).copied().collect();
            if !asked.is_empty() {
                holding.extend(fact(self.db.clone(), *id, asked).await?);
            }
        }
        reach.retain(|id, dossier| permit.always(&dossier.purpose) || holding.contains(id));
        Ok(())
    }
}

/// What a reading reaches.
type Reach = HashMap<DossierId, Dossier>;

impl Permit {
    /// The purposes it reaches; a list's query asks for these only.
    pub fn purposes(&self) -> impl Iterator<Item = &str> {
        self.purposes.iter().map(|(purpose, _)| purpose.as_str())
    }

    /// True when every dossier of the purpose may be read, whatever its facts.
    #[must_use]
    pub fn always(&self, purpose: &str) -> bool {
        self.conditions(purpose).contains(&Condition::All)
    }

    /// Shows an opened value: from here it may be rendered.
    #[must_use]
    pub fn show<T>(&self, value: Personal<T>) -> Shown<T> {
        Shown::new(value.into_value())
    }

    /// The conditions of which one must hold for a dossier of the purpose to be read; empty when none may be.
    #[must_use]
    pub fn conditions(&self, purpose: &str) -> &[Condition] {
        self.purposes
            .iter()
            .find(|(name, _)| name == purpose)
            .map_or(&[], |(_, conditions)| conditions)
    }

    fn reaches(&self, dossier: &Dossier) -> bool {
        let named = !self.conditions(&dossier.purpose).is_empty();
        match &self.reader {
            Reader::Own(people) | Reader::Copyist { people, .. } => people.contains(&dossier.person),
            Reader::Service { .. } => named,
            Reader::Staff { role, .. } => named && hold::may_still_read(&self.charter, role, dossier),
        }
    }

    /// Whether the charter lets this reader see that field of a dossier of that purpose.
    fn sees(&self, purpose: &str, field: &str) -> Result<(), Error> {
        match &self.reader {
            Reader::Staff { role, .. } => {
                let allowed = self.charter.may_read(role, purpose, field);
                allowed.map(drop).map_err(Error::NotShown)
            }
            Reader::Own(_) | Reader::Copyist { .. } | Reader::Service { .. } => Ok(()),
        }
    }
}

/// Dossiers opened under a permit.
pub struct Reading<'p> {
    permit: &'p Permit,
    opened: HashMap<DossierId, (DossierKey, String)>,
}

impl Reading<'_> {
    /// True when the dossier may be read.
    #[must_use]
    pub fn has(&self, dossier: DossierId) -> bool {
        self.opened.contains_key(&dossier)
    }

    /// Opens one cell. `None` when the dossier isn't open to this reader.
    ///
    /// # Errors
    /// [`Error::NotShown`] when the charter doesn't show that field to this reader; the vault's when the value was
    /// tampered with.
    pub fn open<K>(
        &self,
        dossier: DossierId,
        field: &str,
        (table, column): (&'static str, &'static str),
        row: Id<K>,
        sealed: &Sealed<String>,
    ) -> Result<Option<Personal<String>>, Error> {
        let Some(plain) = self.open_bytes(dossier, field, (table, column), row, sealed)? else {
            return Ok(None);
        };
        let text = String::from_utf8(plain).map_err(|_| vault::Error::Tampered)?;
        Ok(Some(Personal::new(text)))
    }

    /// As [`Reading::open`], of what may be no text: the look-up of a mailbox.
    pub(crate) fn open_bytes<T, K>(
        &self,
        dossier: DossierId,
        field: &str,
        (table, column): (&'static str, &'static str),
        row: Id<K>,
        sealed: &Sealed<T>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let Some((key, purpose)) = self.opened.get(&dossier) else {
            return Ok(None);
        };
        self.permit.sees(purpose, field)?;
        let plain = key.open(
            Cell {
                table,
                column,
                row: row.as_bytes(),
            },
            sealed,
        )?;
        Ok(Some(plain.to_vec()))
    }

    /// Opens one cell and shows it; a field that the charter doesn't show to this reader is absent. A value that was
    /// tampered with is never served: the sign of [`Shown::is_damaged`] stands in its place, so that it costs no other value on the page.
    ///
    /// # Errors
    /// The vault's other than [`vault::Error::Tampered`].
    pub fn show<K>(
        &self,
        dossier: DossierId,
        field: &str,
        cell: (&'static str, &'static str),
        row: Id<K>,
        sealed: &Sealed<String>,
    ) -> Result<Option<Shown<String>>, Error> {
        match self.open(dossier, field, cell, row, sealed) {
            Ok(value) => Ok(value.map(|value| self.permit.show(value))),
            Err(Error::NotShown(_)) => Ok(None),
            Err(Error::Vault(vault::Error::Tampered)) => {
                tracing::error!(table = cell.0, column = cell.1, row = %row, "a sealed value was tampered with");
                Ok(Some(Shown::damaged()))
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn key(&self, dossier: DossierId, field: &str) -> Result<&DossierKey, Error> {
        let (key, purpose) = self.opened.get(&dossier).ok_or(Error::NotFound)?;
        self.permit.sees(purpose, field)?;
        Ok(key)
    }
}
