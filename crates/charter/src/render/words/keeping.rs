//! Owns: how retentions read. Doesn't own: their arithmetic (`model::keeping`).

use kernel::Locale;

use super::{duration_words, pick};
use crate::{
    model::Retention,
    vocabulary::{Action, Combine, Hold, OnSilence, Trigger},
};

/// What a clock counts from, after a duration: "après votre dernier contact".
#[must_use]
pub fn trigger_words(trigger: Trigger, locale: Locale) -> &'static str {
    let both = match trigger {
        Trigger::Collected => ("après leur enregistrement", "after they are recorded"),
        Trigger::Submitted => ("après votre envoi", "after you send them"),
        Trigger::LastContact => ("après votre dernier contact", "after your last contact"),
        Trigger::LastActivity => ("après votre dernière activité", "after your last activity"),
        Trigger::Decision => ("après la décision", "after the decision"),
        Trigger::ProcessEnd => ("après la fin du recrutement", "after the recruitment ends"),
        Trigger::AccountClosed => ("après la fermeture du compte", "after the account is closed"),
        Trigger::ContractEnd => ("après la fin du contrat", "after the contract ends"),
        Trigger::Payment => ("après le paiement", "after the payment"),
        Trigger::FiscalYearEnd => (
            "après la clôture de l’exercice comptable",
            "after the end of the financial year",
        ),
        Trigger::ConsentGiven => ("après votre consentement", "after your consent"),
        Trigger::ConsentAsked => (
            "après vous avoir demandé votre accord",
            "after asking you for your agreement",
        ),
        Trigger::Withdrawn => ("après votre retrait", "after you withdraw"),
        Trigger::Objected => ("après votre opposition", "after you object"),
        Trigger::Unsubscribed => ("après votre désabonnement", "after you unsubscribe"),
        Trigger::DeathNotified => (
            "après que nous avons appris le décès",
            "after we learn of the death",
        ),
        Trigger::JudgedIrrelevant => (
            "après avoir été jugées sans intérêt pour un recrutement",
            "after being judged of no use for a recruitment",
        ),
        Trigger::Judged => (
            "après que quelqu’un les a examinées",
            "after somebody has looked at them",
        ),
        Trigger::ParentDeleted => ("après l’effacement de l’original", "after the original is erased"),
        Trigger::Connection => ("après la connexion", "after the connection"),
        Trigger::EndOfRequest => (
            "après la réponse à votre demande",
            "after your request is answered",
        ),
    };
    pick(locale, both)
}

/// What happens at the end, of data ("elles"): "puis effacées".
#[must_use]
pub fn action_words(action: Action, locale: Locale) -> &'static str {
    let both = match action {
        Action::Erase => ("nous les effaçons", "we erase them"),
        Action::Count => (
            "il n’en reste que des statistiques où rien ne vous identifie",
            "only statistics remain, in which nothing identifies you",
        ),
        Action::Archive => (
            "nous les archivons à part, sous accès restreint",
            "we archive them apart, under restricted access",
        ),
        Action::Restrict => (
            "nous ne faisons plus que les conserver",
            "we only store them and do nothing else with them",
        ),
        Action::AskRenewal => (
            "nous vous demandons si nous pouvons les garder",
            "we ask you whether we may keep them",
        ),
        Action::PurgeCache => (
            "les copies temporaires sont purgées",
            "temporary copies are purged",
        ),
    };
    pick(locale, both)
}

/// How long, in a few words: "12 mois après votre dernier contact".
#[must_use]
pub fn retention_words(retention: &Retention, locale: Locale) -> String {
    let counted = counted_words(retention, locale);
    let Some(ask) = retention.ask else { return counted };
    let wait = duration_words(ask.silence_after, locale);
    match locale {
        Locale::Fr => format!("{counted}, plus {wait} pour nous répondre"),
        Locale::En => format!("{counted}, plus {wait} for your answer"),
    }
}

/// How long, from what.
fn counted_words(retention: &Retention, locale: Locale) -> String {
    let from: Vec<&str> = retention
        .from
        .iter()
        .map(|trigger| trigger_words(*trigger, locale))
        .collect();
    let max = duration_words(retention.max, locale);
    let [rest @ .., last] = from.as_slice() else {
        return max;
    };
    if rest.is_empty() {
        return format!("{max} {last}");
    }
    let which = match retention.combine {
        Combine::FirstOf => (", selon ce qui vient en premier", ", whichever comes first"),
        Combine::LastOf => (", selon ce qui vient en dernier", ", whichever comes last"),
    };
    let (or, which) = (pick(locale, ("ou", "or")), pick(locale, which));
    format!("{max} {} {or} {last}{which}", rest.join(", "))
}

/// The whole rule, in sentences.
#[must_use]
pub fn retention_rule(retention: &Retention, locale: Locale) -> String {
    let long = counted_words(retention, locale);
    let mut said = match retention.ask {
        None => {
            let then = action_words(retention.then, locale);
            match locale {
                Locale::Fr => format!("Nous gardons ces données {long}, puis {then}."),
                Locale::En => format!("We keep these data for {long}; then {then}."),
            }
        }
        Some(ask) => {
            let wait = duration_words(ask.silence_after, locale);
            let silence = match ask.on_silence {
                OnSilence::Erase => Action::Erase,
                OnSilence::Restrict => Action::Restrict,
            };
            let then = action_words(silence, locale);
            match locale {
                Locale::Fr => format!(
                    "Nous gardons ces données {long}. Nous vous demandons alors si nous pouvons les garder plus \
                     longtemps : sans réponse de votre part pendant {wait}, {then}."
                ),
                Locale::En => format!(
                    "We keep these data for {long}. We then ask you whether we may keep them longer: if you don’t \
                     answer for {wait}, {then}."
                ),
            }
        }
    };
    if let Some(floor) = &retention.min {
        let (period, text) = (duration_words(floor.period, locale), floor.reference.get(locale));
        said.push_str(&match locale {
            Locale::Fr => format!(
                " La loi impose d’en garder certaines {period} ({text}) : elles sont mises à part et ne servent à \
                 rien d’autre."
            ),
            Locale::En => format!(
                " The law requires some to be kept for {period} ({text}): they are set apart and serve nothing else."
            ),
        });
    }
    if !retention.hold.is_empty() {
        let holds: Vec<&str> = retention
            .hold
            .iter()
            .map(|hold| hold_words(*hold, locale))
            .collect();
        let holds = holds.join(pick(locale, (" ou ", " or ")));
        said.push_str(&match locale {
            Locale::Fr => format!(
                " Si {holds} l’exige, l’effacement attend ; les données sont mises à part et ne servent à rien d’autre."
            ),
            Locale::En => format!(
                " Where {holds} requires it, erasure waits; the data are set apart and serve nothing else."
            ),
        });
    }
    said
}

fn hold_words(hold: Hold, locale: Locale) -> &'static str {
    let both = match hold {
        Hold::LegalClaim => ("une action en justice", "a legal claim"),
        Hold::AuthorityRequest => ("la demande d’une autorité", "a request by an authority"),
        Hold::Dispute => ("un litige", "a dispute"),
        Hold::Directives => (
            "une directive que la personne a laissée",
            "a directive that the person left",
        ),
    };
    pick(locale, both)
}
