//! Owns: that nobody is there twice and everybody bears a token found nowhere else. Doesn't own: their CVs.

use super::*;

fn everybody() -> Vec<(&'static str, Vec<Invented>)> {
    ["careers", "agency"]
        .into_iter()
        .map(|site| (site, invent(&Rng::seeded(7), site, 300)))
        .collect()
}

/// A telephone number as `guard` compares it.
fn normal(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = ["33", "44"].iter().find_map(|code| {
        phone
            .starts_with('+')
            .then(|| digits.strip_prefix(code))
            .flatten()
    });
    national.map_or(digits.clone(), |national| format!("0{national}"))
}

#[test]
fn three_hundred_people_are_three_hundred_people() {
    for (site, people) in everybody() {
        let count = |what: fn(&Invented) -> String| people.iter().map(what).collect::<HashSet<_>>().len();
        assert_eq!(people.len(), 300);
        assert_eq!(count(|person| person.token.clone()), 300, "{site}: tokens");
        assert_eq!(count(|person| person.email.clone()), 300, "{site}: addresses");
        assert_eq!(count(|person| normal(&person.phone)), 300, "{site}: telephones");
        assert_eq!(count(|person| person.latin_name.clone()), 300, "{site}: names");
    }
}

#[test]
fn the_same_seed_makes_the_same_people_and_the_first_come_first() {
    let told = |count| format!("{:?}", invent(&Rng::seeded(7), "careers", count));
    assert_eq!(told(40), told(40));
    assert!(told(300).starts_with(told(40).trim_end_matches(']')));
}

#[test]
fn everybody_bears_a_token_and_is_recognisably_invented() {
    for person in everybody().into_iter().flat_map(|(_, people)| people) {
        let Invented {
            token,
            email,
            phone,
            motivation,
            ..
        } = &person;
        assert!(token.len() == 12 && token.starts_with("vv"), "{token}");
        assert!(
            token
                .bytes()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit()),
            "{token}"
        );
        let (local, domain) = email.split_once('@').unwrap();
        assert!(
            local.ends_with(&format!(".{token}")) && local.len() <= 64 && !local.contains(".."),
            "{email}"
        );
        assert!(
            local
                .bytes()
                .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || b".-".contains(&sign))
        );
        assert!(matches!(domain, "candidats.example" | "people.example"));
        let normal = normal(phone);
        let kept = ["063998", "019900", "07700900"]
            .iter()
            .any(|range| normal.starts_with(range));
        assert!(kept && matches!(normal.len(), 10 | 11), "{phone}");
        assert_eq!(motivation.matches(token).count(), 1, "{motivation}");
        let words = motivation.split_whitespace().count();
        assert!((60..=120).contains(&words), "{words}: {motivation}");
        assert!(
            !person.subject.is_empty() && !person.given_name.is_empty() && !person.family_name.is_empty()
        );
        assert!(person.given_name.chars().count() + person.family_name.chars().count() < 100);
        if person.language == Locale::Fr {
            assert!(
                ![" :", " ?", " %"].iter().any(|loose| motivation.contains(loose)),
                "{motivation}"
            );
        }
    }
}

#[test]
fn the_house_meets_all_kinds_of_names() {
    let (_, people) = everybody().remove(0);
    let has = |what: fn(&str) -> bool| people.iter().any(|person| what(&person.family_name));
    assert!(
        has(|name| name.contains('’')) && has(|name| name.contains('-')) && has(|name| name.contains('è'))
    );
    assert!(
        has(|name| name.chars().any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign))),
        "from right to left"
    );
    assert!(has(|name| name.chars().count() > 45), "very long");
    assert_eq!(people[0].language, Locale::Fr);
}

#[test]
fn most_people_fit_an_offer_of_the_site() {
    for (site, people) in everybody() {
        let offers = if site == "careers" {
            offers::careers()
        } else {
            offers::agency()
        };
        let fitting = people
            .iter()
            .filter(|person| offers.iter().any(|offer| person.fits(offer)))
            .count();
        assert!((240..=300).contains(&fitting), "{site}: {fitting}");
    }
}

#[test]
fn plain_letters_have_no_accents() {
    assert_eq!(
        plain("Łucja Truyện-Mộng d’Œuvre Ægir"),
        "Lucja Truyen-Mong dOEuvre AEgir"
    );
}
