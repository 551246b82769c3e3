//! Owns: the door "ask only what is declared": a form's parts go in one by one, each asked of the charter first; what
//! comes out is complete, or the form again with what was typed. Doesn't own: multipart (`web`), what is made of it
//! (the capabilities).

mod again;
mod answers;
mod asked;
mod check;
mod draft;
mod files;
mod keys;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use charter::{Charter, Form, FormField, Trigger};
use kernel::{Id, Locale};
use vault::{DossierId, SealedFile};
use zeroize::Zeroizing;

use crate::{Error, Filed, Guard};
use draft::Draft;
use keys::Keys;

pub use again::Again;
pub use answers::Answers;
pub use check::{Flaw, name_pairs, name_words};
pub(crate) use check::{flaw, is_email, normal_email, normal_phone, tidy};

/// The name of the hidden input that carries a form's draft: names starting with `_` are ours, not the charter's.
pub const DRAFT: &str = "_draft";

/// The name of the box that is ticked before sending, where the form's `ack` asks for one.
pub const ACK: &str = "_ack";

/// With what the names of the boxes begin by which one agrees to another purpose beside, where the form's `consents` offer
/// it; the purpose's name follows.
pub const AGREE: &str = "_agree.";

/// The name of the hidden input with a session's own token, where a form is sent within one.
pub const TOKEN: &str = "_csrf";

/// All text parts of one form together may be so long, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;

/// What a part of a form may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Text.
    Text,
    /// A file.
    File,
    /// One of our own (`_draft`): text that is no answer.
    Ours,
}

/// What is wrong with one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The charter's field.
    pub field: String,
    /// What.
    pub flaw: Flaw,
}

/// A form being received. Dropped before it was filed, the files it brought are gone.
pub struct Collecting {
    guard: Guard,
    charter: Arc<Charter>,
    form: Form,
    locale: Locale,
    /// The fields answered in this sending that take one answer.
    answered: BTreeSet<String>,
    values: BTreeMap<String, Zeroizing<String>>,
    /// Whether the person confirmed what the form wants confirmed.
    acknowledged: bool,
    /// The purposes that they agreed to beside.
    agreed: BTreeSet<String>,
    /// What happens to the dossier when it is filed.
    begins: &'static [Trigger],
    /// The session's token that came with it.
    token: Option<String>,
    size: usize,
    draft: Draft,
    problems: Vec<Problem>,
    keys: Option<Keys>,
    /// True when this sending made them: nothing of the form can be there already.
    first: bool,
    /// By what the person was made findable together with them.
    found_by: Vec<vault::Lookup>,
    /// The files that came with this sending: they go when it comes to nothing. Those of the draft are not ours to
    /// remove: the same draft may have been filed meanwhile (a reload, a double click).
    brought: Vec<Id<SealedFile>>,
    /// True while those files have no owner but this.
    armed: bool,
    /// True when this very form is filed already.
    filed: bool,
}

/// How receiving ended.
pub enum Collected {
    /// Complete: to be filed.
    Complete(Box<Answers>),
    /// To be shown again, with what is wrong.
    Again(Box<Again>),
    /// The same form, sent a second time (a reload, a double click): it was filed already.
    Already(DossierId),
}

impl Guard {
    /// The value of a fresh form's hidden [`DRAFT`] input: the ids that it will be filed under, so that a form sent
    /// twice is filed once.
    #[must_use]
    pub fn new_draft(&self, form: &str) -> String {
        Draft::new(self, form).seal(self)
    }

    /// As [`Guard::new_draft`], with ids that were chosen before (the dossier's, the person's): of a form that a
    /// program sends under a key of its own, so that it is filed once.
    #[must_use]
    pub fn draft_of(&self, form: &str, ids: [Id<()>; 2]) -> String {
        Draft::of(form, ids).seal(self)
    }

    /// Starts receiving a form in that language.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the charter has no such form in that language, or wants what it takes to be held apart
    /// first, which nothing here does yet.
    pub fn collect(&self, form: &str, locale: Locale) -> Result<Collecting, Error> {
        let charter = self.charter();
        let form = charter
            .form(form)
            .filter(|form| form.languages.contains(&locale))
            .filter(|form| asked::offered(&charter, form))
            .ok_or(Error::NotFound)?
            .clone();
        Ok(self.collecting(charter, form, locale, &SENT))
    }

    /// Starts receiving what a member of staff writes down of somebody found at a source that the charter declares for
    /// that purpose. Nobody sent it: what begins is the time in which the person is told and asked.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the charter has no such source for it, or none that gives an address to tell them at.
    pub fn collect_from(&self, source: &str, purpose: &str, locale: Locale) -> Result<Collecting, Error> {
        let charter = self.charter();
        let form = charter.form_of_source(source, purpose).ok_or(Error::NotFound)?;
        Ok(self.collecting(charter, form, locale, &FOUND))
    }

    fn collecting(
        &self,
        charter: Arc<Charter>,
        form: Form,
        locale: Locale,
        begins: &'static [Trigger],
    ) -> Collecting {
        Collecting {
            guard: self.clone(),
            draft: Draft::new(self, &form.name),
            charter,
            form,
            locale,
            answered: BTreeSet::new(),
            values: BTreeMap::new(),
            acknowledged: false,
            agreed: BTreeSet::new(),
            begins,
            token: None,
            size: 0,
            problems: Vec::new(),
            keys: None,
            first: false,
            found_by: Vec::new(),
            brought: Vec::new(),
            armed: true,
            filed: false,
        }
    }
}

/// What happens to a dossier when the form that opens it arrives.
const SENT: [Trigger; 3] = [Trigger::Collected, Trigger::Submitted, Trigger::LastContact];
/// What happens to one that somebody else opens about a person.
const FOUND: [Trigger; 2] = [Trigger::Collected, Trigger::ConsentAsked];

impl Guard {
    /// Asks whether those fields may be held for the purpose: of what comes by no form of the charter's.
    ///
    /// # Errors
    /// [`Error::Refused`] at the first that the purpose doesn't use.
    pub(crate) fn may_hold(&self, purpose: &str, fields: &[&str]) -> Result<(), Error> {
        let charter = self.charter();
        for field in fields {
            charter.may_hold(purpose, field)?;
        }
        Ok(())
    }
}

impl Collecting {
    /// What the part of that name may be.
    ///
    /// # Errors
    /// [`Error::Refused`], with the clause, when the charter doesn't list it.
    pub fn expects(&self, name: &str) -> Result<Expected, Error> {
        if name.starts_with('_') {
            return Ok(Expected::Ours);
        }
        let field = self.form.may_collect(name)?;
        Ok(if field.kind.is_file() {
            Expected::File
        } else {
            Expected::Text
        })
    }

    /// Takes a text part.
    ///
    /// # Errors
    /// [`Error::Refused`] for an undeclared one, [`Error::Repeated`] for a second answer, [`Error::TooLarge`].
    pub async fn text(&mut self, name: &str, value: String) -> Result<(), Error> {
        let value = Zeroizing::new(value);
        self.size += value.len();
        if self.size > TEXT_LIMIT {
            return Err(Error::TooLarge);
        }
        match self.expects(name)? {
            Expected::Ours if name == DRAFT => self.resume(&value).await?,
            Expected::Ours if name == ACK => self.acknowledged = value.as_str() == "yes",
            Expected::Ours if name == TOKEN => self.token = Some(value.to_string()),
            Expected::Ours => {
                if let Some(purpose) = name.strip_prefix(AGREE).filter(|_| value.as_str() == "yes") {
                    self.form.may_agree(purpose)?;
                    self.agreed.insert(purpose.to_owned());
                }
            }
            // A file input left empty is sent as an empty text by some clients.
            Expected::File if value.is_empty() => {}
            Expected::File => return Err(Error::Broken),
            Expected::Text => {
                let field = self.form.may_collect(name)?.clone();
                self.answers_once(&field)?;
                let tidy = check::tidy(field.kind, &value);
                if let Some(flaw) = check::flaw(&field, &tidy) {
                    self.problem(name, flaw);
                }
                if !tidy.is_empty() {
                    self.values.insert(name.to_owned(), tidy);
                }
            }
        }
        Ok(())
    }

    /// Ends receiving.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn finish(mut self) -> Result<Collected, Error> {
        // What a second sending brought is not needed.
        let already = Collected::Already(self.draft.dossier);
        if self.filed || (!self.first && self.guard.is_filed(self.draft.dossier).await?) {
            return Ok(already);
        }
        self.complete();
        if !self.problems.is_empty() {
            return Ok(Collected::Again(Box::new(self.again())));
        }
        self.leave_out();
        if self.keys().await?.is_none() {
            return Ok(already);
        }
        let lookups = self.lookups();
        if self.found_by != lookups {
            // Only now is it sure by what this person is to be found: an address mistyped before is not theirs.
            let vault = &self.guard.vault;
            vault.only_lookups(self.draft.identity(), &lookups).await?;
            vault.add_lookups(&lookups).await?;
        }
        let Keys { identity, dossier } = self.keys.take().ok_or(Error::Broken)?;
        self.armed = false;
        let person = self.draft.person;
        Ok(Collected::Complete(Box::new(Answers {
            guard: self.guard.clone(),
            charter: Arc::clone(&self.charter),
            form: self.form.clone(),
            values: std::mem::take(&mut self.values),
            agreed: std::mem::take(&mut self.agreed),
            begins: self.begins,
            token: self.token.take(),
            files: std::mem::take(&mut self.draft.files),
            brought: std::mem::take(&mut self.brought),
            replaced: std::mem::take(&mut self.draft.replaced),
            lookups,
            first: self.first,
            identity: Filed {
                key: identity,
                person,
            },
            dossier: Filed { key: dossier, person },
            armed: true,
        })))
    }

    /// Takes up the draft of an earlier sending: its ids, and the files that came whole with it.
    async fn resume(&mut self, sealed: &str) -> Result<(), Error> {
        let Some(draft) = Draft::open(&self.guard, &self.form.name, sealed) else {
            return Ok(());
        };
        if self.keys.is_some() {
            // The draft is our form's first input; one that comes after a file isn't ours to follow.
            return Ok(());
        }
        if draft.files.is_empty() {
            // Nothing of it needs its keys yet: what became of it is asked when they are made.
            self.draft = draft;
            return Ok(());
        }
        let fields = draft.fields_with_files();
        let fresh = std::mem::replace(&mut self.draft, draft);
        if !self.take_up().await? {
            self.draft = fresh;
            fields
                .iter()
                .for_each(|field| self.problem(field, Flaw::FileLost));
        }
        Ok(())
    }

    /// No answer quietly takes the place of another: a person's own browser sends each once.
    fn answers_once(&mut self, field: &FormField) -> Result<(), Error> {
        if self.answered.insert(field.name.clone()) {
            Ok(())
        } else {
            Err(Error::Repeated(field.label(self.locale).to_owned()))
        }
    }

    fn problem(&mut self, field: &str, flaw: Flaw) {
        self.problems.push(Problem {
            field: field.to_owned(),
            flaw,
        });
    }
}
