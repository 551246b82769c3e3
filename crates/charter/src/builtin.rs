//! Owns: the fields every charter knows without declaring them, with their names and reasons in both languages.
//! Doesn't own: which of them a charter asks.

use crate::{
    ClauseId, Text,
    model::{Field, Rule},
    vocabulary::{
        Category::{self, *},
        FieldKind::{self, Data, Date, Email, File, Files, LongText, Password, Tel},
        FileType, Necessity, Origin, Sensitivity,
    },
};

/// A field before any charter touches it.
struct Builtin {
    name: &'static str,
    category: Category,
    kind: FieldKind,
    label: Text,
    why: Text,
}

const fn field(
    name: &'static str,
    category: Category,
    kind: FieldKind,
    label: (&'static str, &'static str),
    why: (&'static str, &'static str),
) -> Builtin {
    Builtin {
        name,
        category,
        kind,
        label: Text::fixed(label.0, label.1),
        why: Text::fixed(why.0, why.1),
    }
}

/// What people give by hand.
#[rustfmt::skip] // a table
const GIVEN: [Builtin; 45] = [
    field("given_name", Identity, FieldKind::Text,
        ("Prénom", "First name"),
        ("Pour savoir à qui nous nous adressons.", "So that we know whom we are speaking to.")),
    field("family_name", Identity, FieldKind::Text,
        ("Nom", "Last name"),
        ("Pour savoir à qui nous nous adressons.", "So that we know whom we are speaking to.")),
    field("title", Title, FieldKind::Text,
        ("Civilité", "Form of address"),
        ("Pour vous écrire comme vous le souhaitez.", "To write to you the way you prefer.")),
    field("email", Contact, Email,
        ("Adresse e-mail", "E-mail address"),
        ("Pour vous répondre et vous tenir au courant.", "To answer you and keep you informed.")),
    field("phone", Contact, Tel,
        ("Numéro de téléphone", "Phone number"),
        ("Pour convenir d’un échange de vive voix.", "To arrange a conversation with you.")),
    field("address", Address, LongText,
        ("Adresse postale", "Postal address"),
        ("Pour vous écrire par courrier.", "To write to you by post.")),
    field("birth_date", Birth, Date,
        ("Date de naissance", "Date of birth"),
        ("Pour le questionnaire d’évaluation uniquement.", "For the assessment questionnaire only.")),
    field("nationality", Nationality, FieldKind::Text,
        ("Nationalité", "Nationality"),
        ("Pour les démarches qui l’exigent.", "For formalities that require it.")),
    field("work_right", WorkRight, FieldKind::Choice,
        ("Autorisation de travail", "Right to work"),
        ("Pour savoir si une démarche est nécessaire.", "To know whether a formality is needed.")),
    field("photo", Photo, File,
        ("Photo", "Photo"),
        ("Pour illustrer votre profil, si vous le souhaitez.", "To illustrate your profile, if you wish.")),
    field("company", Company, FieldKind::Text,
        ("Entreprise", "Company"),
        ("Pour comprendre au nom de qui vous écrivez.", "To understand on whose behalf you are writing.")),
    field("position", Company, FieldKind::Text,
        ("Fonction", "Position"),
        ("Pour vous mettre en relation avec la bonne personne.", "To put you in touch with the right person.")),
    field("company_number", Company, FieldKind::Text,
        ("Numéro d’immatriculation", "Registration number"),
        ("Pour identifier l’entreprise.", "To identify the company.")),
    field("subject", FreeText, FieldKind::Text,
        ("Objet", "Subject"),
        ("Pour orienter votre message.", "To route your message.")),
    field("message", Message, LongText,
        ("Message", "Message"),
        ("Pour comprendre votre demande.", "To understand your request.")),
    field("motivation", Letter, LongText,
        ("Motivation", "Motivation"),
        ("Pour comprendre ce qui vous attire dans ce poste.", "To understand what draws you to this job.")),
    field("cv", CvDocument, File,
        ("CV", "CV"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("documents", CvDocument, Files,
        ("Documents", "Documents"),
        ("Pour appuyer votre candidature.", "To support your application.")),
    field("experience", Experience, LongText,
        ("Expérience professionnelle", "Work experience"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("education", Education, LongText,
        ("Formation et diplômes", "Education and degrees"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("skills", Skills, LongText,
        ("Compétences", "Skills"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("languages", Languages, LongText,
        ("Langues", "Languages"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("availability", Availability, FieldKind::Text,
        ("Disponibilité", "Availability"),
        ("Pour savoir quand vous pourriez commencer.", "To know when you could start.")),
    field("social_link", SocialLink, FieldKind::Text,
        ("Profil professionnel en ligne", "Online professional profile"),
        ("Pour compléter votre CV, si vous le souhaitez.", "To complete your CV, if you wish.")),
    field("sector", Experience, FieldKind::Text,
        ("Secteur d’activité", "Sector"),
        ("Pour vous écrire à propos de ce qui vous concerne.", "To write to you about what concerns you.")),
    field("profession", Experience, FieldKind::Text,
        ("Métier", "Profession"),
        ("Pour vous écrire à propos de ce qui vous concerne.", "To write to you about what concerns you.")),
    field("files", FreeText, Files,
        ("Pièces jointes", "Attached files"),
        ("Pour illustrer votre demande.", "To illustrate your request.")),
    field("password", Credential, Password,
        ("Mot de passe", "Password"),
        ("Pour que vous seul accédiez à votre espace.", "So that only you can reach your area.")),
    field("gender", Title, FieldKind::Text,
        ("Genre", "Gender"),
        ("Si le questionnaire en tient compte ; vous pouvez ne pas répondre.", "If the questionnaire takes it into account; you may leave it out.")),
    field("job_search", Availability, LongText,
        ("Recherche d’emploi", "Job search"),
        ("Pour vous proposer ce que vous cherchez.", "To propose what you are looking for.")),
    field("career_level", Experience, FieldKind::Text,
        ("Niveau de carrière", "Career level"),
        ("Pour comparer ce qui est comparable.", "To compare what can be compared.")),
    field("school", Education, FieldKind::Text,
        ("École", "School"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("degree", Education, FieldKind::Text,
        ("Diplôme, spécialité et année", "Degree, speciality and year"),
        ("Pour étudier votre parcours.", "To study your background.")),
    field("recovery_email", Contact, Email,
        ("Seconde adresse e-mail", "Second e-mail address"),
        ("Pour vous joindre si la première ne répond plus.", "To reach you if the first no longer works.")),
    field("identity_proof", Identity, File,
        ("Justificatif d’identité", "Proof of identity"),
        ("En cas de doute raisonnable sur l’auteur d’une demande.", "In case of reasonable doubt about who makes a request.")),
    field("referee", Contact, LongText,
        ("Personnes à contacter", "Referees"),
        ("Pour prendre des références, si vous l’avez annoncé à ces personnes.", "To take up references, if you have told these people.")),
    field("content", FreeText, LongText,
        ("Contenu publié", "Published content"),
        ("Pour le publier en votre nom.", "To publish it in your name.")),
    field("company_description", Company, LongText,
        ("Présentation de l’entreprise", "Description of the company"),
        ("Pour présenter l’entreprise aux candidats.", "To present the company to candidates.")),
    field("company_photos", Company, Files,
        ("Photos de l’entreprise", "Photos of the company"),
        ("Pour présenter l’entreprise aux candidats.", "To present the company to candidates.")),
    field("siren", Company, FieldKind::Text,
        ("Numéro SIREN", "SIREN number"),
        ("Pour identifier l’entreprise.", "To identify the company.")),
    field("siret", Company, FieldKind::Text,
        ("Numéro SIRET", "SIRET number"),
        ("Pour identifier l’établissement.", "To identify the establishment.")),
    field("ape_code", Company, FieldKind::Text,
        ("Code APE", "APE code"),
        ("Pour connaître l’activité de l’entreprise.", "To know what the company does.")),
    field("social_accounts", Company, LongText,
        ("Comptes de réseaux sociaux", "Social network accounts"),
        ("Pour mener à l’entreprise.", "To lead to the company.")),
    field("billing_address", Billing, LongText,
        ("Adresse de facturation", "Billing address"),
        ("Pour établir la facture.", "To draw up the invoice.")),
    field("billing_email", Billing, Email,
        ("E-mail de facturation", "Billing e-mail"),
        ("Pour envoyer la facture.", "To send the invoice.")),
];

/// What the service makes or observes; no form can ask for it.
#[rustfmt::skip] // a table
const MADE: [Builtin; 36] = [
    field("vacancy", Status, Data,
        ("Offre concernée", "Vacancy concerned"),
        ("Pour rattacher la candidature à son offre.", "To attach the application to its vacancy.")),
    field("origin", Status, Data,
        ("Provenance de la candidature", "Where the application came from"),
        ("Pour vous dire d’où nous tenons vos données.", "To tell you where we have your data from.")),
    field("status", Status, Data,
        ("Étapes de la candidature", "Stages of the application"),
        ("Pour suivre la candidature.", "To follow the application.")),
    field("decision", Status, Data,
        ("Décision motivée", "Reasoned decision"),
        ("Pour pouvoir expliquer la décision.", "To be able to explain the decision.")),
    field("note", Note, Data,
        ("Notes des recruteurs", "Recruiters’ notes"),
        ("Pour préparer les échanges et la décision.", "To prepare conversations and the decision.")),
    field("exchange", Message, Data,
        ("Messages échangés", "Messages exchanged"),
        ("Pour garder le fil du recrutement.", "To keep the thread of the recruitment.")),
    field("interview", Status, Data,
        ("Entretiens", "Interviews"),
        ("Pour organiser les entretiens.", "To organise interviews.")),
    field("credential", Credential, Data,
        ("Identifiants de connexion", "Sign-in credentials"),
        ("Pour ouvrir l’espace à la bonne personne.", "To open the area to the right person.")),
    field("connection", Connection, Data,
        ("Données de connexion (adresse IP, date, navigateur)", "Connection data (IP address, date, browser)"),
        ("Pour protéger le site.", "To protect the site.")),
    field("session", Connection, Data,
        ("Sessions ouvertes", "Open sessions"),
        ("Pour vous garder connecté et vous montrer vos sessions.", "To keep you signed in and show you your sessions.")),
    field("language", Usage, Data,
        ("Langue choisie", "Chosen language"),
        ("Pour vous écrire dans votre langue.", "To write to you in your language.")),
    field("access_record", Usage, Data,
        ("Registre des consultations", "Record of readings"),
        ("Pour vous montrer qui a vu vos données.", "To show you who saw your data.")),
    field("suppressed_contact", Consent, Data,
        ("Empreinte de l’adresse à ne plus solliciter", "Fingerprint of the address to leave alone"),
        ("Pour ne plus vous importer ni vous écrire sans que vous le demandiez.", "To take you in from elsewhere or write to you unasked no more.")),
    field("rights_request", Message, Data,
        ("Demandes d’exercice de droits", "Requests to exercise rights"),
        ("Pour répondre à la demande et le prouver.", "To answer the request and prove it.")),
    field("consent", Consent, Data,
        ("Consentements donnés et retirés", "Consents given and withdrawn"),
        ("Pour respecter votre choix et le prouver.", "To respect your choice and prove it.")),
    field("profile", Experience, Data,
        ("Profil structuré", "Structured profile"),
        ("Pour retrouver votre parcours.", "To find your background again.")),
    field("ai_skills", AiResult, Data,
        ("Compétences relevées par une machine", "Skills found by a machine"),
        ("Pour aider la lecture du CV.", "To help in reading the CV.")),
    field("ai_summary", AiResult, Data,
        ("Résumé fait par une machine", "Summary made by a machine"),
        ("Pour aider la lecture du CV.", "To help in reading the CV.")),
    field("match_score", MatchScore, Data,
        ("Adéquation avec l’offre", "Suitability for the vacancy"),
        ("Pour aider la présélection.", "To help in pre-screening.")),
    field("assessment_result", AssessmentResult, Data,
        ("Résultats d’évaluation", "Assessment results"),
        ("Pour éclairer l’échange avec vous.", "To inform the conversation with you.")),
    field("favourite", Favourite, Data,
        ("Favoris", "Favourites"),
        ("Pour retrouver ce qui vous intéresse.", "To find what interests you again.")),
    field("search", Search, Data,
        ("Recherches enregistrées", "Saved searches"),
        ("Pour retrouver vos recherches.", "To find your searches again.")),
    field("usage", Usage, Data,
        ("Données d’utilisation", "Usage data"),
        ("Pour améliorer le service.", "To improve the service.")),
    field("login_kind", Usage, Data,
        ("Type de connexion par un compte tiers", "Kind of sign-in through a third-party account"),
        ("Pour améliorer le service.", "To improve the service.")),
    field("email_event", Usage, Data,
        ("Ouvertures et clics dans les e-mails", "Opens and clicks in e-mails"),
        ("Pour mesurer nos envois, si vous l’acceptez.", "To measure what we send, if you agree.")),
    field("device", Connection, Data,
        ("Système, réseau et appareil utilisés", "System, network and device used"),
        ("Pour protéger le site.", "To protect the site.")),
    field("segment", Usage, Data,
        ("Groupes auxquels vous appartenez", "Groups you belong to"),
        ("Pour adapter ce que nous vous proposons.", "To adapt what we propose to you.")),
    field("contact_history", Message, Data,
        ("Historique des contacts", "History of contacts"),
        ("Pour retrouver les personnes contactées.", "To find the people contacted again.")),
    field("training", AssessmentResult, Data,
        ("Formations suivies", "Trainings taken"),
        ("Pour suivre vos formations.", "To follow your trainings.")),
    field("directives", FreeText, Data,
        ("Directives après la mort", "Directives after death"),
        ("Pour respecter ce que vous avez décidé.", "To respect what you decided.")),
    field("disclosure", Status, Data,
        ("Registre des transmissions", "Record of disclosures"),
        ("Pour vous dire à qui vos données sont allées.", "To tell you to whom your data went.")),
    field("coarse_location", CoarseLocation, Data,
        ("Localisation approximative", "Approximate location"),
        ("Pour choisir la langue et la région.", "To choose language and region.")),
    field("download_count", DownloadCount, Data,
        ("Nombre de téléchargements", "Number of downloads"),
        ("Pour prévenir les abus.", "To prevent abuse.")),
    field("invoice", Billing, Data,
        ("Factures", "Invoices"),
        ("Pour tenir la comptabilité.", "To keep the books.")),
    field("payment", PaymentToken, Data,
        ("Référence de paiement", "Payment reference"),
        ("Pour rapprocher le paiement de la facture.", "To match the payment with the invoice.")),
    field("subscription", Status, Data,
        ("Abonnements", "Subscriptions"),
        ("Pour vous envoyer ce à quoi vous êtes abonné.", "To send you what you subscribed to.")),
];

fn all() -> impl Iterator<Item = &'static Builtin> {
    static FIELDS: [&[Builtin]; 2] = [&GIVEN, &MADE];
    FIELDS.iter().flat_map(|fields| fields.iter())
}

/// The names of the built-in fields.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|field| field.name)
}

/// The built-in fields, as they are when a charter says nothing about them.
pub(crate) fn fields() -> Vec<Field> {
    all().map(fill).collect()
}

fn fill(built: &Builtin) -> Field {
    let mut field = blank(
        built.name,
        built.category,
        built.kind,
        built.label.clone(),
        built.why.clone(),
    );
    field.built_in = true;
    match built.name {
        // Never required (CJEU C-394/23, 9 January 2025), and never weighed (code du travail L1132-1).
        "title" | "gender" => field.necessity = Necessity::Optional,
        "identity_proof" => {
            field.necessity = Necessity::Optional;
            field.sensitivity = Sensitivity::NationalId;
        }
        "company_photos" => field.accepts = vec![FileType::Jpeg, FileType::Png],
        "birth_date" | "nationality" | "photo" => {
            field.necessity = Necessity::Optional;
            field.sensitivity = Sensitivity::High;
        }
        "documents" => field.accepts.extend([FileType::Jpeg, FileType::Png]),
        "match_score" | "segment" => {
            field.origin = Origin::Derived;
            field.sensitivity = Sensitivity::High;
        }
        "assessment_result" | "credential" | "password" => {
            field.sensitivity = Sensitivity::High;
        }
        "payment" => field.sensitivity = Sensitivity::Payment,
        _ => {}
    }
    field.searched = matches!(built.name, "given_name" | "family_name" | "email" | "phone");
    field.to_model = matches!(
        built.name,
        "experience" | "education" | "skills" | "languages" | "profile"
    );
    field.matched = field.to_model;
    field
}

/// A field with what follows from its kind: limits, file types, where it comes from.
pub(crate) fn blank(name: &str, category: Category, kind: FieldKind, label: Text, why: Text) -> Field {
    let max_length = match kind {
        FieldKind::Text | FieldKind::Choice | Password => 200,
        // RFC 5321, section 4.5.3.1.3, less the angle brackets.
        Email => 254,
        // Fifteen digits (ITU-T E.164) and room for punctuation.
        Tel => 30,
        Date => 10,
        LongText => 5_000,
        Data => 100_000,
        // A file's name.
        File | Files => 255,
    };
    let accepts = match (kind, category) {
        (File | Files, Photo) => vec![FileType::Jpeg, FileType::Png],
        (File | Files, _) => {
            vec![
                FileType::Pdf,
                FileType::Docx,
                FileType::Doc,
                FileType::Odt,
                FileType::Rtf,
                FileType::Txt,
            ]
        }
        _ => Vec::new(),
    };
    Field {
        rule: Rule::of(ClauseId::of("field", name)),
        name: name.to_owned(),
        category,
        kind,
        origin: if kind == Data {
            Origin::Observed
        } else {
            Origin::Person
        },
        sensitivity: Sensitivity::Ordinary,
        necessity: Necessity::Required,
        choices: Vec::new(),
        prefilled: None,
        max_length,
        max_megabytes: 10,
        max_files: if kind == Files { 5 } else { 1 },
        accepts,
        searched: false,
        matched: false,
        to_model: false,
        when: None,
        built_in: false,
        label,
        why,
        hint: None,
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;
    use crate::clause::is_name;

    #[test]
    fn every_field_has_a_name_of_its_own_and_both_languages() {
        let fields = fields();
        for (at, field) in fields.iter().enumerate() {
            assert!(is_name(&field.name), "{}", field.name);
            assert!(
                fields[..at].iter().all(|earlier| earlier.name != field.name),
                "{} twice",
                field.name
            );
            for locale in [Locale::Fr, Locale::En] {
                assert!(!field.label(locale).is_empty());
                assert!(field.why(locale).ends_with('.'), "{}", field.name);
            }
        }
    }

    #[test]
    fn what_the_law_protects_is_never_required_searched_or_matched() {
        for field in fields() {
            if matches!(field.category, Title | Birth | Nationality | Photo) {
                assert_ne!(field.necessity, Necessity::Required, "{}", field.name);
                assert!(
                    !field.searched && !field.matched && !field.to_model,
                    "{}",
                    field.name
                );
            }
        }
    }
}
