//! Owns: how copies, sharings and sources read. Doesn't own: processors (`sending`).

use kernel::Locale;

use super::pick;
use crate::vocabulary::{CopyMode, Party, Recipient, ShareMode, ShareNotice, SourceKind};

/// A copy as a heading.
pub(crate) fn copy_mode(mode: CopyMode, locale: Locale) -> &'static str {
    let both = match mode {
        CopyMode::Replica => ("Copie dans un autre outil", "Copy in another tool"),
        CopyMode::Backup => ("Sauvegarde", "Backup"),
        CopyMode::Cache => ("Copie temporaire", "Temporary copy"),
        CopyMode::Mailbox => ("Copie dans une messagerie", "Copy in a mailbox"),
        CopyMode::Export => ("Fichier extrait", "Extracted file"),
        CopyMode::Index => ("Index de recherche", "Search index"),
        CopyMode::Quarantine => ("Mise à part avant examen", "Set apart until looked at"),
    };
    pick(locale, both)
}

/// Those who receive, in the plural: "nos partenaires".
pub(crate) fn recipient(recipient: Recipient, locale: Locale) -> &'static str {
    let both = match recipient {
        Recipient::Partner => ("nos partenaires", "our partners"),
        Recipient::Client => ("nos clients", "our clients"),
        Recipient::Affiliate => ("les sociétés de notre groupe", "the companies of our group"),
        Recipient::Authority => ("les autorités et les tribunaux", "authorities and courts"),
        Recipient::User => ("d’autres utilisateurs", "other users"),
        Recipient::Recruiter => ("des recruteurs", "recruiters"),
        Recipient::Advertiser => ("des annonceurs", "advertisers"),
        Recipient::Public => ("le public", "the public"),
    };
    pick(locale, both)
}

/// How a sharing comes about, a sentence.
pub(crate) fn share_mode(mode: ShareMode, locale: Locale) -> &'static str {
    let both = match mode {
        ShareMode::PerApplication => (
            "Lorsque vous postulez, à celui que votre candidature concerne.",
            "When you apply, to the one whom your application concerns.",
        ),
        ShareMode::PerPartnerOptIn => (
            "Seulement après votre accord, donné pour ce destinataire-là.",
            "Only after your agreement, given for that very recipient.",
        ),
        ShareMode::Publication => ("Lorsque vous publiez vous-même.", "When you publish yourself."),
        ShareMode::Prefill => (
            "Pour remplir à l’avance un formulaire d’inscription, après votre candidature.",
            "To fill in a registration form beforehand, after your application.",
        ),
        ShareMode::Exchange => (
            "Dans les échanges auxquels vous prenez part.",
            "In the exchanges that you take part in.",
        ),
        ShareMode::Aggregate => (
            "Sous forme de chiffres sur des groupes, où rien ne vous identifie.",
            "As figures about groups, in which nothing identifies you.",
        ),
        ShareMode::LegalRequest => (
            "Dans les limites de la loi, pour y obéir ou pour défendre un droit : le strict nécessaire, et chaque \
             transmission est enregistrée.",
            "Within the law, to obey it or to defend a right: the least needed, and every disclosure is recorded.",
        ),
        ShareMode::Group => ("Au sein de notre groupe.", "Within our group."),
    };
    pick(locale, both)
}

pub(crate) fn party(party: Party, locale: Locale) -> &'static str {
    let both = match party {
        Party::SeparateController => (
            "Répond lui-même de l’usage qu’il en fait",
            "Answers itself for the use it makes of them",
        ),
        Party::JointController => (
            "En répond conjointement avec nous (RGPD, art. 26)",
            "Answers for them jointly with us (GDPR, art. 26)",
        ),
    };
    pick(locale, both)
}

pub(crate) fn share_notice(notice: ShareNotice, locale: Locale) -> &'static str {
    let both = match notice {
        ShareNotice::BeforeFirst => (
            "Avant la première fois, nous vous disons quelles données et pourquoi",
            "Before the first time we tell you which data and why",
        ),
        ShareNotice::AtEach => ("Nous vous le disons à chaque fois", "We tell you each time"),
        ShareNotice::Policy => ("Par cette politique", "By this policy"),
    };
    pick(locale, both)
}

/// A source as a heading.
#[must_use]
pub fn source_kind(kind: SourceKind, locale: Locale) -> &'static str {
    let both = match kind {
        SourceKind::Form => ("Formulaires de ce site", "Forms of this site"),
        SourceKind::Unsolicited => ("Candidatures spontanées", "Unsolicited applications"),
        SourceKind::Email => ("E-mails reçus", "E-mails received"),
        SourceKind::Event => ("Événements", "Events"),
        SourceKind::Download => ("Documents que vous avez demandés", "Documents you asked for"),
        SourceKind::SimilarService => ("Nos autres services", "Our other services"),
        SourceKind::Assessment => ("Questionnaires d’évaluation", "Assessment questionnaires"),
        SourceKind::CvLibrary => ("CVthèques", "CV libraries"),
        SourceKind::ProfessionalNetwork => {
            ("Réseaux professionnels en ligne", "Online professional networks")
        }
        SourceKind::Referral => ("Recommandations", "Referrals"),
        SourceKind::PublicRegister => ("Registres publics", "Public registers"),
        SourceKind::PublicPage => ("Sources accessibles à tous", "Publicly accessible sources"),
        SourceKind::DataProvider => ("Fournisseurs de données", "Data providers"),
        SourceKind::Partner => ("Partenaires", "Partners"),
        SourceKind::Client => ("Clients", "Clients"),
    };
    pick(locale, both)
}
