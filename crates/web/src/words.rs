//! Owns: how French and English write days, hours, durations, amounts and numbers. Doesn't own: texts
//! ([`crate::texts`]); nothing here needs translating by an operator.

use kernel::{Currency, Date, Duration, Locale, Money, Timestamp, Zone};

/// Narrow no-break space: inside French numbers and before French punctuation.
pub(crate) const NARROW: char = '\u{202f}';
/// No-break space: between a number and its unit.
pub(crate) const HARD: char = '\u{a0}';

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// “3 mai 2027”, “1er mai 2027”, “3 May 2027”.
pub(crate) fn day(date: Date, locale: Locale) -> String {
    let (year, month, day) = date.parts();
    let index = usize::try_from(month - 1).unwrap_or(0) % 12;
    match locale {
        Locale::Fr => {
            let first = if day == 1 { "er" } else { "" };
            format!("{day}{first}{HARD}{} {year}", MONTHS_FR[index])
        }
        Locale::En => format!("{day}{HARD}{} {year}", MONTHS_EN[index]),
    }
}

/// “novembre 2026”, “November 2026”: the month of that day.
pub(crate) fn month(date: Date, locale: Locale) -> String {
    let (year, month, _) = date.parts();
    let index = usize::try_from(month - 1).unwrap_or(0) % 12;
    let names = match locale {
        Locale::Fr => MONTHS_FR,
        Locale::En => MONTHS_EN,
    };
    format!("{} {year}", names[index])
}

/// “14:32”, and in French “14 h 32”.
pub(crate) fn hour(moment: Timestamp, zone: &Zone, locale: Locale) -> String {
    let (hour, minute) = moment.time_of_day(zone);
    match locale {
        Locale::Fr => format!("{hour}{HARD}h{HARD}{minute:02}"),
        Locale::En => format!("{hour:02}:{minute:02}"),
    }
}

/// “3 mai 2027 à 14 h 32”, “3 May 2027 at 14:32”.
pub(crate) fn day_and_hour(moment: Timestamp, zone: &Zone, locale: Locale) -> String {
    let at = match locale {
        Locale::Fr => "à",
        Locale::En => "at",
    };
    format!(
        "{} {at}{HARD}{}",
        day(moment.date(zone), locale),
        hour(moment, zone, locale)
    )
}

/// “aujourd’hui”, “hier”, “il y a 12 jours”; “today”, “yesterday”, “12 days ago”. A later day is said as the day.
pub(crate) fn ago(then: Date, now: Date, locale: Locale) -> String {
    match (now.days_since(then), locale) {
        (..0, _) => day(then, locale),
        (0, Locale::Fr) => "aujourd’hui".to_owned(),
        (1, Locale::Fr) => "hier".to_owned(),
        (days, Locale::Fr) => format!("il y a {days}{HARD}jours"),
        (0, Locale::En) => "today".to_owned(),
        (1, Locale::En) => "yesterday".to_owned(),
        (days, Locale::En) => format!("{days}{HARD}days ago"),
    }
}

/// “0 jour”, “12 jours”; “0 days”, “1 day”.
pub(crate) fn days(count: i64, locale: Locale) -> String {
    counted(
        count,
        if locale == Locale::Fr {
            ["jour", "jours"]
        } else {
            ["day", "days"]
        },
        locale,
    )
}

/// “jusqu’au 3 mai 2027”, “until 3 May 2027”.
pub(crate) fn until(date: Date, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("jusqu’au {}", day(date, locale)),
        Locale::En => format!("until {}", day(date, locale)),
    }
}

/// “12 mois”, “1 an et 6 mois”, “30 secondes”.
pub(crate) fn duration(duration: Duration, locale: Locale) -> String {
    let (years, months, weeks, days, seconds) = duration.parts();
    let units: [(i64, [&str; 2], [&str; 2]); 7] = [
        (years.into(), ["an", "ans"], ["year", "years"]),
        (months.into(), ["mois", "mois"], ["month", "months"]),
        (weeks.into(), ["semaine", "semaines"], ["week", "weeks"]),
        (days.into(), ["jour", "jours"], ["day", "days"]),
        (seconds / 3_600, ["heure", "heures"], ["hour", "hours"]),
        (seconds / 60 % 60, ["minute", "minutes"], ["minute", "minutes"]),
        (seconds % 60, ["seconde", "secondes"], ["second", "seconds"]),
    ];
    let parts: Vec<String> = units
        .into_iter()
        .filter(|(count, ..)| *count != 0)
        .map(|(count, fr, en)| counted(count, if locale == Locale::Fr { fr } else { en }, locale))
        .collect();
    let and = if locale == Locale::Fr { "et" } else { "and" };
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// “42 000 €”, “€42,000”; cents only when there are any.
pub(crate) fn money(money: Money, locale: Locale) -> String {
    let sign = match money.currency {
        Currency::Eur => "€",
        Currency::Chf => "CHF",
        Currency::Gbp => "£",
    };
    let minus = if money.cents < 0 { "−" } else { "" };
    let cents = money.cents.unsigned_abs();
    let whole = grouped(cents / 100, locale);
    let rest = cents % 100;
    let amount = match (rest, locale) {
        (0, _) => whole,
        (_, Locale::Fr) => format!("{whole},{rest:02}"),
        (_, Locale::En) => format!("{whole}.{rest:02}"),
    };
    match (locale, money.currency) {
        (Locale::Fr, _) => format!("{minus}{amount}{HARD}{sign}"),
        (Locale::En, Currency::Chf) => format!("{minus}{sign}{HARD}{amount}"),
        (Locale::En, _) => format!("{minus}{sign}{amount}"),
    }
}

/// “12 500”, “12,500”, “0,5”, “0.5”.
pub(crate) fn number(value: f64, locale: Locale) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let plain = value.abs().to_string();
    let (whole, rest) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let minus = if value < 0.0 { "−" } else { "" };
    let whole = whole
        .parse::<u64>()
        .map_or_else(|_| whole.to_owned(), |whole| grouped(whole, locale));
    match (rest, locale) {
        ("", _) => format!("{minus}{whole}"),
        (rest, Locale::Fr) => format!("{minus}{whole},{rest}"),
        (rest, Locale::En) => format!("{minus}{whole}.{rest}"),
    }
}

/// “3,4 Mo”, “3.4 MB”, “12 ko”.
pub(crate) fn bytes(count: u64, locale: Locale) -> String {
    let unit = if locale == Locale::Fr { "o" } else { "B" };
    let tenth = |size: u64| ((count * 10 + size / 2) / size) as f64 / 10.0;
    match count {
        0..1_000 => format!("{count}{HARD}{unit}"),
        1_000..1_000_000 => format!(
            "{}{HARD}k{unit}",
            number((count as f64 / 1_000.0).round(), locale)
        ),
        1_000_000..1_000_000_000 => format!("{}{HARD}M{unit}", number(tenth(1_000_000), locale)),
        _ => format!("{}{HARD}G{unit}", number(tenth(1_000_000_000), locale)),
    }
}

fn counted(count: i64, [one, many]: [&str; 2], locale: Locale) -> String {
    let single = if locale == Locale::Fr {
        count.abs() < 2
    } else {
        count == 1
    };
    format!(
        "{}{HARD}{}",
        number(count as f64, locale),
        if single { one } else { many }
    )
}

fn grouped(value: u64, locale: Locale) -> String {
    let digits = value.to_string();
    let separator = if locale == Locale::Fr { NARROW } else { ',' };
    let mut text = String::with_capacity(digits.len() + 8);
    for (index, digit) in digits.chars().enumerate() {
        // French keeps four digits together as English does not; years never come this way.
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn spaced(text: &str) -> String {
        text.replace([HARD, NARROW], " ")
    }

    #[test]
    fn days_in_words() {
        assert_eq!(spaced(&day(date("2027-05-03"), Locale::Fr)), "3 mai 2027");
        assert_eq!(spaced(&day(date("2027-05-03"), Locale::En)), "3 May 2027");
        assert_eq!(spaced(&day(date("2026-02-01"), Locale::Fr)), "1er février 2026");
        assert_eq!(spaced(&day(date("2026-08-15"), Locale::Fr)), "15 août 2026");
        assert_eq!(spaced(&day(date("2026-12-25"), Locale::Fr)), "25 décembre 2026");
        assert_eq!(
            spaced(&until(date("2027-05-03"), Locale::Fr)),
            "jusqu’au 3 mai 2027"
        );
        assert_eq!(spaced(&until(date("2027-05-03"), Locale::En)), "until 3 May 2027");
    }

    #[test]
    fn months_in_words() {
        assert_eq!(month(date("2026-11-01"), Locale::Fr), "novembre 2026");
        assert_eq!(month(date("2026-12-31"), Locale::Fr), "décembre 2026");
        assert_eq!(month(date("2027-01-01"), Locale::En), "January 2027");
    }

    #[test]
    fn hours_follow_the_zone() {
        let moment = Timestamp::parse("2026-07-01T22:05:00Z").unwrap();
        assert_eq!(
            spaced(&day_and_hour(moment, &Zone::paris(), Locale::Fr)),
            "2 juillet 2026 à 0 h 05"
        );
        assert_eq!(
            spaced(&day_and_hour(moment, &Zone::utc(), Locale::En)),
            "1 July 2026 at 22:05"
        );
    }

    #[test]
    fn days_ago() {
        let now = date("2026-11-21");
        let said = |then: &str, locale| spaced(&ago(date(then), now, locale));
        assert_eq!(said("2026-11-21", Locale::Fr), "aujourd’hui");
        assert_eq!(said("2026-11-20", Locale::En), "yesterday");
        assert_eq!(said("2026-11-09", Locale::Fr), "il y a 12 jours");
        assert_eq!(said("2026-11-30", Locale::En), "30 November 2026");
        assert_eq!(spaced(&days(1, Locale::Fr)), "1 jour");
        assert_eq!(spaced(&days(0, Locale::En)), "0 days");
    }

    #[test]
    fn durations_in_words() {
        let said = |text: &str, locale| spaced(&duration(text.parse().unwrap(), locale));
        assert_eq!(said("P12M", Locale::Fr), "12 mois");
        assert_eq!(said("P1Y6M", Locale::Fr), "1 an et 6 mois");
        assert_eq!(said("P1Y6M", Locale::En), "1 year and 6 months");
        assert_eq!(said("P2W", Locale::En), "2 weeks");
        assert_eq!(said("PT1H30M", Locale::Fr), "1 heure et 30 minutes");
    }

    #[test]
    fn amounts() {
        let said = |cents, currency, locale| spaced(&money(Money { cents, currency }, locale));
        assert_eq!(said(4_200_000, Currency::Eur, Locale::Fr), "42 000 €");
        assert_eq!(said(4_200_000, Currency::Eur, Locale::En), "€42,000");
        assert_eq!(said(1_250, Currency::Eur, Locale::Fr), "12,50 €");
        assert_eq!(said(-1_250, Currency::Gbp, Locale::En), "−£12.50");
        assert_eq!(said(100_000, Currency::Chf, Locale::En), "CHF 1,000");
        assert_eq!(spaced(&bytes(3_400_000, Locale::Fr)), "3,4 Mo");
        assert_eq!(spaced(&bytes(12_400, Locale::En)), "12 kB");
    }
}
