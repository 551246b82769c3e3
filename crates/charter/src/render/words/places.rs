//! Owns: countries, their names and which belong to the European Economic Area. Doesn't own: transfers.

use kernel::Locale;

use super::pick;

/// Code, French name, English name: those of the European Economic Area.
const EEA: [(&str, &str, &str); 30] = [
    ("AT", "Autriche", "Austria"),
    ("BE", "Belgique", "Belgium"),
    ("BG", "Bulgarie", "Bulgaria"),
    ("CY", "Chypre", "Cyprus"),
    ("CZ", "Tchéquie", "Czechia"),
    ("DE", "Allemagne", "Germany"),
    ("DK", "Danemark", "Denmark"),
    ("EE", "Estonie", "Estonia"),
    ("ES", "Espagne", "Spain"),
    ("FI", "Finlande", "Finland"),
    ("FR", "France", "France"),
    ("GR", "Grèce", "Greece"),
    ("HR", "Croatie", "Croatia"),
    ("HU", "Hongrie", "Hungary"),
    ("IE", "Irlande", "Ireland"),
    ("IS", "Islande", "Iceland"),
    ("IT", "Italie", "Italy"),
    ("LI", "Liechtenstein", "Liechtenstein"),
    ("LT", "Lituanie", "Lithuania"),
    ("LU", "Luxembourg", "Luxembourg"),
    ("LV", "Lettonie", "Latvia"),
    ("MT", "Malte", "Malta"),
    ("NL", "Pays-Bas", "Netherlands"),
    ("NO", "Norvège", "Norway"),
    ("PL", "Pologne", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Roumanie", "Romania"),
    ("SE", "Suède", "Sweden"),
    ("SI", "Slovénie", "Slovenia"),
    ("SK", "Slovaquie", "Slovakia"),
];

/// Others that hosts and providers are often in.
const ELSEWHERE: [(&str, &str, &str); 14] = [
    ("AU", "Australie", "Australia"),
    ("BR", "Brésil", "Brazil"),
    ("CA", "Canada", "Canada"),
    ("CH", "Suisse", "Switzerland"),
    ("CN", "Chine", "China"),
    ("GB", "Royaume-Uni", "United Kingdom"),
    ("IL", "Israël", "Israel"),
    ("IN", "Inde", "India"),
    ("JP", "Japon", "Japan"),
    ("KR", "Corée du Sud", "South Korea"),
    ("MA", "Maroc", "Morocco"),
    ("SG", "Singapour", "Singapore"),
    ("TN", "Tunisie", "Tunisia"),
    ("US", "États-Unis", "United States"),
];

/// The country of that ISO 3166-1 code; the code itself when it isn't one we know.
#[must_use]
pub fn country_name(code: &str, locale: Locale) -> &str {
    EEA.iter()
        .chain(&ELSEWHERE)
        .find(|(known, ..)| *known == code)
        .map_or(code, |(_, fr, en)| pick(locale, (fr, en)))
}

/// The codes of the countries we know by name.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    EEA.iter().chain(&ELSEWHERE).map(|(code, ..)| *code)
}

/// Whether it belongs to the European Economic Area.
pub(crate) fn in_eea(code: &str) -> bool {
    EEA.iter().any(|(known, ..)| *known == code)
}
