//! Owns: [`Processor`], [`Tracker`], [`Ai`]. Doesn't own: sending (`guard::send`).

use kernel::{Duration, Locale};
use serde::Serialize;

use super::{Reader, Rule};
use crate::{
    Text,
    vocabulary::{
        AiInput, AiTask, Consent, Deletion, Human, Logging, Receives, Service, Standard, TrackerClass,
        TrackerKind, Training, Transfer,
    },
};

/// Somebody who handles data for the controller, or a server of the controller's own through which it leaves.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Processor {
    /// Its id (`processor.mail`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// What it does.
    pub service: Service,
    /// Who it is; `None` is the controller itself.
    pub entity: Option<String>,
    /// The purposes it serves.
    pub purposes: Vec<String>,
    /// Where it stores: ISO 3166-1 alpha-2.
    pub storage: Vec<String>,
    /// Where data may pass.
    pub transit: Vec<String>,
    /// What makes leaving the European Economic Area lawful.
    pub transfer: Transfer,
    /// What it receives.
    pub receives: What,
    /// What it must never see, whatever `receives` says.
    pub must_not_receive: Vec<String>,
    /// How long it keeps what it received.
    pub keeps: Keep,
    /// How what it holds goes away.
    pub deletion: Option<Deletion>,
    /// What its logs hold.
    pub logging: Option<Logging>,
    /// The contract of GDPR art. 28(3): a path or an address.
    pub contract: Option<String>,
    /// Whom it uses in turn.
    pub sub_processors: Vec<String>,
    /// What it is certified against or follows.
    pub standards: Vec<Standard>,
    /// Which of the controller's people reach what it holds; `None` says nothing of it.
    pub readers: Option<Vec<Reader>>,
    pub(crate) about: Option<Text>,
    pub(crate) takes_itself: Option<Text>,
}

impl Processor {
    /// How it works, in the charter's words.
    #[must_use]
    pub fn about(&self, locale: Locale) -> Option<&str> {
        self.about.as_ref().map(|about| about.get(locale))
    }

    /// What people give to it on its own pages, which never reaches the controller: "le numéro de la carte".
    #[must_use]
    pub fn takes_itself(&self, locale: Locale) -> Option<&str> {
        self.takes_itself.as_ref().map(|takes| takes.get(locale))
    }
}

/// What a processor receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum What {
    /// These fields.
    Fields(Vec<String>),
    /// A form of the data rather than a list.
    Shape(Receives),
}

/// How long a processor keeps what it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Keep {
    /// As long as the controller does.
    WithUs,
    /// Nothing once the work is done.
    Nothing,
    /// So long at most.
    For(Duration),
}

/// Something read from or written to a visitor's device.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Tracker {
    /// Its id (`tracker.vivier_session`), promises and reason.
    pub rule: Rule,
    /// Its name, as the browser shows it.
    pub name: String,
    /// How it works.
    pub kind: TrackerKind,
    /// What it serves.
    pub class: TrackerClass,
    /// Whether it waits for a yes.
    pub consent: Consent,
    /// How long it lives at most.
    pub max_age: Duration,
    /// How long what it tells is kept, when anything is.
    pub data_max_age: Option<Duration>,
    /// Whether a visit starts its life anew.
    pub renews: bool,
    /// Who sets it; `None` is the site itself.
    pub entity: Option<String>,
    pub(crate) about: Text,
}

impl Tracker {
    /// What it does, one sentence.
    #[must_use]
    pub fn about(&self, locale: Locale) -> &str {
        self.about.get(locale)
    }
}

/// A use of a machine's judgement.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Ai {
    /// Its id (`ai.suitability`), promises and reason.
    pub rule: Rule,
    /// What it does.
    pub task: AiTask,
    /// What it sees.
    pub input: AiInput,
    /// The human's part.
    pub human: Human,
    /// Whether the person may contest its result.
    pub contest: bool,
    /// Whether its main reasons are explained to the person.
    pub explain: bool,
    /// Whether anything is trained on the data.
    pub train_on: Training,
    /// What it weighs; empty leaves that to its input.
    pub uses: Vec<String>,
    /// Where its impact assessment is (GDPR art. 35): a path or an address.
    pub dpia: Option<String>,
    /// How long its pseudonymous log is kept (AI Act art. 26(6): six months at least).
    pub log: Option<Duration>,
}
