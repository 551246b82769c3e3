//! Owns: what the words of a cell mean in the charter's vocabulary. Doesn't own: what is done with those that mean nothing
//! (`write`).

use super::{durations, plain, table::says};
use crate::vocabulary::{BasisKind, People, PurposeKind, Trigger};

/// By the first that fits, so the particular before the general.
#[rustfmt::skip] // a table
const PURPOSES: [(PurposeKind, &[&str]); 33] = [
    (PurposeKind::AccountBooks, &["comptab", "accounting", "bookkeeping"]),
    (PurposeKind::Dispute, &["impaye", "contentieux", "unpaid", "debt collection"]),
    (PurposeKind::PreventFraud, &["fraude", "fraud", "litige", "anomalie", "abus", "abuse", "spam"]),
    (PurposeKind::AnswerRights, &["exercice de vos droits", "exercice des droits", "rights request", "data subject request"]),
    (PurposeKind::Newsletter, &["newsletter", "lettre d'information", "infolettre"]),
    (PurposeKind::Survey, &["enquete", "satisfaction", "sondage", "survey"]),
    (PurposeKind::ProspectB2b, &["prospection", "prospecting", "prospects"]),
    (PurposeKind::Promote, &["promotion", "jeux", "concours", "competition"]),
    (PurposeKind::Support, &["assistance", "renseignement", "support", "aide", "help"]),
    (PurposeKind::AnswerContact, &["formulaires de contact", "formulaire de contact", "contact form", "demandes de contact", "enquiries", "inquiries", "messages recus"]),
    (PurposeKind::Bill, &["facturation", "paiement", "invoic", "billing", "payment"]),
    (PurposeKind::Order, &["commande", "order", "achat", "purchase"]),
    (PurposeKind::RecommendProfiles, &["profils de candidats", "proposer des profils", "candidate suggestions", "suggest profiles"]),
    (PurposeKind::RecommendJobs, &["offres d'emploi personnalise", "proposer des offres", "recommend", "job alerts", "alertes emploi"]),
    (PurposeKind::PublishProfile, &["profil cv", "cvtheque publique", "cv profile", "publier votre profil", "page entreprise", "company page"]),
    (PurposeKind::ApplyUnsolicited, &["candidature spontanee", "candidatures spontanees", "unsolicited", "speculative"]),
    (PurposeKind::TrackApplication, &["suivi des candidatures", "suivi de votre candidature", "application tracking", "track your application"]),
    (PurposeKind::TalentPool, &["vivier", "cvtheque", "talent pool"]),
    (PurposeKind::Message, &["messagerie", "contacter des candidats", "messaging"]),
    (PurposeKind::ManageAccount, &["compte", "account", "espace personnel", "profil membre", "inscription", "registration"]),
    (PurposeKind::Interview, &["entretien", "interview"]),
    (PurposeKind::Assess, &["evaluation", "tests de", "assessment", "questionnaire"]),
    (PurposeKind::Apply, &["candidature", "recrut", "postuler", "application", "recruit", "hiring", "job offers"]),
    (PurposeKind::Audience, &["statisti", "audience", "frequentation", "analytics", "traffic"]),
    (PurposeKind::Train, &["formation", "training"]),
    (PurposeKind::Personalise, &["personnalis", "personali", "cookie", "preference"]),
    (PurposeKind::Backup, &["sauvegarde", "backup"]),
    (PurposeKind::Secure, &["securite", "security", "administration generale", "logs", "journa"]),
    (PurposeKind::LegalDuty, &["obligation", "legal", "conformite", "compliance"]),
    (PurposeKind::Experiment, &["experiment", "beta"]),
    (PurposeKind::Exchange, &["forum", "communaute", "community"]),
    (PurposeKind::Improve, &["amelior", "improv"]),
    (PurposeKind::AnswerContact, &["contact", "demande", "request"]),
];

#[rustfmt::skip] // a table
const PEOPLE: [(People, &[&str]); 14] = [
    (People::NewsletterReader, &["lecteur", "reader", "newsletter"]),
    (People::Visitor, &["visiteur", "internaute", "visitor"]),
    (People::Candidate, &["candidat", "postulant", "candidate", "applicant", "job seeker"]),
    (People::TalentPool, &["vivier", "talent pool"]),
    (People::Recruiter, &["recruteur", "recruiter", "employeur", "employer"]),
    (People::Subscriber, &["abonne", "subscriber"]),
    (People::Prospect, &["prospect"]),
    (People::Customer, &["client", "customer", "acheteur", "buyer"]),
    (People::Expert, &["expert", "freelance"]),
    (People::Referee, &["referent", "referee", "personnes de reference"]),
    (People::Staff, &["salarie", "collaborateur", "personnel", "staff", "employee"]),
    (People::AccountMember, &["membre", "utilisateur", "member", "user", "titulaire"]),
    (People::Contact, &["contact", "correspondant", "enquirer"]),
    (People::SourcedCandidate, &["candidats identifies", "sourced"]),
];

/// A field by its name in the charter, and the words that mean it; the longest that fits a piece of a cell wins.
#[rustfmt::skip] // a table
const FIELDS: [(&str, &[&str]); 43] = [
    ("given_name", &["prenom", "first name", "given name", "nom et prenom", "full name", "name", "names", "nom complet"]),
    ("family_name", &["nom", "noms", "last name", "surname", "family name", "nom et prenom", "full name", "name", "names", "nom complet"]),
    ("title?", &["civilite", "form of address", "salutation"]),
    ("gender?", &["genre", "sexe", "gender", "sex"]),
    ("email", &["mail", "e mail", "email", "courriel", "adresse mail", "adresse e mail", "adresse email", "adresse electronique", "email address", "e mail address"]),
    ("phone", &["telephone", "numero de telephone", "phone", "phone number", "mobile"]),
    ("address", &["adresse", "adresse postale", "address", "postal address"]),
    ("birth_date", &["date de naissance", "naissance", "date of birth", "birth date", "birth"]),
    ("nationality", &["nationalite", "nationality"]),
    ("work_right", &["autorisation de travail", "right to work", "work permit"]),
    ("photo", &["photo", "photo de profil", "profile photo", "picture"]),
    ("company", &["entreprise", "societe", "company", "employer"]),
    ("position", &["fonction", "poste", "position", "job title"]),
    ("subject", &["objet", "subject"]),
    ("message", &["message", "contenu du message"]),
    ("motivation", &["motivation", "lettre de motivation", "cover letter"]),
    ("cv", &["cv", "curriculum vitae", "resume"]),
    ("files", &["fichiers joints", "pieces jointes", "documents", "attached files", "attachments", "files"]),
    ("experience", &["experience", "experiences professionnelles", "experience professionnelle", "work experience", "parcours"]),
    ("education", &["diplome", "diplomes", "formation", "education", "degrees", "qualifications"]),
    ("skills", &["competence", "competences", "skills"]),
    ("languages", &["langue", "langues", "language", "languages"]),
    ("availability", &["disponibilite", "availability"]),
    ("job_search", &["recherche d'emploi", "job search"]),
    ("social_link", &["linkedin", "profil professionnel", "professional profile"]),
    ("social_accounts", &["reseaux sociaux", "comptes reseaux sociaux", "social network accounts", "social media accounts"]),
    ("sector", &["secteur", "secteur d'activite", "sector", "industry"]),
    ("profession", &["profession", "metier", "occupation"]),
    ("siret", &["siret"]),
    ("siren", &["siren"]),
    ("ape_code", &["ape", "code ape"]),
    ("company_photos", &["photos", "photos de l'entreprise"]),
    ("company_description", &["description", "presentation de l'entreprise"]),
    ("billing_email", &["mail de facturation", "e mail de facturation", "billing email"]),
    ("billing_address", &["adresse de facturation", "billing address"]),
    ("password", &["mot de passe", "password"]),
    ("connection", &["adresse ip", "ip", "ip address", "logs", "donnees de connexion", "connexion", "connection data", "connection", "navigateur", "browser"]),
    ("usage", &["cookies", "navigation", "donnees de navigation", "usage", "usage data", "pages visitees", "browsing data", "donnees de connexion et de navigation"]),
    ("search", &["historique de recherche", "search history", "recherches"]),
    ("exchange", &["messagerie", "messagerie interne", "messages echanges", "internal messages"]),
    ("contact_history", &["historique des candidats contactes", "historique des contacts", "contact history", "recruteurs contactes"]),
    ("invoice", &["facturation", "donnees de facturation", "factures", "invoices", "billing data"]),
    ("payment", &["paiement", "paiements", "arrivee des paiements", "payments", "payment reference"]),
];

/// Said of a card: no charter can hold them (PCI DSS 4.0.1, requirement 3.3).
const CARD: [&str; 8] = [
    "carte",
    "cryptogramme",
    "cvv",
    "card",
    "date d'expiration",
    "expiry",
    "iban",
    "security code",
];

#[rustfmt::skip] // a table
const TRIGGERS: [(Trigger, &[&str]); 15] = [
    (Trigger::LastContact, &["dernier contact", "dernier echange", "derniere interaction", "last contact", "last interaction"]),
    (Trigger::LastActivity, &["derniere activite", "inactivite", "derniere connexion", "derniere visite", "sans activite", "last activity", "inactiv", "without activity", "last login", "last visit", "last sign"]),
    (Trigger::Unsubscribed, &["desabonnement", "desinscription", "unsubscri"]),
    (Trigger::ConsentGiven, &["consentement", "consent", "autorisation"]),
    (Trigger::Withdrawn, &["retrait", "withdraw"]),
    (Trigger::Objected, &["opposition", "objection", "object"]),
    (Trigger::AccountClosed, &["fermeture", "cloture du compte", "suppression du compte", "closure", "account is closed", "closing"]),
    (Trigger::ContractEnd, &["fin du contrat", "fin de la relation", "end of the contract", "contract end", "end of the relationship"]),
    (Trigger::FiscalYearEnd, &["exercice", "financial year", "fiscal year"]),
    (Trigger::Payment, &["paiement", "payment", "facture", "invoice"]),
    (Trigger::ProcessEnd, &["fin du recrutement", "fin du processus", "fin de la procedure", "end of the recruitment", "end of the process"]),
    (Trigger::Decision, &["decision", "refus", "rejection"]),
    (Trigger::Submitted, &["envoi", "depot", "soumission", "reception", "submission", "you send", "sending"]),
    (Trigger::Connection, &["connexion", "connection", "visite", "visit"]),
    (Trigger::Collected, &["collecte", "enregistrement", "collection", "collected", "creation"]),
];

#[rustfmt::skip] // a table
const BASES: [(BasisKind, &[&str]); 6] = [
    (BasisKind::ExplicitConsent, &["consentement explicite", "explicit consent"]),
    (BasisKind::Precontract, &["precontract", "pre contract", "mesures precontractuelles"]),
    (BasisKind::LegalObligation, &["obligation legale", "legal obligation", "obligation"]),
    (BasisKind::LegitimateInterest, &["interet legitime", "interets legitimes", "legitimate interest"]),
    (BasisKind::Consent, &["consentement", "consent"]),
    (BasisKind::Contract, &["contrat", "contract", "execution"]),
];

fn fits(plain: &str, words: &[&str]) -> bool {
    words.iter().any(|word| says(plain, word))
}

pub(super) fn purpose(text: &str) -> Option<PurposeKind> {
    let text = plain(text);
    PURPOSES
        .iter()
        .find(|(_, words)| fits(&text, words))
        .map(|(kind, _)| *kind)
}

/// Everybody named.
pub(super) fn people(text: &str) -> Vec<People> {
    let text = plain(text);
    let named = PEOPLE.iter().filter(|(_, words)| fits(&text, words));
    named.map(|(people, _)| *people).collect()
}

pub(super) fn basis(text: &str) -> Option<BasisKind> {
    let text = plain(text);
    BASES
        .iter()
        .find(|(_, words)| fits(&text, words))
        .map(|(kind, _)| *kind)
}

/// What a cell of data says: fields by name, and the pieces that mean none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Data {
    pub(super) fields: Vec<&'static str>,
    pub(super) unknown: Vec<String>,
    /// Pieces about a bank card.
    pub(super) card: Vec<String>,
}

pub(super) fn data(text: &str) -> Data {
    let mut data = Data::default();
    for piece in text.split([',', ';', '(', ')', ':', '•', '\n', '/']) {
        let piece = piece.trim().trim_end_matches('.');
        let words = plain(piece);
        let words = words
            .strip_prefix("et ")
            .or_else(|| words.strip_prefix("and "))
            .unwrap_or(&words);
        // "Coordonnées de contact (nom, prénom…)": what stands before the bracket only announces.
        if words.is_empty() || text.contains(&format!("{piece} (")) {
            continue;
        }
        if fits(words, &CARD) {
            data.card.push(piece.to_owned());
            continue;
        }
        let found = fields(words);
        if found.is_empty() {
            data.unknown.push(piece.to_owned());
        }
        for field in found {
            if !data.fields.contains(&field) {
                data.fields.push(field);
            }
        }
    }
    data
}

/// The fields that a piece means: those of the longest words that it says, again and again until nothing is left.
fn fields(piece: &str) -> Vec<&'static str> {
    let mut left = format!(" {piece} ");
    let mut found = Vec::new();
    loop {
        let said = FIELDS.iter().flat_map(|(_, words)| words.iter());
        let longest = said
            .filter(|word| left.contains(&format!(" {word} ")))
            .max_by_key(|word| word.len());
        let Some(longest) = longest else { return found };
        for (field, words) in &FIELDS {
            if words.contains(longest) {
                found.push(*field);
            }
        }
        left = left.replacen(&format!(" {longest} "), "  ", 1);
    }
}

/// How long and from what, so far as the cell says it in one way.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Nothing there.
    Silent,
    /// No duration, or several.
    Unclear,
    /// A duration, with what it counts from when said.
    For(String, Option<Trigger>),
}

pub(super) fn kept(text: &str) -> Kept {
    if text.is_empty() {
        return Kept::Silent;
    }
    let words = plain(text);
    let trigger = TRIGGERS
        .iter()
        .find(|(_, starts)| fits(&words, starts))
        .map(|(trigger, _)| *trigger);
    match durations(text).as_slice() {
        [only] => Kept::For(only.clone(), trigger),
        _ => Kept::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_become_fields_and_what_is_left_is_told() {
        let of = |text| data(text).fields;
        assert_eq!(
            of("Coordonnées (nom, prénom, adresse mail, n° de téléphone)"),
            ["family_name", "given_name", "email", "phone"]
        );
        assert_eq!(
            of("Full name, e-mail address and CV"),
            ["given_name", "family_name", "email", "cv"]
        );
        assert_eq!(of("Adresse IP Cookies Logs"), ["connection", "usage"]);
        assert_eq!(of("civilité, mail de facturation"), ["title?", "billing_email"]);
        let odd = data("nom, groupe sanguin, numéro de la carte");
        assert_eq!(
            (odd.fields, odd.unknown, odd.card),
            (
                vec!["family_name"],
                vec!["groupe sanguin".to_owned()],
                vec!["numéro de la carte".to_owned()]
            )
        );
    }

    #[test]
    fn durations_come_with_what_they_count_from() {
        let for_ = |iso: &str, from| Kept::For(iso.to_owned(), from);
        assert_eq!(
            kept("2 ans après le dernier contact"),
            for_("P2Y", Some(Trigger::LastContact))
        );
        assert_eq!(kept("13 months"), for_("P13M", None));
        assert_eq!(
            kept("12 mois d’inactivité du compte"),
            for_("P12M", Some(Trigger::LastActivity))
        );
        assert_eq!(kept("de 30 jours à 12 mois"), Kept::Unclear);
        assert_eq!(kept("le temps nécessaire"), Kept::Unclear);
        assert_eq!(kept(""), Kept::Silent);
    }

    #[test]
    fn every_field_is_one_that_forms_know() {
        for (name, _) in FIELDS {
            let name = name.trim_end_matches('?');
            assert!(crate::builtin::names().any(|known| known == name), "{name}");
        }
    }
}
