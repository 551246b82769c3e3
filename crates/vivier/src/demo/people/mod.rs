//! Owns: the invented people who apply: who they are, how to reach them, what they write. Doesn't own: their CVs
//! ([`super::cv`]). Nobody here exists: the family names mean tale, dream or mist in some language, the addresses end
//! in `.example` (RFC 2606), the telephone numbers are kept for fiction by ARCEP and Ofcom.

mod letters;
mod names;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use app::vacancies::model::Offer;
use kernel::{Locale, Rng};

use super::offers::{self, Trade, typeset};

pub(super) use names::plain;

/// Somebody invented.
#[derive(Debug, Clone)]
pub(super) struct Invented {
    /// `vv` and ten letters or digits, found nowhere else: in the address, the letter and the files.
    pub(super) token: String,
    pub(super) given_name: String,
    pub(super) family_name: String,
    /// The whole name in Latin letters, as a CV gives it.
    pub(super) latin_name: String,
    pub(super) email: String,
    pub(super) phone: String,
    /// The job sought.
    pub(super) subject: String,
    pub(super) motivation: String,
    /// The language they write in.
    pub(super) language: Locale,
    pub(super) trade: Trade,
}

impl Invented {
    /// Whether the offer is of this person's trade and language.
    pub(super) fn fits(&self, offer: &Offer) -> bool {
        offer.language == self.language && offers::trade_of(offer) == Some(self.trade)
    }
}

/// So many people for a site (at most a thousand have telephone numbers of their own). The first of a few are the
/// first of many.
pub(super) fn invent(rng: &Rng, site: &str, count: usize) -> Vec<Invented> {
    let trades = offers::trades(site);
    let first_number = rng.below(10_000);
    let (mut tokens, mut names) = (HashSet::new(), HashSet::new());
    (0..count)
        .map(|nth| {
            let token = fresh(&mut tokens, || token(rng));
            let (trade, language) = trade(rng, &trades, nth);
            let name =
                names::uncommon(nth).unwrap_or_else(|| fresh(&mut names, || names::common(rng, language)));
            let pieces = trade.pieces(language);
            let role = pieces.roles.get(1 + rng.below(2)).copied().unwrap_or_default();
            Invented {
                email: email(&name.latin, &token, language),
                phone: phone(rng, first_number, nth, language),
                subject: typeset(language, role),
                motivation: letters::write(rng, language, trade, &token),
                given_name: name.given,
                family_name: name.family,
                latin_name: name.latin,
                language,
                trade,
                token,
            }
        })
        .collect()
}

/// One that isn't among the seen ones; after many tries the last, rather than for ever.
fn fresh<T: Clone + Eq + std::hash::Hash>(seen: &mut HashSet<T>, make: impl Fn() -> T) -> T {
    let mut made = make();
    for _ in 0..50 {
        if seen.insert(made.clone()) {
            break;
        }
        made = make();
    }
    made
}

fn token(rng: &Rng) -> String {
    // Without those that one takes for another.
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let signs = (0..10).filter_map(|_| rng.pick(SIGNS).map(|sign| char::from(*sign)));
    "vv".chars().chain(signs).collect()
}

/// Mostly the trade of one of the site's offers; one in eight practises any. The first is sought in French.
fn trade(rng: &Rng, offered: &[(Trade, Locale)], nth: usize) -> (Trade, Locale) {
    let (mut trade, mut language) = rng
        .pick(offered)
        .copied()
        .unwrap_or((Trade::Software, Locale::Fr));
    if nth == 0 {
        language = Locale::Fr;
    }
    if rng.below(8) == 0 {
        trade = rng.pick(Trade::all(language)).copied().unwrap_or(trade);
    }
    (trade, language)
}

/// `given.family.token@…`, the local part within RFC 5321's 64 octets.
fn email(latin_name: &str, token: &str, language: Locale) -> String {
    let mut words = plain(latin_name).to_ascii_lowercase();
    words.retain(|sign| sign.is_ascii_lowercase() || matches!(sign, ' ' | '-'));
    words.truncate(64 - token.len() - 1);
    let words = words.trim_end_matches([' ', '-']).replace(' ', ".");
    let domain = match language {
        Locale::Fr => "candidats.example",
        Locale::En => "people.example",
    };
    format!("{words}.{token}@{domain}")
}

/// A number nobody has. France: 06 39 98 and 01 99 00 (ARCEP decision 2018-0881, annex); United Kingdom: 07700 900
/// (Ofcom, numbers for use in TV and radio drama). The strides share no factor with 10,000, so none comes twice.
fn phone(rng: &Rng, first: usize, nth: usize, language: Locale) -> String {
    let chance = rng.below(6);
    match language {
        Locale::Fr => {
            let number = (first + nth * 7_919) % 10_000;
            let (high, low) = (number / 100, number % 100);
            match chance {
                0 => format!("01 99 00 {high:02} {low:02}"),
                1 => format!("+33 6 39 98 {high:02} {low:02}"),
                2 => format!("063998{high:02}{low:02}"),
                _ => format!("06 39 98 {high:02} {low:02}"),
            }
        }
        Locale::En => {
            let number = (first + nth * 379) % 1_000;
            if chance < 2 {
                format!("07700 900{number:03}")
            } else {
                format!("+44 7700 900{number:03}")
            }
        }
    }
}
