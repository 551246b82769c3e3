//! Owns: how the conditions of a purpose, what it counts and what it sends read; proof and standards. Doesn't own:
//! its title, basis and readers (`purposes`).

use kernel::Locale;

use super::{pick, typeset, uncapitalised};
use crate::{
    Charter, Form, Purpose,
    vocabulary::{
        Ack, Count, Moment, Need, NewPurpose, Opposition, OptIn, Standard, Status, StopWay, Strength,
        Training,
    },
};

/// The fact without which a purpose uses nothing, after "seulement".
pub(crate) fn need(need: Need, locale: Locale) -> &'static str {
    let both = match need {
        Need::OpenVacancy => (
            "si un poste ouvert demande un tel profil",
            "if an open position needs such a profile",
        ),
        Need::PersonAsked => ("si vous l’avez demandé", "if you asked for it"),
        Need::ProjectRequires => (
            "si le projet auquel vous postulez l’exige",
            "if the project you apply to requires it",
        ),
        Need::Account => ("si vous avez un compte", "if you have an account"),
    };
    pick(locale, both)
}

/// A figure, in the plural: "les pages vues".
pub(crate) fn count(count: Count, locale: Locale) -> &'static str {
    let both = match count {
        Count::Visits => ("visites", "visits"),
        Count::PageViews => ("pages vues", "pages viewed"),
        Count::Referrers => ("sites d’où l’on vient", "sites people come from"),
        Count::Browsers => ("types de navigateur", "types of browser"),
        Count::WebVitals => (
            "performances d’affichage (LCP, INP, CLS) par page et type de navigateur",
            "display performance (LCP, INP, CLS) by page and type of browser",
        ),
        Count::Errors => ("erreurs techniques", "technical errors"),
        Count::Searches => ("recherches", "searches"),
        Count::Applications => ("candidatures", "applications"),
        Count::Decisions => ("décisions", "decisions"),
        Count::Registrations => ("inscriptions", "registrations"),
        Count::FeatureUse => ("usage des fonctions du service", "use of the service’s features"),
        Count::EmailOpens => ("e-mails ouverts", "e-mails opened"),
        Count::EmailClicks => ("clics dans les e-mails", "clicks in e-mails"),
        Count::Conversions => ("conversions", "conversions"),
        Count::Answers => ("réponses aux enquêtes", "answers to surveys"),
        Count::Payments => ("paiements", "payments"),
    };
    pick(locale, both)
}

pub(crate) fn opt_in(opt_in: OptIn, locale: Locale) -> &'static str {
    let both = match opt_in {
        OptIn::Single => (
            "Vous ne recevez rien sans l’avoir demandé",
            "You receive nothing without having asked for it",
        ),
        OptIn::Double => (
            "Vous ne recevez rien sans l’avoir demandé, puis confirmé par le lien que nous vous envoyons",
            "You receive nothing without having asked for it, then confirmed it by the link we send you",
        ),
    };
    pick(locale, both)
}

pub(crate) fn stop_way(way: StopWay, locale: Locale) -> &'static str {
    let both = match way {
        StopWay::Link => (
            "par le lien au bas de chaque message ; le suivre suffit",
            "by the link at the foot of each message; following it is enough",
        ),
        StopWay::OneClick => (
            "par le bouton de désabonnement de votre messagerie",
            "by your mail program’s unsubscribe button",
        ),
        StopWay::Account => ("dans votre espace", "in your area"),
        StopWay::Phone => (
            "par téléphone, si le lien ne fonctionne pas : nous y remédions sans tarder",
            "by phone, should the link fail: we mend it promptly",
        ),
        StopWay::Email => ("en nous écrivant", "by writing to us"),
    };
    pick(locale, both)
}

pub(crate) fn ack(ack: Ack, locale: Locale) -> Option<&'static str> {
    let both = match ack {
        Ack::None => return None,
        Ack::Read => (
            "Avant l’envoi, vous confirmez avoir été informé de l’usage de vos données",
            "Before sending you confirm that you were told how your data are used",
        ),
        Ack::Consent => (
            "Avant l’envoi, vous donnez votre consentement en cochant une case",
            "Before sending you give your consent by ticking a box",
        ),
    };
    Some(pick(locale, both))
}

/// What stands beside the box that is ticked before sending, where the form asks for one.
#[must_use]
pub fn ack_label(charter: &Charter, form: &Form, locale: Locale) -> Option<String> {
    let what = charter
        .purpose(&form.purpose)
        .map(|purpose| uncapitalised(purpose.title(locale)));
    let said = match (form.ack, what, locale) {
        (Ack::None, _, _) | (Ack::Consent, None, _) => return None,
        (Ack::Read, _, Locale::Fr) => "J’ai été informé de l’usage qui est fait de mes données.".to_owned(),
        (Ack::Read, _, Locale::En) => "I have been told how my data are used.".to_owned(),
        (Ack::Consent, Some(what), Locale::Fr) => {
            format!("Je consens à ce que mes données servent à ceci : {what}.")
        }
        (Ack::Consent, Some(what), Locale::En) => format!("I consent to my data serving this: {what}."),
    };
    Some(typeset(&said, locale))
}

/// What stands beside a box by which one agrees to a purpose beside what the form is for.
#[must_use]
pub fn consent_label(purpose: &Purpose, locale: Locale) -> String {
    let what = uncapitalised(purpose.title(locale));
    let said = match locale {
        Locale::Fr => format!("J’accepte aussi, à part : {what}."),
        Locale::En => format!("I also agree, apart from this, to the following: {what}."),
    };
    typeset(&said, locale)
}

pub(crate) fn training(training: Training, locale: Locale) -> &'static str {
    let both = match training {
        Training::Never => ("non", "no"),
        Training::OptIn => ("seulement si vous l’acceptez", "only if you agree"),
        Training::UnlessObjected => (
            "oui, sauf si vous vous y opposez, sans avoir à vous justifier",
            "yes, unless you object, without having to give grounds",
        ),
    };
    pick(locale, both)
}

/// A standard by its own name.
pub(crate) fn standard(standard: Standard, locale: Locale) -> &'static str {
    match standard {
        Standard::Gdpr => pick(locale, ("RGPD", "GDPR")),
        Standard::Iso27001 => "ISO/IEC 27001",
        Standard::Iso27701 => "ISO/IEC 27701",
        Standard::Soc2 => "SOC 2",
        Standard::PciDss => "PCI DSS",
        Standard::Hds => "HDS",
        Standard::Secnumcloud => "SecNumCloud",
        Standard::Dpf => pick(
            locale,
            (
                "cadre de protection des données UE – États-Unis",
                "EU–US Data Privacy Framework",
            ),
        ),
    }
}

/// What a new purpose takes, a sentence.
pub(crate) fn new_purpose(new_purpose: NewPurpose, locale: Locale) -> &'static str {
    let both = match new_purpose {
        NewPurpose::Notice => (
            "Avant tout nouvel usage de vos données, vous en êtes informé.",
            "Before any new use of your data, you are told.",
        ),
        NewPurpose::Consent => (
            "Avant tout nouvel usage de vos données, vous en êtes informé et votre consentement est demandé.",
            "Before any new use of your data, you are told and your consent is asked.",
        ),
    };
    pick(locale, both)
}

/// What somebody may do who opposes a change, a sentence.
pub(crate) fn opposition(opposition: Opposition, locale: Locale) -> &'static str {
    let both = match opposition {
        Opposition::CloseAccount => (
            "Si vous vous opposez à un changement, vous pouvez fermer votre compte.",
            "If you oppose a change, you may close your account.",
        ),
        Opposition::KeepOldRules => (
            "Si vous vous opposez à un changement, vos données restent soumises aux règles précédentes.",
            "If you oppose a change, your data remain under the earlier rules.",
        ),
    };
    pick(locale, both)
}

/// When people are told, a sentence.
pub(crate) fn moment(moment: Moment, locale: Locale) -> &'static str {
    let both = match moment {
        Moment::Collection => (
            "Nous vous disons l’essentiel à l’endroit où vous saisissez vos données.",
            "We tell you the essentials where you enter your data.",
        ),
        Moment::FirstContact => (
            "Nous vous le redisons lors de notre premier message.",
            "We tell you again in our first message.",
        ),
        Moment::BeforeSharing => (
            "Avant un premier partage, nous vous disons quelles données, avec qui et pourquoi.",
            "Before a first sharing we tell you which data, with whom and why.",
        ),
        Moment::BeforeMachine => (
            "Avant qu’un test ou une machine ne serve à examiner votre candidature, nous vous le disons.",
            "Before a test or a machine is used to examine your application, we tell you.",
        ),
        Moment::Rejection => (
            "Quand votre candidature n’est pas retenue, nous vous disons ce que deviennent vos données.",
            "When your application isn’t chosen, we tell you what becomes of your data.",
        ),
        Moment::Change => (
            "Quand cette politique change, nous vous disons en quoi.",
            "When this policy changes, we tell you how.",
        ),
    };
    pick(locale, both)
}

/// How strong a piece of evidence is, a noun phrase.
#[must_use]
pub fn strength_words(strength: Strength, locale: Locale) -> &'static str {
    let both = match strength {
        Strength::Structural => ("impossible par construction", "impossible by construction"),
        Strength::Detective => ("tout vérifié", "all of it checked"),
        Strength::Canary => ("essai de bout en bout", "trial from end to end"),
        Strength::Preventive => ("refus à la porte", "refusals at the door"),
        Strength::Absence => ("recherche restée vaine", "searched for and not found"),
        Strength::External => ("reçu signé d’un prestataire", "a provider’s signed receipt"),
        Strength::Attested => ("attestation datée", "dated statement"),
        Strength::Declared => ("déclaration", "declaration"),
    };
    pick(locale, both)
}

/// How a clause stands, as the mark beside it: "Prouvé".
#[must_use]
pub fn status_words(status: Status, locale: Locale) -> &'static str {
    let both = match status {
        Status::Proven => ("Prouvé", "Proven"),
        Status::Observed => ("Observé", "Observed"),
        Status::Attested => ("Attesté", "Attested"),
        Status::Declared => ("Déclaré, non vérifié", "Declared, not verified"),
        Status::Pending => ("À vérifier", "Pending"),
        Status::Overdue => ("Vérification en retard", "Overdue"),
        Status::Broken => ("Non tenu", "Broken"),
        Status::NotOffered => ("Non proposé", "Not offered"),
        Status::NotApplicable => ("Sans objet", "Not applicable"),
    };
    pick(locale, both)
}
