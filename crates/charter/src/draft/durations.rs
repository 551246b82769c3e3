//! Owns: durations as people write them: "2 ans", "treize mois", "1 year and 6 months". Doesn't own: what they count from.

use super::plain;

/// Units in both languages, each with the letter of ISO 8601; a plural only adds letters.
const UNITS: [(&str, &str); 17] = [
    ("an", "Y"),
    ("ans", "Y"),
    ("annee", "Y"),
    ("annees", "Y"),
    ("year", "Y"),
    ("years", "Y"),
    ("mois", "M"),
    ("month", "M"),
    ("months", "M"),
    ("semaine", "W"),
    ("semaines", "W"),
    ("week", "W"),
    ("weeks", "W"),
    ("jour", "D"),
    ("jours", "D"),
    ("day", "D"),
    ("days", "D"),
];

const HOURS: [&str; 4] = ["heure", "heures", "hour", "hours"];

const NUMBERS: [(&str, u32); 33] = [
    ("un", 1),
    ("une", 1),
    ("a", 1),
    ("one", 1),
    ("deux", 2),
    ("two", 2),
    ("trois", 3),
    ("three", 3),
    ("quatre", 4),
    ("four", 4),
    ("cinq", 5),
    ("five", 5),
    ("six", 6),
    ("sept", 7),
    ("seven", 7),
    ("huit", 8),
    ("eight", 8),
    ("neuf", 9),
    ("nine", 9),
    ("dix", 10),
    ("ten", 10),
    ("onze", 11),
    ("eleven", 11),
    ("douze", 12),
    ("twelve", 12),
    ("treize", 13),
    ("thirteen", 13),
    ("quinze", 15),
    ("eighteen", 18),
    ("vingt", 20),
    ("twenty", 20),
    ("trente", 30),
    ("thirty", 30),
];

/// The durations of a text in ISO 8601, in its order: "1 an et 6 mois" is one, "30 jours à 12 mois" is two.
pub(crate) fn durations(text: &str) -> Vec<String> {
    // Hours stand behind a T, which only ever comes last here: days and hours aren't mixed in policies.
    let words = plain(text);
    let words: Vec<&str> = words.split(' ').collect();
    let mut found: Vec<String> = Vec::new();
    let mut joins = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        // "quatre-vingt-dix jours": the end of a longer number is no number.
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let longer =
            before.is_some_and(|word| NUMBERS.iter().any(|(known, count)| known == word && *count > 1));
        if let Some((count, unit, taken)) = one(words.get(at..).unwrap_or_default()).filter(|_| !longer) {
            let finer = |last: &String| order(last).is_some_and(|last| Some(last) < order(&unit));
            match found.last_mut().filter(|last| joins && finer(last)) {
                Some(last) => *last = format!("{last}{count}{unit}"),
                None if unit == "H" => found.push(format!("PT{count}H")),
                None => found.push(format!("P{count}{unit}")),
            }
            at += taken;
            joins = true;
        } else {
            joins = joins && ["et", "and"].contains(word);
            at += 1;
        }
    }
    found
}

/// How fine the last unit is; hours join nothing.
fn order(duration: &str) -> Option<usize> {
    "YMWD".find(duration.chars().next_back()?)
}

/// A number and its unit at the start of the words, and how many words they take.
fn one(words: &[&str]) -> Option<(u32, String, usize)> {
    let (first, rest) = words.split_first()?;
    let digits = first.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (digits, glued) = digits.split_at(end);
    let count = NUMBERS
        .iter()
        .find(|(word, _)| word == first)
        .map(|(_, count)| *count);
    let count = count.or_else(|| digits.parse().ok())?;
    let count = Some(count).filter(|count| (1..=1_000).contains(count))?;
    let unit = |word: &str| {
        if HOURS.contains(&word) {
            return Some("H".to_owned());
        }
        let unit = UNITS.iter().find(|(unit, _)| *unit == word);
        unit.map(|(_, letter)| (*letter).to_owned())
    };
    if let Some(unit) = unit(glued) {
        return Some((count, unit, 1));
    }
    // "twelve (12) months", "two calendar years"
    let (far, unit) = rest
        .iter()
        .take(2)
        .enumerate()
        .find_map(|(at, word)| Some((at, unit(word)?)))?;
    let between = rest.get(..far).unwrap_or_default();
    let repeats = |word: &&str| word.parse() == Ok(count) || *word == "calendar";
    between.iter().all(repeats).then_some((count, unit, far + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, iso) in [
            ("5 ans", &["P5Y"][..]),
            ("2 ans après le dernier contact", &["P2Y"]),
            ("13 months", &["P13M"]),
            ("treize mois", &["P13M"]),
            ("twelve (12) months after your last login", &["P12M"]),
            ("1 an et 6 mois", &["P1Y6M"]),
            ("6 mois et 1 an", &["P6M", "P1Y"]),
            ("entre 30 jours et 12 mois", &["P30D", "P12M"]),
            ("72 heures", &["PT72H"]),
            ("3ans", &["P3Y"]),
            ("une année", &["P1Y"]),
            ("jusqu’à votre désinscription", &[]),
            ("l’article 6 et le 12 mai", &[]),
            ("0 jour", &[]),
            ("99999999999999999999 ans", &[]),
            ("", &[]),
        ] {
            assert_eq!(durations(text), iso, "{text}");
            for duration in durations(text) {
                duration.parse::<kernel::Duration>().unwrap();
            }
        }
    }
}
