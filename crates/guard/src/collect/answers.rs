//! Owns: [`Answers`], a complete form on its way into rows. Doesn't own: receiving it ([`super::Collecting`]).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use charter::{Ack, Charter, Form, Rule, Trigger};
use kernel::{Id, Word as _};
use storage::Tx;
use vault::SealedFile;
use zeroize::Zeroizing;

use crate::{
    Error, Filed, Guard, Person, Personal,
    files::Kept,
    keep::Until,
    receipt::{self, Kind, What},
    rights::consent::is_optional_by_consent,
};

/// A complete form: its answers, and the two dossiers that they are sealed into.
pub struct Answers {
    pub(super) guard: Guard,
    /// Under which it was asked.
    pub(super) charter: Arc<Charter>,
    /// The charter's form.
    pub form: Form,
    pub(super) values: BTreeMap<String, Zeroizing<String>>,
    pub(super) agreed: BTreeSet<String>,
    pub(super) begins: &'static [Trigger],
    pub(super) token: Option<String>,
    pub(super) files: Vec<Kept>,
    pub(super) brought: Vec<Id<SealedFile>>,
    pub(super) replaced: Vec<Id<SealedFile>>,
    pub(super) lookups: Vec<vault::Lookup>,
    /// True when no earlier sending of the form can have left look-ups.
    pub(super) first: bool,
    /// Who: name and contact.
    pub identity: Filed,
    /// What for: the application.
    pub dossier: Filed,
    pub(super) armed: bool,
}

impl Answers {
    /// The answered text fields.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// An answer.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<Personal<String>> {
        self.values
            .get(field)
            .map(|value| Personal::new(value.to_string()))
    }

    /// What was chosen of a field's choices: a word of the charter's, nothing that was typed.
    #[must_use]
    pub fn choice(&self, field: &str) -> Option<&str> {
        let value = self.values.get(field)?;
        let choices = &self.form.field(field)?.choices;
        choices
            .iter()
            .map(|choice| choice.value.as_str())
            .find(|word| *word == value.as_str())
    }

    /// The session's token that came with the form, where it was sent within one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Whether they agreed to that purpose beside.
    #[must_use]
    pub fn agrees_to(&self, purpose: &str) -> bool {
        self.agreed.contains(purpose)
    }

    /// Everything that was given, files included, by the charter's names.
    #[must_use]
    pub fn given(&self) -> Vec<&str> {
        self.form
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .filter(|field| self.has(field))
            .collect()
    }

    fn has(&self, field: &str) -> bool {
        self.values.contains_key(field) || self.files.iter().any(|kept| kept.field == field)
    }

    /// Files everything in the caller's transaction: both dossiers, their clocks, the files' rows, the ledger; gives
    /// until when it is kept.
    ///
    /// # Errors
    /// The storage's.
    pub async fn file(&self, tx: &mut Tx) -> Result<Option<Until>, Error> {
        let guard = &self.guard;
        let consents = (self.form.ack == Ack::Consent).then_some(Trigger::ConsentGiven);
        let events: Vec<Trigger> = self.begins.iter().copied().chain(consents).collect();
        let opened = [&self.identity, &self.dossier];
        let until = guard
            .file_dossiers(tx, &opened, &self.form.purpose, &self.charter, &events)
            .await?;
        self.received(tx, until.as_ref()).await?;
        self.acknowledged(tx).await?;
        self.consented(tx).await?;
        for kept in &self.files {
            guard
                .file_file(tx, &self.dossier.key, kept, &self.charter)
                .await?;
        }
        Ok(until)
    }

    /// Writes down the consents that lie in having answered: to what might have been left out, where the charter has
    /// that rest on consent.
    async fn consented(&self, tx: &mut Tx) -> Result<(), Error> {
        let Some(purpose) = self.charter.purpose(&self.form.purpose) else {
            return Ok(());
        };
        let given = self.given().into_iter();
        for field in given.filter(|field| is_optional_by_consent(purpose, field)) {
            self.guard
                .consented(tx, self.dossier.id(), &purpose.name, Some(field))
                .await?;
        }
        Ok(())
    }

    /// An application was received: its person can have a receipt of it.
    async fn received(&self, tx: &mut Tx, until: Option<&Until>) -> Result<(), Error> {
        let purpose = self.charter.purpose(&self.form.purpose);
        if !purpose.is_some_and(|purpose| purpose.kind.is_recruitment()) {
            return Ok(());
        }
        let retention = until.and_then(|until| self.charter.retention(&until.retention));
        let clauses = [
            purpose.map(|purpose| &purpose.rule),
            Some(&self.form.rule),
            retention.map(|retention| &retention.rule),
        ];
        self.attested(tx, Kind::Application, clauses.into_iter().flatten())
            .await
    }

    async fn attested<'r>(
        &self,
        tx: &mut Tx,
        kind: Kind,
        rules: impl Iterator<Item = &'r Rule>,
    ) -> Result<(), Error> {
        let what = What {
            words: BTreeMap::from([("purpose".to_owned(), self.form.purpose.clone())]),
            clauses: rules.map(|rule| rule.clause.to_string()).collect(),
            ..What::default()
        };
        let (guard, subject) = (&self.guard, Some(self.dossier.key.pseudonym()));
        let entry = guard
            .attest(tx, receipt::noted(kind), subject, &what, &self.charter)
            .await?;
        guard.list_receipt(tx, entry, self.dossier.id(), kind).await
    }

    /// Notes what was confirmed by sending, and under which text.
    async fn acknowledged(&self, tx: &mut Tx) -> Result<(), Error> {
        let form = &self.form;
        for purpose in &self.agreed {
            let clause = self
                .charter
                .purpose(purpose)
                .map(|own| own.rule.clause.to_string());
            let body = serde_json::json!({
                "clause": clause,
                "by": form.rule.clause.to_string(),
                "charter": self.charter.version(),
                "digest": self.charter.digest().to_string(),
            });
            self.guard
                .note(tx, "agreed", Some(&self.dossier.key), &body)
                .await?;
        }
        if form.ack == Ack::None {
            return Ok(());
        }
        if form.ack == Ack::Consent {
            let purpose = self.charter.purpose(&form.purpose);
            let rules = purpose
                .map(|purpose| &purpose.rule)
                .into_iter()
                .chain([&form.rule]);
            self.attested(tx, Kind::ConsentGiven, rules).await?;
        }
        let body = serde_json::json!({
            "clause": form.rule.clause.to_string(),
            "ack": form.ack.word(),
            "charter": self.charter.version(),
            "digest": self.charter.digest().to_string(),
        });
        self.guard
            .note(tx, "acknowledged", Some(&self.dossier.key), &body)
            .await
    }

    /// Asks whether whom the form is about may be taken in from elsewhere: of a form that somebody else filled in.
    ///
    /// # Errors
    /// As [`Guard::may_import`].
    pub async fn may_import(&self) -> Result<(), Error> {
        let email = self.values.get("email").map_or("", |email| email.as_str());
        self.guard.may_import(&self.form.purpose, email).await
    }

    /// Commits the caller's transaction, after which the files have an owner. What an earlier sending of the same form
    /// left goes: a file that was replaced, an address that was corrected. Where nothing was written, it may be tried again.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn commit(&mut self, tx: Tx) -> Result<(), Error> {
        // From here on perhaps nobody learns the outcome: the connection breaks, or the sender hangs up and this future
        // is dropped. A file without a row is swept; a row without its file would be a lost CV.
        self.armed = false;
        if let Err(error) = tx.commit().await {
            self.armed = !matches!(error, storage::Error::Unavailable);
            return Err(error.into());
        }
        self.guard.drop_files(self.dossier.id(), &self.replaced);
        if self.first {
            return Ok(());
        }
        let found_by = self
            .guard
            .vault
            .only_lookups(self.identity.id(), &self.lookups)
            .await;
        if let Err(error) = found_by {
            tracing::warn!(%error, "look-ups of an earlier sending stay");
        }
        Ok(())
    }

    /// The version of the charter under which it was asked and answered.
    #[must_use]
    pub fn charter_version(&self) -> u32 {
        self.charter.version()
    }

    /// Whom it is about.
    #[must_use]
    pub fn person(&self) -> Id<Person> {
        self.dossier.person
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        if self.armed {
            self.guard.drop_files(self.dossier.id(), &self.brought);
        }
    }
}
