//! Owns: how durations, dates, lists and the vocabulary read in French and English. Doesn't own: whole clauses
//! (`render::policy`).

mod conduct;
mod data;
mod keeping;
pub(crate) mod places;
mod purposes;
mod sending;
mod sharing;

pub(crate) use conduct::{
    ack, count, moment, need, new_purpose, opposition, opt_in, standard, stop_way, training,
};
pub use conduct::{ack_label, consent_label, status_words, strength_words};
pub(crate) use data::category;
pub use keeping::{action_words, retention_rule, retention_words, trigger_words};
pub use places::country_name;
pub use purposes::{basis_words, condition_words, duty_words, people_words, reader_words};
pub(crate) use purposes::{form_title, purpose_title, theme, themes};
pub(crate) use sending::{
    ai_task, channel, deletion, file_list, human, keep, logging, measure, prohibition, right, service, shape,
    tracker_class, tracker_kind, transfer,
};
pub use sharing::source_kind;
pub(crate) use sharing::{copy_mode, party, recipient, share_mode, share_notice};

use kernel::{Date, Duration, Locale};

/// The one of the two in that language.
pub(crate) const fn pick<'a>(locale: Locale, (fr, en): (&'a str, &'a str)) -> &'a str {
    match locale {
        Locale::Fr => fr,
        Locale::En => en,
    }
}

/// A duration as people say it: "12 mois", "1 year and 6 months", "72 heures".
#[must_use]
pub fn duration_words(duration: Duration, locale: Locale) -> String {
    let (years, months, weeks, days, seconds) = duration.parts();
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let units: [(i64, [&str; 2], [&str; 2]); 7] = [
        (years.into(), ["an", "ans"], ["year", "years"]),
        (months.into(), ["mois", "mois"], ["month", "months"]),
        (weeks.into(), ["semaine", "semaines"], ["week", "weeks"]),
        (days.into(), ["jour", "jours"], ["day", "days"]),
        (hours, ["heure", "heures"], ["hour", "hours"]),
        (minutes, ["minute", "minutes"], ["minute", "minutes"]),
        (rest, ["seconde", "secondes"], ["second", "seconds"]),
    ];
    let said: Vec<String> = units
        .iter()
        .filter(|(count, ..)| *count != 0)
        .map(|(count, fr, en)| {
            let [one, many] = if locale == Locale::Fr { fr } else { en };
            format!("{count} {}", if *count == 1 { one } else { many })
        })
        .collect();
    list_words(&said, locale)
}

/// A duration after a preposition: "de 72 heures", "d’un mois"; in English as it is.
#[must_use]
pub(crate) fn of_duration(duration: Duration, locale: Locale) -> String {
    let words = duration_words(duration, locale);
    if locale == Locale::En {
        return words;
    }
    match words.split_once(' ') {
        Some(("1", unit)) if ["semaine", "heure", "minute", "seconde"].contains(&unit) => {
            format!("d’une {unit}")
        }
        Some(("1", unit)) => format!("d’un {unit}"),
        _ => format!("de {words}"),
    }
}

/// How often: "tous les 12 mois", "chaque semaine"; "every 12 months", "every week".
#[must_use]
pub(crate) fn every_duration(duration: Duration, locale: Locale) -> String {
    let words = duration_words(duration, locale);
    match (
        locale,
        words.strip_prefix("1 ").filter(|unit| !unit.contains(' ')),
    ) {
        (Locale::Fr, Some("an")) => "chaque année".to_owned(),
        (Locale::Fr, Some(unit)) => format!("chaque {unit}"),
        (Locale::Fr, None) => {
            let feminine = ["semaine", "heure", "minute", "seconde"];
            let first = words.split(' ').nth(1).unwrap_or_default();
            let all = if feminine.contains(&first.trim_end_matches('s')) {
                "toutes"
            } else {
                "tous"
            };
            format!("{all} les {words}")
        }
        (Locale::En, Some(unit)) => format!("every {unit}"),
        (Locale::En, None) => format!("every {words}"),
    }
}

/// "a, b et c", "a, b and c".
#[must_use]
pub fn list_words<S: AsRef<str>>(items: &[S], locale: Locale) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{}{}{last}", first.join(", "), pick(locale, (" et ", " and "))),
    }
}

/// A day as people write it: "1er septembre 2026", "1 September 2026".
#[must_use]
pub fn date_words(date: Date, locale: Locale) -> String {
    const MONTHS: [(&str, &str); 12] = [
        ("janvier", "January"),
        ("février", "February"),
        ("mars", "March"),
        ("avril", "April"),
        ("mai", "May"),
        ("juin", "June"),
        ("juillet", "July"),
        ("août", "August"),
        ("septembre", "September"),
        ("octobre", "October"),
        ("novembre", "November"),
        ("décembre", "December"),
    ];
    let (year, month, day) = date.parts();
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .map_or("", |names| pick(locale, *names));
    let first = if day == 1 && locale == Locale::Fr {
        "er"
    } else {
        ""
    };
    format!("{day}{first} {name} {year}")
}

/// The text with its first letter small, unless an acronym starts it.
pub(crate) fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// The text with its first letter large.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Sets a text by the rules of its language: in French a narrow no-break space (U+202F) before ; : ! ? and
/// inside « », in both a no-break space between a number and what it counts.
#[must_use]
pub fn typeset(text: &str, locale: Locale) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let out = match letter {
            ' ' | '\u{a0}'
                if locale == Locale::Fr && (before == '«' || matches!(next, ';' | ':' | '!' | '?' | '»')) =>
            {
                '\u{202f}'
            }
            ' ' if before.is_ascii_digit() && next.is_lowercase() => '\u{a0}',
            other => other,
        };
        set.push(out);
        before = letter;
    }
    set
}

#[cfg(test)]
mod tests {
    use kernel::Locale::{En, Fr};

    use super::*;

    fn words(duration: &str, locale: Locale) -> String {
        duration_words(duration.parse().unwrap(), locale)
    }

    #[test]
    fn durations_read_as_people_say_them() {
        for (duration, fr, en) in [
            ("P12M", "12 mois", "12 months"),
            ("P1M", "1 mois", "1 month"),
            ("P1Y6M", "1 an et 6 mois", "1 year and 6 months"),
            ("P12M1D", "12 mois et 1 jour", "12 months and 1 day"),
            ("P90D", "90 jours", "90 days"),
            ("PT72H", "72 heures", "72 hours"),
            ("PT30S", "30 secondes", "30 seconds"),
            ("PT1H30M", "1 heure et 30 minutes", "1 hour and 30 minutes"),
        ] {
            assert_eq!(
                (words(duration, Fr), words(duration, En)),
                (fr.to_owned(), en.to_owned())
            );
        }
    }

    #[test]
    fn how_often_agrees_with_its_unit() {
        for (duration, fr, en) in [
            ("P12M", "tous les 12 mois", "every 12 months"),
            ("P1M", "chaque mois", "every month"),
            ("P1Y", "chaque année", "every year"),
            ("P2W", "toutes les 2 semaines", "every 2 weeks"),
            ("PT24H", "toutes les 24 heures", "every 24 hours"),
            ("P1Y6M", "tous les 1 an et 6 mois", "every 1 year and 6 months"),
        ] {
            let duration = duration.parse().unwrap();
            assert_eq!(
                (every_duration(duration, Fr), every_duration(duration, En)),
                (fr.to_owned(), en.to_owned())
            );
        }
    }

    #[test]
    fn dates_and_lists() {
        let day = Date::parse("2026-09-01").unwrap();
        assert_eq!(date_words(day, Fr), "1er septembre 2026");
        assert_eq!(date_words(day, En), "1 September 2026");
        assert_eq!(date_words(Date::parse("2026-08-02").unwrap(), Fr), "2 août 2026");
        assert_eq!(list_words(&["a", "b", "c"], Fr), "a, b et c");
        assert_eq!(list_words::<&str>(&[], En), "");
    }

    #[test]
    fn french_is_set_with_narrow_spaces_and_english_is_not() {
        assert_eq!(
            typeset("Quoi ? « Ceci » : 12 mois", Fr),
            "Quoi\u{202f}? «\u{202f}Ceci\u{202f}»\u{202f}: 12\u{a0}mois"
        );
        assert_eq!(typeset("What? This: 12 months", En), "What? This: 12\u{a0}months");
        assert_eq!(typeset("https://cnil.fr", Fr), "https://cnil.fr");
    }

    #[test]
    fn letters_change_only_where_they_may() {
        assert_eq!(uncapitalised("Adresse e-mail"), "adresse e-mail");
        assert_eq!(uncapitalised("CV"), "CV");
        assert_eq!(uncapitalised("E-mail address"), "e-mail address");
        assert_eq!(uncapitalised("Étapes"), "étapes");
        assert_eq!(capitalised("à temps"), "À temps");
        assert_eq!(
            (uncapitalised(""), capitalised("")),
            (String::new(), String::new())
        );
    }
}
