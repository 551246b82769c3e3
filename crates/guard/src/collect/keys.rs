//! Owns: the keys of what a form opens, made or taken up, and by what its person is found. Doesn't own: what is sealed
//! under them.

use vault::{DossierKey, LookupKind};

use super::{Collecting, check, draft::Draft, name_pairs, name_words};
use crate::Error;

#[derive(Clone)]
pub(super) struct Keys {
    pub(super) identity: DossierKey,
    pub(super) dossier: DossierKey,
}

/// Keys that nothing holds yet, and by what their person is to be found.
pub(super) struct Fresh {
    pub(super) keys: Keys,
    found_by: Vec<vault::Lookup>,
}

impl Collecting {
    /// Takes up what the draft of an earlier sending made. False when it was swept after its hour: the form gets new
    /// ids.
    pub(super) async fn take_up(&mut self) -> Result<bool, Error> {
        self.filed = self.guard.is_filed(self.draft.dossier).await?;
        if self.filed {
            // Sent again after it was filed: nothing more is taken in.
            return Ok(true);
        }
        match self.existing_keys(&self.draft).await {
            Ok(keys) => self.keys = Some(keys),
            Err(Error::Vault(vault::Error::Destroyed)) => return Ok(false),
            Err(error) => return Err(error),
        }
        Ok(true)
    }

    async fn existing_keys(&self, draft: &Draft) -> Result<Keys, Error> {
        let vault = &self.guard.vault;
        let keys = Keys {
            identity: vault.key(draft.identity()).await?,
            dossier: vault.key(draft.dossier).await?,
        };
        // The hour after which the sweep takes them starts anew, or it would take them between here and the commit.
        vault.renew(&[draft.identity(), draft.dossier]).await?;
        Ok(keys)
    }

    /// The keys of what the form opens, made when they are first asked for. None when it is filed already.
    pub(super) async fn keys(&mut self) -> Result<Option<&Keys>, Error> {
        while self.keys.is_none() && !self.filed {
            let fresh = self.fresh_keys();
            if self.hold(&fresh).await? {
                self.made(fresh);
            } else if !self.take_up().await? {
                self.draft = Draft::new(&self.guard, &self.form.name);
            }
        }
        Ok(self.keys.as_ref())
    }

    /// New ones, which nothing holds yet, with what the person is found by as far as it is known now: together they are
    /// one durable transaction instead of two.
    pub(super) fn fresh_keys(&self) -> Fresh {
        let key = |id| self.guard.vault.new_key(id);
        Fresh {
            keys: Keys {
                identity: key(self.draft.identity()),
                dossier: key(self.draft.dossier),
            },
            found_by: match self.problems.as_slice() {
                [] => self.lookups(),
                _ => Vec::new(),
            },
        }
    }

    /// Makes new keys durable. False when the form was sent before, or a second time at this moment: those count then.
    pub(super) async fn hold(&self, fresh: &Fresh) -> Result<bool, Error> {
        let Keys { identity, dossier } = fresh.keys.clone();
        let made = [identity, dossier];
        match self.guard.vault.hold_keys(&made, &fresh.found_by).await {
            Ok(()) => Ok(true),
            Err(vault::Error::AlreadyMade) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// From here on the form's own.
    pub(super) fn made(&mut self, fresh: Fresh) {
        self.keys = Some(fresh.keys);
        self.found_by = fresh.found_by;
        self.first = true;
    }

    /// By which the person can be found without opening anything: keyed hashes of e-mail, phone, name words and every two of those.
    pub(super) fn lookups(&self) -> Vec<vault::Lookup> {
        let identity = self.draft.identity();
        let value = |field: &str| {
            self.values
                .get(field)
                .map(|value| value.as_str())
                .unwrap_or_default()
        };
        let mut lookups = Vec::new();
        let mut add = |kind, normalised: &str| {
            if !normalised.is_empty() {
                lookups.push((identity, kind, self.guard.vault.blind(kind, normalised)));
            }
        };
        add(LookupKind::Email, &check::normal_email(value("email")));
        add(LookupKind::Phone, &check::normal_phone(value("phone")));
        let words = name_words(&format!("{} {}", value("given_name"), value("family_name")));
        words.iter().for_each(|word| add(LookupKind::NameWord, word));
        name_pairs(&words).for_each(|pair| add(LookupKind::NamePair, &pair));
        lookups
    }
}
