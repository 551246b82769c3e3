//! Owns: [`Copy`], [`Share`], [`Source`]: where else data lie, who receives them for purposes of their own, where they
//! come from. Doesn't own: processors (`sending`).

use kernel::{Duration, Locale};
use serde::Serialize;

use super::{Basis, Reader, Rule, What};
use crate::{
    Text,
    vocabulary::{
        BasisKind, CopyMode, Party, Recipient, Right, ShareMode, ShareNotice, SourceKind, Transfer,
    },
};

/// A copy of data that lies elsewhere than the original: a backup, a cache, a mailbox.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Copy {
    /// Its id (`copy.mailbox`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// The purposes whose data it holds.
    pub of: Vec<String>,
    /// The copy it is made from; `None` is the original.
    pub from: Option<String>,
    /// The processor where it lies.
    pub at: String,
    /// What it is for.
    pub mode: CopyMode,
    /// What it holds; `None` is all of its purposes.
    pub fields: Option<Vec<String>>,
    /// How long after the original it is made at most; `None` is together with it.
    pub lag: Option<Duration>,
    /// Who reads it.
    pub readers: Vec<Reader>,
    /// The retentions whose clocks run for it; the shortest wins.
    pub retention: Vec<String>,
    pub(crate) about: Option<Text>,
}

/// Data that go to somebody who uses them for purposes of their own.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Share {
    /// Its id (`share.clients`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// Who receives.
    pub with: Recipient,
    /// How it comes about.
    pub mode: ShareMode,
    /// For which purposes of this charter.
    pub purposes: Vec<String>,
    /// What they receive.
    pub receives: What,
    /// What they must never see.
    pub must_not_receive: Vec<String>,
    /// A figure about fewer people isn't shared.
    pub at_least: Option<u32>,
    /// The ground of the sharing, when another than the purpose's.
    pub basis: Option<Basis>,
    /// When the person is told.
    pub notice: ShareNotice,
    /// What the recipient is.
    pub party: Party,
    /// Where it stores: ISO 3166-1 alpha-2; empty when it differs from one to another.
    pub storage: Vec<String>,
    /// What makes leaving the European Economic Area lawful.
    pub transfer: Transfer,
    /// The rights whose exercise is passed on to them (GDPR art. 19).
    pub passes_on: Vec<Right>,
    /// The retentions after which their access ends.
    pub retention: Vec<String>,
    pub(crate) entity: Option<Text>,
    pub(crate) contact: Option<Text>,
    pub(crate) about: Option<Text>,
}

/// A place that data come from.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// Its id (`source.registers`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// For which purposes.
    pub purposes: Vec<String>,
    /// What comes from it; empty is what its purposes use.
    pub fields: Vec<String>,
    /// How old what comes from it is at most.
    pub fresh: Option<Duration>,
    pub(crate) entity: Option<Text>,
    pub(crate) about: Option<Text>,
}

impl Copy {
    /// How it is made, in the charter's words.
    #[must_use]
    pub fn about(&self, locale: Locale) -> Option<&str> {
        self.about.as_ref().map(|about| about.get(locale))
    }
}

impl Share {
    /// True when it waits for a yes of its own.
    #[must_use]
    pub fn is_on_consent(&self) -> bool {
        let basis = self.basis.as_ref().map(|basis| basis.kind);
        self.mode == ShareMode::PerPartnerOptIn
            || matches!(basis, Some(BasisKind::Consent | BasisKind::ExplicitConsent))
    }

    /// Who, when the charter names them.
    #[must_use]
    pub fn entity(&self, locale: Locale) -> Option<&str> {
        self.entity.as_ref().map(|entity| entity.get(locale))
    }

    /// How to reach them about what they hold.
    #[must_use]
    pub fn contact(&self, locale: Locale) -> Option<&str> {
        self.contact.as_ref().map(|contact| contact.get(locale))
    }

    /// What the charter adds in its own words.
    #[must_use]
    pub fn about(&self, locale: Locale) -> Option<&str> {
        self.about.as_ref().map(|about| about.get(locale))
    }
}

impl Source {
    /// Which, when the charter names it.
    #[must_use]
    pub fn entity(&self, locale: Locale) -> Option<&str> {
        self.entity.as_ref().map(|entity| entity.get(locale))
    }

    /// What the charter adds in its own words.
    #[must_use]
    pub fn about(&self, locale: Locale) -> Option<&str> {
        self.about.as_ref().map(|about| about.get(locale))
    }
}
