//! Owns: names that nobody bears: ordinary given names beside family names made of tales, dreams and mists. Doesn't
//! own: who bears them.

use kernel::{Locale, Rng};

/// A name, as a form takes it, and in Latin letters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) given: String,
    pub(super) family: String,
    pub(super) latin: String,
}

const GIVEN_FR: &[&str] = &[
    "Élise",
    "Jean-Baptiste",
    "Aïcha",
    "Chloé",
    "Malik",
    "Anne-Laure",
    "Noé",
    "Fatou",
    "Loïc",
    "Maëlys",
    "Inès",
    "François",
    "Zoé",
    "Mamadou",
    "Gaëlle",
    "Yanis",
    "Clémence",
    "Théo",
    "Linh",
    "Héloïse",
    "Rachid",
    "Solène",
    "Tiago",
    "Océane",
    "Benoît",
    "Marie-Ange",
    "Samir",
    "Lucie",
    "Étienne",
    "Awa",
    "Baptiste",
    "Naïma",
    "Côme",
    "Jeanne",
    "Ousmane",
    "Anaïs",
    "Gaspard",
    "Soraya",
    "Cédric",
    "Mélanie",
];

const GIVEN_EN: &[&str] = &[
    "Siobhán",
    "Jürgen",
    "Priya",
    "Søren",
    "Olena",
    "Giulia",
    "Łucja",
    "João",
    "Núria",
    "Callum",
    "Zofia",
    "Arjun",
    "Freya",
    "Mykola",
    "Åsa",
    "Iñaki",
    "Nicolò",
    "Ayşe",
    "Wei",
    "Katarína",
    "Dimitra",
    "Oisín",
    "Margriet",
    "Bálint",
    "Tereza",
    "Ebba",
    "Kwame",
    "Ngozi",
    "Hamish",
    "Renée",
];

const ROOTS_FR: &[&str] = &[
    "Fable",
    "Songe",
    "Brume",
    "Lune",
    "Conte",
    "Plume",
    "Chimère",
    "Ombre",
    "Merveille",
    "Écho",
    "Mirage",
    "Étoile",
];
const ENDS_FR: &[&str] = &["val", "rive", "court", "mont", "bois", "fontaine", "combe", "lac"];

const ROOTS_EN: &[&str] = &[
    "Story", "Fable", "Tale", "Yarn", "Myth", "Whimsy", "Riddle", "Ballad", "Legend", "Mirage",
];
const ENDS_EN: &[&str] = &["ton", "field", "wick", "mere", "brook", "combe", "hurst", "ley"];

/// The same in other languages.
const FAMILIES: &[&str] = &[
    "d’Ombreval",
    "de L’Étang-aux-Contes",
    "O’Storyfield",
    "Märchenthal",
    "Sagaström",
    "Eventyrsen",
    "Cuentaviento",
    "Lendazinha",
    "Fiabanelli",
    "Bajkowicz-Lipny",
    "Mesedombi",
    "Paramythakis",
    "Masaloğlu",
    "Hekayat-Noor",
    "Kahaniwala",
    "Monogatari",
    "Truyện-Mộng",
    "Hadithi-Njema",
    "Sprookjesveld",
    "Pohádkova",
];

/// A name like many; some double, some from elsewhere.
pub(super) fn common(rng: &Rng, language: Locale) -> Name {
    let (given, roots, ends) = match language {
        Locale::Fr => (GIVEN_FR, ROOTS_FR, ENDS_FR),
        Locale::En => (GIVEN_EN, ROOTS_EN, ENDS_EN),
    };
    let one = |items: &[&'static str]| rng.pick(items).copied().unwrap_or_default();
    // One in four has a given name that is commoner elsewhere.
    let given = match rng.below(8) {
        0 => one(GIVEN_FR),
        1 => one(GIVEN_EN),
        _ => one(given),
    };
    let made = || format!("{}{}", one(roots), one(ends));
    let family = match rng.below(10) {
        0 | 1 => one(FAMILIES).to_owned(),
        2 => format!("{}-{}", made(), made()),
        _ => made(),
    };
    name(given, &family, &format!("{given} {family}"))
}

/// Names that pages and files must bear too: from right to left, without Latin letters, very long.
pub(super) fn uncommon(nth: usize) -> Option<Name> {
    let (given, family, latin) = match nth {
        7 => ("ليلى", "وادي الحكاية", "Leïla Wadi-al-Hikaya"),
        19 => (
            "Maximilienne-Alexandrine-Constance",
            "de La Haute-Fontaine-aux-Mille-Chimères-et-Brumerive",
            "Maximilienne-Alexandrine-Constance de La Haute-Fontaine-aux-Mille-Chimères-et-Brumerive",
        ),
        31 => ("נועה", "בן־אגדה", "Noa Ben-Agada"),
        43 => ("結衣", "物語川", "Yui Monogatarigawa"),
        58 => ("Ó", "Lu", "Ó Lu"),
        71 => ("يوسف", "جبل الضباب", "Youssef Jabal-ad-Dabab"),
        90 => ("Олеся", "Казковенко", "Olesia Kazkovenko"),
        _ => return None,
    };
    Some(name(given, family, latin))
}

fn name(given: &str, family: &str, latin: &str) -> Name {
    Name {
        given: given.to_owned(),
        family: family.to_owned(),
        latin: latin.to_owned(),
    }
}

/// Letters with their accents left off, for places that know no others; what has no plain letter stays.
pub(crate) fn plain(text: &str) -> String {
    const PLAIN: &[(&str, &str)] = &[
        ("àáâãäåāăąạảấầẩẫậ", "a"),
        ("çćčĉ", "c"),
        ("ďđð", "d"),
        ("èéêëēėęěẹẻẽếềểễệ", "e"),
        ("ğģ", "g"),
        ("ìíîïīįıịỉ", "i"),
        ("łľĺļ", "l"),
        ("ñńňņ", "n"),
        ("òóôõöøōőọỏốồổỗộơ", "o"),
        ("řŕ", "r"),
        ("śšşș", "s"),
        ("ťţț", "t"),
        ("ùúûüūůűųụủư", "u"),
        ("ýÿỳ", "y"),
        ("źżž", "z"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("ß", "ss"),
    ];
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let small: String = letter.to_lowercase().collect();
        match PLAIN.iter().find(|(accented, _)| accented.contains(&small)) {
            Some((_, plain)) if letter.is_lowercase() => out.push_str(plain),
            Some((_, plain)) => out.push_str(&plain.to_uppercase()),
            None if matches!(letter, '’' | '\'') => {}
            None => out.push(letter),
        }
    }
    out
}
