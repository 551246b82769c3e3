//! Owns: consents as they are given and withdrawn: to a purpose that rests on consent, and to a field that might have
//! been left out, where the charter has that rest on consent; withdrawing is done at once, and as easily as giving (GDPR
//! art. 7(3)). Doesn't own: asking for one (a form, a mail of a capability), how long the proof is kept (the charter).

use charter::{BasisKind, Purpose, Trigger};
use kernel::{Id, Timestamp};
use storage::{On, PublicText, Row, Tx, sql};
use vault::{DossierId, JournalKind, LookupKind};

use crate::{
    Actor, Column, Error, Guard, Person,
    keep::{
        erase::{Scope, Why},
        hold::WITHDRAWN,
    },
};

/// In the journal, before the field's name where it is about one field.
pub(crate) const SCOPE: &str = "consent";

/// A consent.
#[derive(Debug, Clone)]
pub struct Consent {
    /// Its id.
    pub id: Id<Consent>,
    /// For which dossier.
    pub dossier: DossierId,
    /// The charter's purpose.
    pub purpose: String,
    /// The field that it is about; `None` when the purpose as a whole rests on it.
    pub field: Option<String>,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was last given anew.
    pub renewed_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// The version of the charter under which it was given.
    pub charter_version: u32,
}

impl Consent {
    /// How the restriction journal calls its withdrawal.
    fn scope(&self) -> String {
        match &self.field {
            Some(field) => format!("{SCOPE}.{field}"),
            None => SCOPE.to_owned(),
        }
    }
}

/// Whether what may be left out rests on consent there, and not on the purpose's own ground.
#[must_use]
pub fn is_optional_by_consent(purpose: &Purpose, field: &str) -> bool {
    let optional = purpose
        .asks
        .iter()
        .any(|asked| asked.field == field && !asked.required);
    let consent = purpose
        .optional_basis
        .as_ref()
        .is_some_and(|basis| matches!(basis.kind, BasisKind::Consent | BasisKind::ExplicitConsent));
    optional && consent
}

const ALL: &str = "SELECT c.id, c.dossier, c.purpose, c.field, c.given_at, c.renewed_at, c.withdrawn_at, c.charter_version \
     FROM consents c JOIN dossiers d ON d.id = c.dossier ";

impl Guard {
    /// Writes down that consent was given for a dossier: to its purpose, or to one field. Given again while it stands,
    /// it is renewed. A dossier that a withdrawal set apart stays so: what is agreed to anew is another.
    ///
    /// # Errors
    /// The storage's.
    pub async fn consented(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        purpose: &str,
        field: Option<&str>,
    ) -> Result<(), Error> {
        let given_for = PublicText::new(field.unwrap_or_default());
        // Nothing is asked back of either, so both wait for what comes next in the transaction.
        sql(
            "UPDATE consents SET renewed_at = $2 WHERE dossier = $1 AND withdrawn_at IS NULL \
             AND COALESCE(field, '') = $3",
        )
        .bind(dossier)
        .bind(self.now())
        .bind(given_for.clone())
        .later(&mut *tx)
        .await?;
        sql(
            "INSERT INTO consents (id, dossier, purpose, field, given_at, charter_version) \
             SELECT $1, $2, $3, $4, $5, $6 WHERE NOT EXISTS (SELECT 1 FROM consents WHERE dossier = $2 \
             AND withdrawn_at IS NULL AND COALESCE(field, '') = $7)",
        )
        .bind(self.id::<Consent>())
        .bind(dossier)
        .bind(PublicText::new(purpose))
        .bind(field.map(PublicText::new))
        .bind(self.now())
        .bind(self.charter().version())
        .bind(given_for)
        .later(tx)
        .await?;
        Ok(())
    }

    /// The consents of the acting person, the latest first, those withdrawn among them.
    ///
    /// # Errors
    /// The storage's.
    pub async fn consents(&self, actor: &Actor) -> Result<Vec<Consent>, Error> {
        let rows = sql(ALL)
            .then("WHERE d.person IN ($list) ORDER BY c.given_at DESC, c.id DESC LIMIT 500")
            .bind_list(actor.people().iter().copied())
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }

    /// Withdraws a consent of the acting person, and ends at once what stood on it: nobody uses the dossier any more,
    /// and its clock runs; or that field's value is erased. In the journal first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it isn't theirs, [`Error::TooLate`] when it was withdrawn before.
    pub async fn withdraw_consent(&self, actor: &Actor, id: Id<Consent>) -> Result<Consent, Error> {
        let row = sql(ALL)
            .then("WHERE c.id = $1 AND d.person IN ($list)")
            .bind(id)
            .bind_list(actor.people().iter().copied())
            .optional(&self.db)
            .await?;
        let consent = read(&row.ok_or(Error::NotFound)?)?;
        if consent.withdrawn_at.is_some() {
            return Err(Error::TooLate);
        }
        self.put_in_journal(JournalKind::Withdrawn, consent.dossier, &consent.scope())
            .await?;
        self.end_consent(&consent, self.now()).await?;
        Ok(consent)
    }

    /// What a withdrawal comes to, from the moment at which it was said.
    pub(super) async fn end_consent(&self, consent: &Consent, at: Timestamp) -> Result<(), Error> {
        let filed = self.filed(consent.dossier).await?;
        let files = match &consent.field {
            Some(field) => self
                .files_of(consent.dossier)
                .await?
                .into_iter()
                .filter(|file| file.field == *field)
                .collect(),
            None => Vec::new(),
        };
        let mut tx = self.begin().await?;
        let withdrawn = sql("UPDATE consents SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL")
            .bind(consent.id)
            .bind(at)
            .run(&mut tx)
            .await?;
        if withdrawn == 0 {
            return Err(Error::TooLate);
        }
        match &consent.field {
            Some(field) => {
                self.erase_field(&mut tx, consent.dossier, field).await?;
                self.erase_field(&mut tx, filed.person.cast(), field).await?;
            }
            None => self.stop_dossier_on_consent(&mut tx, consent, at).await?,
        }
        let body = serde_json::json!({ "purpose": consent.purpose, "field": consent.field });
        self.note(&mut tx, "consent_withdrawn", Some(&filed.key), &body)
            .await?;
        tx.commit().await?;
        for file in files {
            self.files.remove(consent.dossier, file.id)?;
        }
        if consent.field.as_deref() == Some("phone") {
            self.forget_phone(filed.person).await?;
        }
        Ok(())
    }

    async fn stop_dossier_on_consent(
        &self,
        tx: &mut Tx,
        consent: &Consent,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.set_restricted(tx, &[consent.dossier], WITHDRAWN).await?;
        self.drop_waiting_mails(tx, &[consent.dossier]).await?;
        let events = [Trigger::LastContact, Trigger::Withdrawn];
        self.all_happened(tx, consent.dossier, &events, at).await?;
        self.ask_no_more(tx, &[consent.dossier]).await?;
        let charter = self.charter();
        if !charter
            .clocks(&consent.purpose)
            .any(|one| one.from.contains(&Trigger::Withdrawn))
        {
            // No rule of the charter ends it after this: then nothing keeps it (GDPR art. 17(1)(b)).
            self.decide_erasure(tx, Scope::Dossier, consent.dossier.cast(), Why::Asked, None)
                .await?;
        }
        Ok(())
    }

    /// Takes one field's values out of a dossier, wherever they lie.
    pub(super) async fn erase_field(
        &self,
        tx: &mut Tx,
        dossier: DossierId,
        field: &str,
    ) -> Result<(), Error> {
        // The house's own rows that bear such a field are other things than what was given: a mail, an account.
        let own: Vec<&str> = crate::holdings::HOUSE
            .iter()
            .flat_map(|house| house.tables)
            .map(|table| table.name)
            .collect();
        for table in self.tables() {
            for (column, kind) in table.columns {
                for &ends in table.ends {
                    let query = match kind {
                        Column::PersonalNamedBy(by) => sql("DELETE FROM ")
                            .then(table.name)
                            .then(" WHERE ")
                            .then(by)
                            .then(" = $2 AND ")
                            .then(ends)
                            .then(" = $1")
                            .bind(dossier)
                            .bind(PublicText::new(field)),
                        Column::Personal(of) if *of == field && !own.contains(&table.name) => sql("UPDATE ")
                            .then(table.name)
                            .then(" SET ")
                            .then(column)
                            .then(" = NULL WHERE ")
                            .then(ends)
                            .then(" = $1")
                            .bind(dossier),
                        _ => continue,
                    };
                    query.run(&mut *tx).await?;
                }
            }
        }
        Ok(())
    }

    async fn forget_phone(&self, person: Id<Person>) -> Result<(), Error> {
        let found = self.vault.lookups_of(person.cast(), LookupKind::Phone).await?;
        let stale: Vec<_> = found
            .into_iter()
            .map(|hash| (person.cast(), LookupKind::Phone, hash))
            .collect();
        Ok(self.vault.remove_lookups(&stale).await?)
    }

    /// The consents of a dossier.
    pub(super) async fn consents_of(
        &self,
        on: impl Into<On<'_>>,
        dossier: DossierId,
    ) -> Result<Vec<Consent>, Error> {
        let rows = sql(ALL)
            .then("WHERE c.dossier = $1")
            .bind(dossier)
            .all(on)
            .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Consent, Error> {
    Ok(Consent {
        id: row.get("id")?,
        dossier: row.get("dossier")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        field: row
            .get::<Option<PublicText>, _>("field")?
            .map(PublicText::into_string),
        given_at: row.get("given_at")?,
        renewed_at: row.get("renewed_at")?,
        withdrawn_at: row.get("withdrawn_at")?,
        charter_version: u32::try_from(row.get::<i64, _>("charter_version")?).unwrap_or(0),
    })
}
