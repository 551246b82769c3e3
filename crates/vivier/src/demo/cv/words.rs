//! Owns: what a CV says that isn't of a trade: its headings, invented employers and schools, languages, leisure. Doesn't
//! own: what a trade does.

use kernel::Locale;

use super::super::offers::Trade;

pub(super) struct Words {
    pub(super) code: &'static str,
    pub(super) profile: &'static str,
    pub(super) experience: &'static str,
    pub(super) education: &'static str,
    pub(super) skills: &'static str,
    pub(super) languages: &'static str,
    pub(super) leisure: &'static str,
    pub(super) today: &'static str,
    pub(super) invented: &'static str,
    pub(super) towns: &'static [&'static str],
    pub(super) schools: &'static [&'static str],
    pub(super) spoken: &'static [&'static str],
    pub(super) hobbies: &'static [&'static str],
    companies: &'static [&'static str],
    hospitals: &'static [&'static str],
}

impl Words {
    pub(super) const fn of(language: Locale) -> &'static Self {
        match language {
            Locale::Fr => &FRENCH,
            Locale::En => &ENGLISH,
        }
    }

    /// Where one of the trade may have worked.
    pub(super) const fn employers(&self, trade: Trade) -> &'static [&'static str] {
        if matches!(trade, Trade::Nursing) {
            self.hospitals
        } else {
            self.companies
        }
    }
}

const FRENCH: Words = Words {
    code: "fr-FR",
    profile: "Profil",
    experience: "Expérience",
    education: "Formation",
    skills: "Compétences",
    languages: "Langues",
    leisure: "Centres d’intérêt",
    today: "aujourd’hui",
    invented: "Personne inventée pour la démonstration de Vivier",
    towns: &[
        "Nantes",
        "Lyon",
        "Rennes",
        "Lille",
        "Toulouse",
        "Dijon",
        "Angers",
        "Grenoble",
        "Besançon",
        "Orléans",
        "Nîmes",
    ],
    schools: &[
        "Campus de Lunemont",
        "Institut de Brumerive",
        "Centre de formation de Fablecourt",
        "École de Songeval",
        "Cité scolaire de Plumebois",
    ],
    spoken: &[
        "Français (courant), anglais (B2)",
        "Français (langue maternelle), anglais (C1), espagnol (B1)",
        "Français (courant), arabe (langue maternelle), anglais (B1)",
        "Français (courant), portugais (langue maternelle)",
        "Français (langue maternelle), allemand (B2), langue des signes française (A2)",
    ],
    hobbies: &[
        "Chorale, randonnée, réparation de vélos",
        "Club de lecture, potager partagé, natation",
        "Photographie argentique, cuisine, bénévolat au café associatif",
        "Échecs, escalade, généalogie de villages imaginaires",
    ],
    companies: &[
        "Ateliers Fictifs de la Loire, Nantes",
        "Maison Chimère, Lyon",
        "Établissements Songeval, Rennes",
        "Coopérative des Brumes, Annecy",
        "Société Imaginaire du Rhône, Valence",
        "Groupe Mirage, Lille",
        "Compagnie de l’Écho, Bordeaux",
    ],
    hospitals: &[
        "Centre hospitalier de Brumerive",
        "Clinique des Songes, Tours",
        "Résidence du Lac-aux-Contes",
        "Maison de santé de Plumebois",
    ],
};

const ENGLISH: Words = Words {
    code: "en-GB",
    profile: "Profile",
    experience: "Experience",
    education: "Education",
    skills: "Skills",
    languages: "Languages",
    leisure: "Interests",
    today: "today",
    invented: "A person invented for the demonstration of Vivier",
    towns: &[
        "Dublin",
        "Ghent",
        "Lyon",
        "Rotterdam",
        "Edinburgh",
        "Porto",
        "Gothenburg",
        "Luxembourg",
        "Lille",
        "Turin",
    ],
    schools: &[
        "Mythwick Campus",
        "Fablehurst Institute of Technology",
        "Storyfield College",
        "European School of Riddlemere",
    ],
    spoken: &[
        "English (fluent), French (B1)",
        "English (native), German (B2)",
        "English (fluent), Polish (native), Dutch (A2)",
        "English (fluent), Portuguese (native), Spanish (C1)",
        "English (native), Irish (B1), French (B2)",
    ],
    hobbies: &[
        "Choir, hill walking, repairing bicycles",
        "Reading club, allotment, swimming",
        "Film photography, cooking, volunteering at the repair café",
        "Chess, climbing, maps of imaginary islands",
    ],
    companies: &[
        "Storyfield Works, Leeds",
        "Mirage Services, Rotterdam",
        "Talebrook & Daughters, Dublin",
        "Fable Energy Cooperative, Ghent",
        "Legendley Group, Edinburgh",
        "Yarnmere Systems, Gothenburg",
    ],
    hospitals: &[
        "Riddlemere General Hospital",
        "Mythwick Health Centre",
        "St Fable’s Hospice",
    ],
};
