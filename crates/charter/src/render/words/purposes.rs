//! Owns: how purposes, people, bases, readers and duties read. Doesn't own: how long and where to.

use kernel::Locale;

use super::{list_words, pick};
use crate::{
    Charter,
    model::{Basis, Reader},
    vocabulary::{BasisKind, Condition, Duty, FormKind, People, PurposeKind},
};

/// What a purpose of that kind is for, as a heading.
pub(crate) fn purpose_title(kind: PurposeKind, locale: Locale) -> &'static str {
    let both = match kind {
        PurposeKind::AnswerContact => ("Répondre à vos demandes", "Answer your requests"),
        PurposeKind::Apply => (
            "Traiter votre candidature à une offre",
            "Process your application to a vacancy",
        ),
        PurposeKind::ApplyUnsolicited => (
            "Traiter votre candidature spontanée",
            "Process your unsolicited application",
        ),
        PurposeKind::ManageAccount => ("Vous ouvrir un espace personnel", "Give you a personal area"),
        PurposeKind::TrackApplication => (
            "Suivre votre candidature et vous tenir au courant",
            "Follow your application and keep you informed",
        ),
        PurposeKind::Screen => (
            "Aider la lecture des candidatures",
            "Help in reading applications",
        ),
        PurposeKind::Assess => ("Vous faire passer une évaluation", "Have you take an assessment"),
        PurposeKind::Train => ("Vous former", "Train you"),
        PurposeKind::Interview => ("Organiser vos entretiens", "Organise your interviews"),
        PurposeKind::TalentPool => (
            "Vous recontacter pour d’autres postes",
            "Contact you again about other jobs",
        ),
        PurposeKind::ShareWithClient => (
            "Présenter votre profil à un client",
            "Present your profile to a client",
        ),
        PurposeKind::PublishProfile => ("Publier votre profil", "Publish your profile"),
        PurposeKind::RecommendJobs => ("Vous proposer des offres", "Suggest vacancies to you"),
        PurposeKind::RecommendProfiles => ("Vous proposer des profils", "Suggest profiles to you"),
        PurposeKind::Message => ("Échanger des messages avec vous", "Exchange messages with you"),
        PurposeKind::Exchange => ("Permettre les échanges entre membres", "Let members exchange"),
        PurposeKind::Newsletter => (
            "Vous envoyer notre lettre d’information",
            "Send you our newsletter",
        ),
        PurposeKind::ProspectB2b => ("Vous présenter nos services", "Present our services to you"),
        PurposeKind::Promote => (
            "Organiser des opérations promotionnelles",
            "Run promotional operations",
        ),
        PurposeKind::Survey => ("Recueillir votre avis", "Ask for your opinion"),
        PurposeKind::Audience => ("Mesurer la fréquentation du site", "Measure the site’s audience"),
        PurposeKind::Personalise => (
            "Adapter le site à vos préférences",
            "Adapt the site to your preferences",
        ),
        PurposeKind::Experiment => ("Essayer des nouveautés", "Try out new features"),
        PurposeKind::Improve => ("Améliorer le service", "Improve the service"),
        PurposeKind::TrainAi => (
            "Améliorer des modèles d’intelligence artificielle",
            "Improve models of artificial intelligence",
        ),
        PurposeKind::Secure => (
            "Protéger le site et vos données",
            "Protect the site and your data",
        ),
        PurposeKind::PreventFraud => ("Prévenir les abus et la fraude", "Prevent abuse and fraud"),
        PurposeKind::Support => ("Vous aider à utiliser le service", "Help you to use the service"),
        PurposeKind::Order => ("Traiter vos commandes", "Process your orders"),
        PurposeKind::Bill => ("Établir et suivre les factures", "Draw up and follow invoices"),
        PurposeKind::Dispute => ("Régler les litiges", "Settle disputes"),
        PurposeKind::AccountBooks => ("Tenir la comptabilité", "Keep the books"),
        PurposeKind::LegalDuty => (
            "Respecter nos obligations légales",
            "Comply with our legal obligations",
        ),
        PurposeKind::AnswerRights => (
            "Répondre à l’exercice de vos droits",
            "Answer when you exercise your rights",
        ),
        PurposeKind::Backup => ("Sauvegarder les données", "Back the data up"),
    };
    pick(locale, both)
}

/// The title of a form of that kind.
pub(crate) fn form_title(kind: FormKind, locale: Locale) -> &'static str {
    let both = match kind {
        FormKind::Contact => ("Nous contacter", "Contact us"),
        FormKind::Help => ("Demander de l’aide", "Ask for help"),
        FormKind::TargetedApplication => ("Postuler à une offre", "Apply to a vacancy"),
        FormKind::UnsolicitedApplication => ("Candidature spontanée", "Unsolicited application"),
        FormKind::Account => ("Accéder à votre espace", "Reach your area"),
        FormKind::StaffAccount => ("Compte d’un membre du personnel", "Account of a member of staff"),
        FormKind::Newsletter => (
            "S’abonner à la lettre d’information",
            "Subscribe to the newsletter",
        ),
        FormKind::Assessment => ("Fiche d’évaluation", "Assessment form"),
        FormKind::Registration => ("S’inscrire", "Register"),
        FormKind::Prospect => ("Demander un contact commercial", "Ask for a sales contact"),
        FormKind::Survey => ("Donner votre avis", "Give your opinion"),
        FormKind::Order => ("Commander", "Order"),
        FormKind::Company => ("Page de l’entreprise", "Company page"),
        FormKind::Profile => ("Votre profil", "Your profile"),
        FormKind::Exchange => ("Écrire à un utilisateur", "Write to a user"),
        FormKind::Rights => ("Exercer vos droits", "Exercise your rights"),
    };
    pick(locale, both)
}

/// A group of people, in the plural: "les candidats".
#[must_use]
pub fn people_words(people: People, locale: Locale) -> &'static str {
    let both = match people {
        People::Visitor => ("les visiteurs du site", "visitors of the site"),
        People::Contact => ("les personnes qui nous écrivent", "people who write to us"),
        People::AccountMember => ("les titulaires d’un compte", "holders of an account"),
        People::Candidate => ("les candidates et candidats", "candidates"),
        People::SourcedCandidate => (
            "les personnes dont nous avons trouvé le profil ailleurs",
            "people whose profile we found elsewhere",
        ),
        People::TalentPool => ("les membres de notre vivier", "members of our talent pool"),
        People::Subscriber => ("les abonnés", "subscribers"),
        People::NewsletterReader => ("les lecteurs de notre lettre", "readers of our newsletter"),
        People::Recruiter => ("les recruteurs", "recruiters"),
        People::ClientContact => (
            "nos interlocuteurs chez nos clients",
            "our contacts at our clients",
        ),
        People::Prospect => ("les prospects", "prospects"),
        People::Customer => ("les clients", "customers"),
        People::Expert => ("les experts", "experts"),
        People::Referee => ("les personnes données en référence", "referees"),
        People::Staff => ("les membres de notre personnel", "members of our staff"),
        People::Deceased => ("les personnes décédées", "deceased people"),
    };
    pick(locale, both)
}

/// A legal basis with its article, and the interest or the text when there is one: "notre intérêt légitime
/// (RGPD, art. 6.1.f) : répondre aux demandes".
#[must_use]
pub fn basis_words(basis: &Basis, locale: Locale) -> String {
    let both = match basis.kind {
        BasisKind::Consent => (
            "votre consentement (RGPD, art. 6.1.a)",
            "your consent (GDPR, art. 6(1)(a))",
        ),
        BasisKind::ExplicitConsent => (
            "votre consentement explicite (RGPD, art. 9.2.a)",
            "your explicit consent (GDPR, art. 9(2)(a))",
        ),
        BasisKind::Contract => (
            "l’exécution de notre contrat avec vous (RGPD, art. 6.1.b)",
            "our contract with you (GDPR, art. 6(1)(b))",
        ),
        BasisKind::Precontract => (
            "des mesures précontractuelles prises à votre demande (RGPD, art. 6.1.b)",
            "steps taken at your request before a contract (GDPR, art. 6(1)(b))",
        ),
        BasisKind::LegalObligation => (
            "une obligation légale (RGPD, art. 6.1.c)",
            "a legal obligation (GDPR, art. 6(1)(c))",
        ),
        BasisKind::LegitimateInterest => (
            "notre intérêt légitime (RGPD, art. 6.1.f)",
            "our legitimate interest (GDPR, art. 6(1)(f))",
        ),
    };
    let said = pick(locale, both);
    match basis.interest.as_ref().or(basis.reference.as_ref()) {
        Some(more) => format!("{said}{}{}", pick(locale, (" : ", ": ")), more.get(locale)),
        None => said.to_owned(),
    }
}

/// Under which condition a role reads; empty for "all".
#[must_use]
pub fn condition_words(condition: Condition, locale: Locale) -> &'static str {
    let both = match condition {
        Condition::All => ("", ""),
        Condition::Assigned => (
            "dans la limite des dossiers attribués",
            "only for the files assigned",
        ),
        Condition::Own => ("chacun pour ses propres données", "each for their own data"),
        Condition::Addressed => (
            "dans la limite des messages adressés",
            "only for the messages addressed",
        ),
        Condition::ClientRequested => ("lorsque la demande l’exige", "when the request requires it"),
        Condition::Technical => (
            "pour des raisons strictement techniques",
            "for strictly technical reasons",
        ),
        Condition::BreakGlass => (
            "en cas d’urgence, avec un motif enregistré et vérifié ensuite",
            "in an emergency, with a reason recorded and reviewed afterwards",
        ),
    };
    pick(locale, both)
}

/// What purposes are part of, in reading order.
const THEMES: [(&str, &str); 6] = [
    ("Candidatures", "Applications"),
    ("Compte et échanges", "Account and exchanges"),
    ("Lettres, offres et avis", "Letters, offers and opinions"),
    ("Commandes et comptes", "Orders and accounts"),
    ("Site et services", "Site and services"),
    ("Loi et droits", "Law and rights"),
];

/// The themes that a short layer sorts purposes by.
pub(crate) fn themes(locale: Locale) -> impl Iterator<Item = &'static str> {
    THEMES.into_iter().map(move |both| pick(locale, both))
}

/// Which of the themes a purpose is part of.
pub(crate) const fn theme(kind: PurposeKind) -> usize {
    match kind {
        PurposeKind::Apply
        | PurposeKind::ApplyUnsolicited
        | PurposeKind::TrackApplication
        | PurposeKind::Screen
        | PurposeKind::Assess
        | PurposeKind::Train
        | PurposeKind::Interview
        | PurposeKind::TalentPool
        | PurposeKind::ShareWithClient => 0,
        PurposeKind::AnswerContact
        | PurposeKind::ManageAccount
        | PurposeKind::PublishProfile
        | PurposeKind::RecommendJobs
        | PurposeKind::RecommendProfiles
        | PurposeKind::Message
        | PurposeKind::Exchange
        | PurposeKind::Support => 1,
        PurposeKind::Newsletter | PurposeKind::ProspectB2b | PurposeKind::Promote | PurposeKind::Survey => 2,
        PurposeKind::Audience
        | PurposeKind::Personalise
        | PurposeKind::Experiment
        | PurposeKind::Improve
        | PurposeKind::TrainAi
        | PurposeKind::Secure
        | PurposeKind::PreventFraud
        | PurposeKind::Backup => 4,
        PurposeKind::Order | PurposeKind::Bill | PurposeKind::Dispute | PurposeKind::AccountBooks => 3,
        PurposeKind::LegalDuty | PurposeKind::AnswerRights => 5,
    }
}

/// A reader with condition and fields: "le service commercial, lorsque la demande l’exige (prénom, nom et CV)".
#[must_use]
pub fn reader_words(charter: &Charter, reader: &Reader, locale: Locale) -> String {
    let role = charter.role(&reader.role).map_or("", |role| role.label(locale));
    let mut said = role.to_owned();
    if reader.when != Condition::All {
        said = format!("{said}, {}", condition_words(reader.when, locale));
    }
    if let Some(fields) = &reader.fields {
        let labels: Vec<String> = fields
            .iter()
            .filter_map(|name| charter.field(name))
            .map(|field| super::uncapitalised(field.label(locale)))
            .collect();
        said = format!("{said} ({})", list_words(&labels, locale));
    }
    said
}

/// What a duty consists of, in the infinitive: "étudier les candidatures".
#[must_use]
pub fn duty_words(duty: Duty, locale: Locale) -> &'static str {
    let both = match duty {
        Duty::Recruit => ("étudier les candidatures", "study applications"),
        Duty::Decide => (
            "prendre les décisions de recrutement",
            "take recruitment decisions",
        ),
        Duty::Sell => ("suivre les demandes des clients", "follow clients’ requests"),
        Duty::Publish => (
            "publier les offres et les pages du site",
            "publish vacancies and pages",
        ),
        Duty::Support => ("aider les utilisateurs", "help users"),
        Duty::Books => ("tenir la comptabilité", "keep the books"),
        Duty::Technical => (
            "assurer le fonctionnement technique",
            "keep the technology running",
        ),
        Duty::Administer => ("gérer les accès et les réglages", "manage logins and settings"),
        Duty::Protect => (
            "veiller à la protection des données",
            "watch over data protection",
        ),
    };
    pick(locale, both)
}
