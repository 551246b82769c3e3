//! Owns: what the measured sites hold: offers, people, CVs, all invented. Doesn't own: filing them ([`crate::seed`]).

use app::vacancies::{
    Vacancy,
    model::{Contract, Offer, Period, Remote, State, slug},
};
use guard::Staff;
use kernel::{Currency, Id, Locale, Rng, Timestamp, Word as _};

const TRADES: [&str; 12] = [
    "Software engineer",
    "Buyer",
    "Nurse",
    "Fitter",
    "Accountant",
    "Surveyor",
    "Cook",
    "Teacher",
    "Welder",
    "Data analyst",
    "Sales assistant",
    "Project manager",
];
const PLACES: [&str; 40] = [
    "Paris",
    "Lyon",
    "Marseille",
    "Toulouse",
    "Nice",
    "Nantes",
    "Montpellier",
    "Strasbourg",
    "Bordeaux",
    "Lille",
    "Rennes",
    "Toulon",
    "Reims",
    "Grenoble",
    "Dijon",
    "Angers",
    "Nîmes",
    "Brest",
    "Limoges",
    "Tours",
    "Amiens",
    "Metz",
    "Perpignan",
    "Orléans",
    "Rouen",
    "Mulhouse",
    "Caen",
    "Nancy",
    "Avignon",
    "Poitiers",
    "Pau",
    "Calais",
    "Bourges",
    "Colmar",
    "Troyes",
    "Lorient",
    "Niort",
    "Chambéry",
    "Beauvais",
    "Cholet",
];
const GIVEN: [&str; 24] = [
    "Camille",
    "Noé",
    "Inès",
    "Sacha",
    "Lou",
    "Yaël",
    "Ariel",
    "Dana",
    "Will",
    "Andrea",
    "Claude",
    "Dominique",
    "Alix",
    "Maxime",
    "Charlie",
    "Morgan",
    "Eden",
    "Robin",
    "Louison",
    "Mahé",
    "Swann",
    "Céleste",
    "Anaël",
    "Gaby",
];
const SYLLABLES: [&str; 20] = [
    "ta", "ri", "mo", "vel", "dan", "so", "lin", "ber", "ka", "nou", "fel", "gar", "pi", "zo", "rel", "mar",
    "tin", "cha", "lu", "ven",
];

/// The name that a few people of each site bear, however many others there are.
pub(crate) const SOUGHT: (&str, &str) = ("Camille", "Rarissime");

/// Somebody who applies.
pub(crate) struct Applicant {
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
}

/// The `nth` person: a given name that one in 24 bears, a family name that one in some thousands does.
pub(crate) fn applicant(rng: &Rng, nth: usize) -> Applicant {
    let pick = |names: &[&'static str]| rng.pick(names).copied().unwrap_or_default();
    let mut family_name: String = (0..3).map(|_| pick(&SYLLABLES)).collect();
    if let Some(first) = family_name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Applicant {
        given_name: pick(&GIVEN).to_owned(),
        family_name,
        email: format!("applicant.{nth}.{}@people.example", rng.below(1 << 30)),
        // Kept for fiction by ARCEP: 06 39 98.
        phone: format!("06 39 98 {:02} {:02}", nth / 100 % 100, nth % 100),
    }
}

/// So many published offers, a minute apart up to `now`.
pub(crate) fn vacancies(
    rng: &Rng,
    count: usize,
    recruiter: Option<Id<Staff>>,
    now: Timestamp,
) -> Vec<Vacancy> {
    let pick = |words: &[&'static str]| rng.pick(words).copied().unwrap_or_default().to_owned();
    let vacancy = |nth: usize| {
        let at = now.plus_seconds(-60 * i64::try_from(count - nth).unwrap_or(0));
        let trade = pick(&TRADES);
        let reference = format!("BENCH-{nth:06}");
        Vacancy {
            id: Id::new(rng, at),
            slug: slug(&trade, &reference),
            reference,
            state: State::Published,
            recruiter,
            made_at: at,
            published_at: Some(at),
            closed_at: None,
            offer: Offer {
                language: Locale::En,
                summary: format!("A position of {trade} in a team of {} people.", 2 + rng.below(30)),
                description: description(rng, &trade),
                next_steps: "We read each application.\nWe call within two weeks.".to_owned(),
                title: trade,
                place: pick(&PLACES),
                country: "FR".to_owned(),
                contract: rng.pick(Contract::ALL).copied().unwrap_or(Contract::Permanent),
                remote: rng.pick(Remote::ALL).copied().unwrap_or(Remote::None),
                salary_min: Some(3_000_000),
                salary_max: Some(4_500_000),
                salary_period: Period::Year,
                currency: Currency::Eur,
            },
        }
    };
    (0..count).map(vacancy).collect()
}

/// About a thousand characters, as an offer has.
fn description(rng: &Rng, trade: &str) -> String {
    let mut text = format!("## The position\n\nWe are looking for a {trade}.\n\n");
    for _ in 0..12 {
        let words: Vec<String> = (0..6)
            .map(|_| {
                (0..2)
                    .map(|_| rng.pick(&SYLLABLES).copied().unwrap_or_default())
                    .collect()
            })
            .collect();
        text.push_str(&format!("- You look after {} with the team.\n", words.join(" ")));
    }
    text
}

/// A PDF of exactly so many bytes, which no program can make shorter: its stream is random.
pub(crate) fn pdf(rng: &Rng, bytes: usize) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n".to_vec();
    let head = pdf.len();
    pdf.resize(bytes.max(head), 0);
    rng.fill(&mut pdf[head..]);
    pdf
}
