//! Owns: correcting at once what somebody gave of who they are: checked as the form that asked it would, found by it from
//! then on and no longer by what was wrong. Doesn't own: the row it lies in (the capability's), a change of address,
//! which takes both mailboxes ([`crate::access`]).

use charter::{FieldKind, FormField};
use kernel::Id;
use vault::{DossierId, Lookup, LookupKind};

use crate::{
    Actor, Error, Filed, Guard, Person, Personal,
    collect::{self, Flaw, name_pairs, name_words, normal_phone},
    told::Cause,
};

/// What may be corrected so.
pub const FIELDS: [&str; 3] = ["given_name", "family_name", "phone"];

/// Corrected values of one person, on their way into their row.
pub struct Corrected {
    /// The identity they lie under.
    pub identity: Filed,
    /// Each field with what it holds now; `None` empties it.
    pub values: Vec<(&'static str, Option<Personal<String>>)>,
    lookups: Vec<Lookup>,
    /// What else is filed of them.
    theirs: Vec<DossierId>,
}

impl Guard {
    /// Checks what the acting person corrects of their own, field by field; what is wrong is said.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that person isn't the acting one, [`Error::Refused`] when no purpose of theirs uses the field.
    pub async fn corrected(
        &self,
        actor: &Actor,
        person: Id<Person>,
        typed: [&str; 3],
    ) -> Result<Result<Corrected, Vec<(&'static str, Flaw)>>, Error> {
        if !actor.people().contains(&person) {
            return Err(Error::NotFound);
        }
        let identity = self.filed(person.cast()).await?;
        let purpose = self.dossier(&self.db, identity.id()).await?.purpose;
        let (mut values, mut flaws) = (Vec::new(), Vec::new());
        for (field, typed) in FIELDS.into_iter().zip(typed) {
            let Some(asked) = self.form_field(&purpose, field) else {
                continue;
            };
            let tidy = collect::tidy(asked.kind, typed);
            let missing = (tidy.is_empty() && asked.required).then_some(Flaw::Missing);
            if let Some(flaw) = missing.or_else(|| collect::flaw(&asked, &tidy)) {
                flaws.push((field, flaw));
            }
            let value = (!tidy.is_empty()).then(|| Personal::new(tidy.to_string()));
            values.push((field, value));
        }
        if !flaws.is_empty() {
            return Ok(Err(flaws));
        }
        let lookups = self.lookups_of_values(identity.id(), &values);
        Ok(Ok(Corrected {
            identity,
            values,
            lookups,
            theirs: self.own_dossiers(&[person], None).await?,
        }))
    }

    /// The person is found by what is right, before the rows say it; and by nothing else once they do.
    ///
    /// # Errors
    /// The vault's.
    pub async fn find_by_corrected(&self, corrected: &Corrected) -> Result<(), Error> {
        Ok(self.vault.add_lookups(&corrected.lookups).await?)
    }

    /// Once the rows are committed: nobody is found any more by what was wrong.
    ///
    /// # Errors
    /// The vault's.
    pub async fn forget_corrected(&self, corrected: &Corrected) -> Result<(), Error> {
        let id = corrected.identity.id();
        let mut stale = Vec::new();
        for kind in [LookupKind::NameWord, LookupKind::NamePair, LookupKind::Phone] {
            for hash in self.vault.lookups_of(id, kind).await? {
                let found = (id, kind, hash);
                if !corrected.lookups.contains(&found) {
                    stale.push(found);
                }
            }
        }
        Ok(self.vault.remove_lookups(&stale).await?)
    }

    /// Notes the correction in the caller's transaction; who received what was wrong is to be told.
    ///
    /// # Errors
    /// The storage's.
    pub async fn note_corrected(&self, tx: &mut storage::Tx, corrected: &Corrected) -> Result<(), Error> {
        let fields: Vec<&str> = corrected.values.iter().map(|(field, _)| *field).collect();
        let body = serde_json::json!({ "fields": fields });
        self.tell_receivers(tx, Cause::Rectified, &corrected.theirs)
            .await?;
        self.note(tx, "rectified", Some(&corrected.identity.key), &body)
            .await
    }

    /// The field as a form of the purpose asks it.
    fn form_field(&self, purpose: &str, field: &str) -> Option<FormField> {
        let charter = self.charter();
        let mut forms = charter.forms().iter().filter(|form| form.purpose == purpose);
        forms.find_map(|form| form.field(field).cloned())
    }

    fn lookups_of_values(
        &self,
        id: DossierId,
        values: &[(&'static str, Option<Personal<String>>)],
    ) -> Vec<Lookup> {
        let value = |field: &str| {
            let found = values.iter().find(|(name, _)| *name == field);
            found
                .and_then(|(_, value)| value.as_ref())
                .map_or("", |value| value.value())
        };
        let words = name_words(&format!("{} {}", value("given_name"), value("family_name")));
        let mut lookups: Vec<Lookup> = words
            .iter()
            .map(|word| {
                (
                    id,
                    LookupKind::NameWord,
                    self.vault.blind(LookupKind::NameWord, word),
                )
            })
            .collect();
        lookups.extend(name_pairs(&words).map(|pair| {
            (
                id,
                LookupKind::NamePair,
                self.vault.blind(LookupKind::NamePair, &pair),
            )
        }));
        let phone = normal_phone(value("phone"));
        if !phone.is_empty() {
            lookups.push((id, LookupKind::Phone, self.vault.blind(LookupKind::Phone, &phone)));
        }
        lookups
    }
}

/// How a field is typed, for the form on the page.
#[must_use]
pub fn kind_of(field: &str) -> FieldKind {
    match field {
        "phone" => FieldKind::Tel,
        _ => FieldKind::Text,
    }
}
