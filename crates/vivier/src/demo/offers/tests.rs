//! Owns: that every offer could be published, and none is another's copy. Doesn't own: whether it is well written.

use std::collections::HashSet;

use super::*;

fn all() -> [(&'static str, Vec<Offer>); 2] {
    [("careers", careers()), ("agency", agency())]
}

#[test]
fn each_site_has_thirty_whole_offers_under_thirty_titles() {
    for (site, offers) in all() {
        assert_eq!(offers.len(), 30, "{site}");
        let titles: HashSet<&str> = offers.iter().map(|offer| offer.title.as_str()).collect();
        assert_eq!(titles.len(), 30, "{site}");
        let towns: HashSet<&str> = offers.iter().map(|offer| offer.place.as_str()).collect();
        assert!(towns.len() > 25, "{site}: {}", towns.len());
        for offer in &offers {
            assert_eq!(offer.flaws(), [], "{}", offer.title);
            for text in [
                &offer.title,
                &offer.summary,
                &offer.description,
                &offer.next_steps,
                &offer.place,
            ] {
                assert!(!text.trim().is_empty(), "{}", offer.title);
            }
            assert_eq!(offer.country.len(), 2);
            assert_eq!(offer.next_steps.lines().count(), 4);
            let words = offer
                .description
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphabetic));
            let words = words.count();
            assert!((120..=250).contains(&words), "{}: {words} words", offer.title);
            assert_eq!(offer.description.matches("\n## ").count(), 3, "{}", offer.title);
            assert!(
                offer
                    .salary_min
                    .zip(offer.salary_max)
                    .is_none_or(|(min, max)| 1_000 < min && min < max)
            );
        }
    }
}

#[test]
fn no_two_offers_are_the_same_text() {
    let texts: Vec<String> = all()
        .into_iter()
        .flat_map(|(_, offers)| offers)
        .map(|offer| offer.description)
        .collect();
    let lists: HashSet<&str> = texts
        .iter()
        .filter_map(|text| text.split_once("\n## ").map(|(_, rest)| rest))
        .collect();
    assert_eq!(lists.len(), 60);
}

#[test]
fn french_and_english_stand_in_the_announced_parts() {
    let count = |offers: &[Offer]| offers.iter().filter(|offer| offer.language == Locale::En).count();
    assert_eq!(count(&careers()), 10);
    assert_eq!(count(&agency()), 4);
}

#[test]
fn french_offers_have_their_narrow_spaces() {
    for offer in all()
        .into_iter()
        .flat_map(|(_, offers)| offers)
        .filter(|offer| offer.language == Locale::Fr)
    {
        let text = [
            &*offer.title,
            &*offer.summary,
            &*offer.description,
            &*offer.next_steps,
        ]
        .join("\n");
        assert!(text.contains('\u{202f}'), "{}", offer.title);
        assert!(!text.contains('\''), "{}", offer.title);
        let signs: Vec<char> = text.chars().collect();
        for pair in signs.windows(2) {
            if matches!(pair[1], ';' | ':' | '!' | '?' | '»' | '%') {
                assert_eq!(pair[0], '\u{202f}', "{}: {text}", offer.title);
            }
            assert!(pair[0] != '«' || pair[1] == '\u{202f}', "{text}");
        }
    }
}

#[test]
fn an_offer_finds_its_trade() {
    for (site, offers) in all() {
        let told: Vec<Option<Trade>> = offers.iter().map(trade_of).collect();
        let meant: Vec<Option<Trade>> = trades(site).into_iter().map(|(trade, _)| Some(trade)).collect();
        assert_eq!(told, meant);
    }
}
