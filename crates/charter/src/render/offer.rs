//! Owns: [`Offer`], what of a charter a service is able to do, and its marks in the policy. Doesn't own: what is built
//! (the capabilities say), the marks of proof (`guard::prove`).

use kernel::{Duration, Locale};

use super::{
    policy::{Block, Policy},
    words::{duration_words, pick, typeset},
};
use crate::{
    Charter, ClauseId,
    model::{Copy, Purpose, Share},
    vocabulary::{
        AiTask, Consent, CopyMode, Intake, PurposeKind, Service, ShareMode, SourceKind, TrackerClass,
    },
};

/// What a service is able to do of all that a charter may declare; the rest is declared, not offered, and nothing of it is
/// collected.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The purposes that something serves.
    pub purposes: Vec<PurposeKind>,
    /// The processors that something can reach.
    pub services: Vec<Service>,
    /// The ways in which something shares without asking for a yes; a request that the law obliges to follow is answered
    /// by people.
    pub shares: Vec<ShareMode>,
    /// The copies that something makes; one that a human vouches for is made without us.
    pub copies: Vec<CopyMode>,
    /// The purposes of which what arrives is kept apart until somebody has looked, where the charter wants it.
    pub apart: Vec<PurposeKind>,
    /// Where the backups go that the site makes by itself; `None` where it makes none.
    pub backups: Option<Backups>,
}

/// Backups that a site makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// At which of the charter's processors they lie.
    pub at: String,
    /// How often one is made; `None` where one is made of each change at once.
    pub every: Option<Duration>,
}

impl Backups {
    /// Whether that copy is one of them: it lies there and holds everything.
    #[must_use]
    pub fn are(&self, copy: &Copy) -> bool {
        copy.mode == CopyMode::Backup && copy.at == self.at && copy.fields.is_none()
    }

    /// Whether they are made as soon as it is to be.
    fn are_soon_enough(&self, copy: &Copy) -> bool {
        let Some(every) = self.every else { return true };
        copy.lag
            .is_some_and(|lag| every.approximate_days() <= lag.approximate_days())
    }
}

impl Offer {
    /// Whether purposes of that kind are offered.
    #[must_use]
    pub fn has(&self, kind: PurposeKind) -> bool {
        self.purposes.contains(&kind)
    }

    /// Whether that purpose is offered: its kind, and the way it takes things in.
    #[must_use]
    pub fn serves(&self, purpose: &Purpose) -> bool {
        self.has(purpose.kind) && (purpose.intake == Intake::Direct || self.apart.contains(&purpose.kind))
    }

    fn gives(&self, share: &Share) -> bool {
        self.shares.contains(&share.mode) && !share.is_on_consent()
    }

    /// Whether what the clause speaks of is offered; what concerns no purpose always is.
    #[must_use]
    pub fn includes(&self, charter: &Charter, clause: &ClauseId) -> bool {
        let id = clause.as_str();
        let (section, name) = id.split_once('.').unwrap_or((id, ""));
        let is = |other: &ClauseId| other == clause;
        match section {
            "purpose" => self.any(charter, &[name.to_owned()]),
            "form" => charter
                .form(name)
                .is_none_or(|form| self.any(charter, std::slice::from_ref(&form.purpose))),
            "processor" => self.processor(charter, name),
            "copy" => {
                let mut copies = charter.copies().iter().filter(|copy| is(&copy.rule.clause));
                copies.all(|copy| {
                    (copy.rule.attest.is_some() || self.makes(copy))
                        && self.any(charter, &copy.of)
                        && self.processor(charter, &copy.at)
                })
            }
            "share" => {
                let mut shares = charter.shares().iter().filter(|share| is(&share.rule.clause));
                shares.all(|share| {
                    (share.mode == ShareMode::LegalRequest || self.gives(share))
                        && self.any(charter, &share.purposes)
                })
            }
            "source" => {
                let mut sources = charter.sources().iter().filter(|source| is(&source.rule.clause));
                sources.all(|source| {
                    let comes = source.kind != SourceKind::Assessment || self.has(PurposeKind::Assess);
                    comes && self.any(charter, &source.purposes)
                })
            }
            "ai" => {
                let mut machines = charter.ai().iter().filter(|ai| is(&ai.rule.clause));
                machines.all(|ai| self.machine(ai.task))
            }
            "tracker" => charter
                .tracker(name)
                .is_none_or(|tracker| self.tracker(charter, tracker.class, tracker.entity.as_deref())),
            "retention" => self.retention(charter, name),
            _ => true,
        }
    }

    /// The policy with a mark in each clause that isn't offered.
    #[must_use]
    pub fn mark(&self, charter: &Charter, mut policy: Policy) -> Policy {
        let locale = policy.locale;
        let (said, short) = words(locale);
        for clause in policy
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.clauses)
        {
            if !self.includes(charter, &clause.id) {
                let late = self.late(charter, &clause.id);
                clause.offered = late.is_some();
                let said = late.map_or_else(|| said.clone(), |every| late_words(every, locale));
                clause.blocks.insert(0, Block::Text(said));
            }
            let tables = clause.blocks.iter_mut().filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
            for row in tables.flat_map(|table| &mut table.rows) {
                let to = row.leads_to.as_ref().or(row.id.as_ref());
                if to.is_some_and(|to| !self.includes(charter, to) && self.late(charter, to).is_none())
                    && let Some(cell) = row.cells.first_mut()
                {
                    *cell = format!("{cell} ({short})");
                }
            }
        }
        policy
    }

    fn any(&self, charter: &Charter, purposes: &[String]) -> bool {
        let mut purposes = purposes
            .iter()
            .filter_map(|name| charter.purpose(name))
            .peekable();
        purposes.peek().is_none() || purposes.any(|purpose| self.serves(purpose))
    }

    fn makes(&self, copy: &Copy) -> bool {
        let backups = self.backups.as_ref().filter(|backups| backups.are(copy));
        self.copies.contains(&copy.mode) || backups.is_some_and(|backups| backups.are_soon_enough(copy))
    }

    /// How often the copy is made that the clause speaks of, where that is later than it says.
    fn late(&self, charter: &Charter, clause: &ClauseId) -> Option<Duration> {
        let backups = self.backups.as_ref()?;
        let mut copies = charter.copies().iter();
        let copy = copies.find(|copy| copy.rule.clause == *clause)?;
        backups.every.filter(|_| backups.are(copy) && !self.makes(copy))
    }

    fn processor(&self, charter: &Charter, name: &str) -> bool {
        let backups = self.backups.as_ref();
        let reached =
            |service| self.services.contains(&service) || backups.is_some_and(|backups| backups.at == name);
        charter
            .processor(name)
            .is_none_or(|one| reached(one.service) && self.any(charter, &one.purposes))
    }

    fn machine(&self, task: AiTask) -> bool {
        match task {
            AiTask::Recommend => [
                PurposeKind::RecommendJobs,
                PurposeKind::RecommendProfiles,
                PurposeKind::Personalise,
            ]
            .into_iter()
            .any(|kind| self.has(kind)),
            _ => self.has(PurposeKind::Screen),
        }
    }

    /// A tracker of somebody else's comes with them; one that counts, with what counts.
    fn tracker(&self, charter: &Charter, class: TrackerClass, entity: Option<&str>) -> bool {
        let theirs = charter
            .processors()
            .iter()
            .filter(|one| entity.is_some() && one.entity.as_deref() == entity);
        let mut theirs = theirs.peekable();
        if theirs.peek().is_some() {
            return theirs.any(|one| self.processor(charter, &one.name));
        }
        match class {
            TrackerClass::AudienceExempt | TrackerClass::Analytics => self.has(PurposeKind::Audience),
            TrackerClass::Advertising => self.has(PurposeKind::Promote),
            TrackerClass::EmailOpen | TrackerClass::EmailClick => self.has(PurposeKind::Newsletter),
            // There is a choice to remember where something waits for one.
            TrackerClass::Choice => {
                let mut waiting = charter
                    .trackers()
                    .iter()
                    .filter(|one| one.consent == Consent::OptIn);
                waiting.any(|one| self.tracker(charter, one.class, one.entity.as_deref()))
            }
            TrackerClass::Necessary | TrackerClass::Preference | TrackerClass::Security => true,
        }
    }

    /// A duration is in use where a purpose, a copy or a sharing that names it is.
    fn retention(&self, charter: &Charter, name: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|other| other == name);
        let purposes = charter.purposes().iter().filter(|one| named(&one.retention));
        let copies = charter.copies().iter().filter(|one| named(&one.retention));
        let shares = charter.shares().iter().filter(|one| named(&one.retention));
        let mut users = (purposes.map(|one| &one.rule.clause))
            .chain(copies.map(|one| &one.rule.clause))
            .chain(shares.map(|one| &one.rule.clause))
            .peekable();
        users.peek().is_none() || users.any(|user| self.includes(charter, user))
    }
}

/// The mark of a copy that is made, and later than the clause says.
fn late_words(every: Duration, locale: Locale) -> String {
    let every = duration_words(every, locale);
    let said = match locale {
        Locale::Fr => format!("Ce site la fait, mais plus tard que dit ici : jusqu’à {every} après."),
        Locale::En => format!("This site makes it, but later than said here: up to {every} after."),
    };
    typeset(&said, locale)
}

/// The mark as a sentence, and as it stands behind a name.
fn words(locale: Locale) -> (String, &'static str) {
    let said = pick(
        locale,
        (
            "Non proposé pour l’instant : ce site ne recueille, ne conserve et n’envoie rien à ce titre.",
            "Not offered for now: this site collects, keeps and sends nothing of this.",
        ),
    );
    let short = pick(locale, ("non proposé", "not offered"));
    (typeset(said, locale), short)
}

#[cfg(test)]
mod tests {
    use super::{super::policy, *};

    const FIRM: &str = include_str!("../../tests/firm.toml");
    const NEWS: &str = r#"
[purpose.news]
kind = "newsletter"
people = ["newsletter_reader"]
asks = ["email"]
basis = "consent"
readers = ["webmaster"]
retention = "news"
stop = ["link"]

[form.news]
purpose = "news"
kind = "newsletter"

[retention.news]
from = "unsubscribed"
max = "P1D"

[processor.letters]
service = "newsletter"
entity = "Lettres Exemple"
purposes = ["news", "contact"]
storage = ["FR"]
receives = ["email"]

[tracker.letters]
kind = "cookie"
class = "necessary"
consent = "exempt"
max_age = "P1M"
entity = "Lettres Exemple"
about = { fr = "Retient la lettre.", en = "Remembers the letter." }
"#;

    #[test]
    fn what_is_declared_and_not_built_is_marked_wherever_it_is_spoken_of() {
        let charter =
            Charter::parse(&format!("{FIRM}{NEWS}")).unwrap_or_else(|problems| panic!("{problems:?}"));
        let mut offer = Offer {
            purposes: charter.purposes().iter().map(|one| one.kind).collect(),
            services: vec![Service::Hosting, Service::Mail, Service::Newsletter],
            shares: vec![],
            copies: vec![CopyMode::Replica],
            apart: vec![],
            backups: None,
        };
        let marked = |offer: &Offer, locale| {
            let text = super::super::to_markdown(&offer.mark(&charter, policy(&charter, locale)));
            text.matches(&words(locale).0).count()
        };
        for locale in [Locale::Fr, Locale::En] {
            assert_eq!(marked(&offer, locale), 0);
        }
        offer.purposes.retain(|kind| *kind != PurposeKind::Newsletter);
        let is = |offer: &Offer, id: &str| {
            offer.includes(&charter, &id.parse().unwrap_or_else(|_| panic!("{id}")))
        };
        for id in ["purpose.news", "form.news", "retention.news"] {
            assert!(!is(&offer, id), "{id}");
        }
        assert!(is(&offer, "processor.letters"), "it serves contact too");
        offer.services.retain(|service| *service != Service::Newsletter);
        for id in ["processor.letters", "tracker.letters"] {
            assert!(!is(&offer, id), "{id}");
        }
        for id in [
            "purpose.apply",
            "processor.mail",
            "tracker.vivier_session",
            "right.access",
            "role.it",
        ] {
            assert!(is(&offer, id), "{id}");
        }
        assert_eq!(marked(&offer, Locale::Fr), marked(&offer, Locale::En));
        assert!(marked(&offer, Locale::En) >= 3);
    }

    const ELSEWHERE: &str = r#"
[copy.nas]
of = ["apply"]
at = "hosting"
mode = "backup"
lag = "PT24H"
retention = "copies"

[copy.host]
of = ["contact"]
at = "hosting"
mode = "backup"
lag = "PT24H"
retention = "copies"
attest = { by = "dpo", every = "P12M" }

[retention.copies]
from = "parent_deleted"
max = "P7D"

[share.clients]
with = "client"
purposes = ["apply"]
mode = "per_application"
receives = ["cv"]

[share.courts]
with = "authority"
purposes = ["apply"]
mode = "legal_request"
receives = ["cv"]
basis = { kind = "legal_obligation", ref = "x" }
"#;

    /// A copy that nothing makes, a sharing that nothing does, an intake that nothing keeps apart.
    #[test]
    fn a_word_that_nothing_carries_out_is_not_offered() {
        let intake = FIRM.replacen(
            "[purpose.apply]\n",
            "[purpose.apply]\nintake = \"quarantine\"\n",
            1,
        );
        let read = |text: &str| {
            Charter::parse(&format!("{text}{ELSEWHERE}")).unwrap_or_else(|problems| panic!("{problems:?}"))
        };
        let (plain, apart) = (read(FIRM), read(&intake));
        let mut offer = Offer {
            purposes: plain.purposes().iter().map(|one| one.kind).collect(),
            services: vec![Service::Hosting, Service::Mail],
            shares: vec![],
            copies: vec![],
            apart: vec![],
            backups: None,
        };
        let is = |offer: &Offer, charter: &Charter, id: &str| {
            offer.includes(charter, &id.parse().unwrap_or_else(|_| panic!("{id}")))
        };
        for (id, offered) in [
            ("copy.nas", false),
            ("copy.host", true),
            ("share.clients", false),
            ("share.courts", true),
            ("purpose.apply", true),
        ] {
            assert_eq!(is(&offer, &plain, id), offered, "{id}");
        }
        // What isn't done isn't said to be where the data go either.
        let said =
            |offer: &Offer| super::super::to_markdown(&super::super::policy_where(&plain, Locale::En, offer));
        let goes = |text: &str| {
            let row = text.lines().find(|line| line.contains("](#purpose.apply)"));
            row.is_some_and(|row| row.to_lowercase().contains("our clients"))
        };
        assert!(!goes(&said(&offer)));
        for id in ["purpose.apply", "share.courts"] {
            assert!(!is(&offer, &apart, id), "{id}");
        }
        offer.shares.push(ShareMode::PerApplication);
        offer.copies.push(CopyMode::Backup);
        for id in ["copy.nas", "share.clients"] {
            assert!(is(&offer, &plain, id), "{id}");
        }
        offer.apart.push(PurposeKind::Apply);
        assert!(is(&offer, &apart, "purpose.apply"), "something keeps it apart");
        assert!(goes(&said(&offer)));
    }
}
