//! Owns: the files that invented people send: a CV of one page, a short attestation. Doesn't own: how a PDF is written
//! ([`page`]).

mod page;
mod words;

#[cfg(test)]
mod tests;

use kernel::{Locale, Rng};

use super::{offers::typeset, people::Invented};
use page::{Font, Grey, LEFT, Page};
use words::Words;

/// Where the second column begins.
const COLUMN: f32 = 178.0;
/// The size of what is read at length.
const BODY: f32 = 10.0;
/// The year of the latest jobs.
const NOW: usize = 2026;

/// The name under which [`document`] is sent.
pub(super) const DOCUMENT_NAME: &str = "attestation.txt";

/// A CV of one page, for a job of that title. Its text isn't compressed, so that the person's token is found in its
/// bytes.
pub(super) fn pdf(person: &Invented, title: &str, rng: &Rng) -> Vec<u8> {
    let words = Words::of(person.language);
    let mut page = Page::new(rng.below(4));
    head(&mut page, person, title, rng, words);
    let pieces = person.trade.pieces(person.language);
    let motive = rng.pick(&pieces.motives).copied().unwrap_or_default();
    label(&mut page, words.profile);
    page.paragraph(COLUMN, BODY, Grey::Ink, &typeset(person.language, motive));
    section(&mut page, words.experience);
    let begun = experience(&mut page, person, rng, words);
    section(&mut page, words.education);
    for (nth, degree) in pieces.degrees.iter().enumerate() {
        let year = (begun - 3 * nth).to_string();
        let school = rng.pick(words.schools).copied().unwrap_or_default();
        entry(&mut page, degree, &year, school);
    }
    section(&mut page, words.skills);
    page.paragraph(
        COLUMN,
        BODY,
        Grey::Ink,
        &pieces
            .skills
            .map(|skill| skill.replace(' ', "\u{a0}"))
            .join("\u{a0}\u{a0}· "),
    );
    section(&mut page, words.languages);
    page.paragraph(
        COLUMN,
        9.5,
        Grey::Ink,
        rng.pick(words.spoken).copied().unwrap_or_default(),
    );
    section(&mut page, words.leisure);
    page.paragraph(
        COLUMN,
        9.5,
        Grey::Ink,
        rng.pick(words.hobbies).copied().unwrap_or_default(),
    );
    page.foot(&format!("{} · {}", words.invented, person.token));
    page.finish(
        &format!("CV {}", person.latin_name),
        &person.latin_name,
        words.code,
    )
}

/// A few lines in plain text, with the person's token.
pub(super) fn document(person: &Invented) -> Vec<u8> {
    let Invented {
        latin_name,
        token,
        subject,
        ..
    } = person;
    let text = match person.language {
        Locale::Fr => format!(
            "ATTESTATION DE FORMATION\n\nLe Centre de formation de Brumerive atteste que {latin_name} a suivi en \
             entier la session « Sécurité et premiers secours », d’une durée de 14 heures.\n\nMétier déclaré : \
             {subject}\nRésultat : acquis\nNuméro de l’attestation : {token}\n\nCe document est inventé pour la \
             démonstration de Vivier.\n"
        ),
        Locale::En => format!(
            "CERTIFICATE OF ATTENDANCE\n\nThe Storyfield Training Centre certifies that {latin_name} attended the \
             whole of the course “Safety and first aid”, 14 hours in all.\n\nTrade stated: {subject}\nResult: \
             passed\nCertificate number: {token}\n\nThis document is invented for the demonstration of Vivier.\n"
        ),
    };
    typeset(person.language, &text).into_bytes()
}

fn head(page: &mut Page, person: &Invented, title: &str, rng: &Rng, words: &Words) {
    page.line(LEFT, Font::Bold, 25.0, Grey::Ink, &person.latin_name);
    page.down(19.0);
    page.line(LEFT, Font::Regular, 12.5, Grey::Accent, title);
    page.down(20.0);
    let town = rng.pick(words.towns).copied().unwrap_or_default();
    page.line(
        LEFT,
        Font::Regular,
        9.5,
        Grey::Soft,
        &format!("{town}   ·   {}   ·   {}", person.phone, person.email),
    );
    page.down(15.0);
    page.rule(1.2);
}

/// Three jobs, the latest first; the year the first began.
fn experience(page: &mut Page, person: &Invented, rng: &Rng, words: &Words) -> usize {
    let pieces = person.trade.pieces(person.language);
    let employers = words.employers(person.trade);
    let first = rng.below(employers.len());
    let mut tasks = pieces
        .missions
        .iter()
        .cycle()
        .skip(rng.below(pieces.missions.len()));
    let mut end: Option<usize> = None;
    let mut begun = NOW;
    for (nth, (role, count)) in pieces.roles.iter().rev().zip([3, 2, 1]).enumerate() {
        begun = end.unwrap_or(NOW) - 1 - rng.below(5);
        let years = format!(
            "{begun} – {}",
            end.map_or_else(|| words.today.to_owned(), |end| end.to_string())
        );
        let employer = employers
            .get((first + nth) % employers.len())
            .copied()
            .unwrap_or_default();
        entry(page, role, &years, employer);
        for task in tasks.by_ref().take(count) {
            page.item(COLUMN, BODY, &typeset(person.language, task));
        }
        page.down(8.0);
        end = Some(begun);
    }
    begun
}

/// What and when on one line, where below.
fn entry(page: &mut Page, what: &str, when: &str, place: &str) {
    page.right(9.5, Grey::Soft, when);
    page.line(COLUMN, Font::Bold, 11.0, Grey::Ink, what);
    page.down(14.5);
    page.line(COLUMN, Font::Regular, 9.5, Grey::Soft, place);
    page.down(17.0);
}

/// A thin rule, then a section.
fn section(page: &mut Page, name: &str) {
    page.down(6.0);
    page.rule(0.4);
    label(page, name);
}

/// A section's name in the first column, beside what follows.
fn label(page: &mut Page, name: &str) {
    page.down(23.0);
    page.line(LEFT, Font::Bold, BODY, Grey::Accent, name);
}
