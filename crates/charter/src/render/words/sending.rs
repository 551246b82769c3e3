//! Owns: how processors, trackers, machines, rights, measures and prohibitions read. Doesn't own: readers.

use kernel::Locale;

use super::{duration_words, pick};
use crate::{
    model::Keep,
    vocabulary::{
        AiTask, Channel, Deletion, FileType, Human, Logging, Measure, Prohibition, Receives, Right, Service,
        TrackerClass, TrackerKind, Transfer,
    },
};

pub(crate) fn service(service: Service, locale: Locale) -> &'static str {
    let both = match service {
        Service::Hosting => ("Hébergement", "Hosting"),
        Service::Mail => ("Envoi des e-mails", "Sending e-mails"),
        Service::Authentication => ("Authentification", "Authentication"),
        Service::Cms => ("Gestion des pages", "Page management"),
        Service::Ocr => ("Lecture des documents numérisés", "Reading of scanned documents"),
        Service::LanguageModel => ("Modèle de langage", "Language model"),
        Service::Multiposting => ("Diffusion des offres", "Posting of vacancies"),
        Service::Automation => ("Automatisation", "Automation"),
        Service::Audience => ("Mesure d’audience", "Audience measurement"),
        Service::Cdn => ("Diffusion des fichiers", "File delivery"),
        Service::Backup => ("Sauvegarde", "Backup"),
        Service::Newsletter => ("Envoi de la lettre d’information", "Sending the newsletter"),
        Service::Assessment => ("Évaluations", "Assessments"),
        Service::Payment => ("Paiement", "Payment"),
        Service::Calendar => ("Agenda", "Calendar"),
        Service::Crm => ("Gestion des contacts", "Contact management"),
        Service::Monitoring => ("Surveillance technique", "Technical monitoring"),
    };
    pick(locale, both)
}

pub(crate) fn transfer(transfer: Transfer, locale: Locale) -> &'static str {
    let both = match transfer {
        Transfer::None => (
            "aucun transfert hors de l’Espace économique européen",
            "no transfer outside the European Economic Area",
        ),
        Transfer::Adequacy => (
            "décision d’adéquation de la Commission européenne (RGPD, art. 45)",
            "adequacy decision of the European Commission (GDPR, art. 45)",
        ),
        Transfer::Dpf => (
            "cadre de protection des données UE – États-Unis (RGPD, art. 45)",
            "EU–US Data Privacy Framework (GDPR, art. 45)",
        ),
        Transfer::Scc => (
            "clauses contractuelles types (RGPD, art. 46.2.c)",
            "standard contractual clauses (GDPR, art. 46(2)(c))",
        ),
        Transfer::Bcr => (
            "règles d’entreprise contraignantes (RGPD, art. 47)",
            "binding corporate rules (GDPR, art. 47)",
        ),
    };
    pick(locale, both)
}

pub(crate) fn shape(receives: Receives, locale: Locale) -> &'static str {
    let both = match receives {
        Receives::All => (
            "toutes les données de ces finalités",
            "all data of these purposes",
        ),
        Receives::Anonymous => (
            "des éléments où rien ne vous identifie",
            "elements in which nothing identifies you",
        ),
        Receives::NothingPersonal => ("aucune donnée personnelle", "no personal data"),
        Receives::Aggregate => (
            "des chiffres sur des groupes, où rien ne vous identifie",
            "figures about groups, in which nothing identifies you",
        ),
    };
    pick(locale, both)
}

pub(crate) fn keep(keep: Keep, locale: Locale) -> String {
    match keep {
        Keep::WithUs => pick(locale, ("aussi longtemps que nous", "as long as we do")).to_owned(),
        Keep::Nothing => pick(
            locale,
            ("rien, une fois le travail fait", "nothing once the work is done"),
        )
        .to_owned(),
        Keep::For(duration) => {
            let words = duration_words(duration, locale);
            match locale {
                Locale::Fr => format!("{words} au plus"),
                Locale::En => format!("{words} at most"),
            }
        }
    }
}

pub(crate) fn deletion(deletion: Deletion, locale: Locale) -> &'static str {
    let both = match deletion {
        Deletion::Api => (
            "sur notre ordre, par son interface",
            "on our order, through its interface",
        ),
        Deletion::Cascade => ("en même temps que chez nous", "together with ours"),
        Deletion::Ttl => ("à échéance, de lui-même", "at a set time, by itself"),
        Deletion::Manual => ("à la main, sur notre demande", "by hand, at our request"),
        Deletion::Count => (
            "à échéance, il n’en reste que des statistiques",
            "at a set time; only statistics remain",
        ),
    };
    pick(locale, both)
}

pub(crate) fn logging(logging: Logging, locale: Locale) -> &'static str {
    let both = match logging {
        Logging::None => ("rien de personnel", "nothing personal"),
        Logging::Metadata => (
            "expéditeur, destinataire, date et taille, sans le contenu",
            "sender, recipient, date and size, without the content",
        ),
        Logging::Full => ("les envois et leur contenu", "what is sent and its content"),
    };
    pick(locale, both)
}

pub(crate) fn tracker_kind(kind: TrackerKind, locale: Locale) -> &'static str {
    let both = match kind {
        TrackerKind::Cookie => ("cookie", "cookie"),
        TrackerKind::Storage => ("stockage du navigateur", "browser storage"),
        TrackerKind::Pixel => ("pixel", "pixel"),
        TrackerKind::Redirect => ("lien de redirection", "redirecting link"),
        TrackerKind::Fingerprint => ("empreinte du navigateur", "browser fingerprint"),
        TrackerKind::DeviceId => ("identifiant de l’appareil mobile", "mobile device identifier"),
    };
    pick(locale, both)
}

pub(crate) fn tracker_class(class: TrackerClass, locale: Locale) -> &'static str {
    let both = match class {
        TrackerClass::Necessary => ("nécessaire au fonctionnement", "necessary for the site to work"),
        TrackerClass::Preference => ("mémoire de vos préférences", "memory of your preferences"),
        TrackerClass::AudienceExempt => ("mesure d’audience exemptée", "exempted audience measurement"),
        TrackerClass::Analytics => ("mesure d’audience", "audience measurement"),
        TrackerClass::Advertising => ("publicité", "advertising"),
        TrackerClass::EmailOpen => ("ouverture des e-mails", "opening of e-mails"),
        TrackerClass::EmailClick => ("clics dans les e-mails", "clicks in e-mails"),
        TrackerClass::Security => ("sécurité", "security"),
        TrackerClass::Choice => ("mémoire de vos choix", "memory of your choices"),
    };
    pick(locale, both)
}

pub(crate) fn ai_task(task: AiTask, locale: Locale) -> &'static str {
    let both = match task {
        AiTask::Skills => ("Relever les compétences d’un CV", "Find the skills in a CV"),
        AiTask::Suitability => (
            "Estimer l’adéquation d’un profil à une offre",
            "Estimate how a profile suits a vacancy",
        ),
        AiTask::Summary => ("Résumer un contenu", "Summarise a content"),
        AiTask::Ocr => ("Lire un document numérisé", "Read a scanned document"),
        AiTask::Recommend => (
            "Proposer des offres, des profils ou des contenus",
            "Propose vacancies, profiles or content",
        ),
    };
    pick(locale, both)
}

pub(crate) fn human(human: Human, locale: Locale) -> &'static str {
    let both = match human {
        Human::Decides => (
            "une personne examine le résultat et décide",
            "a person reviews the result and decides",
        ),
        Human::Verifies => ("une personne vérifie le résultat", "a person verifies the result"),
    };
    pick(locale, both)
}

pub(crate) fn channel(channel: Channel, locale: Locale) -> &'static str {
    let both = match channel {
        Channel::Site => ("sur le site", "on the site"),
        Channel::Email => ("par e-mail", "by e-mail"),
        Channel::Post => ("par courrier", "by post"),
        Channel::Phone => ("par téléphone", "by phone"),
        Channel::Account => ("dans votre espace", "in your area"),
    };
    pick(locale, both)
}

/// The name of a right and what it lets the person do.
pub(crate) fn right(right: Right, locale: Locale) -> (&'static str, &'static str) {
    let (name, what) = match right {
        Right::Access => (
            ("Accès", "Access"),
            (
                "savoir quelles données nous avons sur vous et en recevoir une copie.",
                "learn which data we hold about you and receive a copy.",
            ),
        ),
        Right::Rectify => (
            ("Rectification", "Rectification"),
            (
                "faire corriger ou compléter ce qui est inexact.",
                "have what is inaccurate corrected or completed.",
            ),
        ),
        Right::Erase => (
            ("Effacement", "Erasure"),
            (
                "faire effacer vos données, sauf ce que la loi nous oblige à garder.",
                "have your data erased, except what the law obliges us to keep.",
            ),
        ),
        Right::Restrict => (
            ("Limitation", "Restriction"),
            (
                "faire suspendre l’usage de vos données le temps d’une vérification ou d’une réclamation.",
                "have the use of your data suspended while something is verified or claimed.",
            ),
        ),
        Right::Portability => (
            ("Portabilité", "Portability"),
            (
                "recevoir dans un format réutilisable les données que vous nous avez fournies, lorsque leur usage \
                 repose sur votre consentement ou sur un contrat.",
                "receive the data you gave us in a reusable format, where their use rests on your consent or on a \
                 contract.",
            ),
        ),
        Right::Object => (
            ("Opposition", "Objection"),
            (
                "vous opposer, pour des raisons tenant à votre situation, à ce qui repose sur notre intérêt légitime ; \
                 sans avoir à vous justifier s’il s’agit de prospection.",
                "object, on grounds relating to your situation, to what rests on our legitimate interest; without \
                 giving grounds where it is prospecting.",
            ),
        ),
        Right::Withdraw => (
            ("Retrait du consentement", "Withdrawal of consent"),
            (
                "retirer à tout moment un consentement, sans effet sur ce qui a été fait avant.",
                "withdraw a consent at any time, without effect on what was done before.",
            ),
        ),
        Right::HumanReview => (
            ("Regard humain", "Human review"),
            (
                "demander qu’une personne réexamine ce qui vous concerne, donner votre point de vue et contester une décision.",
                "ask that a person look again at what concerns you, give your point of view and contest a decision.",
            ),
        ),
        Right::Explanation => (
            ("Explication", "Explanation"),
            (
                "recevoir une explication claire du rôle d’un système d’intelligence artificielle dans une décision.",
                "receive a clear explanation of the part a system of artificial intelligence played in a decision.",
            ),
        ),
        Right::Complaint => (
            ("Réclamation", "Complaint"),
            (
                "saisir l’autorité de contrôle",
                "lodge a complaint with the supervisory authority",
            ),
        ),
        Right::PostMortem => (
            ("Directives après la mort", "Directives after death"),
            (
                "laisser des directives sur le sort de vos données après votre mort.",
                "leave directives on what becomes of your data after your death.",
            ),
        ),
    };
    (pick(locale, name), pick(locale, what))
}

pub(crate) fn measure(measure: Measure, locale: Locale) -> &'static str {
    let both = match measure {
        Measure::EncryptionInTransit => (
            "Les échanges avec le site sont chiffrés.",
            "Exchanges with the site are encrypted.",
        ),
        Measure::EncryptionAtRest => (
            "Vos données et vos fichiers sont enregistrés chiffrés.",
            "Your data and files are stored encrypted.",
        ),
        Measure::DossierKeys => (
            "Chaque dossier a sa propre clé ; l’effacer détruit la clé, ce qui rend illisibles jusqu’aux copies.",
            "Each file has a key of its own; erasing it destroys the key, which makes even the copies unreadable.",
        ),
        Measure::RoleAccess => (
            "Chacun n’accède qu’à ce que son rôle et cette politique permettent.",
            "Everybody reaches only what their role and this policy allow.",
        ),
        Measure::PersonalLogin => (
            "Chaque membre de l’équipe a son propre accès.",
            "Every member of the team has a login of their own.",
        ),
        Measure::AccessRecords => (
            "Chaque consultation de vos données est enregistrée, et vous pouvez savoir qui les a lues.",
            "Every reading of your data is recorded, and you can learn who read them.",
        ),
        Measure::Logging => (
            "Les événements de sécurité sont enregistrés.",
            "Security events are recorded.",
        ),
        Measure::EnvironmentsApart => (
            "Les essais se font à part, sans vos données.",
            "Tests are run apart, without your data.",
        ),
        Measure::EncryptedBackups => ("Les sauvegardes sont chiffrées.", "Backups are encrypted."),
        Measure::RestoreDrills => (
            "La restauration est essayée régulièrement.",
            "Restoring is rehearsed regularly.",
        ),
        Measure::SecondFactor => (
            "L’équipe se connecte avec un second facteur.",
            "The team signs in with a second factor.",
        ),
        Measure::Audits => ("La sécurité est auditée.", "Security is audited."),
        Measure::Integrity => (
            "Les données sont protégées contre la perte, l’altération et la divulgation.",
            "Data are protected against loss, alteration and disclosure.",
        ),
        Measure::Availability => (
            "Des sauvegardes et une surveillance gardent les données disponibles.",
            "Backups and monitoring keep the data available.",
        ),
        Measure::PhysicalSecurity => (
            "L’accès aux locaux et aux machines est protégé.",
            "Access to premises and machines is protected.",
        ),
        Measure::InternalDataApart => (
            "Nos fichiers internes sont tenus à part des données de recrutement.",
            "Our internal files are kept apart from recruitment data.",
        ),
        Measure::Organisation => (
            "Notre organisation intègre la protection des données.",
            "Our organisation takes data protection into account.",
        ),
        Measure::StaffRules => (
            "Une charte annexée au règlement intérieur encadre l’usage de l’informatique.",
            "A charter annexed to the staff rules governs the use of IT.",
        ),
        Measure::StrictContracts => (
            "Des contrats stricts lient tous ceux qui touchent aux données.",
            "Strict contracts bind whoever handles the data.",
        ),
    };
    pick(locale, both)
}

pub(crate) fn prohibition(prohibition: Prohibition, locale: Locale) -> &'static str {
    let both = match prohibition {
        Prohibition::Sell => ("Nous ne vendons pas vos données.", "We don’t sell your data."),
        Prohibition::ShareForProspecting => (
            "Nous ne les transmettons à personne à des fins de prospection commerciale.",
            "We don’t pass them to anybody for commercial prospecting.",
        ),
        Prohibition::AdTracker => (
            "Nous n’utilisons aucun cookie publicitaire.",
            "We use no advertising cookie.",
        ),
        Prohibition::IndividualTracking => (
            "Nous n’utilisons aucun identifiant qui permette de suivre votre navigation.",
            "We use no identifier by which your browsing could be tracked.",
        ),
        Prohibition::EmailTracking => (
            "Nous ne mesurons ni l’ouverture de nos e-mails ni vos clics.",
            "We measure neither the opening of our e-mails nor your clicks.",
        ),
        Prohibition::SoleAutomatedDecision => (
            "Aucune décision vous concernant n’est prise par une machine seule.",
            "No decision about you is taken by a machine alone.",
        ),
        Prohibition::TrainAi => (
            "Vos données ne servent à entraîner aucun modèle d’intelligence artificielle.",
            "Your data train no model of artificial intelligence.",
        ),
        Prohibition::EmotionAi => (
            "Aucun système ne cherche à déduire vos émotions.",
            "No system tries to infer your emotions.",
        ),
        Prohibition::LeaveEea => (
            "Vos données ne quittent pas l’Espace économique européen.",
            "Your data don’t leave the European Economic Area.",
        ),
        Prohibition::VendorAccess => (
            "Ceux qui ont conçu le site n’ont pas accès à vos données.",
            "Whoever built the site has no access to your data.",
        ),
        Prohibition::StoreCard => (
            "Nous n’enregistrons pas de numéro de carte bancaire.",
            "We store no payment card number.",
        ),
        Prohibition::ProtectedGrounds => (
            "Aucune recherche ni aucun classement ne porte sur ce que la loi protège de la discrimination.",
            "No search or ranking uses what the law protects from discrimination.",
        ),
        Prohibition::Exchange => (
            "Nous n’échangeons ces données avec personne, que ce soit à but commercial ou non.",
            "We exchange these data with nobody, commercially or not.",
        ),
        Prohibition::ShareWithoutAgreement => (
            "Nous ne partageons rien avec un partenaire sans votre accord préalable.",
            "We share nothing with a partner without your prior agreement.",
        ),
        Prohibition::CrossSite => (
            "Nous ne suivons pas votre navigation d’un site à l’autre.",
            "We don’t follow your browsing from one site to another.",
        ),
        Prohibition::AskSalaryHistory => (
            "Nous ne demandons pas votre salaire actuel ou passé.",
            "We don’t ask what you earn or earned.",
        ),
        Prohibition::KeepInMailboxes => (
            "Nous ne gardons pas de candidature dans nos messageries.",
            "We keep no application in our mailboxes.",
        ),
    };
    pick(locale, both)
}

/// The file types of a field, as people know them: "PDF, DOCX ou ODT".
pub(crate) fn file_list(types: &[FileType], locale: Locale) -> String {
    let names: Vec<String> = types
        .iter()
        .filter_map(|file| file.extensions().first())
        .map(|name| name.to_uppercase())
        .collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            format!("{}{}{last}", first.join(", "), pick(locale, (" ou ", " or ")))
        }
        names => names.concat(),
    }
}
