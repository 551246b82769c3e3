//! Owns: the sections that stand once: header, controller, rights, changes, breaches, security, prohibitions,
//! and free clauses. Doesn't own: any wording.

use kernel::{Date, Duration, Locale};
use serde::Serialize;

use super::Rule;
use crate::{
    ClauseId, Text,
    vocabulary::{Channel, Identity, Measure, Moment, NewPurpose, Opposition, Prohibition, Right},
};

/// A word that is a rule of its own within its section, with its own id and promises: `never.sell`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Item<W> {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// Which.
    pub word: W,
    /// The purposes it is limited to; empty is all.
    pub purposes: Vec<String>,
}

/// `[charter]`: which text this is.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Header {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// The charter's own name, the same in all its versions.
    pub id: String,
    /// Counts up with every version.
    pub version: u32,
    /// From when it applies.
    pub effective: Date,
    /// When it was last edited.
    pub updated: Option<Date>,
    /// The languages it is published in, the first being the site's own.
    pub languages: Vec<Locale>,
    /// Which file of legal figures it is checked against.
    pub law: String,
    pub(crate) scope: Option<Text>,
    pub(crate) annexed_to: Option<Text>,
}

impl Header {
    /// To whom and what it applies, when the charter says.
    #[must_use]
    pub fn scope(&self, locale: Locale) -> Option<&str> {
        self.scope.as_ref().map(|scope| scope.get(locale))
    }

    /// The document it is annexed to: "les conditions générales".
    #[must_use]
    pub fn annexed_to(&self, locale: Locale) -> Option<&str> {
        self.annexed_to.as_ref().map(|to| to.get(locale))
    }
}

/// `[controller]`: who answers for the data.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Controller {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// Name.
    pub name: String,
    /// Legal form.
    pub form: Option<String>,
    /// Share capital, as printed.
    pub capital: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Registration.
    pub register: Option<String>,
    /// The site that the charter is about: its address on the web.
    pub site: Option<String>,
    /// E-mail for general questions.
    pub contact: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The data protection officer's e-mail.
    pub dpo: Option<String>,
    /// The supervisory authority's name.
    pub authority: Option<String>,
    /// Its address on the web.
    pub authority_url: Option<String>,
}

/// `[right]`: which rights, where and how soon.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Rights {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// Which rights the policy names (`right.access`).
    pub offers: Vec<Item<Right>>,
    /// How to exercise them.
    pub by: Vec<Channel>,
    /// How to ask a question that exercises none.
    pub questions_by: Vec<Channel>,
    /// Time to answer (GDPR art. 12(3): one month).
    pub deadline: Duration,
    /// Time that may be added with a reason (GDPR art. 12(3): two months).
    pub extension: Option<Duration>,
    /// When a proof of identity is asked.
    pub identity: Identity,
}

/// `[change]`: how changes of the policy are told.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// Where.
    pub by: Vec<Channel>,
    /// How long before it applies.
    pub lead: Option<Duration>,
    /// What a new purpose takes before it begins.
    pub new_purpose: NewPurpose,
    /// What somebody may do who opposes it.
    pub opposition: Option<Opposition>,
    /// Whether using the service on is acceptance; never of what needs consent.
    pub use_accepts: bool,
}

/// `[breach]`: how soon a breach is told.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Breach {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// To the authority (GDPR art. 33(1): 72 hours).
    pub authority: Duration,
    /// To the persons.
    pub persons: Option<Duration>,
    /// By a processor to the controller (GDPR art. 33(2): without undue delay).
    pub processors: Option<Duration>,
}

/// `[notice]`: how soon somebody found elsewhere is told, and when people are told beyond the policy.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Sourcing {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// How soon (GDPR art. 14(3)(a): one month at most).
    pub sourced: Option<Duration>,
    /// When people are told (`notice.before_machine`).
    pub at: Vec<Item<Moment>>,
}

/// `[security]`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Security {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// What is done (`security.encryption_at_rest`).
    pub measures: Vec<Item<Measure>>,
    /// How long after its erasure something may still be found in a backup.
    pub backup_window: Option<Duration>,
    /// The roles that sign in with two factors.
    pub two_factors: Vec<String>,
}

/// `[never]`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Never {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// What isn't done (`never.sell`).
    pub rules: Vec<Item<Prohibition>>,
}

/// `[clause.NAME]`: the charter's own words beside a rule. They add; they never contradict.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct FreeClause {
    /// Its id, promises and reason.
    pub rule: Rule,
    /// The rule it stands beside.
    pub about: ClauseId,
    pub(crate) text: Text,
}

impl FreeClause {
    /// Its words.
    #[must_use]
    pub fn text(&self, locale: Locale) -> &str {
        self.text.get(locale)
    }
}
