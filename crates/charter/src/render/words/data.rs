//! Owns: how kinds of data read. Doesn't own: the names of fields (`crate::builtin`).

use kernel::Locale;

use super::pick;
use crate::vocabulary::Category;

/// A kind of data, without article: "coordonnées".
pub(crate) fn category(category: Category, locale: Locale) -> &'static str {
    let both = match category {
        Category::Identity => ("identité", "identity"),
        Category::Title => ("civilité", "form of address"),
        Category::Contact => ("coordonnées", "contact details"),
        Category::Address => ("adresse postale", "postal address"),
        Category::Birth => ("date de naissance", "date of birth"),
        Category::Nationality => ("nationalité", "nationality"),
        Category::WorkRight => ("autorisation de travail", "right to work"),
        Category::CvDocument => ("CV et documents", "CV and documents"),
        Category::Letter => ("motivation", "motivation"),
        Category::Experience => ("parcours professionnel", "professional background"),
        Category::Education => ("formation et diplômes", "education and degrees"),
        Category::Skills => ("compétences", "skills"),
        Category::Languages => ("langues", "languages"),
        Category::Availability => (
            "disponibilité et recherche d’emploi",
            "availability and job search",
        ),
        Category::SocialLink => ("profils en ligne", "online profiles"),
        Category::Photo => ("photo", "photo"),
        Category::AssessmentResult => ("résultats d’évaluation", "assessment results"),
        Category::MatchScore => ("score d’adéquation", "suitability score"),
        Category::AiResult => ("résultats produits par une machine", "results made by a machine"),
        Category::Note => ("notes des recruteurs", "recruiters’ notes"),
        Category::Message => ("messages", "messages"),
        Category::Status => ("suivi du dossier", "progress of the file"),
        Category::Favourite => ("favoris", "favourites"),
        Category::Search => ("recherches", "searches"),
        Category::Usage => ("utilisation du service", "use of the service"),
        Category::Connection => ("données de connexion", "connection data"),
        Category::CoarseLocation => ("localisation approximative", "approximate location"),
        Category::Credential => ("identifiants de connexion", "sign-in credentials"),
        Category::Consent => ("consentements", "consents"),
        Category::Billing => ("facturation", "billing"),
        Category::PaymentToken => ("référence de paiement", "payment reference"),
        Category::Company => ("entreprise et fonction", "company and position"),
        Category::FreeText => ("ce que vous écrivez ou joignez", "what you write or attach"),
        Category::DownloadCount => ("nombre de téléchargements", "number of downloads"),
    };
    pick(locale, both)
}
