//! Owns: the draft that a form carries in a hidden input: sealed under the site's key, it names the ids the form will
//! be filed under and the files that came whole. Doesn't own: the files. Nothing is stored for a draft.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Id;
use serde::{Deserialize, Serialize};
use vault::{DossierId, SealedFile};

use crate::{Guard, Person, files::Kept};

#[derive(Serialize, Deserialize)]
pub(super) struct Draft {
    form: String,
    pub(super) person: Id<Person>,
    pub(super) dossier: DossierId,
    pub(super) files: Vec<Kept>,
    /// Files that came earlier and were given anew since.
    pub(super) replaced: Vec<Id<SealedFile>>,
}

const CONTEXT: &str = "draft";

impl Draft {
    pub(super) fn new(guard: &Guard, form: &str) -> Self {
        Self::of(form, [guard.id(), guard.id()])
    }

    /// A draft whose ids are chosen already.
    pub(super) fn of(form: &str, [dossier, person]: [Id<()>; 2]) -> Self {
        Self {
            form: form.to_owned(),
            person: person.cast(),
            dossier: dossier.cast(),
            files: Vec::new(),
            replaced: Vec::new(),
        }
    }

    /// The identity's dossier bears the person's own id.
    pub(super) fn identity(&self) -> DossierId {
        self.person.cast()
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.files.iter().any(|kept| kept.field == field)
    }

    pub(super) fn fields_with_files(&self) -> BTreeSet<String> {
        self.files.iter().map(|kept| kept.field.clone()).collect()
    }

    pub(super) fn seal(&self, guard: &Guard) -> String {
        let plain = serde_json::to_vec(self).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(guard.vault.seal_token(CONTEXT, &plain))
    }

    /// `None` for one that isn't ours, or another form's.
    pub(super) fn open(guard: &Guard, form: &str, sealed: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let plain = guard.vault.open_token(CONTEXT, &sealed)?;
        let draft: Self = serde_json::from_slice(&plain).ok()?;
        (draft.form == form).then_some(draft)
    }
}
