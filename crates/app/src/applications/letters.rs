//! Owns: the words of the mails about an application. Doesn't own: sending them (`guard::send`).

use guard::{Letter, LinkToken, decide::Reason, keep::Until};
use kernel::{Locale, Timestamp, Word as _};
use serde_json::json;

use crate::{
    Site,
    account::people::ShownPerson,
    letter::{self, Said},
    vacancies::Vacancy,
};

/// A link leads somewhere for as long as that is kept; a month where the charter gives it no end.
pub(super) fn link_ends(now: Timestamp, until: Option<&Until>) -> Timestamp {
    until.map_or_else(|| now.plus_seconds(30 * 86_400), |until| until.at)
}

/// The mail that confirms an application. It names nobody: the mailbox isn't proven yet, and what a stranger typed as
/// a name must not reach another person's mailbox under our sender.
pub(super) fn confirmation(
    site: &Site,
    locale: Locale,
    vacancy: Option<&Vacancy>,
    link: &LinkToken,
    until: Option<&Until>,
) -> Letter {
    let link = site.url(&format!("/follow/{}", link.secret()));
    write(
        site,
        locale,
        "confirmation",
        vec![
            said_vacancy(vacancy),
            letter::own("link", link),
            letter::own("until", json!(until.map(Until::last_day))),
        ],
    )
}

/// The mail that tells somebody in the pool that they were put forward for an offer.
pub(super) fn forwarded(
    site: &Site,
    locale: Locale,
    vacancy: &Vacancy,
    link: &LinkToken,
    until: Option<&Until>,
) -> Letter {
    let link = site.url(&format!("/follow/{}", link.secret()));
    write(
        site,
        locale,
        "forwarded",
        vec![
            said_vacancy(Some(vacancy)),
            letter::own("link", link),
            letter::own("until", json!(until.map(Until::last_day))),
        ],
    )
}

/// The mail that tells a refusal, in the person's language.
pub(super) fn refusal(
    site: &Site,
    person: &ShownPerson,
    vacancy: Option<&Vacancy>,
    reason: Reason,
) -> Letter {
    let key = format!("application-refusal-{}", reason.word());
    let reason = site.kit().text(person.language, &key, &[]);
    write(
        site,
        person.language,
        "refusal",
        vec![
            letter::tells(&["given_name", "family_name"], "name", json!(person.name)),
            said_vacancy(vacancy),
            letter::tells(&["decision"], "reason", reason),
        ],
    )
}

fn said_vacancy(vacancy: Option<&Vacancy>) -> Said {
    let title = vacancy.map(|vacancy| &vacancy.offer.title);
    letter::tells(&["vacancy"], "vacancy", json!(title))
}

fn write(site: &Site, locale: Locale, name: &str, mut said: Vec<Said>) -> Letter {
    said.push(letter::own("policy", site.url("/privacy")));
    let template = format!("applications/mail/{name}.txt");
    let subject = format!("application-mail-{name}-subject");
    let mut letter = letter::write(site, locale, (&template, &subject), said);
    // What is written about an application is a message exchanged with its person.
    letter.fields.push("exchange");
    letter
}
